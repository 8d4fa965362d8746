// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * sum: the exact sum of doubles, rounded once at the end, so that the order of the rows cannot change a digit.
 *
 * A fixed-point superaccumulator over the whole range of a double (Neal 2015, "Fast exact summation using small and
 * large superaccumulators", the small one). The zero value is an empty sum.
 */
#ifndef SUM_H
#define SUM_H

#include <stddef.h>
#include <stdint.h>

#define SUM_CHUNKS 70

struct sum {
    int64_t chunks[SUM_CHUNKS]; // 32 bits of value each, the rest for carries
    uint32_t pending;           // additions since carries were last passed on
};

// `value` must be finite.
void sum_add(struct sum *sum, double value);
void sum_merge(struct sum *sum, const struct sum *other);
// Correctly rounded, ties to even; infinite when the sum is beyond the largest double.
double sum_value(const struct sum *sum);

#endif
