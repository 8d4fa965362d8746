// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * purchases: from an order log to one summary a customer, in the standard terms of Fader and Hardie.
 *
 * x is the number of distinct purchase days after the first, t_x the days from the first to the last purchase, T the
 * days from the first purchase to today (today minus first, no day added), m the mean value of the repeat days. Several
 * orders of a customer on one day are one purchase of their total value. Refunds lower the revenue and nothing else.
 *
 * Gathers. Rows may come in any order; then memory grows with customers (about 120 bytes each) and customer-days (8
 * bytes each, kept until purchases_settle). When each customer's rows come in date order (`sorted`, checked) customers
 * alone are kept. No input or output here.
 */
#ifndef PURCHASES_H
#define PURCHASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "money.h"
#include "slice.h"

struct purchases;

// One customer. Days are civil days (date.h); when orders is 0 only the sums mean anything.
struct purchases_summary {
    struct slice customer; // lives as long as the purchases
    uint64_t orders;       // rows that count as orders
    struct money_sum revenue;
    struct money_sum cost;
    int32_t first;
    int32_t last;
    uint32_t x;
    struct money_sum repeat; // value of all repeat days; m = repeat / x
    double litt;             // with purchases_keep_gaps: sum of ln(days) over the gaps between purchase days
};

struct purchases *purchases_create(bool sorted);
void purchases_free(struct purchases *purchases);

// To be called before the first row: gaps between purchase days are wanted too, for 8 bytes more a customer.
void purchases_keep_gaps(struct purchases *purchases);

// Adds what one row of the log said. `counts`: it is an order; else its amount belongs to an order of that day counted
// before. Amounts are not negative. False, and nothing added, when `sorted` was promised and the day is before the
// customer's last.
bool purchases_add(struct purchases *purchases, struct slice customer, int32_t day, bool counts, struct money amount,
                   struct money refunded, struct money cost);

// Counts the distinct days. To be called once, after the last row and before any summary.
void purchases_settle(struct purchases *purchases);

// Customers, in order of first appearance.
size_t purchases_count(const struct purchases *purchases);
struct purchases_summary purchases_summary(const struct purchases *purchases, size_t index);

// The summary of somebody who is not in the log: nothing bought, with the decimals of the others' sums.
struct purchases_summary purchases_absent(const struct purchases *purchases);

// The position of a customer, or SIZE_MAX.
size_t purchases_find(const struct purchases *purchases, struct slice customer);

#endif
