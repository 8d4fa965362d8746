// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * period: lengths of time, read, added and printed.
 *
 * No period is longer than the calendar (10,000 years), so that what is read can be added to any date without overflow;
 * sums that leave the calendar stop at its ends.
 */
#include "period.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "date.h"
#include "number.h"

#define LONGEST_MONTHS INT64_C(120000)
#define LONGEST_SECONDS (INT64_C(3660000) * DATE_DAY_SECONDS)

#define MINUTE 60
#define HOUR 3600
#define WEEK (7 * DATE_DAY_SECONDS)

#define MONTH_DAYS 30.4375

struct unit {
    const char *name;
    int64_t months;
    int64_t seconds;
};

// "min" stands before "m".
static const struct unit short_units[] = {
    {"min", 0, MINUTE}, {"s", 0, 1}, {"h", 0, HOUR}, {"d", 0, DATE_DAY_SECONDS},
    {"w", 0, WEEK},     {"m", 1, 0}, {"y", 12, 0},
};

// ISO 8601, in the order in which they must stand.
static const struct unit date_units[] = {{"Y", 12, 0}, {"M", 1, 0}, {"W", 0, WEEK}, {"D", 0, DATE_DAY_SECONDS}};
static const struct unit time_units[] = {{"H", 0, HOUR}, {"M", 0, MINUTE}, {"S", 0, 1}};

static bool take(struct slice *rest, const char *text)
{
    struct slice wanted = slice_of(text);
    if (!slice_starts(*rest, wanted)) {
        return false;
    }
    *rest = slice_part(*rest, wanted.length, rest->length);
    return true;
}

static bool take_count(struct slice *rest, int64_t *count)
{
    size_t length = 0;
    while (length < rest->length && rest->data[length] >= '0' && rest->data[length] <= '9') {
        length++;
    }
    if (!number_read_whole(slice_part(*rest, 0, length), count)) {
        return false;
    }
    *rest = slice_part(*rest, length, rest->length);
    return true;
}

static bool add_unit(struct period *value, int64_t count, const struct unit *unit)
{
    if (count > LONGEST_SECONDS) {
        return false;
    }
    // The product is below 2^63: the count is below 2^39 and no unit is above 2^20.
    value->months += count * unit->months;
    value->seconds += count * unit->seconds;
    return value->months <= LONGEST_MONTHS && value->seconds <= LONGEST_SECONDS;
}

static bool read_short(struct slice rest, struct period *value)
{
    do {
        int64_t count = 0;
        size_t i = 0;
        if (!take_count(&rest, &count)) {
            return false;
        }
        while (i < sizeof short_units / sizeof *short_units && !take(&rest, short_units[i].name)) {
            i++;
        }
        if (i == sizeof short_units / sizeof *short_units || !add_unit(value, count, &short_units[i])) {
            return false;
        }
    } while (rest.length > 0);
    return true;
}

// Counts with units, each unit at most once and in order. *found is raised by their number.
static bool read_ordered(struct slice *rest, const struct unit *units, size_t unit_count, struct period *value,
                         int *found)
{
    for (size_t i = 0; i < unit_count && rest->length > 0 && rest->data[0] != 'T'; i++) {
        struct slice start = *rest;
        int64_t count = 0;
        if (!take_count(rest, &count)) {
            return false;
        }
        if (!take(rest, units[i].name)) {
            *rest = start;
        } else if (!add_unit(value, count, &units[i])) {
            return false;
        } else {
            ++*found;
        }
    }
    return true;
}

static bool read_iso(struct slice rest, struct period *value)
{
    int found = 0;
    if (!read_ordered(&rest, date_units, sizeof date_units / sizeof *date_units, value, &found)) {
        return false;
    }
    if (take(&rest, "T")) {
        found = 0;
        if (!read_ordered(&rest, time_units, sizeof time_units / sizeof *time_units, value, &found)) {
            return false;
        }
    }
    return found > 0 && rest.length == 0;
}

bool period_read(struct slice text, struct period *value)
{
    text = slice_trim_value(text);
    bool negative = take(&text, "-");
    struct period read = {0, 0};
    if (!(take(&text, "P") ? read_iso(text, &read) : read_short(text, &read))) {
        return false;
    }
    *value = negative ? (struct period){-read.months, -read.seconds} : read;
    return true;
}

bool period_positive(struct period period)
{
    return period.months >= 0 && period.seconds >= 0 && (period.months > 0 || period.seconds > 0);
}

bool period_whole_days(struct period period)
{
    return period.seconds % DATE_DAY_SECONDS == 0;
}

// value x count, kept within a range that can still be added to a date.
static int64_t multiply(int64_t value, int64_t count)
{
    const int64_t limit = INT64_MAX / 4;
    int64_t product = 0;
    if (__builtin_mul_overflow(value, count, &product) || product > limit || product < -limit) {
        return (value < 0) == (count < 0) ? limit : -limit;
    }
    return product;
}

static int64_t keep_within(int64_t value, int64_t lowest, int64_t highest)
{
    if (value < lowest) {
        return lowest;
    }
    return value > highest ? highest : value;
}

int32_t period_add_days(int32_t anchor, struct period period, int64_t count)
{
    const int64_t often = 1000000; // 10,000 years times so much, in seconds, is still far below 2^63
    if (period.months == 0 && count <= often && count >= -often) {
        return (int32_t)keep_within(anchor + period.seconds / DATE_DAY_SECONDS * count, DATE_FIRST, DATE_LAST);
    }
    int64_t day = date_add_months(anchor, multiply(period.months, count));
    day += multiply(period.seconds / DATE_DAY_SECONDS, count);
    return (int32_t)keep_within(day, DATE_FIRST, DATE_LAST);
}

int64_t period_add(int64_t anchor, struct period period, int64_t count)
{
    const int64_t first = (int64_t)DATE_FIRST * DATE_DAY_SECONDS;
    const int64_t last = (int64_t)DATE_LAST * DATE_DAY_SECONDS + DATE_DAY_SECONDS - 1;
    anchor = keep_within(anchor, first, last);
    int64_t day = anchor / DATE_DAY_SECONDS - (anchor % DATE_DAY_SECONDS < 0);
    int64_t second = anchor - day * DATE_DAY_SECONDS;
    day = date_add_months((int32_t)day, multiply(period.months, count));
    return keep_within(day * DATE_DAY_SECONDS + second + multiply(period.seconds, count), first, last);
}

double period_days(struct period period)
{
    return (double)period.months * MONTH_DAYS + (double)period.seconds / DATE_DAY_SECONDS;
}

static void append(char out[PERIOD_SIZE], size_t *length, int64_t count, const char *unit)
{
    if (count != 0) {
        *length += (size_t)snprintf(out + *length, PERIOD_SIZE - *length, "%" PRId64 "%s", count, unit);
    }
}

static int digit_count(int64_t value)
{
    int count = 1;
    for (; value > 9; value /= 10) {
        count++;
    }
    return count;
}

// In the largest unit that divides it; weeks only where they save a digit.
static void append_elapsed(char out[PERIOD_SIZE], size_t *length, int64_t seconds)
{
    int64_t days = seconds / DATE_DAY_SECONDS;
    if (seconds % WEEK == 0 && digit_count(days / 7) < digit_count(days)) {
        append(out, length, days / 7, "w");
    } else if (seconds % DATE_DAY_SECONDS == 0) {
        append(out, length, days, "d");
    } else if (seconds % HOUR == 0) {
        append(out, length, seconds / HOUR, "h");
    } else if (seconds % MINUTE == 0) {
        append(out, length, seconds / MINUTE, "min");
    } else {
        append(out, length, seconds, "s");
    }
}

size_t period_print(char out[PERIOD_SIZE], struct period period)
{
    size_t length = 0;
    if (period.months == 0 && period.seconds == 0) {
        return (size_t)snprintf(out, PERIOD_SIZE, "0d");
    }
    if (period.months <= 0 && period.seconds <= 0) {
        out[length++] = '-';
        period = (struct period){-period.months, -period.seconds};
    }
    append(out, &length, period.months / 12, "y");
    append(out, &length, period.months % 12, "m");
    append_elapsed(out, &length, period.seconds);
    return length;
}
