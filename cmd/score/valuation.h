// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * valuation: what a customer is worth: the columns that `score clv` adds to him, from what is known of his group.
 *
 * past value = margin x revenue; future value = margin x discounted expected orders x expected spend; lifetime value is
 * the two together. What is not known is NaN, written as a blank cell. With intervals each value but the past one has
 * bounds (forecast.h); those of the future value take the errors of orders and spend for independent.
 */
#ifndef VALUATION_H
#define VALUATION_H

#include <stdbool.h>
#include <stddef.h>

#include "buyers.h"
#include "estimates.h"
#include "forecast.h"
#include "model.h"
#include "writer.h"

enum {
    VALUATION_LIFETIME = 6, // the column that is last without intervals
    VALUATION_NAMES = 19,   // at most
};

struct valuation {
    const struct buyers *buyers;       // borrowed, also the next
    const struct estimates *estimates; // one a group
    struct forecast *forecasts;        // one a group
    struct horizon horizon;
    bool spend;    // is a spend model wanted?
    double margin; // of revenue
    double z;      // standard errors of an interval; 0: none
};

// The names of the columns in their order; gives their number.
size_t valuation_names(bool intervals, const char *names[VALUATION_NAMES]);

// Predicts for every group. False when intervals are wanted and a group's parameters have no covariances.
bool valuation_prepare(struct valuation *valuation);

// The cells of one customer, up to the end of the record.
void valuation_write(const struct valuation *valuation, const struct buyer *buyer, struct writer *writer);

void valuation_free(struct valuation *valuation); // the zero value too

#endif
