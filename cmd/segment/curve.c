// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The curve of cumulative profit: R. S. Kaplan and V. G. Narayanan, "Measuring and Managing Customer Profitability",
 * Journal of Cost Management, 2001. Sums are exact.
 */
#include "curve.h"

#include <stdlib.h>

static int compare(const void *first, const void *second)
{
    const struct curve_point *a = first;
    const struct curve_point *b = second;
    int order = money_compare(b->value, a->value);
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

void curve_draw(struct curve_point *points, size_t count)
{
    if (count > 0) {
        qsort(points, count, sizeof *points, compare);
    }
    struct money_sum running = {0};
    for (size_t i = 0; i < count; i++) {
        money_add_sum(&running, points[i].value);
        points[i].running = running;
    }
}

size_t curve_peak(const struct curve_point *points, size_t count)
{
    size_t peak = count;
    struct money_sum highest = {0};
    for (size_t i = 0; i < count; i++) {
        if (money_compare(points[i].running, highest) > 0) {
            highest = points[i].running;
            peak = i;
        }
    }
    return peak;
}
