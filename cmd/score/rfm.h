// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rfm: the settings of `score rfm` and its two ways from input to output.
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

// The two ways through the mode.
enum status rfm_run_log(const struct rfm_settings *settings, struct program *program, struct scores *scores);
enum status rfm_run_summary(const struct rfm_settings *settings, struct program *program, struct scores *scores);

#endif
