// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * score validate: fits models to the orders up to a day and compares what they foretell with what came after it.
 *
 * Gathers the purchase days of each customer (diary.h). What is compared is validation.h's.
 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "date.h"
#include "diary.h"
#include "failure.h"
#include "fitting.h"
#include "heap.h"
#include "model.h"
#include "options.h"
#include "orders.h"
#include "program.h"
#include "score.h"
#include "special.h"
#include "text.h"
#include "validation.h"

enum {
    MODELS_MOST = 16,
    WEEK = 7,
};

struct validate_settings {
    struct orders_columns columns;
    const char *holdout;
    const char *models;
};

static const struct option options[] = {
    {.kind = OPTION_COLUMN,
     .name = "customer",
     .value = "COL",
     .help = "who bought",
     .offset = offsetof(struct validate_settings, columns.customer)},
    {.kind = OPTION_COLUMN,
     .name = "date",
     .value = "COL",
     .help = "when",
     .offset = offsetof(struct validate_settings, columns.date)},
    {.kind = OPTION_COLUMN,
     .name = "amount",
     .value = "COL",
     .help = "for how much; below zero it is a refund",
     .offset = offsetof(struct validate_settings, columns.amount)},
    {.kind = OPTION_COLUMN,
     .name = "order-id",
     .value = "COL",
     .help = "rows with the same id are one order",
     .offset = offsetof(struct validate_settings, columns.order_id)},
    {.kind = OPTION_TEXT,
     .name = "holdout",
     .value = "DATE",
     .help = "the last day that models may learn from; they are judged by the days after it, up to today",
     .offset = offsetof(struct validate_settings, holdout)},
    {.kind = OPTION_TEXT,
     .name = "model",
     .value = "LIST",
     .help = "the models to judge (default: mbgnbd,bgnbd,pnbd,mbgcnbd,nbd)",
     .offset = offsetof(struct validate_settings, models)},
    {.kind = OPTION_END},
};

static const struct validate_settings defaults = {.models = "mbgnbd,bgnbd,pnbd,mbgcnbd,nbd"};

// What a run holds while it lasts.
struct job {
    const struct validate_settings *settings;
    struct program *program;
    const struct model *models[MODELS_MOST];
    size_t model_count;
    struct diary *diary;
    struct validation validation;
    struct writer *writer;
};

static bool check(const void *given, struct program *program)
{
    const struct validate_settings *settings = given;
    if (settings->holdout == NULL) {
        program_wrong(program, "--holdout=DATE is missing: the last day that models may learn from");
        return false;
    }
    return true;
}

static bool wrong_model(const struct job *job, struct slice name)
{
    struct text known = {0};
    for (const struct model *const *model = model_all(); *model != NULL; model++) {
        if ((*model)->kind == MODEL_CONTINUOUS) {
            text_format(&known, "%s%s", known.length == 0 ? "" : ", ", (*model)->name);
        }
    }
    program_wrong(job->program, "--model: '%.*s' is no model of orders over time; there are: %s", (int)name.length,
                  name.data, text_string(&known));
    text_free(&known);
    return false;
}

static bool find_models(struct job *job)
{
    struct slice names = slice_of(job->settings->models);
    for (size_t at = 0; at <= names.length;) {
        size_t end = slice_find(names, ',', at);
        struct slice name = slice_trim(slice_part(names, at, end));
        const struct model *model = model_find(name);
        if (model == NULL || model->kind != MODEL_CONTINUOUS || job->model_count == MODELS_MOST) {
            return wrong_model(job, name);
        }
        job->models[job->model_count++] = model;
        job->validation.litt = job->validation.litt || model->uses_litt;
        at = end + 1;
    }
    return true;
}

static bool find_days(struct job *job)
{
    struct date_time day;
    const struct clock *clock = program_clock(job->program);
    if (!date_read(slice_of(job->settings->holdout), DATE_YMD, &day) || day.has_time) {
        program_wrong(job->program, "--holdout: '%s' is not a date like 2026-01-31", job->settings->holdout);
        return false;
    }
    if (day.day >= clock->today) {
        program_wrong(job->program, "--holdout: not before today; there is nothing to judge by");
        return false;
    }
    job->validation.holdout = day.day;
    job->validation.today = clock->today;
    return true;
}

static void read_log(struct job *job, struct orders *orders)
{
    struct order order;
    while (orders_next(orders, &order)) {
        if (order.counts) {
            diary_add(job->diary, order.customer, order.day, 0);
        }
    }
}

// False, said, when nobody bought before the second period.
static bool part(struct job *job)
{
    struct validation *validation = &job->validation;
    validation->start = validation->today;
    for (size_t i = 0; i < diary_count(job->diary); i++) {
        int32_t first = diary_page(job->diary, i).days[0];
        validation->start = first < validation->start ? first : validation->start;
    }
    for (size_t i = 0; i < diary_count(job->diary); i++) {
        struct diary_page page = diary_page(job->diary, i);
        validation_add(validation, page.days, page.count);
    }
    validation_settle(validation);
    if (validation->count == 0) {
        diag_error("nobody bought on or before %s, the day of --holdout", job->settings->holdout);
    }
    return validation->count > 0;
}

static void write_row(struct job *job, const struct model *model, const char *metric, const char *group, double value,
                      double actual, double expected)
{
    struct writer *writer = job->writer;
    writer_string(writer, model->name);
    writer_string(writer, metric);
    writer_string(writer, group);
    writer_number(writer, value);
    writer_number(writer, actual);
    writer_number(writer, expected);
    writer_end(writer);
}

// How far off: 0.1 is ten percent too much. Undefined where nothing was.
static double deviation(double actual, double expected)
{
    return actual > 0 ? expected / actual - 1 : NAN;
}

static void write_judgement(struct job *job, const struct model *model, const struct validation_result *result)
{
    struct validation_group total = result->total;
    char name[24];
    write_row(job, model, "total", "", deviation(total.actual, total.expected), total.actual, total.expected);
    write_row(job, model, "mae", "", result->mae, NAN, NAN);
    write_row(job, model, "rmse", "", result->rmse, NAN, NAN);
    write_row(job, model, "bias", "", result->bias, total.actual / total.customers, total.expected / total.customers);
    for (size_t i = 0; i < VALIDATION_FREQUENCIES; i++) {
        const struct validation_group *group = &result->frequencies[i];
        if (group->customers > 0) {
            snprintf(name, sizeof name, "%zu%s", i, i + 1 < VALIDATION_FREQUENCIES ? "" : "+");
            write_row(job, model, "frequency", name, group->customers, group->actual, group->expected);
        }
    }
    for (size_t i = 0; i < VALIDATION_DECILES; i++) {
        const struct validation_group *group = &result->deciles[i];
        double lift = total.actual > 0 ? group->actual / (total.actual / total.customers) : NAN;
        snprintf(name, sizeof name, "%zu", i + 1);
        write_row(job, model, "decile", name, lift, group->actual, group->expected);
    }
}

static double *predict(const struct fitting *fitting, const struct histories *histories, double days)
{
    struct prediction *predictions = heap_allocate(histories->count, sizeof *predictions);
    double *expected = heap_allocate(histories->count, sizeof *expected);
    struct horizon horizon = {.length = days};
    fitting->model->predict(&fitting->parameters, histories, &horizon, predictions);
    for (size_t i = 0; i < histories->count; i++) {
        expected[i] = predictions[i].orders;
    }
    free(predictions);
    return expected;
}

// What is expected of a new customer by his age in days.
static double *grow(const struct fitting *fitting, size_t days)
{
    struct histories newcomer = {0};
    struct history nothing = {0};
    double *growth = heap_allocate(days + 1, sizeof *growth);
    histories_add(&newcomer, &nothing, 1);
    histories_settle(&newcomer);
    for (size_t day = 1; day <= days; day++) {
        double *expected = predict(fitting, &newcomer, (double)day);
        growth[day] = *expected;
        free(expected);
    }
    histories_free(&newcomer);
    return growth;
}

static void write_weeks(struct job *job, const struct model *model, const char *metric, const double *actual,
                        const double *expected, bool cumulative)
{
    for (size_t week = 0; week < validation_weeks(&job->validation); week++) {
        char end[DATE_SIZE];
        double before = week == 0 || cumulative ? 0 : actual[week - 1];
        double expected_before = week == 0 || cumulative ? 0 : expected[week - 1];
        end[date_print(end, job->validation.start + (int32_t)(week + 1) * WEEK - 1)] = '\0';
        write_row(job, model, metric, end, deviation(actual[week] - before, expected[week] - expected_before),
                  actual[week] - before, expected[week] - expected_before);
    }
}

static void write_tracking(struct job *job, const struct fitting *fitting)
{
    size_t weeks = validation_weeks(&job->validation);
    double *actual = heap_allocate(weeks, sizeof *actual);
    double *expected = heap_allocate(weeks, sizeof *expected);
    double *growth = grow(fitting, weeks * WEEK);
    validation_track_actual(&job->validation, actual);
    validation_track_expected(&job->validation, growth, expected);
    write_weeks(job, fitting->model, "cumulative", actual, expected, true);
    write_weeks(job, fitting->model, "incremental", actual, expected, false);
    free(growth);
    free(expected);
    free(actual);
}

// False, said, when the model cannot be fitted.
static bool validate(struct job *job, const struct model *model)
{
    struct validation *validation = &job->validation;
    struct fitting fitting = fitting_run(model, &validation->histories);
    if (fitting.outcome != FITTING_DONE) {
        failure_tell(&fitting, "");
        return false;
    }
    double *expected = predict(&fitting, &validation->histories, validation->today - validation->holdout);
    struct validation_result result = validation_judge(validation, expected);
    write_judgement(job, model, &result);
    write_tracking(job, &fitting);
    free(expected);
    return true;
}

static enum status validate_all(struct job *job)
{
    static const char *const names[] = {"model", "metric", "group", "value", "actual", "expected"};
    enum status status = STATUS_DONE;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        writer_name(job->writer, slice_of(names[i]));
    }
    writer_end(job->writer);
    // Of a log without orders there is nothing to say.
    for (size_t i = 0; job->validation.count > 0 && i < job->model_count && writer_good(job->writer); i++) {
        if (!validate(job, job->models[i])) {
            status = STATUS_DATA;
        }
    }
    return status;
}

static enum status run_job(struct job *job)
{
    if (!find_models(job) || !find_days(job)) {
        return STATUS_USAGE;
    }
    struct table *table = program_input(job->program);
    struct orders orders;
    if (table_stopped(table) || !orders_open(&orders, table, &job->settings->columns, ORDERS_REFUNDS_NET,
                                             program_clock(job->program), table_forms(table))) {
        return table_status(table);
    }
    read_log(job, &orders);
    orders_note_age(&orders, program_diag(job->program));
    orders_free(&orders);
    if (table_stopped(table)) {
        return table_status(table);
    }
    diary_settle(job->diary);
    if (diary_count(job->diary) > 0 && !part(job)) {
        return STATUS_DATA;
    }
    diag_detail(program_diag(job->program), "customers until %s: %zu; their distinct histories: %zu",
                job->settings->holdout, job->validation.count, job->validation.histories.count);
    job->writer = program_writer(job->program, table);
    return job->writer == NULL ? STATUS_SYSTEM : validate_all(job);
}

static enum status run(const void *given, struct program *program)
{
    special_prepare();
    struct job job = {.settings = given, .program = program, .diary = diary_create(false)};
    enum status status = run_job(&job);
    diary_free(job.diary);
    validation_free(&job.validation);
    return status;
}

const struct mode score_validate = {
    .name = "validate",
    .summary = "how well models foretell what customers did after a day",
    .usage = "[FILE|-]...",
    .examples = {"score validate --holdout=1997-09-30 --today=1998-06-30 --customer=customer cdnow-sample.csv",
                 "score validate --holdout=1997-12-31 --today=1998-06-30 --model=mbgnbd,pnbd cdnow.csv"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
