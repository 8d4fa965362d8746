// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * occurrence: divides days by days; with months estimates how often the period fits, then walks down to the answer.
 *
 * Months have no fixed length, so the estimate is a little too high on purpose; months and days both clamp within three
 * days of their mean, which is less than the two periods that are added.
 */
#include "occurrence.h"

#include <math.h>

#include "date.h"

bool occurrence_latest(int32_t anchor, struct period period, int64_t first, int32_t limit, int64_t *times)
{
    if (period.months == 0) {
        int64_t days = period.seconds / DATE_DAY_SECONDS;
        int64_t apart = (int64_t)limit - anchor;
        *times = apart / days - (apart % days < 0);
        return *times >= first;
    }
    double fits = floor((limit - (double)anchor) / period_days(period));
    int64_t count = (int64_t)fits + 2;
    while (count >= first && period_add_days(anchor, period, count) > limit) {
        count--;
    }
    *times = count;
    return count >= first;
}

int32_t occurrence_after(int32_t anchor, double days)
{
    // A product such as 1.1 x 30 lies a hair above the whole number that is meant.
    double whole = ceil(days - 1e-9);
    struct period period = {0, whole < 1e7 ? (int64_t)whole * 86400 : (int64_t)10000000 * 86400};
    return period_add_days(anchor, period, 1);
}
