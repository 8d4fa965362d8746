// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * columnwise: what the functions pct rank q mean sd share know about a whole column.
 *
 * Values are added in any order, in a first pass, then settled; the order never changes a digit. Where `keeps` is set
 * they are kept, 8 bytes each, which all functions but mean and share need. NaN in, or nothing to tell, is NaN out.
 */
#ifndef COLUMNWISE_H
#define COLUMNWISE_H

#include <stdbool.h>
#include <stddef.h>

#include "sum.h"

struct node;

// The zero value is empty; columnwise_free gives back what it grew.
struct columnwise {
    struct columnwise *next; // of the same set of rules
    struct node *argument;   // what is computed of each row
    bool keeps;
    double *values; // ascending once settled
    size_t capacity;
    size_t count;
    struct sum sum;
    double total;
    double deviation;
};

void columnwise_add(struct columnwise *column, double value);
void columnwise_settle(struct columnwise *column);
void columnwise_free(struct columnwise *column);

// 100 x (values <= value) / (all values).
double columnwise_percent(const struct columnwise *column, double value);

// 1 + how many values are greater.
double columnwise_rank(const struct columnwise *column, double value);

// The type-7 quantile at `percent`, 0 to 100, taken exactly to 6 decimals.
double columnwise_quantile(const struct columnwise *column, double percent);

double columnwise_mean(const struct columnwise *column);

// Of a sample, over n - 1; unknown for fewer than two values.
double columnwise_deviation(const struct columnwise *column);

// value / the sum of all values; unknown when that is 0.
double columnwise_share(const struct columnwise *column, double value);

#endif
