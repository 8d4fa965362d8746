// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * occurrence: days that have passed, with fractions.
 */
#include "occurrence.h"

#include <math.h>

#include "period.h"

int32_t occurrence_after(int32_t anchor, double days)
{
    // A product such as 1.1 x 30 lies a hair above the whole number that is meant.
    double whole = ceil(days - 1e-9);
    struct period period = {0, whole < 1e7 ? (int64_t)whole * 86400 : (int64_t)10000000 * 86400};
    return period_add_days(anchor, period, 1);
}
