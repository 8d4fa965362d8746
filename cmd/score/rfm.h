// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rfm: what the two inputs of `score rfm` share: its settings, and how the scores of a customer are learnt and written.
 */
#ifndef RFM_H
#define RFM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diag.h"
#include "options.h"
#include "orders.h"
#include "program.h"
#include "scores.h"
#include "table.h"
#include "writer.h"

enum rfm_input {
    RFM_LOG,     // one row an order
    RFM_SUMMARY, // one row a customer
};

struct rfm_settings {
    struct orders_columns columns;
    int refunds; // enum orders_refunds
    int input;   // enum rfm_input
    int unit;    // enum unit
    const char *customers;
    const char *orders;
    const char *revenue;
    const char *last_order;
    const char *recency;
    uint64_t bins;
    struct option_list cuts;
    const char *save;
    const char *use;
    bool sorted;
};

// The three measures of a customer who bought: days since the last order, orders, revenue.
struct rfm_measures {
    double values[SCORES_MEASURES];
};

// Learns the cuts from `count` customers who bought and saves them if asked to. False, said, when they cannot be saved.
bool rfm_learn(struct scores *scores, const struct rfm_settings *settings, const struct rfm_measures *buyers,
               size_t count);

// The four score columns: their names, their place among the columns of a table, and a customer's cells.
void rfm_write_names(struct writer *writer);
bool rfm_names_are_new(struct table *table);
void rfm_write_scores(struct writer *writer, struct scores *scores, const struct rfm_measures *measures);
void rfm_write_blanks(struct writer *writer);

// The two ways through the mode.
enum status rfm_run_log(const struct rfm_settings *settings, struct program *program, struct scores *scores);
enum status rfm_run_summary(const struct rfm_settings *settings, struct program *program, struct scores *scores);

#endif
