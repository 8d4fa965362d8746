// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * funnel history: one full dated record a person: in which stage he was since when, and what he was before. Gathers the
 * events that are stages (biography.h).
 */
#include <inttypes.h>
#include <stdlib.h>

#include "arena.h"
#include "biography.h"
#include "calendar.h"
#include "customers.h"
#include "feed.h"
#include "funnel.h"
#include "map.h"
#include "moves.h"
#include "names.h"
#include "zone.h"

enum {
    MOST_NAMED = 20, // illegal moves told one by one
};

struct history_settings {
    struct feed_columns columns;
    const char *stages;
    const char *moves;
    bool last;
    const char *customers;
};

static const struct option *const shared[] = {feed_options, NULL};

_Static_assert(offsetof(struct history_settings, columns) == 0, "the shared options find their fields");

static const struct option options[] = {
    {.kind = OPTION_TEXT,
     .name = "stages",
     .value = "NAME,...",
     .help = "the events that are stages, odd names in quotes; others are left out of account (default: all)",
     .offset = offsetof(struct history_settings, stages)},
    {.kind = OPTION_FILE,
     .name = "moves",
     .value = "FILE",
     .help = "a table from,to of legal moves, from blank where somebody may begin; others are named, with status 1",
     .offset = offsetof(struct history_settings, moves)},
    {.kind = OPTION_FLAG,
     .name = "last",
     .help = "only the present stage of each person",
     .offset = offsetof(struct history_settings, last)},
    {.kind = OPTION_FILE,
     .name = "customers",
     .value = "FILE",
     .help = "add the columns to the rows of this table, also of people without a stage",
     .offset = offsetof(struct history_settings, customers)},
    {.kind = OPTION_COLUMN,
     .name = "event",
     .value = "COL",
     .help = "the stage that began",
     .offset = offsetof(struct history_settings, columns.event)},
    {.kind = OPTION_END},
};

static const struct history_settings defaults = {.stages = NULL};

static const char *const names[] = {"stage", "since", "previous", NULL};

// What a run holds while it lasts.
struct job {
    const struct history_settings *settings;
    struct program *program;
    struct feed feed;
    struct map *stages; // bool: a row has it
    struct moves moves;
    struct biography biography;
    struct table *table; // of --customers
    struct customers *customers;
    uint64_t illegal;
    struct writer *writer;
    struct arena arena;
};

static bool read_stages(const char *list, struct arena *arena, struct map *stages, const char **problem)
{
    struct slice rest = slice_of(list);
    do {
        struct name name;
        if (!names_take(&rest, ',', arena, &name, problem)) {
            return false;
        }
        map_add(stages, name.text, NULL);
    } while (names_take_end(&rest, ','));
    return true;
}

static bool check(const void *given, struct program *program)
{
    const struct history_settings *settings = given;
    const char *problem;
    struct arena arena = {0};
    struct map *stages = map_create(sizeof(bool));
    bool right = settings->stages == NULL || read_stages(settings->stages, &arena, stages, &problem);
    if (!right) {
        program_wrong(program, "--stages: %s", problem);
    }
    map_free(stages);
    arena_free(&arena);
    return right;
}

static bool read_moves(struct job *job, enum status *status)
{
    struct table *table = program_side_table(job->program, job->settings->moves);
    size_t from;
    size_t to;
    struct row row;
    job->moves = moves_create();
    if (table_column(table, "from", "--moves", &from) && table_column(table, "to", "--moves", &to)) {
        while (table_next(table, &row)) {
            struct slice stage = slice_trim_value(row.cells[to]);
            if (stage.length == 0) {
                diag_error_at(row.file, row.line, "column 'to': blank, but a stage is needed");
                table_stop(table, STATUS_USAGE);
            } else {
                moves_add(&job->moves, slice_trim_value(row.cells[from]), stage);
            }
        }
    }
    *status = table_status(table);
    return !table_stopped(table);
}

// The table of --customers is read before the log, so that a fault in it is said at once.
static bool read_customers(struct job *job, enum status *status)
{
    size_t column;
    job->table = program_side_table(job->program, job->settings->customers);
    bool is_open = !table_stopped(job->table);
    for (const char *const *name = names; *name != NULL && is_open; name++) {
        is_open = table_new_column(job->table, *name, false);
    }
    if (is_open && table_role(job->table, ROLE_CUSTOMER, job->settings->columns.customer, &column)) {
        job->customers = customers_read(job->table, column);
    }
    *status = table_status(job->table);
    return job->customers != NULL;
}

static void take(struct job *job, const struct feed_event *event)
{
    uint32_t stage = map_find(job->stages, event->event);
    if (stage == MAP_NONE && job->settings->stages != NULL) {
        return;
    }
    *(bool *)map_add(job->stages, event->event, &stage) = true;
    struct biography_event entry = {.time = event->instant,
                                    .line = event->row.line,
                                    .file = event->row.file,
                                    .stage = stage,
                                    .has_time = event->has_time};
    biography_add(&job->biography, event->customer, &entry);
}

static struct slice stage_name(const struct job *job, const struct biography_event *event)
{
    return event == NULL ? (struct slice){NULL, 0} : map_key(job->stages, event->stage);
}

static const struct biography_event *before(struct biography_page page, size_t index)
{
    return index == 0 ? NULL : &page.events[index - 1];
}

static void name_illegal(const struct job *job, const struct biography_event *from, const struct biography_event *to)
{
    char value_from[DIAG_VALUE_SIZE];
    char value_to[DIAG_VALUE_SIZE];
    const struct diag *diag = program_diag(job->program);
    diag_value(diag, stage_name(job, from), value_from);
    diag_value(diag, stage_name(job, to), value_to);
    if (from == NULL) {
        diag_error_at(to->file, to->line, "a first stage%s that %s does not have", value_to, job->settings->moves);
    } else {
        diag_error_at(to->file, to->line, "a move%s%s%s%s that %s does not have", diag->show_values ? " from" : "",
                      value_from, diag->show_values ? " to" : "", value_to, job->settings->moves);
    }
}

// Names the moves that are not legal.
static void check_moves(struct job *job)
{
    for (size_t person = 0; person < biography_count(&job->biography); person++) {
        struct biography_page page = biography_page(&job->biography, person);
        for (size_t i = 0; i < page.count; i++) {
            const struct biography_event *from = before(page, i);
            if (!moves_allow(&job->moves, stage_name(job, from), stage_name(job, &page.events[i]))) {
                job->illegal++;
                if (job->illegal <= MOST_NAMED) {
                    name_illegal(job, from, &page.events[i]);
                }
            }
        }
    }
    if (job->illegal > MOST_NAMED) {
        diag_error("%" PRIu64 " more such move%s", job->illegal - MOST_NAMED,
                   job->illegal - MOST_NAMED == 1 ? "" : "s");
    }
}

static void note_absent(const struct job *job)
{
    for (uint32_t i = 0; i < map_count(job->stages); i++) {
        struct slice name = map_key(job->stages, i);
        if (!*(const bool *)map_value(job->stages, i)) {
            diag_note(program_diag(job->program), "no row has the stage '%.*s'", (int)name.length, name.data);
        }
    }
}

// As the log had it: a date alone stays one.
static void write_since(const struct job *job, const struct biography_event *event)
{
    struct zone *zone = program_clock(job->program)->zone;
    int64_t local = zone == NULL ? event->time : zone_to_local(zone, event->time);
    if (event->has_time) {
        writer_time(job->writer, local);
    } else {
        writer_day(job->writer, calendar_day(local));
    }
}

static void write_stage(const struct job *job, struct biography_page page, size_t index)
{
    writer_text(job->writer, stage_name(job, &page.events[index]));
    write_since(job, &page.events[index]);
    writer_text(job->writer, stage_name(job, before(page, index)));
    writer_end(job->writer);
}

static size_t first_written(const struct job *job, struct biography_page page)
{
    return job->settings->last && page.count > 0 ? page.count - 1 : 0;
}

static void write_names(const struct job *job)
{
    for (const char *const *name = names; *name != NULL; name++) {
        writer_name(job->writer, slice_of(*name));
    }
    writer_end(job->writer);
}

static void write_people(const struct job *job)
{
    writer_name(job->writer, slice_of("customer"));
    write_names(job);
    for (size_t person = 0; person < biography_count(&job->biography) && writer_good(job->writer); person++) {
        struct biography_page page = biography_page(&job->biography, person);
        for (size_t i = first_written(job, page); i < page.count; i++) {
            writer_text(job->writer, biography_customer(&job->biography, person));
            write_stage(job, page, i);
        }
    }
}

static void write_nothing(const struct job *job)
{
    for (const char *const *name = names; *name != NULL; name++) {
        writer_blank(job->writer);
    }
    writer_end(job->writer);
}

// The rows of --customers, each once for every stage that is told.
static void write_joined(const struct job *job)
{
    const struct columns *columns = table_columns(job->table);
    for (size_t i = 0; i < columns->count; i++) {
        writer_name(job->writer, columns->names[i]);
    }
    write_names(job);
    for (size_t i = 0; i < customers_count(job->customers) && writer_good(job->writer); i++) {
        struct row row;
        struct slice key;
        customers_row(job->customers, i, &row, &key);
        size_t person = biography_find(&job->biography, key);
        if (person == SIZE_MAX) {
            writer_pass(job->writer, &row);
            write_nothing(job);
            continue;
        }
        struct biography_page page = biography_page(&job->biography, person);
        for (size_t stage = first_written(job, page); stage < page.count; stage++) {
            writer_pass(job->writer, &row);
            write_stage(job, page, stage);
        }
    }
}

static void note_strangers(const struct job *job)
{
    size_t strangers = 0;
    for (size_t i = 0; i < biography_count(&job->biography); i++) {
        strangers += !customers_has(job->customers, biography_customer(&job->biography, i));
    }
    customers_note_strangers(strangers, job->settings->customers, program_diag(job->program));
}

// Opens all that is read. False, said: *status is what to return.
static bool open_all(struct job *job, struct table *table, enum status *status)
{
    const struct history_settings *settings = job->settings;
    if (!feed_open(&job->feed, table, &settings->columns, true, job->program)) {
        *status = table_status(table);
        return false;
    }
    const char *problem;
    if (settings->stages != NULL) {
        read_stages(settings->stages, &job->arena, job->stages, &problem);
    }
    return (settings->moves == NULL || read_moves(job, status)) &&
           (settings->customers == NULL || read_customers(job, status));
}

static enum status write_all(struct job *job, const struct table *table)
{
    job->writer = program_writer(job->program, job->table != NULL ? job->table : table);
    if (job->writer == NULL) {
        return STATUS_SYSTEM;
    }
    if (job->customers == NULL) {
        write_people(job);
    } else {
        write_joined(job);
        note_strangers(job);
    }
    return job->illegal > 0 ? STATUS_DATA : STATUS_DONE;
}

static enum status run_job(struct job *job)
{
    struct table *table = program_input(job->program);
    enum status status;
    struct feed_event event;
    if (!open_all(job, table, &status)) {
        return status;
    }
    while (feed_next(&job->feed, &event)) {
        take(job, &event);
    }
    if (table_stopped(table)) {
        return table_status(table);
    }
    biography_settle(&job->biography);
    if (biography_breach(&job->biography) < biography_count(&job->biography)) {
        diag_error("stages are not conserved (a fault of this program)");
        return STATUS_DATA;
    }
    note_absent(job);
    if (job->settings->moves != NULL) {
        check_moves(job);
    }
    status = write_all(job, table);
    feed_note_age(&job->feed);
    return status;
}

static enum status run(const void *given, struct program *program)
{
    struct job job = {.settings = given, .program = program};
    biography_open(&job.biography, false);
    job.stages = map_create(sizeof(bool));
    enum status status = run_job(&job);
    map_free(job.stages);
    moves_free(&job.moves);
    biography_free(&job.biography);
    customers_free(job.customers);
    arena_free(&job.arena);
    return status;
}

const struct mode funnel_history = {
    .name = "history",
    .summary = "which stage each person was in since when, from prospect to gone",
    .usage = "[FILE|-]...",
    .examples = {"funnel history --stages=visit,join,order --today=2026-10-31 funnel/events.csv",
                 "funnel history --last --today=2026-10-31 --customers=funnel/people.csv funnel/events.csv"},
    .shared = shared,
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
