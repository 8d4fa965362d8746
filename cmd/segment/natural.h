// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * natural: natural breaks of one column of numbers: the classes whose squared deviations from their own means add up to
 * least (Fisher 1958; Jenks 1977). The best of all partitions, not a local one.
 *
 * Equal values are one value with a weight, so they are never parted. Of equally good partitions the one is taken
 * whose highest class begins lowest, then the second highest, and so on. Deviations are reckoned in doubles about the
 * median, from prefix sums that are rounded once each: partitions that differ by less than about 1e-15 of the whole
 * column's squared deviation count as equally good.
 */
#ifndef NATURAL_H
#define NATURAL_H

#include <stddef.h>
#include <stdint.h>

#define NATURAL_MOST 100 // classes

struct natural_class {
    double lower; // the lowest value in it
    double upper; // the highest
    uint64_t rows;
};

// Sorts `count` values, at most UINT32_MAX and none of them NaN or beyond 1e100 either way. Gives the number of
// distinct values; the classes, lowest first, are set when that is at least `wanted` (1 to NATURAL_MOST). Takes time
// wanted x u log u for u distinct values, and memory of 40 + 4 x wanted bytes for each.
size_t natural_divide(double *values, size_t count, size_t wanted, struct natural_class *classes);

struct natural_fit {
    double within; // squared deviations from the means of the classes, added up (SDCM)
    double whole;  // from the mean of all
};

// How well these classes, which natural_divide gave, fit the values it sorted. Exact sums, rounded once.
struct natural_fit natural_judge(const double *sorted, const struct natural_class *classes, size_t count);

#endif
