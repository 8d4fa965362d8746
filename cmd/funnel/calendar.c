// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * calendar: 1970-01-01 was a Thursday; months are counted from the year 0.
 */
#include "calendar.h"

#include <stddef.h>

#include "date.h"

const char *const calendar_periods[] = {
    [CALENDAR_DAY] = "day", [CALENDAR_WEEK] = "week", [CALENDAR_MONTH] = "month", NULL};
const char *const calendar_week_starts[] = {[CALENDAR_MONDAY] = "monday", [CALENDAR_SUNDAY] = "sunday", NULL};

enum {
    WEEK = 7,
    YEAR = 12,
    TO_MONDAY = 3, // days from the last Monday before 1970 to its first day
    TO_SUNDAY = 4,
};

static int64_t floor_divide(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

static int32_t to_week(const struct calendar *calendar)
{
    return calendar->week_start == CALENDAR_SUNDAY ? TO_SUNDAY : TO_MONDAY;
}

int32_t calendar_day(int64_t local)
{
    return (int32_t)floor_divide(local, DATE_DAY_SECONDS);
}

int32_t calendar_number(const struct calendar *calendar, int32_t day)
{
    switch (calendar->period) {
    case CALENDAR_WEEK:
        return (int32_t)floor_divide((int64_t)day + to_week(calendar), WEEK);
    case CALENDAR_MONTH: {
        struct date_civil civil = date_to_civil(day);
        return civil.year * YEAR + civil.month - 1;
    }
    default:
        return day;
    }
}

int32_t calendar_first_day(const struct calendar *calendar, int32_t number)
{
    int32_t day = number;
    if (calendar->period == CALENDAR_WEEK) {
        day = number * WEEK - to_week(calendar);
    } else if (calendar->period == CALENDAR_MONTH) {
        date_from_civil((struct date_civil){number / YEAR, number % YEAR + 1, 1}, &day);
    }
    return day;
}

// The day after today begins a period, or today's is not over.
int32_t calendar_last_over(const struct calendar *calendar, const struct clock *clock)
{
    bool is_day_over = clock->now - (int64_t)clock->today * DATE_DAY_SECONDS == DATE_DAY_SECONDS - 1;
    int32_t next = clock->today + (is_day_over ? 1 : 0);
    return calendar_number(calendar, next) - 1;
}
