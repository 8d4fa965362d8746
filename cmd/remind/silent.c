// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * silent: groups, or people, without a post for so long, those that never spoke, and those with no next event
 * announced.
 *
 * Posts stream; kept are a time and a count for each group, about 60 bytes and its name, and the rows of --groups.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "customers.h"
#include "date.h"
#include "heap.h"
#include "map.h"
#include "options.h"
#include "period.h"
#include "program.h"
#include "remind.h"
#include "table.h"
#include "writer.h"

struct silent_settings {
    const char *group;
    struct period after;
    const char *groups;
    const char *next;
    bool all;
    const char *time;
    const char *customer;
};

static const struct option options[] = {
    {.kind = OPTION_COLUMN,
     .name = "group",
     .value = "COL",
     .help = "column of the groups; without it people are watched, each by himself",
     .offset = offsetof(struct silent_settings, group)},
    {.kind = OPTION_PERIOD,
     .name = "after",
     .value = "PERIOD",
     .help = "how long without a post is silent (7d)",
     .offset = offsetof(struct silent_settings, after)},
    {.kind = OPTION_FILE,
     .name = "groups",
     .value = "FILE",
     .help = "ask for the groups of this table alone, also those that never spoke, and keep its columns",
     .offset = offsetof(struct silent_settings, groups)},
    {.kind = OPTION_FILE,
     .name = "next",
     .value = "FILE",
     .help = "the events announced, group and date: groups without one to come are printed too",
     .offset = offsetof(struct silent_settings, next)},
    {.kind = OPTION_FLAG,
     .name = "all",
     .help = "print every group, also those that lack nothing",
     .offset = offsetof(struct silent_settings, all)},
    {.kind = OPTION_COLUMN,
     .name = "time",
     .value = "COL",
     .help = "column of the time or date of a post",
     .offset = offsetof(struct silent_settings, time)},
    {.kind = OPTION_COLUMN,
     .name = "customer",
     .value = "COL",
     .help = "column that tells people apart, where there is no --group",
     .offset = offsetof(struct silent_settings, customer)},
    {.kind = OPTION_END},
};

static const struct silent_settings defaults = {.after = {0, (int64_t)7 * DATE_DAY_SECONDS}};

// What is known of one group.
struct voice {
    uint64_t posts;
    int64_t last; // local seconds, once there are posts
    int64_t next; // of its next event
    bool last_timed;
    bool has_next;
    bool next_timed;
};

struct silent_run {
    const struct silent_settings *settings;
    struct program *program;
    const struct clock *clock;
    struct table *table;
    const char *word;   // "group" or "customer"
    struct map *voices; // struct voice, by group
    struct table *groups_table;
    struct customers *groups; // NULL without --groups
};

// A row of the output, in the order of which they are sorted.
struct line {
    struct voice voice; // zero where nothing is known
    size_t order;       // of the group in --groups or in the log
};

static bool check(const void *given, struct program *program)
{
    const struct silent_settings *settings = given;
    if (!period_positive(settings->after)) {
        program_wrong(program, "--after must be above zero");
        return false;
    }
    return true;
}

// The column of the group: the one named, or the customer's. False, said, when there is none.
static bool find_group(const struct silent_run *run, struct table *table, size_t *column)
{
    const struct silent_settings *settings = run->settings;
    return settings->group == NULL ? table_role(table, ROLE_CUSTOMER, settings->customer, column)
                                   : table_column(table, settings->group, "--group", column);
}

// The same in a side table, which calls it as the log does, or "group", or has no other column.
static bool find_side_group(const struct silent_run *run, struct table *table, size_t *column)
{
    const struct columns *columns = table_columns(table);
    const char *name = run->settings->group;
    if (name == NULL) {
        return table_role(table, ROLE_CUSTOMER, NULL, column);
    }
    if (columns_has(columns, slice_of(name), column) || columns_has(columns, slice_of("group"), column)) {
        return true;
    }
    *column = 0;
    return columns->count == 1 || table_column(table, name, "--group", column);
}

static int32_t day_of(int64_t local)
{
    int64_t before = local < 0 && local % DATE_DAY_SECONDS != 0;
    return (int32_t)(local / DATE_DAY_SECONDS - before);
}

static void add_post(struct silent_run *run, struct slice group, int64_t time, bool timed)
{
    struct voice *voice = map_add(run->voices, group, NULL);
    if (voice->posts++ == 0 || time > voice->last) {
        voice->last = time;
        voice->last_timed = timed;
    }
}

static enum status read_log(struct silent_run *run)
{
    struct table *table = program_input(run->program);
    const struct cell_forms *forms;
    struct row row;
    struct slice group;
    size_t column;
    size_t time_column;
    run->table = table;
    if (table_stopped(table) || !find_group(run, table, &column) ||
        !table_role(table, ROLE_TIME, run->settings->time, &time_column)) {
        return table_status(table);
    }
    forms = table_forms(table);
    while (table_next(table, &row)) {
        int64_t time;
        bool timed;
        enum cell_result result = cell_time(forms, row.cells[time_column], &time, &timed);
        if (!table_needs(table, &row, time_column, result, "a date") || !table_key(table, &row, column, &group)) {
            continue;
        }
        if (clock_knows(run->clock, time)) {
            add_post(run, group, time, timed);
        } else {
            table_leave_out(table, "dated after today");
        }
    }
    return table_stopped(table) ? table_status(table) : STATUS_DONE;
}

// Events of a day alone are to come all that day.
static void add_event(struct silent_run *run, struct slice group, int64_t time, bool timed)
{
    struct voice *voice = map_add(run->voices, group, NULL);
    bool to_come = timed ? time > run->clock->now : day_of(time) >= run->clock->today;
    if (to_come && (!voice->has_next || time < voice->next)) {
        voice->has_next = true;
        voice->next = time;
        voice->next_timed = timed;
    }
}

static enum status read_next(struct silent_run *run)
{
    struct table *table;
    struct row row;
    struct slice group;
    size_t column;
    size_t time_column;
    if (run->settings->next == NULL) {
        return STATUS_DONE;
    }
    table = program_side_table(run->program, run->settings->next);
    if (table_stopped(table) || !find_side_group(run, table, &column) ||
        !table_role(table, ROLE_TIME, NULL, &time_column)) {
        return table_status(table);
    }
    while (table_next(table, &row)) {
        int64_t time;
        bool timed;
        enum cell_result result = cell_time(table_forms(table), row.cells[time_column], &time, &timed);
        if (table_needs(table, &row, time_column, result, "a date") && table_key(table, &row, column, &group)) {
            add_event(run, group, time, timed);
        }
    }
    return table_stopped(table) ? table_status(table) : STATUS_DONE;
}

static const char *const names[] = {"last_post", "days", "posts", "next", "reason"};
enum { NAMES = sizeof names / sizeof names[0], NAME_NEXT = 3 };

// Is the column printed?
static bool has_column(const struct silent_run *run, size_t name)
{
    return name != NAME_NEXT || run->settings->next != NULL;
}

static enum status read_groups(struct silent_run *run)
{
    size_t column;
    if (run->settings->groups == NULL) {
        return STATUS_DONE;
    }
    run->groups_table = program_side_table(run->program, run->settings->groups);
    if (table_stopped(run->groups_table) || !find_side_group(run, run->groups_table, &column)) {
        return table_status(run->groups_table);
    }
    for (size_t i = 0; i < NAMES; i++) {
        if (has_column(run, i) && !table_new_column(run->groups_table, names[i], false)) {
            return table_status(run->groups_table);
        }
    }
    run->groups = customers_read(run->groups_table, column);
    return run->groups == NULL ? table_status(run->groups_table) : STATUS_DONE;
}

// Whole days are counted from midnight to midnight, anything else from the post itself.
static bool is_silent(const struct silent_run *run, const struct voice *voice)
{
    struct period after = run->settings->after;
    if (voice->posts == 0) {
        return true;
    }
    if (!period_whole_days(after)) {
        return period_add(voice->last, after, 1) <= run->clock->now;
    }
    return period_add_days(day_of(voice->last), after, 1) <= run->clock->today;
}

static bool lacks_next(const struct silent_run *run, const struct voice *voice)
{
    return run->settings->next != NULL && !voice->has_next;
}

// Who never spoke first, then the longest silent; else in their order.
static int by_silence(const void *left, const void *right)
{
    const struct line *a = left;
    const struct line *b = right;
    int order = (a->voice.posts > 0) - (b->voice.posts > 0);
    if (order == 0 && a->voice.posts > 0) {
        order = (a->voice.last > b->voice.last) - (a->voice.last < b->voice.last);
    }
    return order != 0 ? order : (a->order > b->order) - (a->order < b->order);
}

static void write_names(const struct silent_run *run, struct writer *writer)
{
    if (run->groups == NULL) {
        writer_name(writer, slice_of(run->word));
    }
    for (size_t i = 0; run->groups != NULL && i < table_columns(run->groups_table)->count; i++) {
        writer_name(writer, table_columns(run->groups_table)->names[i]);
    }
    for (size_t i = 0; i < NAMES; i++) {
        if (has_column(run, i)) {
            writer_name(writer, slice_of(names[i]));
        }
    }
    writer_end(writer);
}

static void write_moment(struct writer *writer, bool known, bool timed, int64_t time)
{
    if (!known) {
        writer_blank(writer);
    } else if (timed) {
        writer_time(writer, time);
    } else {
        writer_day(writer, day_of(time));
    }
}

static void write_group(const struct silent_run *run, struct writer *writer, size_t order)
{
    struct row row;
    struct slice key;
    if (run->groups == NULL) {
        writer_text(writer, map_key(run->voices, (uint32_t)order));
    } else {
        customers_row(run->groups, order, &row, &key);
        writer_pass(writer, &row);
    }
}

static void write_line(const struct silent_run *run, struct writer *writer, const struct line *line)
{
    const struct voice *voice = &line->voice;
    const char *silence = voice->posts == 0 ? "never" : is_silent(run, voice) ? "silent" : "";
    const char *lack = lacks_next(run, voice) ? "no-next" : "";
    struct text reason = {0};
    text_format(&reason, "%s%s%s", silence, silence[0] != '\0' && lack[0] != '\0' ? " " : "", lack);
    write_group(run, writer, line->order);
    write_moment(writer, voice->posts > 0, voice->last_timed, voice->last);
    if (voice->posts == 0) {
        writer_blank(writer);
    } else {
        writer_whole(writer, (int64_t)run->clock->today - day_of(voice->last));
    }
    writer_whole(writer, (int64_t)voice->posts);
    if (has_column(run, NAME_NEXT)) {
        write_moment(writer, voice->has_next, voice->next_timed, voice->next);
    }
    writer_text(writer, text_slice(&reason));
    writer_end(writer);
    text_free(&reason);
}

// What is known of the group at this place of --groups, or else of the log.
static struct voice voice_at(const struct silent_run *run, size_t order)
{
    struct row row;
    struct slice key;
    uint32_t index = (uint32_t)order;
    if (run->groups != NULL) {
        customers_row(run->groups, order, &row, &key);
        index = map_find(run->voices, key);
    }
    return index == MAP_NONE ? (struct voice){0} : *(const struct voice *)map_value(run->voices, index);
}

// Groups that --groups does not have are said, not printed.
static void note_strangers(const struct silent_run *run)
{
    size_t strangers = 0;
    for (uint32_t i = 0; run->groups != NULL && i < map_count(run->voices); i++) {
        strangers += !customers_has(run->groups, map_key(run->voices, i));
    }
    if (strangers > 0) {
        diag_note(program_diag(run->program), "%s: groups that are not in it, and not asked for: %zu",
                  run->settings->groups, strangers);
    }
}

static enum status write_all(struct silent_run *run)
{
    size_t count = run->groups != NULL ? customers_count(run->groups) : map_count(run->voices);
    struct line *lines = heap_allocate(count, sizeof *lines);
    struct writer *writer = program_writer(run->program, run->table);
    for (size_t i = 0; i < count; i++) {
        lines[i] = (struct line){voice_at(run, i), i};
    }
    if (count > 0) {
        qsort(lines, count, sizeof *lines, by_silence);
    }
    if (writer != NULL) {
        write_names(run, writer);
    }
    for (size_t i = 0; writer != NULL && i < count && writer_good(writer); i++) {
        const struct voice *voice = &lines[i].voice;
        if (run->settings->all || is_silent(run, voice) || lacks_next(run, voice)) {
            write_line(run, writer, &lines[i]);
        }
    }
    free(lines);
    note_strangers(run);
    return writer == NULL ? STATUS_SYSTEM : STATUS_DONE;
}

static enum status run(const void *given, struct program *program)
{
    const struct silent_settings *settings = given;
    struct silent_run all = {
        .settings = settings,
        .program = program,
        .clock = program_clock(program),
        .word = settings->group == NULL ? "customer" : "group",
        .voices = map_create(sizeof(struct voice)),
    };
    enum status status = read_groups(&all);
    status = status == STATUS_DONE ? read_log(&all) : status;
    if (status == STATUS_DONE && !table_stopped(all.table)) {
        status = read_next(&all);
        status = status == STATUS_DONE ? write_all(&all) : status;
    }
    customers_free(all.groups);
    map_free(all.voices);
    return status;
}

const struct mode remind_silent = {
    .name = "silent",
    .summary = "groups or people without a post for long, and groups with no next event",
    .usage = "[FILE|-]...",
    .examples = {"remind silent --group=group --after=7d --today=2026-11-21 remind/posts.csv",
                 "remind silent --group=group --groups=remind/groups.csv --next=remind/events.csv --today=2026-11-21 "
                 "remind/posts.csv"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
