// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * validation: what a model foretold of the customers of a first period, compared with what they did in a second one.
 *
 * Customers are those who bought on or before `holdout`; a purchase is a day with an order. Expected purchases are
 * given by the caller, per customer for the second period, and per age for the tracking of both. Weeks have seven days
 * and begin with the first purchase of all; at the end of one the age of a customer is the days from his first purchase
 * to then, that last day full, as in the published tracking tables (cran/BTYD, walkthrough). Deciles are of customers
 * in the order of what was expected of them; those of whom the same was expected share their purchases evenly over the
 * deciles they lie in, so that the order of the rows never matters. Plain numbers; no input or output here.
 */
#ifndef VALIDATION_H
#define VALIDATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "histories.h"

enum {
    VALIDATION_FREQUENCIES = 8, // 0 to 6 repeat purchases, and more
    VALIDATION_DECILES = 10,
};

struct validation_customer {
    uint32_t history; // the number that histories_add gave
    uint32_t x;       // repeat purchases in the first period
    uint32_t actual;  // purchases in the second
};

// The zero value but for the three days and `litt` is empty.
struct validation {
    int32_t start;   // the day of the first purchase of all
    int32_t holdout; // the last day of the first period
    int32_t today;   // the last day of the second
    bool litt;       // does a model ask for it?
    struct histories histories;
    struct validation_customer *customers;
    size_t count;
    size_t capacity;
    uint32_t *births;  // first purchases by day since start
    uint32_t *repeats; // repeat purchases of these customers by day since start, both periods
};

// A customer's days: ascending, each once, at least one, none before start or after today. Whoever came first after the
// holdout day does not count. Times of the history are days.
void validation_add(struct validation *validation, const int32_t *days, size_t count);

// To be called once after the last customer; settles the histories.
void validation_settle(struct validation *validation);

// Some customers together: means, or sums where it says so.
struct validation_group {
    double customers;
    double actual;
    double expected;
};

struct validation_result {
    struct validation_group total; // sums
    double mae;                    // mean of |expected - actual|
    double rmse;                   // root of the mean of (expected - actual)^2
    double bias;                   // mean of expected - actual
    struct validation_group frequencies[VALIDATION_FREQUENCIES];
    struct validation_group deciles[VALIDATION_DECILES]; // of those of whom most was expected first
};

// `expected` has one number a history row, for the second period. There is at least one customer.
struct validation_result validation_judge(const struct validation *validation, const double *expected);

// Full weeks from start to today.
size_t validation_weeks(const struct validation *validation);

// Repeat purchases up to the end of each week, as they were.
void validation_track_actual(const struct validation *validation, double *cumulative);

// The same as expected; `growth` has the expected repeat purchases of a new customer up to each age in days, from 0 to
// 7 x weeks.
void validation_track_expected(const struct validation *validation, const double *growth, double *cumulative);

void validation_free(struct validation *validation);

#endif
