// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * interval: one interval of a recurrence rule, a day, week, month or year, and which of its days the rule asks for.
 */
#ifndef INTERVAL_H
#define INTERVAL_H

#include <stdbool.h>
#include <stdint.h>

#include "recurrence.h"

// Intervals are numbered from that of the first day, 0; those left out by INTERVAL have no number.
struct interval {
    int32_t start;                        // its first day
    int length;                           // days that may have bits
    uint64_t days[RECURRENCE_YEAR_WORDS]; // bit n: start + n is asked for
};

// The number of the last interval that begins on or before `day`; negative before the first one.
int64_t interval_of(const struct recurrence *rule, int32_t first, int32_t day);

// The interval of that number with its days, BYSETPOS applied. False when it is not within the calendar.
bool interval_expand(const struct recurrence *rule, int32_t first, int64_t number, struct interval *interval);

// After how many numbers the calendar repeats itself: that many empty intervals, and there is no other.
int64_t interval_cycle(const struct recurrence *rule);

// How many days an interval can have at most.
int interval_most(const struct recurrence *rule);

// The first day asked for from `from` on, the last one up to `limit`. False when there is none.
bool interval_next(const struct interval *interval, int32_t from, int32_t *day);
bool interval_latest(const struct interval *interval, int32_t limit, int32_t *day);

#endif
