// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * score clv: what each customer is worth: is he alive, what will he buy, what has he bought; one row a customer.
 *
 * Gathers (buyers.h). With --use the parameters come from a file that `score fit` wrote, so customers need not have
 * been part of the fit; else they are fitted here. Customers with the same history share one computation.
 */
#include <math.h>
#include <stddef.h>

#include "buyers.h"
#include "knowledge.h"
#include "parameters.h"
#include "period.h"
#include "results.h"
#include "score.h"
#include "special.h"
#include "summary.h"
#include "unit.h"
#include "valuation.h"
#include "wanted.h"

struct clv_settings {
    struct buyers_settings buyers;
    const char *model;
    int spend; // enum wanted_spend
    const char *use;
    const char *save;
    const char *horizon;
    double discount;
    double margin;
    double intervals; // 0: none
    const char *customers;
    const char *as;
};

static const char *const refunds_words[] = {"net", "ignore", "error", NULL};
static const char default_model[] = "mbgnbd";

static const struct option options[] = {
    {.kind = OPTION_FILE,
     .name = "use",
     .value = "FILE",
     .help = "take the parameters from a FILE that 'fit' printed or --save wrote, instead of fitting them",
     .offset = offsetof(struct clv_settings, use)},
    {.kind = OPTION_FILE,
     .name = "save",
     .value = "FILE",
     .help = "write the parameters fitted to FILE, as 'fit' prints them",
     .offset = offsetof(struct clv_settings, save),
     .written = true},
    {.kind = OPTION_TEXT,
     .name = "model",
     .value = "NAME",
     .help = "mbgnbd (the default), bgnbd, pnbd, mbgcnbd or nbd; or auto, the best of them by BIC; or bgbb; or sbg",
     .offset = offsetof(struct clv_settings, model)},
    {.kind = OPTION_CHOICE,
     .name = "spend",
     .help = "expect the spend on a purchase by a model (gg, the default where there are amounts), or not",
     .offset = offsetof(struct clv_settings, spend),
     .choices = wanted_spend_words},
    {.kind = OPTION_TEXT,
     .name = "horizon",
     .value = "PERIOD",
     .help = "how far to look from today (default 1y), or inf for ever",
     .offset = offsetof(struct clv_settings, horizon)},
    {.kind = OPTION_SHARE,
     .name = "discount",
     .value = "SHARE",
     .help = "what money to come loses a year (default 10%)",
     .offset = offsetof(struct clv_settings, discount)},
    {.kind = OPTION_SHARE,
     .name = "margin",
     .value = "SHARE",
     .help = "what remains of revenue (default 100%)",
     .offset = offsetof(struct clv_settings, margin)},
    {.kind = OPTION_SHARE,
     .name = "intervals",
     .value = "SHARE",
     .help = "add lower and upper bounds that hold with this certainty, as far as the parameters go",
     .offset = offsetof(struct clv_settings, intervals)},
    {.kind = OPTION_COLUMN,
     .name = "by",
     .value = "COL",
     .help = "fit and predict each group of customers, as this column names them, by itself",
     .offset = offsetof(struct clv_settings, buyers.by)},
    {.kind = OPTION_CHOICE,
     .name = "unit",
     .value = "UNIT",
     .help = "the unit of times: day (the default), week, month or year",
     .offset = offsetof(struct clv_settings, buyers.unit),
     .choices = unit_words},
    {.kind = OPTION_FILE,
     .name = "customers",
     .value = "FILE",
     .help = "keep each row of this customer table and add the results of the log",
     .offset = offsetof(struct clv_settings, customers)},
    {.kind = OPTION_COLUMN,
     .name = "as",
     .value = "NAME",
     .help = "call the new column NAME instead of 'lifetime_value'",
     .offset = offsetof(struct clv_settings, as)},
    {.kind = OPTION_CHOICE,
     .name = "input",
     .help = "an order log, or a table with the columns x, t_x and T (default: as the header says)",
     .offset = offsetof(struct clv_settings, buyers.input),
     .choices = buyers_input_words},
    {.kind = OPTION_COLUMN,
     .name = "revenue",
     .value = "COL",
     .help = "of a table: what the customer has paid in all",
     .offset = offsetof(struct clv_settings, buyers.revenue)},
    {.kind = OPTION_NUMBER,
     .name = "base",
     .value = "N",
     .help = "with sbg: customers of a cohort at its beginning, where the table has percentages",
     .offset = offsetof(struct clv_settings, buyers.base)},
    {.kind = OPTION_COLUMN,
     .name = "customer",
     .value = "COL",
     .help = "who bought",
     .offset = offsetof(struct clv_settings, buyers.columns.customer)},
    {.kind = OPTION_COLUMN,
     .name = "date",
     .value = "COL",
     .help = "when",
     .offset = offsetof(struct clv_settings, buyers.columns.date)},
    {.kind = OPTION_COLUMN,
     .name = "amount",
     .value = "COL",
     .help = "for how much; below zero it is a refund",
     .offset = offsetof(struct clv_settings, buyers.columns.amount)},
    {.kind = OPTION_COLUMN,
     .name = "order-id",
     .value = "COL",
     .help = "rows with the same id are one order",
     .offset = offsetof(struct clv_settings, buyers.columns.order_id)},
    {.kind = OPTION_COLUMN,
     .name = "cost",
     .value = "COL",
     .help = "what the order cost you; summed as 'cost'",
     .offset = offsetof(struct clv_settings, buyers.columns.cost)},
    {.kind = OPTION_COLUMN,
     .name = "refunded",
     .value = "COL",
     .help = "what was given back of the order",
     .offset = offsetof(struct clv_settings, buyers.columns.refunded)},
    {.kind = OPTION_CHOICE,
     .name = "refunds",
     .value = "HOW",
     .help = "refunds lower the revenue (net, the default), count for nothing (ignore) or are refused (error)",
     .offset = offsetof(struct clv_settings, buyers.refunds),
     .choices = refunds_words},
    {.kind = OPTION_END},
};

static const struct clv_settings defaults = {
    .buyers.columns.worthless = true,
    .horizon = "1y",
    .discount = 0.1,
    .margin = 1,
};

// What a run holds while it lasts.
struct job {
    const struct clv_settings *settings;
    struct program *program;
    struct wanted wanted;
    struct buyers buyers;
    struct knowledge knowledge;
    struct valuation valuation;
    struct results results;
    struct writer *writer;
};

static size_t name_values(const struct job *job, const char **names)
{
    return valuation_names(job->valuation.z > 0, names);
}

static void write_values(const struct job *job, const struct buyer *buyer)
{
    valuation_write(&job->valuation, buyer, job->writer);
}

// A table of summaries: each row as it stands, and the values.
static void write_table(struct job *job)
{
    const struct columns *columns = table_columns(job->buyers.table);
    const char *names[RESULTS_MOST];
    size_t count = name_values(job, names);
    for (size_t i = 0; i < columns->count; i++) {
        writer_name(job->writer, columns->names[i]);
    }
    for (size_t i = 0; i < count; i++) {
        bool renamed = i == VALUATION_LIFETIME && job->settings->as != NULL;
        writer_name(job->writer, slice_of(renamed ? job->settings->as : names[i]));
    }
    writer_end(job->writer);
    for (size_t i = 0; i < job->buyers.count && writer_good(job->writer); i++) {
        struct row row;
        sheet_row(&job->buyers.sheet, i, &row);
        writer_pass(job->writer, &row);
        write_values(job, &job->buyers.rows[i]);
    }
}

static void write_customer(const struct job *job, const struct summary *summary, size_t index)
{
    const struct purchases *purchases = job->buyers.purchases;
    struct buyer stranger = {.number = BUYERS_NOTHING, .revenue = job->buyers.worth ? 0 : NAN};
    bool known = index != SIZE_MAX;
    struct purchases_summary customer = known ? purchases_summary(purchases, index) : purchases_absent(purchases);
    if (job->buyers.by.length > 0 && known) {
        writer_text(job->writer, buyers_group_name(&job->buyers, job->buyers.rows[index].group));
    } else if (job->buyers.by.length > 0) {
        writer_blank(job->writer);
    }
    summary_write(summary, &customer);
    write_values(job, known ? &job->buyers.rows[index] : &stranger);
}

// For results_join.
struct joining {
    const struct job *job;
    const struct summary *summary;
};

static struct slice person_at(const void *context, size_t index)
{
    const struct joining *joining = context;
    return purchases_summary(joining->job->buyers.purchases, index).customer;
}

static void write_person(void *context, const struct row *row, struct slice key)
{
    const struct joining *joining = context;
    writer_pass(joining->job->writer, row);
    write_customer(joining->job, joining->summary, purchases_find(joining->job->buyers.purchases, key));
}

static void write_log(const struct job *job)
{
    struct summary summary = {.writer = job->writer,
                              .today = program_clock(job->program)->today,
                              .unit_days = unit_days((enum unit)job->settings->buyers.unit),
                              .cost = orders_have_cost(&job->buyers.orders),
                              .worthless = !job->buyers.worth};
    results_write_header(&job->results, job->writer);
    if (job->results.customers != NULL) {
        struct joining joining = {job, &summary};
        struct results_log log = {&joining, purchases_count(job->buyers.purchases), person_at, write_person};
        results_join(&job->results, &log, job->writer, job->program);
        return;
    }
    for (size_t i = 0; i < job->buyers.count && writer_good(job->writer); i++) {
        writer_text(job->writer, purchases_summary(job->buyers.purchases, i).customer);
        write_customer(job, &summary, i);
    }
}

// The names of the new columns must be new. False, said, when they are not.
static bool open_results(struct job *job, enum status *status)
{
    const char *names[RESULTS_MOST];
    size_t before = 0;
    struct table *table = job->buyers.table;
    if (job->buyers.from_log) {
        before = summary_names(orders_have_cost(&job->buyers.orders), names);
    }
    size_t count = before + name_values(job, names + before);
    *status = STATUS_USAGE;
    if (!results_name(&job->results, names, count, before + VALUATION_LIFETIME, job->settings->as, job->buyers.by,
                      job->program)) {
        return false;
    }
    if (job->buyers.from_log) {
        return results_open(&job->results, job->settings->customers, job->settings->buyers.columns.customer,
                            job->program, status);
    }
    bool fresh = true;
    for (size_t i = 0; fresh && i < count; i++) {
        fresh = table_new_column(table, job->results.names[i], i == VALUATION_LIFETIME);
    }
    return fresh;
}

// Fits the models, or takes their parameters from a file. False, said: *status is what to return.
static bool know(struct job *job, enum status *status)
{
    const struct clv_settings *settings = job->settings;
    const struct diag *diag = program_diag(job->program);
    struct knowledge *knowledge = &job->knowledge;
    if (settings->use != NULL) {
        return knowledge_take(knowledge, settings->use, &job->wanted, settings->model != NULL, &job->buyers, diag,
                              status);
    }
    if (!knowledge_learn(knowledge, &job->wanted, &job->buyers, diag, status)) {
        return false;
    }
    if (settings->save != NULL &&
        !parameters_save(settings->save, &job->buyers, knowledge->estimates, (enum unit)settings->buyers.unit)) {
        *status = STATUS_SYSTEM;
        return false;
    }
    return true;
}

static bool predict(struct job *job, enum status *status)
{
    job->valuation.buyers = &job->buyers;
    job->valuation.estimates = job->knowledge.estimates;
    if (!valuation_prepare(&job->valuation)) {
        diag_error("%s: there are no covariances, which --intervals needs", job->settings->use);
        *status = STATUS_USAGE;
        return false;
    }
    return true;
}

static enum status value_all(struct job *job)
{
    enum status status = STATUS_DONE;
    if (!open_results(job, &status)) {
        return status;
    }
    status = STATUS_DONE;
    if (!know(job, &status) || !predict(job, &status)) {
        return status;
    }
    job->writer = program_writer(job->program, job->results.people != NULL ? job->results.people : job->buyers.table);
    if (job->writer == NULL) {
        return STATUS_SYSTEM;
    }
    if (job->buyers.from_log) {
        write_log(job);
        orders_note_age(&job->buyers.orders, program_diag(job->program));
    } else {
        write_table(job);
    }
    return status;
}

// The horizon in the unit, and the discount a unit. False, said, when they are none.
static bool read_horizon(struct job *job)
{
    const struct clv_settings *settings = job->settings;
    double unit = unit_days((enum unit)settings->buyers.unit);
    struct period period;
    bool endless = slice_is(slice_of(settings->horizon), "inf");
    if (!endless && (!period_read(slice_of(settings->horizon), &period) || !period_positive(period))) {
        program_wrong(job->program, "--horizon: '%s' is not a period like 1y, 90d or 26w, nor inf", settings->horizon);
        return false;
    }
    if (!(settings->discount >= 0) || !(settings->discount < 1e6)) {
        program_wrong(job->program, "--discount: not a share of 0 or more");
        return false;
    }
    if (endless && settings->discount == 0) {
        program_wrong(job->program, "--horizon=inf: without a --discount above 0 the value has no end");
        return false;
    }
    static const double year = 365.25;
    job->valuation.horizon.length = endless ? INFINITY : period_days(period) / unit;
    job->valuation.horizon.discount = log1p(settings->discount) / year * unit;
    return true;
}

static bool check(const void *given, struct program *program)
{
    const struct clv_settings *settings = given;
    if (settings->intervals != 0 && !(settings->intervals > 0 && settings->intervals < 1)) {
        program_wrong(program, "--intervals: not a certainty between 0 and 1, like 95%%");
        return false;
    }
    if (!(settings->margin >= 0 && settings->margin <= 1)) {
        program_wrong(program, "--margin: not between 0%% and 100%%");
        return false;
    }
    if (!(settings->buyers.base >= 0 && settings->buyers.base <= 1e15)) {
        program_wrong(program, "--base: not a number of customers");
        return false;
    }
    if (settings->use != NULL && settings->save != NULL) {
        program_wrong(program, "--use takes parameters and --save writes fitted ones: only one of them");
        return false;
    }
    return true;
}

static bool read_settings(struct job *job)
{
    const struct clv_settings *settings = job->settings;
    const char *model = settings->model != NULL ? settings->model : default_model;
    if (!read_horizon(job) || !wanted_read(&job->wanted, model, (enum wanted_spend)settings->spend, job->program)) {
        return false;
    }
    if (!job->wanted.best && job->wanted.count > 1) {
        program_wrong(job->program, "--model: one model, or auto");
        return false;
    }
    if (job->wanted.best && settings->use != NULL) {
        program_wrong(job->program, "--model=auto chooses while fitting, so it cannot go with --use");
        return false;
    }
    job->valuation.spend = job->wanted.spend;
    job->valuation.margin = settings->margin;
    job->valuation.z = settings->intervals > 0 ? special_normal_quantile((1 + settings->intervals) / 2) : 0;
    return true;
}

static enum status run_job(struct job *job)
{
    const struct clv_settings *settings = job->settings;
    enum status status = STATUS_USAGE;
    if (settings->use != NULL && !knowledge_open(&job->knowledge, settings->use, settings->buyers.by,
                                                 (enum unit)settings->buyers.unit, job->program, &status)) {
        return status;
    }
    struct buyers_needs needs = {.kind = job->wanted.models[0]->kind,
                                 .litt = wanted_litt(&job->wanted) && !job->wanted.best && settings->use == NULL,
                                 .litt_if_there = job->wanted.best && settings->use == NULL,
                                 .rows = true};
    if (!buyers_read(&job->buyers, &settings->buyers, &needs, job->program)) {
        return table_status(job->buyers.table);
    }
    if (settings->customers != NULL && !job->buyers.from_log) {
        return program_wrong(job->program, "--customers joins the results of a log, but this is a table of customers");
    }
    return value_all(job);
}

static void free_job(struct job *job)
{
    valuation_free(&job->valuation);
    knowledge_free(&job->knowledge);
    results_free(&job->results);
    buyers_free(&job->buyers);
}

static enum status run(const void *given, struct program *program)
{
    struct job job = {.settings = given, .program = program};
    special_prepare();
    if (!read_settings(&job)) {
        return STATUS_USAGE;
    }
    enum status status = run_job(&job);
    free_job(&job);
    return status;
}

const struct mode score_clv = {
    .name = "clv",
    .summary = "what each customer is worth, so far and in time to come",
    .usage = "[FILE|-]...",
    .examples = {"score clv --today=1998-06-30 cdnow.csv",
                 "score clv --today=1998-06-30 --horizon=inf --intervals=90% cdnow.csv"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
