// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * funnel people: one row a person, with the deepest step reached, when each was reached, and what came next. Gathers
 * all events (trails.h), and the names of events.
 */
#include <stdlib.h>

#include "customers.h"
#include "explanation.h"
#include "funnel.h"
#include "heap.h"
#include "intake.h"
#include "state.h"
#include "writer.h"
#include "zone.h"

struct people_settings {
    struct intake_settings intake;
    const char *customers;
    const char *explain;
    bool all;
};

static const struct option *const shared[] = {intake_options, intake_rules, state_options, NULL};

_Static_assert(offsetof(struct people_settings, intake) == 0, "the shared options find their fields");

static const struct option options[] = {
    {.kind = OPTION_FLAG,
     .name = "all",
     .help = "also people who did not begin, at level 0",
     .offset = offsetof(struct people_settings, all)},
    {.kind = OPTION_FILE,
     .name = "customers",
     .value = "FILE",
     .help = "add the columns to the rows of this table, also of people without an event",
     .offset = offsetof(struct people_settings, customers)},
    {.kind = OPTION_TEXT,
     .name = "explain",
     .value = "ID",
     .help = "instead, one row an event of this customer, with the step it made for the level",
     .offset = offsetof(struct people_settings, explain)},
    {.kind = OPTION_END},
};

static const struct people_settings defaults = {.intake = {.window = {.months = INTAKE_NO_WINDOW}}};

static bool check(const void *given, struct program *program)
{
    const struct people_settings *settings = given;
    if (settings->explain != NULL && (settings->customers != NULL || settings->all)) {
        program_wrong(program, "--explain tells of one customer: leave %s away",
                      settings->all ? "--all" : "--customers");
        return false;
    }
    if (settings->explain != NULL && (settings->intake.save != NULL || settings->intake.use != NULL)) {
        program_wrong(program, "--explain looks at the events of the input alone: leave --save and --use away");
        return false;
    }
    if (settings->explain != NULL && settings->explain[0] == '\0') {
        program_wrong(program, "--explain: whom?");
        return false;
    }
    return intake_check(&settings->intake, program);
}

// The names of the added columns, those of steps in order. A step whose name an earlier one has is told by its number.
struct added {
    struct text *names;
    size_t count;
};

static bool has_namesake_before(const struct plan *plan, size_t step)
{
    for (size_t i = 0; i < step; i++) {
        if (slice_equal(plan->steps[i].name, plan->steps[step].name)) {
            return true;
        }
    }
    return false;
}

static void add_step_names(struct added *added, const struct plan *plan, const char *suffix)
{
    for (size_t i = 0; i < plan->count; i++) {
        struct text *name = &added->names[added->count++];
        text_append(name, plan->steps[i].name);
        if (has_namesake_before(plan, i)) {
            text_format(name, "_%zu", i + 1);
        }
        text_append_string(name, suffix);
    }
}

static struct added name_columns(const struct plan *plan)
{
    struct added added = {.names = heap_allocate(2 * plan->count + 3, sizeof *added.names)};
    text_append_string(&added.names[added.count++], "level");
    text_append_string(&added.names[added.count++], "step");
    add_step_names(&added, plan, "_time");
    add_step_names(&added, plan, "_seconds");
    text_append_string(&added.names[added.count++], "next_event");
    return added;
}

static void free_columns(struct added *added)
{
    for (size_t i = 0; i < added->count; i++) {
        text_free(&added->names[i]);
    }
    free(added->names);
}

static void write_columns(struct writer *writer, const struct added *added)
{
    for (size_t i = 0; i < added->count; i++) {
        writer_name(writer, text_slice(&added->names[i]));
    }
    writer_end(writer);
}

// As the log had it: a date alone stays one.
static void write_moment(struct writer *writer, struct zone *zone, const struct trails_step *step)
{
    int64_t local = zone_to_local(zone, step->time);
    if (step->has_time) {
        writer_time(writer, local);
    } else {
        writer_day(writer, (int32_t)(local / DATE_DAY_SECONDS - (local % DATE_DAY_SECONDS < 0)));
    }
}

static void write_attempt(struct writer *writer, const struct intake *intake, const struct trails_attempt *attempt)
{
    const struct trails_step *events[ATTEMPT_STEPS] = {NULL};
    struct slice deepest = {NULL, 0};
    for (size_t i = 0; i < attempt->level; i++) {
        if ((attempt->taken >> i & 1) != 0) {
            events[attempt->served[i]] = &attempt->steps[i];
            deepest = intake->plan.steps[attempt->served[i]].name;
        }
    }
    writer_whole(writer, (int64_t)attempt->level);
    writer_text(writer, deepest);
    for (size_t i = 0; i < intake->plan.count; i++) {
        if (events[i] != NULL) {
            write_moment(writer, program_clock(intake->program)->zone, events[i]);
        } else {
            writer_blank(writer);
        }
    }
    for (size_t i = 0; i < intake->plan.count; i++) {
        if (events[i] != NULL) {
            writer_whole(writer, events[i]->time - attempt->steps[0].time);
        } else {
            writer_blank(writer);
        }
    }
    writer_text(writer, attempt->has_next ? intake_name(intake, attempt->next) : (struct slice){NULL, 0});
    writer_end(writer);
}

// Finds how far a person came. False, said, when that cannot be.
static bool find_attempt(const struct intake *intake, size_t number, struct trails_attempt *attempt)
{
    trails_find(intake->trails, number, intake->now, attempt);
    bool is_sound = trails_is_sound(intake->trails, attempt);
    if (!is_sound) {
        diag_error("steps are not conserved (a fault of this program)");
    }
    return is_sound;
}

static enum status write_people(struct writer *writer, const struct intake *intake, const struct added *added, bool all)
{
    writer_name(writer, slice_of("customer"));
    write_columns(writer, added);
    for (size_t i = 0; i < trails_count(intake->trails) && writer_good(writer); i++) {
        struct trails_attempt attempt;
        if (!find_attempt(intake, i, &attempt)) {
            return STATUS_DATA;
        }
        if (attempt.level > 0 || all) {
            writer_text(writer, trails_person(intake->trails, i));
            write_attempt(writer, intake, &attempt);
        }
    }
    return STATUS_DONE;
}

static void write_joined_names(struct writer *writer, const struct added *added, const struct columns *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        writer_name(writer, columns->names[i]);
    }
    write_columns(writer, added);
}

// The rows of --customers, each with its person's attempt, or level 0.
static enum status write_joined(struct writer *writer, const struct intake *intake, struct customers *customers)
{
    for (size_t i = 0; i < customers_count(customers) && writer_good(writer); i++) {
        struct row row;
        struct slice key;
        struct trails_attempt attempt = {.level = 0};
        customers_row(customers, i, &row, &key);
        size_t number = trails_number(intake->trails, key);
        if (number != SIZE_MAX && !find_attempt(intake, number, &attempt)) {
            return STATUS_DATA;
        }
        writer_pass(writer, &row);
        write_attempt(writer, intake, &attempt);
    }
    return STATUS_DONE;
}

static void note_strangers(const struct intake *intake, const struct customers *customers, const char *file)
{
    size_t strangers = 0;
    for (size_t i = 0; i < trails_count(intake->trails); i++) {
        strangers += !customers_has(customers, trails_person(intake->trails, i));
    }
    customers_note_strangers(strangers, file, program_diag(intake->program));
}

static struct customers *read_customers(struct table *table, const char *customer, struct added *added)
{
    size_t column;
    for (size_t i = 0; i < added->count; i++) {
        if (!table_new_column(table, text_string(&added->names[i]), false)) {
            return NULL;
        }
    }
    return table_role(table, ROLE_CUSTOMER, customer, &column) ? customers_read(table, column) : NULL;
}

static enum status write_all(const struct people_settings *settings, const struct intake *intake,
                             const struct added *added, struct table *table, struct customers *customers)
{
    struct writer *writer = program_writer(intake->program, table == NULL ? intake_table(intake) : table);
    if (writer == NULL) {
        return STATUS_SYSTEM;
    }
    if (table == NULL) {
        return write_people(writer, intake, added, settings->all);
    }
    write_joined_names(writer, added, table_columns(table));
    enum status status = write_joined(writer, intake, customers);
    note_strangers(intake, customers, settings->customers);
    return status;
}

// The table of --customers is read before the log, so that a fault in it is said at once.
static enum status read_and_write(const struct people_settings *settings, struct intake *intake)
{
    struct text rules = {0};
    struct added added = name_columns(&intake->plan);
    struct table *table = NULL;
    struct customers *customers = NULL;
    enum status status = STATUS_DONE;
    text_append_string(&rules, "people");
    state_tell_rules(&settings->intake, &rules);
    if (settings->customers != NULL) {
        table = program_side_table(intake->program, settings->customers);
        customers = table_stopped(table) ? NULL : read_customers(table, settings->intake.columns.customer, &added);
    }
    if (table != NULL && customers == NULL) {
        status = table_status(table);
    } else {
        status = state_read_log(intake, text_slice(&rules));
    }
    if (status == STATUS_DONE && (table == NULL || customers != NULL)) {
        status = write_all(settings, intake, &added, table, customers);
        status = status == STATUS_DONE ? state_deliver(intake, text_slice(&rules)) : status;
    }
    text_free(&rules);
    customers_free(customers);
    free_columns(&added);
    return status;
}

static enum status explain(struct intake *intake, struct slice person)
{
    enum status status = intake_read(intake);
    return status == STATUS_DONE ? explanation_write(intake, person) : status;
}

static enum status run(const void *given, struct program *program)
{
    const struct people_settings *settings = given;
    struct intake intake;
    struct intake_wishes wishes = {.follow = true};
    if (settings->explain != NULL) {
        wishes.only = slice_trim_value(slice_of(settings->explain));
    }
    enum status status = intake_open_for(&intake, &settings->intake, program, &wishes);
    if (status == STATUS_DONE && !intake_is_over(&intake)) {
        status = settings->explain != NULL ? explain(&intake, wishes.only) : read_and_write(settings, &intake);
    }
    intake_free(&intake);
    return status;
}

const struct mode funnel_people = {
    .name = "people",
    .summary = "how far each person came, when he reached each step, and what he did next",
    .usage = "[FILE|-]... | EVENT=FILE...",
    .examples = {"funnel people --steps=visit,join,order --window=7d --today=2026-10-31 funnel/events.csv",
                 "funnel people --steps=join,order join=funnel/members.csv order=funnel/orders.csv"},
    .shared = shared,
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
