// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * score net: what is left of each row's revenue: margin x revenue - cost [+ future value]. Streams.
 *
 * Amounts are exact, and so is the net where the margin is 100 % and no future value, which is an estimate, is added. A
 * blank cell is nothing; where all cells are blank the net is too.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "heap.h"
#include "money.h"
#include "options.h"
#include "program.h"
#include "score.h"
#include "text.h"

struct net_settings {
    const char *revenue;
    struct option_list costs;
    double margin;
    const char *future;
    bool no_future;
    const char *as;
};

static const struct option options[] = {
    {.kind = OPTION_COLUMN,
     .name = "revenue",
     .value = "COL",
     .help = "what the row brought",
     .offset = offsetof(struct net_settings, revenue)},
    {.kind = OPTION_LIST,
     .name = "cost",
     .value = "COL,...",
     .help = "what it cost; of several columns, their sum (repeatable)",
     .offset = offsetof(struct net_settings, costs)},
    {.kind = OPTION_SHARE,
     .name = "margin",
     .value = "SHARE",
     .help = "how much of the revenue is left after buying what was sold: 0.35 or 35% (default 100%)",
     .offset = offsetof(struct net_settings, margin)},
    {.kind = OPTION_COLUMN,
     .name = "future",
     .value = "COL",
     .help = "what the row is expected to bring yet (default: the column 'future_value' where there is one)",
     .offset = offsetof(struct net_settings, future)},
    {.kind = OPTION_FLAG,
     .name = "no-future",
     .help = "leave the column 'future_value' out of it",
     .offset = offsetof(struct net_settings, no_future)},
    {.kind = OPTION_COLUMN,
     .name = "as",
     .value = "NAME",
     .help = "call the new column NAME instead of 'net'",
     .offset = offsetof(struct net_settings, as)},
    {.kind = OPTION_END},
};

static const struct net_settings defaults = {.margin = 1};

// What a run holds while it lasts.
struct job {
    const struct net_settings *settings;
    struct program *program;
    struct table *table;
    size_t revenue_column;
    size_t *cost_columns;
    size_t cost_count;
    size_t future_column; // TABLE_NO_COLUMN when there is none
    bool exact;           // is the net an amount, or a computed number?
    uint8_t currency;     // MONEY_NO_CURRENCY until one is seen
    uint64_t blanks;      // cells
    uint64_t unknown;     // rows
    struct arena arena;
};

// One row, read.
struct sums {
    struct money_sum revenue;
    struct money_sum cost;
    double future;
    bool known; // is any cell not blank?
};

static bool check(const void *given, struct program *program)
{
    const struct net_settings *settings = given;
    if (!(settings->margin >= 0 && settings->margin <= 1)) {
        program_wrong(program, "--margin: not between 0%% and 100%%");
        return false;
    }
    if (settings->no_future && settings->future != NULL) {
        program_wrong(program, "--future and --no-future exclude each other");
        return false;
    }
    return true;
}

static const char *net_name(const struct net_settings *settings)
{
    return settings->as == NULL ? "net" : settings->as;
}

// A column that counted twice would be wrong in silence.
static bool is_used(const struct job *job, size_t column)
{
    bool used = column == job->revenue_column;
    for (size_t i = 0; i < job->cost_count; i++) {
        used = used || job->cost_columns[i] == column;
    }
    return used;
}

static bool stop_for_twice(struct job *job, const char *option, size_t column)
{
    struct slice name = table_columns(job->table)->names[column];
    table_stop(job->table, program_wrong(job->program, "%s: column '%.*s' is counted already", option, (int)name.length,
                                         name.data));
    return false;
}

// The columns of one --cost, parted by commas.
static bool add_costs(struct job *job, const char *list)
{
    struct slice names = slice_of(list);
    for (size_t at = 0; at <= names.length;) {
        size_t end = slice_find(names, ',', at);
        size_t column;
        const char *name = arena_copy(&job->arena, slice_part(names, at, end)).data;
        if (!table_column(job->table, name, "--cost", &column)) {
            return false;
        }
        if (is_used(job, column)) {
            return stop_for_twice(job, "--cost", column);
        }
        job->cost_columns[job->cost_count++] = column;
        at = end + 1;
    }
    return true;
}

static bool find_costs(struct job *job)
{
    const struct option_list *lists = &job->settings->costs;
    size_t most = 1;
    for (size_t i = 0; i < lists->count; i++) {
        most += strlen(lists->values[i]) + 1;
    }
    job->cost_columns = heap_allocate(most, sizeof *job->cost_columns);
    for (size_t i = 0; i < lists->count; i++) {
        if (!add_costs(job, lists->values[i])) {
            return false;
        }
    }
    if (lists->count > 0) {
        return true;
    }
    job->cost_count = 1;
    return table_role(job->table, ROLE_COST, NULL, &job->cost_columns[0]);
}

static bool find_future(struct job *job)
{
    const struct net_settings *settings = job->settings;
    job->future_column = TABLE_NO_COLUMN;
    if (settings->future == NULL) {
        size_t column;
        if (!settings->no_future && columns_has(table_columns(job->table), slice_of("future_value"), &column) &&
            !is_used(job, column)) {
            job->future_column = column;
        }
        return true;
    }
    if (!table_column(job->table, settings->future, "--future", &job->future_column)) {
        return false;
    }
    return !is_used(job, job->future_column) || stop_for_twice(job, "--future", job->future_column);
}

static bool find_columns(struct job *job)
{
    return table_role(job->table, ROLE_REVENUE, job->settings->revenue, &job->revenue_column) && find_costs(job) &&
           find_future(job) && table_new_column(job->table, net_name(job->settings), true);
}

// Two currencies cannot be added up.
static bool same_currency(struct job *job, const struct row *row, size_t column, uint8_t currency)
{
    if (job->currency == MONEY_NO_CURRENCY) {
        job->currency = currency;
    }
    if (currency != MONEY_NO_CURRENCY && currency != job->currency) {
        table_refuse(job->table, row, column, "another currency than in the rows before");
        return false;
    }
    return true;
}

// Adds an amount to a sum. False when the row was refused.
static bool add_amount(struct job *job, const struct row *row, size_t column, struct money_sum *sum, bool *known)
{
    struct money value = {0};
    switch (cell_money(table_forms(job->table), row->cells[column], &value)) {
    case CELL_OK:
        money_add(sum, value);
        *known = true;
        return same_currency(job, row, column, value.currency);
    case CELL_BLANK:
        job->blanks++;
        return true;
    default:
        table_needs(job->table, row, column, CELL_BAD, "an amount");
        return false;
    }
}

// An estimate has as many decimals as it has; but it may be written as an amount.
static bool read_future(struct job *job, const struct row *row, double *future, bool *known)
{
    struct slice cell = row->cells[job->future_column];
    switch (cell_number(table_forms(job->table), cell, future)) {
    case CELL_OK:
        *known = true;
        return true;
    case CELL_BLANK:
        job->blanks++;
        return true;
    default:
        break;
    }
    struct money_sum sum = {0};
    if (!add_amount(job, row, job->future_column, &sum, known)) {
        return false;
    }
    *future = money_number(sum);
    return true;
}

static bool read_row(struct job *job, const struct row *row, struct sums *sums)
{
    *sums = (struct sums){0};
    if (!add_amount(job, row, job->revenue_column, &sums->revenue, &sums->known)) {
        return false;
    }
    for (size_t i = 0; i < job->cost_count; i++) {
        if (!add_amount(job, row, job->cost_columns[i], &sums->cost, &sums->known)) {
            return false;
        }
    }
    return job->future_column == TABLE_NO_COLUMN || read_future(job, row, &sums->future, &sums->known);
}

static struct money_sum difference(struct money_sum a, struct money_sum b)
{
    return (struct money_sum){a.micros - b.micros, a.places > b.places ? a.places : b.places};
}

static void write_net(struct job *job, struct writer *writer, const struct sums *sums)
{
    double margin = job->settings->margin;
    if (!sums->known) {
        job->unknown++;
        writer_blank(writer);
    } else if (job->exact) {
        writer_money(writer, difference(sums->revenue, sums->cost));
    } else if (margin < 1) {
        writer_number(writer, margin * money_number(sums->revenue) - money_number(sums->cost) + sums->future);
    } else {
        writer_number(writer, money_number(difference(sums->revenue, sums->cost)) + sums->future);
    }
}

static void write_rows(struct job *job, struct writer *writer)
{
    const struct columns *columns = table_columns(job->table);
    for (size_t i = 0; i < columns->count; i++) {
        writer_name(writer, columns->names[i]);
    }
    writer_name(writer, slice_of(net_name(job->settings)));
    writer_end(writer);
    struct row row;
    while (writer_good(writer) && table_next(job->table, &row)) {
        struct sums sums;
        if (read_row(job, &row, &sums)) {
            writer_pass(writer, &row);
            write_net(job, writer, &sums);
            writer_end(writer);
        }
    }
}

static void append_column(const struct job *job, const char *sign, size_t column, struct text *out)
{
    struct slice name = table_columns(job->table)->names[column];
    text_format(out, "%s'%.*s'", sign, (int)name.length, name.data);
}

static void report(const struct job *job)
{
    const struct diag *diag = program_diag(job->program);
    struct text formula = {0};
    text_format(&formula, "%g%% of ", job->settings->margin * 100);
    append_column(job, "", job->revenue_column, &formula);
    for (size_t i = 0; i < job->cost_count; i++) {
        append_column(job, " - ", job->cost_columns[i], &formula);
    }
    if (job->future_column != TABLE_NO_COLUMN) {
        append_column(job, " + ", job->future_column, &formula);
    }
    diag_detail(diag, "%s is %s", net_name(job->settings), text_string(&formula));
    diag_detail(diag, "blank cells that count as nothing: %llu; rows where all are blank: %llu",
                (unsigned long long)job->blanks, (unsigned long long)job->unknown);
    text_free(&formula);
}

static enum status run_job(struct job *job)
{
    job->table = program_input(job->program);
    if (table_stopped(job->table) || !find_columns(job)) {
        return table_status(job->table);
    }
    job->exact = job->settings->margin >= 1 && job->future_column == TABLE_NO_COLUMN;
    struct writer *writer = program_writer(job->program, job->table);
    if (writer == NULL) {
        return STATUS_SYSTEM;
    }
    write_rows(job, writer);
    report(job);
    return table_status(job->table);
}

static enum status run(const void *given, struct program *program)
{
    struct job job = {.settings = given, .program = program};
    enum status status = run_job(&job);
    free(job.cost_columns);
    arena_free(&job.arena);
    return status;
}

const struct mode score_net = {
    .name = "net",
    .summary = "what is left of each row's revenue once its costs are paid",
    .usage = "[FILE|-]...",
    .examples = {"score net --margin=35% --cost=cost,service score/accounts.csv",
                 "score rfm --today=2026-03-31 score/orders.csv | score net"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
