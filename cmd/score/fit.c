// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * score fit: the parameters of customer models, from an order log or a table of summaries; one row a parameter.
 *
 * Gathers (buyers.h). What it prints is what --use of `score clv` reads (parameters.h). A model that cannot be fitted
 * is named on standard error, and nothing is printed.
 */
#include <stddef.h>

#include "buyers.h"
#include "estimates.h"
#include "knowledge.h"
#include "parameters.h"
#include "score.h"
#include "special.h"
#include "unit.h"
#include "wanted.h"

struct fit_settings {
    struct buyers_settings buyers;
    const char *model;
    int spend; // enum wanted_spend
};

static const char *const refunds_words[] = {"net", "ignore", "error", NULL};

static const struct option options[] = {
    {.kind = OPTION_TEXT,
     .name = "model",
     .value = "LIST",
     .help = "one or more of mbgnbd (the default), bgnbd, pnbd, mbgcnbd, nbd; or auto, the best of them by BIC; or "
             "bgbb; or sbg",
     .offset = offsetof(struct fit_settings, model)},
    {.kind = OPTION_CHOICE,
     .name = "spend",
     .help = "fit the spend on a purchase too (gg, the default where there are amounts), or not",
     .offset = offsetof(struct fit_settings, spend),
     .choices = wanted_spend_words},
    {.kind = OPTION_COLUMN,
     .name = "by",
     .value = "COL",
     .help = "fit each group of customers, as this column names them, by itself",
     .offset = offsetof(struct fit_settings, buyers.by)},
    {.kind = OPTION_CHOICE,
     .name = "unit",
     .value = "UNIT",
     .help = "the unit of times: day (the default), week, month or year",
     .offset = offsetof(struct fit_settings, buyers.unit),
     .choices = unit_words},
    {.kind = OPTION_CHOICE,
     .name = "input",
     .help = "an order log, or a table with the columns x, t_x and T (default: as the header says)",
     .offset = offsetof(struct fit_settings, buyers.input),
     .choices = buyers_input_words},
    {.kind = OPTION_NUMBER,
     .name = "base",
     .value = "N",
     .help = "with sbg: customers of a cohort at its beginning, where the table has percentages",
     .offset = offsetof(struct fit_settings, buyers.base)},
    {.kind = OPTION_COLUMN,
     .name = "customer",
     .value = "COL",
     .help = "who bought",
     .offset = offsetof(struct fit_settings, buyers.columns.customer)},
    {.kind = OPTION_COLUMN,
     .name = "date",
     .value = "COL",
     .help = "when",
     .offset = offsetof(struct fit_settings, buyers.columns.date)},
    {.kind = OPTION_COLUMN,
     .name = "amount",
     .value = "COL",
     .help = "for how much; below zero it is a refund",
     .offset = offsetof(struct fit_settings, buyers.columns.amount)},
    {.kind = OPTION_COLUMN,
     .name = "order-id",
     .value = "COL",
     .help = "rows with the same id are one order",
     .offset = offsetof(struct fit_settings, buyers.columns.order_id)},
    {.kind = OPTION_COLUMN,
     .name = "refunded",
     .value = "COL",
     .help = "what was given back of the order",
     .offset = offsetof(struct fit_settings, buyers.columns.refunded)},
    {.kind = OPTION_CHOICE,
     .name = "refunds",
     .value = "HOW",
     .help = "refunds lower the revenue (net, the default), count for nothing (ignore) or are refused (error)",
     .offset = offsetof(struct fit_settings, buyers.refunds),
     .choices = refunds_words},
    {.kind = OPTION_END},
};

static const struct fit_settings defaults = {.buyers.columns.worthless = true, .model = "mbgnbd"};

static enum status print(const struct buyers *buyers, const struct estimates *estimates, enum unit unit,
                         struct program *program)
{
    struct writer *writer = program_writer(program, buyers->table);
    if (writer == NULL) {
        return STATUS_SYSTEM;
    }
    parameters_write_names(writer, buyers->by);
    for (size_t i = 0; i < buyers->group_count; i++) {
        parameters_write(writer, buyers->by, buyers_group_name(buyers, i), &estimates[i], unit);
    }
    return STATUS_DONE;
}

static bool check(const void *given, struct program *program)
{
    const struct fit_settings *settings = given;
    if (!(settings->buyers.base >= 0 && settings->buyers.base <= 1e15)) {
        program_wrong(program, "--base: not a number of customers");
        return false;
    }
    return true;
}

static enum status run(const void *given, struct program *program)
{
    const struct fit_settings *settings = given;
    const struct diag *diag = program_diag(program);
    struct wanted wanted;
    if (!wanted_read(&wanted, settings->model, (enum wanted_spend)settings->spend, program)) {
        return STATUS_USAGE;
    }
    special_prepare();
    struct buyers_needs needs = {
        .kind = wanted.models[0]->kind, .litt = wanted_litt(&wanted) && !wanted.best, .litt_if_there = wanted.best};
    struct buyers buyers;
    enum status status = STATUS_DONE;
    if (!buyers_read(&buyers, &settings->buyers, &needs, program)) {
        status = table_status(buyers.table);
        buyers_free(&buyers);
        return status;
    }
    struct knowledge knowledge = {0};
    if (knowledge_learn(&knowledge, &wanted, &buyers, diag, &status)) {
        enum status printed = print(&buyers, knowledge.estimates, (enum unit)settings->buyers.unit, program);
        status = printed > status ? printed : status;
    }
    if (buyers.from_log) {
        orders_note_age(&buyers.orders, diag);
    }
    knowledge_free(&knowledge);
    buyers_free(&buyers);
    return status;
}

const struct mode score_fit = {
    .name = "fit",
    .summary = "the parameters of customer models, to predict with",
    .usage = "[FILE|-]...",
    .examples = {"score fit --today=1998-06-30 --unit=week cdnow.csv -o parameters.csv",
                 "score fit --today=1998-06-30 --model=bgnbd,mbgnbd,pnbd --spend=none cdnow.csv"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
