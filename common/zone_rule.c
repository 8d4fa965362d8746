// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * zone_rule: POSIX TZ strings (POSIX.1-2017, 8.3), with the wider times of RFC 8536, 3.3.1.
 */
#include "zone_rule.h"

#include <string.h>

#include "date.h"

static bool take(const char **text, char symbol)
{
    if (**text != symbol) {
        return false;
    }
    ++*text;
    return true;
}

// Digits up to `most` in value; -1 when there are none or too many.
static int take_number(const char **text, int most)
{
    int value = -1;
    while (**text >= '0' && **text <= '9') {
        value = (value < 0 ? 0 : value) * 10 + (**text - '0');
        if (value > most) {
            return -1;
        }
        ++*text;
    }
    return value;
}

// "EST", "<+0330>".
static bool take_abbreviation(const char **text)
{
    const char *start = *text;
    if (take(text, '<')) {
        size_t length = strcspn(*text, ">");
        *text += length;
        return length > 0 && take(text, '>');
    }
    while ((**text >= 'A' && **text <= 'Z') || (**text >= 'a' && **text <= 'z')) {
        ++*text;
    }
    return *text - start >= 3;
}

// "[+-]hh[:mm[:ss]]" in seconds.
static bool take_time(const char **text, int32_t *seconds)
{
    bool negative = take(text, '-');
    if (!negative) {
        take(text, '+');
    }
    int hours = take_number(text, 167);
    int minutes = take(text, ':') ? take_number(text, 59) : 0;
    int rest = take(text, ':') ? take_number(text, 59) : 0;
    if (hours < 0 || minutes < 0 || rest < 0) {
        return false;
    }
    *seconds = hours * 3600 + minutes * 60 + rest;
    *seconds = negative ? -*seconds : *seconds;
    return true;
}

static bool take_month_day(const char **text, struct zone_change *change)
{
    change->kind = ZONE_CHANGE_MONTH;
    change->month = take_number(text, 12);
    change->week = take(text, '.') ? take_number(text, 5) : -1;
    change->day = take(text, '.') ? take_number(text, 6) : -1;
    return change->month >= 1 && change->week >= 1 && change->day >= 0;
}

static bool take_change(const char **text, struct zone_change *change)
{
    *change = (struct zone_change){.kind = ZONE_CHANGE_DAY, .time = 2 * 3600};
    if (take(text, 'M')) {
        if (!take_month_day(text, change)) {
            return false;
        }
    } else {
        change->kind = take(text, 'J') ? ZONE_CHANGE_JULIAN : ZONE_CHANGE_DAY;
        change->day = take_number(text, 365);
        if (change->day < (change->kind == ZONE_CHANGE_JULIAN)) {
            return false;
        }
    }
    return !take(text, '/') || take_time(text, &change->time);
}

// POSIX counts offsets west of Greenwich.
static bool take_offset(const char **text, int32_t *offset)
{
    if (!take_time(text, offset) || *offset < -ZONE_WIDEST_OFFSET || *offset > ZONE_WIDEST_OFFSET) {
        return false;
    }
    *offset = -*offset;
    return true;
}

bool zone_rule_read(const char *text, struct zone_rule *rule)
{
    *rule = (struct zone_rule){.exists = true};
    if (!take_abbreviation(&text) || !take_offset(&text, &rule->standard)) {
        return false;
    }
    if (*text == '\0') {
        return true;
    }
    rule->has_summer = true;
    rule->summer = rule->standard + 3600;
    if (!take_abbreviation(&text) || (*text != ',' && *text != '\0' && !take_offset(&text, &rule->summer))) {
        return false;
    }
    const char *dates = *text == '\0' ? ",M3.2.0,M11.1.0" : text;
    return take(&dates, ',') && take_change(&dates, &rule->to_summer) && take(&dates, ',') &&
           take_change(&dates, &rule->to_standard) && *dates == '\0';
}

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

// Any year, also those beyond date.h's calendar, which questions at its ends reach.
static int64_t year_start(int64_t year)
{
    int64_t before = year - 1 + 400 * 10000; // full years since year 1, kept positive
    int64_t days = before * 365 + before / 4 - before / 100 + before / 400;
    return days - INT64_C(146097) * 10000 + DATE_FIRST;
}

static int64_t month_day(int64_t year, const struct zone_change *change)
{
    static const int starts[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
    bool leap = is_leap(year);
    int64_t first = year_start(year) + starts[change->month - 1] + (leap && change->month > 2);
    int64_t next = year_start(year) + starts[change->month] + (leap && change->month > 1);
    int weekday = date_weekday((int32_t)first) % 7;
    int64_t day = first + (change->day - weekday + 7) % 7 + 7 * (change->week - 1);
    return day < next ? day : day - 7;
}

// The local time, in seconds, of a change in `year`.
static int64_t change_time(int64_t year, const struct zone_change *change)
{
    int64_t day = 0;
    if (change->kind == ZONE_CHANGE_MONTH) {
        day = month_day(year, change);
    } else if (change->kind == ZONE_CHANGE_JULIAN) {
        day = year_start(year) + change->day - 1 + (is_leap(year) && change->day > 59);
    } else {
        day = year_start(year) + change->day;
    }
    return day * DATE_DAY_SECONDS + change->time;
}

static int64_t year_of(int64_t instant)
{
    int64_t day = instant / DATE_DAY_SECONDS - (instant % DATE_DAY_SECONDS < 0);
    return date_to_civil((int32_t)day).year;
}

void zone_rule_apply(const struct zone_rule *rule, int64_t instant, struct zone_span *span)
{
    span->offset = rule->standard;
    if (!rule->has_summer) {
        return;
    }
    int64_t year = year_of(instant);
    int64_t from = ZONE_BEGINNING;
    int32_t before = span->before;
    // Where summer is all year, it begins in the very second in which it ends, and has to win.
    for (int64_t i = year - 2; i <= year + 2; i++) {
        int64_t summer = change_time(i, &rule->to_summer) - rule->standard;
        int64_t standard = change_time(i, &rule->to_standard) - rule->summer;
        if (summer <= instant && summer >= from) {
            from = summer;
            span->offset = rule->summer;
            before = rule->standard;
        }
        if (standard <= instant && standard > from) {
            from = standard;
            span->offset = rule->standard;
            before = rule->summer;
        }
        if (summer > instant && summer < span->until) {
            span->until = summer;
        }
        if (standard > instant && standard < span->until) {
            span->until = standard;
        }
    }
    if (from > span->from) {
        span->from = from;
        span->before = before;
    }
}
