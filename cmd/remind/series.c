// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * series: the three kinds, and the offset that may lie on each.
 *
 * The number of periods is estimated from their mean length and then put right one by one: months clamp within three
 * days of their mean, so that takes a few steps. An offset with months in it moves days by lengths that differ by as
 * much.
 */
#include "series.h"

#include <math.h>

#include "date.h"

#define MONTHS_A_YEAR 12
#define LUNAR_MONTH_DAYS 30
#define YEARLESS_YEAR 4
#define SLACK 6 // days by which the length of an offset may be off

int32_t series_at(struct period period, enum series_leap leap, int32_t anchor, int64_t times)
{
    int32_t day = period_add_days(anchor, period, times);
    bool whole_years = period.months != 0 && period.months % MONTHS_A_YEAR == 0 && period.seconds == 0;
    if (leap == SERIES_MAR1 && whole_years) {
        struct date_civil from = date_to_civil(anchor);
        struct date_civil to = date_to_civil(day);
        day += from.month == 2 && from.day == 29 && to.month == 2 && to.day == 28;
    }
    return day;
}

// How often the period fits between two days, a little too often on purpose. The mean month is that of the calendar, as
// in thousands of years the 30.4375 days of a rate would be months off.
static int64_t fits(struct period period, int32_t anchor, int32_t day)
{
    double days = (double)period.months * 146097 / 4800 + (double)period.seconds / DATE_DAY_SECONDS;
    return (int64_t)floor((day - (double)anchor) / days) + 2;
}

// A period without months needs no putting right.
static inline bool latest_days(const struct series *series, int32_t anchor, int32_t limit, struct series_day *found)
{
    uint32_t days = (uint32_t)(series->period.seconds / DATE_DAY_SECONDS);
    uint32_t times = limit < anchor ? 0 : (uint32_t)(limit - anchor) / days;
    *found = (struct series_day){anchor + (int32_t)(times * days), times};
    return limit >= anchor && times >= series->after_anchor;
}

static inline bool latest_period(const struct series *series, int32_t anchor, int32_t limit, struct series_day *found)
{
    if (series->period.months == 0) {
        return latest_days(series, anchor, limit, found);
    }
    int64_t first = series->after_anchor;
    int64_t times = fits(series->period, anchor, limit);
    while (times >= first && series_at(series->period, series->leap, anchor, times) > limit) {
        times--;
    }
    if (times < first) {
        return false;
    }
    *found = (struct series_day){series_at(series->period, series->leap, anchor, times), times};
    return true;
}

static bool next_period(const struct series *series, int32_t anchor, int32_t from, struct series_day *found)
{
    int64_t times = series->after_anchor;
    if (latest_period(series, anchor, from - 1, found)) {
        times = found->times + 1;
    }
    *found = (struct series_day){series_at(series->period, series->leap, anchor, times), times};
    // Sums that leave the calendar stop at its last day, which is then no day of the series.
    return found->day >= from && (found->day < DATE_LAST || times == 0);
}

bool series_is_yearless(int32_t anchor)
{
    return date_to_civil(anchor).year <= YEARLESS_YEAR;
}

int32_t series_lunar_yearless(struct lunar_day lunar)
{
    return DATE_FIRST + (lunar.month - 1) * LUNAR_MONTH_DAYS + lunar.day - 1;
}

bool series_lunar_anchor(int32_t anchor, struct lunar_day *lunar)
{
    if (!series_is_yearless(anchor)) {
        return lunar_from_day(anchor, lunar);
    }
    int place = anchor - DATE_FIRST;
    *lunar = (struct lunar_day){0, place / LUNAR_MONTH_DAYS + 1, false, place % LUNAR_MONTH_DAYS + 1};
    return true;
}

// The lunar year in which a day is, or the nearest one of the table.
static int lunar_year_of(int32_t day)
{
    struct lunar_day lunar;
    if (lunar_from_day(day, &lunar)) {
        return lunar.year;
    }
    return date_to_civil(day).year <= LUNAR_FIRST_YEAR ? LUNAR_FIRST_YEAR - 1 : LUNAR_LAST_YEAR + 1;
}

static bool is_in_lunar_series(const struct series *series, int32_t anchor, int32_t day)
{
    return series_is_yearless(anchor) || day > anchor || (day == anchor && !series->after_anchor);
}

static bool set_lunar(const struct series *series, int32_t anchor, struct lunar_day lunar, int year,
                      struct series_day *found)
{
    found->times = lunar.year == 0 ? 0 : year - lunar.year;
    return lunar_in_year(lunar, year, &found->day) && is_in_lunar_series(series, anchor, found->day);
}

static bool latest_lunar(const struct series *series, int32_t anchor, int32_t limit, struct series_day *found)
{
    struct lunar_day lunar;
    int year = lunar_year_of(limit);
    if (!series_lunar_anchor(anchor, &lunar) || year > LUNAR_LAST_YEAR) {
        return false;
    }
    bool there = set_lunar(series, anchor, lunar, year, found);
    return there && found->day <= limit ? true : set_lunar(series, anchor, lunar, year - 1, found);
}

static bool next_lunar(const struct series *series, int32_t anchor, int32_t from, struct series_day *found)
{
    struct lunar_day lunar;
    if (!series_lunar_anchor(anchor, &lunar)) {
        return false;
    }
    int year = lunar_year_of(from > anchor ? from : anchor);
    for (int last = year + 2; year <= last; year++) {
        if (set_lunar(series, anchor, lunar, year, found) && found->day >= from) {
            return true;
        }
    }
    return false;
}

static inline bool latest_plain(const struct series *series, int32_t anchor, int32_t limit, struct series_day *found)
{
    found->times = 0;
    switch (series->kind) {
    case SERIES_PERIOD:
        return latest_period(series, anchor, limit, found);
    case SERIES_RULE:
        return recurrence_latest(&series->rule, anchor, limit, &found->day);
    default:
        return latest_lunar(series, anchor, limit, found);
    }
}

static bool next_plain(const struct series *series, int32_t anchor, int32_t from, struct series_day *found)
{
    found->times = 0;
    switch (series->kind) {
    case SERIES_PERIOD:
        return next_period(series, anchor, from, found);
    case SERIES_RULE:
        return recurrence_next(&series->rule, anchor, from, &found->day);
    default:
        return next_lunar(series, anchor, from, found);
    }
}

static int32_t within_calendar(double day)
{
    return day < DATE_FIRST ? DATE_FIRST : day > DATE_LAST ? DATE_LAST : (int32_t)day;
}

bool series_latest(const struct series *series, int32_t anchor, int32_t limit, struct series_day *found)
{
    if (!series->has_offset) {
        return latest_plain(series, anchor, limit, found);
    }
    int32_t before = within_calendar(limit - floor(period_days(series->offset)) + SLACK);
    while (latest_plain(series, anchor, before, found)) {
        int32_t moved = period_add_days(found->day, series->offset, 1);
        before = found->day - 1;
        if (moved <= limit) {
            found->day = moved;
            return true;
        }
    }
    return false;
}

bool series_next(const struct series *series, int32_t anchor, int32_t from, struct series_day *found)
{
    if (!series->has_offset) {
        return next_plain(series, anchor, from, found);
    }
    int32_t after = within_calendar(from - ceil(period_days(series->offset)) - SLACK);
    while (next_plain(series, anchor, after, found)) {
        int32_t moved = period_add_days(found->day, series->offset, 1);
        after = found->day + 1;
        if (moved >= from) {
            found->day = moved;
            return true;
        }
    }
    return false;
}

// One or two digits; gives back where they end, 0 when there are none.
static size_t read_two(struct slice text, size_t at, int *value)
{
    size_t start = at;
    for (*value = 0; at < text.length && at < start + 2 && text.data[at] >= '0' && text.data[at] <= '9'; at++) {
        *value = *value * 10 + (text.data[at] - '0');
    }
    return at == start ? 0 : at;
}

bool series_read_yearless(struct slice text, bool lunar, int32_t *anchor)
{
    int month;
    int day;
    size_t at = read_two(text, slice_starts(text, slice_of("--")) ? 2 : 0, &month);
    if (at == 0 || at >= text.length || text.data[at] != '-' || read_two(text, at + 1, &day) != text.length) {
        return false;
    }
    if (lunar) {
        *anchor = series_lunar_yearless((struct lunar_day){0, month, false, day});
        return month >= 1 && month <= MONTHS_A_YEAR && day >= 1 && day <= LUNAR_MONTH_DAYS;
    }
    return date_from_civil((struct date_civil){YEARLESS_YEAR, month, day}, anchor);
}

bool series_read_lunar(struct slice text, int32_t *anchor)
{
    struct lunar_day lunar;
    if (!lunar_read(text, &lunar)) {
        return false;
    }
    if (lunar.year != 0) {
        return lunar_to_day(lunar, anchor);
    }
    *anchor = series_lunar_yearless(lunar);
    return !lunar.leap; // kept in every year, so not in a leap month
}
