// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * series: days that come again: by a period from an anchor, by a recurrence rule, or yearly by the lunar calendar.
 *
 * Periods are always counted from the anchor and clamp at the month's end, so they never drift; a recurrence rule
 * leaves out days that do not exist. All is pure calculation on days as in date.h.
 *
 * An anchor may be a day without a year, a birthday of which only month and day are known: series_yearless.
 */
#ifndef SERIES_H
#define SERIES_H

#include <stdbool.h>
#include <stdint.h>

#include "lunar.h"
#include "period.h"
#include "recurrence.h"
#include "slice.h"

enum series_kind {
    SERIES_PERIOD,
    SERIES_RULE,
    SERIES_LUNAR, // each year on the lunar month and day of the anchor
};

// Where a 29 February is kept in other years, when the period is whole years.
enum series_leap {
    SERIES_FEB28,
    SERIES_MAR1,
};

struct series {
    enum series_kind kind;
    enum series_leap leap;
    struct period period;   // SERIES_PERIOD: positive, whole days
    struct recurrence rule; // SERIES_RULE
    bool after_anchor;      // the anchor itself is no day of the series
    bool has_offset;        // each day is moved by so much
    struct period offset;   // whole days, either sign
};

// A day of the series; `times` is how many periods, or lunar years, it lies from the anchor (0 for a rule).
struct series_day {
    int32_t day;
    int64_t times;
};

// The day `times` periods from the anchor: what a single period says too.
int32_t series_at(struct period period, enum series_leap leap, int32_t anchor, int64_t times);

static inline int32_t series_after(struct period period, enum series_leap leap, int32_t anchor)
{
    return period.months == 0 ? period_after(anchor, period) : series_at(period, leap, anchor, 1);
}

// The first day of the series on or after `from`, the last one on or before `limit`. False when there is none within
// the calendar (or the table of lunar days).
bool series_next(const struct series *series, int32_t anchor, int32_t from, struct series_day *found);
bool series_latest(const struct series *series, int32_t anchor, int32_t limit, struct series_day *found);

// "02-29", "2-29", "--02-29": a month and a day without a year. Kept as a day of the year 4, a leap year long before
// any anchor; as a lunar day, which may be "02-30", in the year 1. False when it is none.
bool series_read_yearless(struct slice text, bool lunar, int32_t *anchor);

// "lunar 08-15", a day of every year, or "lunar 1990-08-15", that day. False when it is neither, or there is no such
// day.
bool series_read_lunar(struct slice text, int32_t *anchor);

// The lunar day of an anchor, of year 0 when it has none. False outside the table.
bool series_lunar_anchor(int32_t anchor, struct lunar_day *lunar);
int32_t series_lunar_yearless(struct lunar_day lunar);

// Is the anchor a day without a year?
bool series_is_yearless(int32_t anchor);

#endif
