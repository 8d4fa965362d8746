// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rhythm: how long a customer is silent, measured against his own usual gap.
 *
 * A gap is the number of days between two neighbouring days of a customer. His usual gap is the median of his gaps; who
 * has none gets the median of the others' usual gaps. Every gap divided by the usual gap of its customer goes into one
 * pool, but for customers with a single gap, whose ratio is 1 by definition and says nothing. The risk that a customer
 * has lapsed is the share of the pool that lies below his present silence: of so many silences customers came back
 * earlier.
 * Medians are type 7 (quantile.h). Plain numbers; no input or output here.
 */
#ifndef RHYTHM_H
#define RHYTHM_H

#include <stddef.h>
#include <stdint.h>

// The zero value knows nothing yet.
struct rhythm {
    double *ratios; // the pool
    size_t ratio_count;
    size_t ratio_capacity;
    double *usual; // of the customers who have gaps
    size_t usual_count;
    size_t usual_capacity;
    double *gaps; // of one customer
    size_t gap_capacity;
};

struct rhythm_state {
    double usual_gap; // days; NaN when nobody has a gap, as are ratio and risk
    int32_t gap;      // days from the last one to today
    double ratio;     // gap / usual_gap
    double risk;      // NaN when the pool is empty
};

// Learns from a customer's days: ascending, each once, at least one.
void rhythm_learn(struct rhythm *rhythm, const int32_t *days, size_t count);

// To be called once, after the last customer.
void rhythm_settle(struct rhythm *rhythm);

// The state of a customer with these days on the day `today`, which is not before the last of them.
struct rhythm_state rhythm_state(struct rhythm *rhythm, const int32_t *days, size_t count, int32_t today);

void rhythm_free(struct rhythm *rhythm);

#endif
