// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * cuts: the bounds between scores 1, 2 ... of one measure.
 *
 * Learnt as type-7 quantiles at 1/bins, 2/bins ... (quantile.h), or given, or read back from a file of cuts. A score is
 * 1 plus the number of cuts strictly below the value, so equal customers get equal scores, a value on a cut belongs
 * below it, and neither row order nor the unit of money matters. Plain numbers; no input or output here.
 */
#ifndef CUTS_H
#define CUTS_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

#define CUTS_MOST 8 // of 9 bins

struct cuts {
    double values[CUTS_MOST]; // ascending
    size_t count;             // bins - 1; 0: none are known
};

// Sorts the values. Without values the count stays 0.
void cuts_learn(struct cuts *cuts, double *values, size_t value_count, size_t bins);

// "30,90,180,365": ascending numbers, at most CUTS_MOST of them. False when it is something else.
bool cuts_read(struct cuts *cuts, struct slice list);

// 1 to count + 1.
unsigned cuts_score(const struct cuts *cuts, double value);

#endif
