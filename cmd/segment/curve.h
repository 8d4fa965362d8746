// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * curve: amounts put in order, highest first, and added up: the whale curve, which rises while each amount earns and
 * falls where they begin to lose.
 */
#ifndef CURVE_H
#define CURVE_H

#include <stddef.h>

#include "money.h"

struct curve_point {
    size_t index;             // whose amount it is; in: unique
    struct money_sum value;   // in
    struct money_sum running; // out: the sum of this one and all above it
};

// Orders the points by value, highest first, equals by index, and adds up.
void curve_draw(struct curve_point *points, size_t count);

// Where the running sum is highest, the first of equals; `count` when it never rises above zero. The points are drawn.
size_t curve_peak(const struct curve_point *points, size_t count);

#endif
