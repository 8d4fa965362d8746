// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * levels: three levels of what is above zero: high, middle, low, parted by two cuts.
 *
 * A value on a cut belongs below it, so equal values are never parted and no order matters. Values are exact decimals
 * (amount.h) of any one unit; sums are exact up to 9e8 values of the largest size. No input or output here.
 */
#ifndef LEVELS_H
#define LEVELS_H

#include <stddef.h>

#include "money.h"

struct levels {
    money_wide low;  // what is above is not low
    money_wide high; // what is above is high; not below `low`
};

enum level {
    LEVEL_HIGH,
    LEVEL_MIDDLE,
    LEVEL_LOW,
};

// Cuts at the type-7 quantiles 1/3 and 2/3 of the values, which are sorted. Without values both are 0.
void levels_by_tertile(struct levels *levels, money_wide *values, size_t count);

// High: what is strictly ahead of a value has less than 80 % of the sum of all; middle: less than 95 %. The values, all
// above 0, are sorted. A cut is the greatest value below its level, 0 where there is none.
void levels_by_share(struct levels *levels, money_wide *values, size_t count);

// The level of a value above 0.
enum level levels_of(const struct levels *levels, money_wide value);

#endif
