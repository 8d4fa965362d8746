// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rates: what the continuous models share: purchases at a rate that is gamma distributed over customers (r, alpha),
 * and first guesses of r and alpha.
 */
#ifndef RATES_H
#define RATES_H

#include <stddef.h>

#include "derivatives.h"
#include "histories.h"

// The rows from `start` on that have the same x, for sums that depend on x alone.
struct rates_run {
    size_t start;
    size_t end;
    double x;
    double weight; // customers in it
};

// The run that starts at row `start`, which is below the count.
struct rates_run rates_run(const struct histories *histories, size_t start);

// Adds ln Gamma(r + n) - ln Gamma(r) + r ln alpha, with derivatives in parameters 0 (r) and 1 (alpha), `weight`
// times.
void rates_add_common(struct derivatives *sum, double r, double alpha, double n, double weight);

// Purchases a unit of time, all customers together; 1 where no time has passed.
double rates_overall(const struct histories *histories);

// The mean time that customers were observed; 1 where none has passed.
double rates_mean_time(const struct histories *histories);

#endif
