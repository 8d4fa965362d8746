// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * score lapse: how long each customer is silent, measured against his own rhythm, one row a customer.
 *
 * Gathers the days of each customer (diary.h). The measure is rhythm.h's: the gap since the last day in units of the
 * customer's usual gap, and the share of all gaps ever seen that were shorter than that.
 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>

#include "diary.h"
#include "events.h"
#include "options.h"
#include "program.h"
#include "results.h"
#include "rhythm.h"
#include "score.h"

struct lapse_settings {
    struct events_columns columns;
    const char *customers;
    const char *as;
};

static const struct option options[] = {
    {.kind = OPTION_COLUMN,
     .name = "customer",
     .value = "COL",
     .help = "who",
     .offset = offsetof(struct lapse_settings, columns.customer)},
    {.kind = OPTION_COLUMN,
     .name = "date",
     .value = "COL",
     .help = "when",
     .offset = offsetof(struct lapse_settings, columns.date)},
    {.kind = OPTION_COLUMN,
     .name = "order-id",
     .value = "COL",
     .help = "rows with the same id are one event, of the date of the first",
     .offset = offsetof(struct lapse_settings, columns.order_id)},
    {.kind = OPTION_FILE,
     .name = "customers",
     .value = "FILE",
     .help = "keep each row of this customer table and add the results, also for people who are not in the log",
     .offset = offsetof(struct lapse_settings, customers)},
    {.kind = OPTION_COLUMN,
     .name = "as",
     .value = "NAME",
     .help = "call the last new column NAME instead of 'lapse_risk'",
     .offset = offsetof(struct lapse_settings, as)},
    {.kind = OPTION_END},
};

static const struct lapse_settings defaults = {0};

static const char *const names[] = {"events", "first", "last", "usual_gap", "gap", "gap_ratio", "lapse_risk"};
enum {
    NAMES = sizeof names / sizeof names[0],
};

// What a run holds while it lasts.
struct job {
    struct program *program;
    struct events events;
    struct results results;
    struct diary *diary;
    struct rhythm rhythm;
    struct writer *writer;
};

static void read_log(struct job *job)
{
    struct event event;
    while (events_next(&job->events, &event)) {
        diary_add(job->diary, event.customer, event.day, 0);
    }
}

static void learn(struct job *job)
{
    diary_settle(job->diary);
    for (size_t i = 0; i < diary_count(job->diary); i++) {
        struct diary_page page = diary_page(job->diary, i);
        rhythm_learn(&job->rhythm, page.days, page.count);
    }
    rhythm_settle(&job->rhythm);
}

static void write_state(struct job *job, size_t index)
{
    struct writer *writer = job->writer;
    struct diary_page page = diary_page(job->diary, index);
    struct rhythm_state state = rhythm_state(&job->rhythm, page.days, page.count, program_clock(job->program)->today);
    writer_whole(writer, (int64_t)diary_events(job->diary, index));
    writer_day(writer, page.days[0]);
    writer_day(writer, page.days[page.count - 1]);
    writer_number(writer, state.usual_gap);
    writer_whole(writer, state.gap);
    writer_number(writer, state.ratio);
    writer_number(writer, state.risk);
    writer_end(writer);
}

static void write_nothing(struct writer *writer)
{
    writer_whole(writer, 0);
    for (size_t i = 1; i < NAMES; i++) {
        writer_blank(writer);
    }
    writer_end(writer);
}

static void write_all(struct job *job)
{
    for (size_t i = 0; i < diary_count(job->diary) && writer_good(job->writer); i++) {
        writer_text(job->writer, diary_person(job->diary, i));
        write_state(job, i);
    }
}

static struct slice person_at(const void *context, size_t index)
{
    const struct job *job = context;
    return diary_person(job->diary, index);
}

static void write_person(void *context, const struct row *row, struct slice key)
{
    struct job *job = context;
    size_t found = diary_find(job->diary, key);
    writer_pass(job->writer, row);
    if (found == SIZE_MAX) {
        write_nothing(job->writer);
    } else {
        write_state(job, found);
    }
}

static void write_customers(struct job *job)
{
    struct results_log log = {job, diary_count(job->diary), person_at, write_person};
    results_join(&job->results, &log, job->writer, job->program);
}

static void note(const struct job *job)
{
    const struct diag *diag = program_diag(job->program);
    size_t pool = job->rhythm.ratio_count;
    if (pool == 0 && diary_count(job->diary) > 0) {
        diag_note(diag, "nobody was there on three days, so there is nothing to tell a lapse risk from");
    }
    diag_detail(diag, "customers with a gap of their own: %zu; gaps in the pool: %zu", job->rhythm.usual_count, pool);
    events_note_age(&job->events, diag);
}

static enum status run_job(struct job *job, const struct lapse_settings *settings)
{
    struct table *table = program_input(job->program);
    enum status status;
    if (table_stopped(table) || !events_open(&job->events, table, &settings->columns, program_clock(job->program))) {
        return table_status(table);
    }
    if (!results_open(&job->results, settings->customers, settings->columns.customer, job->program, &status)) {
        return status;
    }
    read_log(job);
    if (table_stopped(table)) {
        return table_status(table);
    }
    learn(job);
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
    note(job);
    return STATUS_DONE;
}

static enum status run(const void *given, struct program *program)
{
    const struct lapse_settings *settings = given;
    struct job job = {.program = program};
    if (!results_name(&job.results, names, NAMES, NAMES - 1, settings->as, slice_of(""), program)) {
        return STATUS_USAGE;
    }
    job.diary = diary_create(false);
    enum status status = run_job(&job, settings);
    events_free(&job.events);
    diary_free(job.diary);
    rhythm_free(&job.rhythm);
    results_free(&job.results);
    return status;
}

const struct mode score_lapse = {
    .name = "lapse",
    .summary = "how long each customer is silent, measured against his own rhythm",
    .usage = "[FILE|-]...",
    .examples = {"score lapse --today=1998-06-30 cdnow.csv",
                 "score lapse --today=2026-03-31 --customers=score/people.csv score/orders.csv"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = NULL,
    .run = run,
};
