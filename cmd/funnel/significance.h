// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * significance: could two shares differ as much by chance? Fisher's exact test, corrected for many tests by Holm.
 *
 * Only additions, multiplications and divisions: the same digits everywhere.
 */
#ifndef SIGNIFICANCE_H
#define SIGNIFICANCE_H

#include <stddef.h>
#include <stdint.h>

// The two-sided p-value of Fisher's exact test of hits of n against other_hits of other_n (hits <= n, below 2^52): how
// likely is a table at most as likely as this one, the sums being as they are. 1 when there is nothing to compare.
double significance_fisher(uint64_t hits, uint64_t n, uint64_t other_hits, uint64_t other_n);

// Holm (1979): makes p-values of `count` tests such that the chance of one false find among all stays what each says.
void significance_holm(double *values, size_t count);

#endif
