// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * calendar: days, weeks and months of the calendar, numbered without a gap.
 *
 * A day is that of date.h. Of two periods the later has the greater number, and the next one the next number.
 */
#ifndef CALENDAR_H
#define CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "clock.h"

enum calendar_period {
    CALENDAR_DAY,
    CALENDAR_WEEK,
    CALENDAR_MONTH,
};

enum calendar_week_start {
    CALENDAR_MONDAY,
    CALENDAR_SUNDAY,
};

struct calendar {
    enum calendar_period period;
    enum calendar_week_start week_start;
};

// The words of --period and --week-start, in the order of the enums.
extern const char *const calendar_periods[];
extern const char *const calendar_week_starts[];

// The day of a local time.
int32_t calendar_day(int64_t local);

// The period of a day, and the first day of a period.
int32_t calendar_number(const struct calendar *calendar, int32_t day);
int32_t calendar_first_day(const struct calendar *calendar, int32_t number);

// The last period that is over: its last second is not after the clock's.
int32_t calendar_last_over(const struct calendar *calendar, const struct clock *clock);

#endif
