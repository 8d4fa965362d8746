// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * quantile: type-7 quantiles (Hyndman and Fan 1996; Excel's PERCENTILE.INC, the default of R, numpy and pandas).
 */
#ifndef QUANTILE_H
#define QUANTILE_H

#include <stddef.h>

// Sorts ascending, in place. No NaN among them.
void quantile_sort(double *values, size_t count);

// Moves as many values as needed so that quantile_at gives the same for 1 to parts - 1 of `parts` as if all were
// sorted; with few parts a fraction of the work. 2 parts or more.
void quantile_part(double *values, size_t count, size_t parts);

// The quantile at part/parts (0 <= part <= parts, parts > 0) of `count` > 0 ascending values. The position
// (count - 1) * part / parts is found in whole numbers, so a quantile that falls on a value is that value exactly.
double quantile_at(const double *sorted, size_t count, size_t part, size_t parts);

#endif
