// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * summary: the columns that sum up a customer's orders, in the standard terms of Fader and Hardie (purchases.h):
 * orders, revenue, cost (where there is one), first_order, last_order, recency, x, t_x, T, m.
 */
#ifndef SUMMARY_H
#define SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "purchases.h"
#include "writer.h"

enum {
    SUMMARY_NAMES = 10, // at most
};

struct summary {
    struct writer *writer;
    int32_t today;
    double unit_days; // of t_x and T
    bool cost;
    bool worthless; // revenue and m are not known, and blank
};

// The names in order; gives their number.
size_t summary_names(bool cost, const char *names[SUMMARY_NAMES]);

// The cells of one customer. Who never ordered has blanks after the sums; m is blank where x is 0.
void summary_write(const struct summary *summary, const struct purchases_summary *customer);

#endif
