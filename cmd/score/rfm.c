// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * score rfm: recency, frequency, monetary value and their scores, one row a customer.
 *
 * From an order log (default) the summary of each customer is gathered (purchases.h) and scored; from a customer table
 * (--input=summary) each row is kept and gets the scores alone. Cuts are type-7 quantiles over the customers who
 * bought; those who never did have blank scores. Terms: Fader, Hardie, Lee (2005), "Counting Your Customers" the Easy
 * Way.
 */
#include "rfm.h"

#include <stddef.h>

#include "score.h"
#include "unit.h"

static const char *const input_words[] = {"log", "summary", NULL};
static const char *const refunds_words[] = {"net", "ignore", "error", NULL};

static const struct option options[] = {
    {.kind = OPTION_COLUMN,
     .name = "customer",
     .value = "COL",
     .help = "who bought",
     .offset = offsetof(struct rfm_settings, columns.customer)},
    {.kind = OPTION_COLUMN,
     .name = "date",
     .value = "COL",
     .help = "when",
     .offset = offsetof(struct rfm_settings, columns.date)},
    {.kind = OPTION_COLUMN,
     .name = "amount",
     .value = "COL",
     .help = "for how much; below zero it is a refund",
     .offset = offsetof(struct rfm_settings, columns.amount)},
    {.kind = OPTION_COLUMN,
     .name = "order-id",
     .value = "COL",
     .help = "rows with the same id are one order",
     .offset = offsetof(struct rfm_settings, columns.order_id)},
    {.kind = OPTION_COLUMN,
     .name = "cost",
     .value = "COL",
     .help = "what the order cost you; summed as 'cost'",
     .offset = offsetof(struct rfm_settings, columns.cost)},
    {.kind = OPTION_COLUMN,
     .name = "refunded",
     .value = "COL",
     .help = "what was given back of the order",
     .offset = offsetof(struct rfm_settings, columns.refunded)},
    {.kind = OPTION_CHOICE,
     .name = "refunds",
     .value = "HOW",
     .help = "refunds lower the revenue (net, the default), count for nothing (ignore) or are refused (error)",
     .offset = offsetof(struct rfm_settings, refunds),
     .choices = refunds_words},
    {.kind = OPTION_FILE,
     .name = "customers",
     .value = "FILE",
     .help = "keep each row of this customer table and add the results, also for people who never bought",
     .offset = offsetof(struct rfm_settings, customers)},
    {.kind = OPTION_CHOICE,
     .name = "unit",
     .value = "UNIT",
     .help = "of t_x and T: day (default), week, month or year",
     .offset = offsetof(struct rfm_settings, unit),
     .choices = unit_words},
    {.kind = OPTION_CHOICE,
     .name = "input",
     .value = "KIND",
     .help = "an order log (log, the default) or one row a customer (summary)",
     .offset = offsetof(struct rfm_settings, input),
     .choices = input_words},
    {.kind = OPTION_COLUMN,
     .name = "orders",
     .value = "COL",
     .help = "with --input=summary: number of orders",
     .offset = offsetof(struct rfm_settings, orders)},
    {.kind = OPTION_COLUMN,
     .name = "revenue",
     .value = "COL",
     .help = "with --input=summary: total amount",
     .offset = offsetof(struct rfm_settings, revenue)},
    {.kind = OPTION_COLUMN,
     .name = "last-order",
     .value = "COL",
     .help = "with --input=summary: date of the last order",
     .offset = offsetof(struct rfm_settings, last_order)},
    {.kind = OPTION_COLUMN,
     .name = "recency",
     .value = "COL",
     .help = "with --input=summary: days since the last order, instead of its date",
     .offset = offsetof(struct rfm_settings, recency)},
    {.kind = OPTION_COUNT,
     .name = "bins",
     .value = "N",
     .help = "scores 1 to N, 2 to 9 (default 5)",
     .offset = offsetof(struct rfm_settings, bins)},
    {.kind = OPTION_LIST,
     .name = "cuts",
     .value = "X:LIST",
     .help = "bounds of a score instead of quantiles: r:30,90,180,365, likewise f: and m: (repeatable)",
     .offset = offsetof(struct rfm_settings, cuts)},
    {.kind = OPTION_FILE,
     .name = "save",
     .value = "FILE",
     .help = "write the bounds used to FILE",
     .offset = offsetof(struct rfm_settings, save),
     .written = true},
    {.kind = OPTION_FILE,
     .name = "use",
     .value = "FILE",
     .help = "take the bounds from a FILE that --save wrote",
     .offset = offsetof(struct rfm_settings, use)},
    {.kind = OPTION_FLAG,
     .name = "sorted",
     .help = "each customer's rows come in date order (checked): less memory",
     .offset = offsetof(struct rfm_settings, sorted)},
    {.kind = OPTION_END},
};

static const struct rfm_settings defaults = {.bins = 5};

static bool check(const void *given, struct program *program)
{
    const struct rfm_settings *settings = given;
    if (settings->bins < 2 || settings->bins > CUTS_MOST + 1) {
        program_wrong(program, "--bins: %llu is not between 2 and %d", (unsigned long long)settings->bins,
                      CUTS_MOST + 1);
        return false;
    }
    if (settings->use != NULL && settings->cuts.count > 0) {
        program_wrong(program, "--use and --cuts both say what the bounds are");
        return false;
    }
    if (settings->sorted && settings->columns.order_id != NULL) {
        program_wrong(program, "--sorted keeps no order ids, so it cannot go with --order-id");
        return false;
    }
    bool has_log_option = settings->columns.date != NULL || settings->columns.amount != NULL ||
                          settings->columns.order_id != NULL || settings->columns.cost != NULL ||
                          settings->columns.refunded != NULL || settings->columns.customer != NULL ||
                          settings->customers != NULL || settings->sorted;
    bool has_summary_option = settings->orders != NULL || settings->revenue != NULL || settings->last_order != NULL ||
                              settings->recency != NULL;
    if (settings->input == RFM_SUMMARY && has_log_option) {
        program_wrong(program, "--input=summary takes --orders, --revenue and --last-order or --recency only");
        return false;
    }
    if (settings->input == RFM_LOG && has_summary_option) {
        program_wrong(program, "--orders, --revenue, --last-order and --recency go with --input=summary");
        return false;
    }
    return true;
}

static enum status run(const void *given, struct program *program)
{
    const struct rfm_settings *settings = given;
    struct scores scores = {.bins = (size_t)settings->bins};
    enum status status = STATUS_USAGE;
    if (!scores_take_cuts(&scores, &settings->cuts, program) ||
        (settings->use != NULL && !scores_use(&scores, settings->use, program, &status))) {
        return status;
    }
    return settings->input == RFM_LOG ? rfm_run_log(settings, program, &scores)
                                      : rfm_run_summary(settings, program, &scores);
}

const struct mode score_rfm = {
    .name = "rfm",
    .summary = "recency, frequency and monetary value of each customer, and scores of them",
    .usage = "[FILE|-]...",
    .examples = {"score rfm --today=1998-06-30 cdnow.csv",
                 "score rfm --today=1998-06-30 --cuts=r:30,90,180,365 --save=cuts.csv cdnow.csv"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
