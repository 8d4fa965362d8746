// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * score activity: how active each person is of late, one row a person, with --by one a person and group.
 *
 * Gathers the days of each person (diary.h), with a group the two of them make one key. The measure is fading.h's.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "date.h"
#include "diary.h"
#include "events.h"
#include "fading.h"
#include "heap.h"
#include "map.h"
#include "options.h"
#include "period.h"
#include "program.h"
#include "results.h"
#include "score.h"
#include "text.h"
#include "weights.h"

struct activity_settings {
    struct events_columns columns;
    const char *event;
    const char *by;
    const char *weights;
    struct period half_life;
    const char *customers;
    const char *as;
};

static const struct option options[] = {
    {.kind = OPTION_COLUMN,
     .name = "customer",
     .value = "COL",
     .help = "who",
     .offset = offsetof(struct activity_settings, columns.customer)},
    {.kind = OPTION_COLUMN,
     .name = "date",
     .value = "COL",
     .help = "when",
     .offset = offsetof(struct activity_settings, columns.date)},
    {.kind = OPTION_COLUMN,
     .name = "order-id",
     .value = "COL",
     .help = "rows with the same id are one event, of the date of the first",
     .offset = offsetof(struct activity_settings, columns.order_id)},
    {.kind = OPTION_COLUMN,
     .name = "event",
     .value = "COL",
     .help = "what, for --weights",
     .offset = offsetof(struct activity_settings, event)},
    {.kind = OPTION_COLUMN,
     .name = "by",
     .value = "COL",
     .help = "one row a person and group; share and rank within the group",
     .offset = offsetof(struct activity_settings, by)},
    {.kind = OPTION_FILE,
     .name = "weights",
     .value = "FILE",
     .help = "how much each event counts, a table event,weight; '*' is any other event (default: 1 each)",
     .offset = offsetof(struct activity_settings, weights)},
    {.kind = OPTION_PERIOD,
     .name = "half-life",
     .value = "PERIOD",
     .help = "after which an event counts half (default 90d)",
     .offset = offsetof(struct activity_settings, half_life)},
    {.kind = OPTION_FILE,
     .name = "customers",
     .value = "FILE",
     .help = "keep each row of this customer table and add the results, also for people who are not in the log",
     .offset = offsetof(struct activity_settings, customers)},
    {.kind = OPTION_COLUMN,
     .name = "as",
     .value = "NAME",
     .help = "call the column of the activity NAME",
     .offset = offsetof(struct activity_settings, as)},
    {.kind = OPTION_END},
};

static const struct activity_settings defaults = {.half_life = {.seconds = (int64_t)90 * DATE_DAY_SECONDS}};

static const char *const names[] = {"events", "days_active", "last", "activity", "share", "rank"};
enum {
    NAMES = sizeof names / sizeof names[0],
    MAIN_NAME = 3,
};

// What a run holds while it lasts.
struct job {
    const struct activity_settings *settings;
    struct program *program;
    struct events events;
    size_t event_column; // TABLE_NO_COLUMN without weights
    size_t by_column;    // TABLE_NO_COLUMN without groups
    struct weights weights;
    struct results results;
    struct diary *diary; // of person, or person, NUL and group: no cell holds a NUL
    struct text key;
    struct fading_place *places; // one a person of the diary
    struct writer *writer;
};

static bool check(const void *given, struct program *program)
{
    const struct activity_settings *settings = given;
    if (!period_positive(settings->half_life)) {
        program_wrong(program, "--half-life: not above zero");
        return false;
    }
    if (settings->event != NULL && settings->weights == NULL) {
        program_wrong(program, "--event goes with --weights");
        return false;
    }
    return true;
}

static struct slice key_of(struct job *job, const struct event *event)
{
    if (job->by_column == TABLE_NO_COLUMN) {
        return event->customer;
    }
    text_clear(&job->key);
    text_append(&job->key, event->customer);
    text_append_byte(&job->key, '\0');
    text_append(&job->key, slice_trim_value(event->row.cells[job->by_column]));
    return text_slice(&job->key);
}

static struct slice person_of(struct slice key)
{
    return slice_part(key, 0, slice_find(key, '\0', 0));
}

static struct slice group_of(struct slice key)
{
    size_t end = slice_find(key, '\0', 0);
    return end < key.length ? slice_part(key, end + 1, key.length) : slice_of("");
}

static void read_log(struct job *job)
{
    struct event event;
    while (events_next(&job->events, &event)) {
        int64_t weight = MONEY_ONE;
        if (job->event_column != TABLE_NO_COLUMN &&
            !weights_find(&job->weights, event.row.cells[job->event_column], &weight)) {
            table_refuse(job->events.table, &event.row, job->event_column,
                         "an event without a weight (give it one, or one to '*')");
            continue;
        }
        diary_add(job->diary, key_of(job, &event), event.day, weight);
    }
}

static void rank(struct job *job)
{
    int32_t today = program_clock(job->program)->today;
    double half_life = period_days(job->settings->half_life);
    struct map *groups = map_create(0);
    diary_settle(job->diary);
    size_t count = diary_count(job->diary);
    job->places = heap_allocate(count, sizeof *job->places);
    for (size_t i = 0; i < count; i++) {
        uint32_t group;
        map_add(groups, group_of(diary_person(job->diary, i)), &group);
        struct diary_page page = diary_page(job->diary, i);
        job->places[i].group = group;
        job->places[i].activity = fading_sum(page.days, page.weights, page.count, today, half_life);
    }
    fading_rank(job->places, count);
    map_free(groups);
}

static void write_place(struct job *job, size_t index)
{
    struct writer *writer = job->writer;
    struct diary_page page = diary_page(job->diary, index);
    if (job->by_column != TABLE_NO_COLUMN) {
        writer_text(writer, group_of(diary_person(job->diary, index)));
    }
    writer_whole(writer, (int64_t)diary_events(job->diary, index));
    writer_whole(writer, (int64_t)page.count);
    writer_day(writer, page.days[page.count - 1]);
    writer_number(writer, job->places[index].activity);
    writer_number(writer, job->places[index].share);
    writer_whole(writer, (int64_t)job->places[index].rank);
    writer_end(writer);
}

// Of somebody who is not in the log.
static void write_nothing(struct job *job)
{
    struct writer *writer = job->writer;
    if (job->by_column != TABLE_NO_COLUMN) {
        writer_blank(writer);
    }
    writer_whole(writer, 0);
    writer_whole(writer, 0);
    writer_blank(writer);
    writer_whole(writer, 0);
    writer_blank(writer);
    writer_blank(writer);
    writer_end(writer);
}

static void write_all(struct job *job)
{
    for (size_t i = 0; i < diary_count(job->diary) && writer_good(job->writer); i++) {
        writer_text(job->writer, person_of(diary_person(job->diary, i)));
        write_place(job, i);
    }
}

// The entries of each person in the diary, in their order: a list a person.
struct entries {
    struct map *first; // by person, position in the diary
    size_t *next;      // SIZE_MAX at the end
};

static struct entries list_entries(const struct diary *diary)
{
    size_t count = diary_count(diary);
    struct entries entries = {map_create(sizeof(size_t)), heap_allocate(count, sizeof *entries.next)};
    // From the last one on, so that each goes before those listed already.
    for (size_t i = count; i > 0; i--) {
        struct slice person = person_of(diary_person(diary, i - 1));
        bool known = map_find(entries.first, person) != MAP_NONE;
        size_t *first = map_add(entries.first, person, NULL);
        entries.next[i - 1] = known ? *first : SIZE_MAX;
        *first = i - 1;
    }
    return entries;
}

static void free_entries(struct entries *entries)
{
    map_free(entries->first);
    free(entries->next);
}

// For results_join.
struct joining {
    struct job *job;
    struct entries entries;
};

static struct slice person_at(const void *context, size_t index)
{
    const struct joining *joining = context;
    return map_key(joining->entries.first, (uint32_t)index);
}

static void write_person(void *context, const struct row *row, struct slice key)
{
    struct joining *joining = context;
    const struct entries *entries = &joining->entries;
    uint32_t person = map_find(entries->first, key);
    if (person == MAP_NONE) {
        writer_pass(joining->job->writer, row);
        write_nothing(joining->job);
        return;
    }
    for (size_t at = *(size_t *)map_value(entries->first, person); at != SIZE_MAX; at = entries->next[at]) {
        writer_pass(joining->job->writer, row);
        write_place(joining->job, at);
    }
}

static void write_customers(struct job *job)
{
    struct joining joining = {job, list_entries(job->diary)};
    struct results_log log = {&joining, map_count(joining.entries.first), person_at, write_person};
    results_join(&job->results, &log, job->writer, job->program);
    free_entries(&joining.entries);
}

// Finds the columns of event and group; false, said, when one is missing.
static bool find_columns(struct job *job, struct table *table)
{
    const struct activity_settings *settings = job->settings;
    job->event_column = TABLE_NO_COLUMN;
    job->by_column = TABLE_NO_COLUMN;
    return events_open(&job->events, table, &settings->columns, program_clock(job->program)) &&
           (settings->weights == NULL || table_role(table, ROLE_EVENT, settings->event, &job->event_column)) &&
           (settings->by == NULL || table_column(table, settings->by, "--by", &job->by_column));
}

// Opens all that is read. False, said: *status is what to return.
static bool open_all(struct job *job, struct table *table, enum status *status)
{
    const struct activity_settings *settings = job->settings;
    if (table_stopped(table) || !find_columns(job, table)) {
        *status = table_status(table);
        return false;
    }
    struct slice group =
        job->by_column == TABLE_NO_COLUMN ? slice_of("") : table_columns(table)->folded[job->by_column];
    if (!results_name(&job->results, names, NAMES, MAIN_NAME, settings->as, group, job->program)) {
        *status = STATUS_USAGE;
        return false;
    }
    return (settings->weights == NULL || weights_open(&job->weights, settings->weights, job->program, status)) &&
           results_open(&job->results, settings->customers, settings->columns.customer, job->program, status);
}

static enum status run_job(struct job *job)
{
    struct table *table = program_input(job->program);
    enum status status;
    if (!open_all(job, table, &status)) {
        return status;
    }
    read_log(job);
    if (table_stopped(table)) {
        return table_status(table);
    }
    rank(job);
    job->writer = program_writer(job->program, job->results.people != NULL ? job->results.people : table);
    if (job->writer == NULL) {
        return STATUS_SYSTEM;
    }
    results_write_header(&job->results, job->writer);
    if (job->results.customers == NULL) {
        write_all(job);
    } else {
        write_customers(job);
    }
    events_note_age(&job->events, program_diag(job->program));
    return STATUS_DONE;
}

static enum status run(const void *given, struct program *program)
{
    struct job job = {.settings = given, .program = program, .diary = diary_create(true)};
    enum status status = run_job(&job);
    events_free(&job.events);
    diary_free(job.diary);
    text_free(&job.key);
    free(job.places);
    weights_free(&job.weights);
    results_free(&job.results);
    return status;
}

const struct mode score_activity = {
    .name = "activity",
    .summary = "how active each person is of late: weighted events that fade",
    .usage = "[FILE|-]...",
    .examples = {"score activity --today=2026-03-31 --half-life=30d score/posts.csv",
                 "score activity --today=2026-03-31 --weights=score/weights.csv --by=group score/posts.csv"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
