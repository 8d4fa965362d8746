// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * cap: counts the contacts of every window that the new one would fall into.
 *
 * Contacts may lie after the one that is asked about (planned for later today), so it is not enough to look back. Of
 * all sliding windows only those that begin with a contact matter: any other holds no more than the next of these.
 */
#include "cap.h"

#include "date.h"
#include "number.h"

bool cap_read_window(struct slice text, struct cap *cap)
{
    static const char *const units[] = {[CAP_DAY] = "day", [CAP_WEEK] = "week", [CAP_MONTH] = "month"};
    struct period period;
    text = slice_trim_value(text);
    for (enum cap_unit unit = CAP_DAY; unit <= CAP_MONTH; unit++) {
        if (slice_equal_fold(text, slice_of(units[unit]))) {
            cap->unit = unit;
            cap->period = (struct period){0};
            return true;
        }
    }
    if (!period_read(text, &period) || !period_positive(period)) {
        return false;
    }
    cap->unit = CAP_SLIDING;
    cap->period = period;
    return true;
}

bool cap_read(struct slice text, struct cap *cap)
{
    struct cap read;
    size_t slash = slice_find(text, '/', 0);
    if (slash == text.length || !number_read_whole(slice_trim_value(slice_part(text, 0, slash)), &read.most) ||
        read.most < 0 || !cap_read_window(slice_part(text, slash + 1, text.length), &read)) {
        return false;
    }
    *cap = read;
    return true;
}

static int32_t day_of(int64_t local)
{
    return (int32_t)(local / DATE_DAY_SECONDS - (local % DATE_DAY_SECONDS < 0));
}

// The number of the day, week or month that a time lies in.
static int32_t number_of(enum cap_unit unit, int64_t local)
{
    int32_t day = day_of(local);
    if (unit == CAP_WEEK) {
        return day - date_weekday(day);
    }
    if (unit == CAP_MONTH) {
        struct date_civil civil = date_to_civil(day);
        return civil.year * 12 + civil.month;
    }
    return day;
}

static bool calendar_allows(const struct cap *cap, const int64_t *made, size_t count, int64_t asked)
{
    int32_t number = number_of(cap->unit, asked);
    int64_t inside = 0;
    for (size_t i = 0; i < count; i++) {
        inside += number_of(cap->unit, made[i]) == number;
    }
    return inside < cap->most;
}

static bool sliding_allows(const struct cap *cap, const int64_t *made, size_t count, int64_t asked)
{
    size_t end = 0;
    for (size_t i = 0; i <= count; i++) {
        bool last = i == count || made[i] > asked; // the window that begins with the new contact itself
        int64_t start = last ? asked : made[i];
        int64_t until = period_add(start, cap->period, 1);
        while (end < count && made[end] < until) {
            end++;
        }
        if (until > asked && (int64_t)(end - i) >= cap->most) {
            return false;
        }
        if (last) {
            break;
        }
    }
    return true;
}

bool cap_allows(const struct cap *cap, const int64_t *made, size_t count, int64_t asked)
{
    if ((uint64_t)cap->most > count) {
        return true;
    }
    return cap->unit == CAP_SLIDING ? sliding_allows(cap, made, count, asked)
                                    : calendar_allows(cap, made, count, asked);
}

// Two days are added for those of other zones, three where months clamp.
int32_t cap_begins(const struct cap *cap, int32_t today)
{
    if (cap->unit != CAP_SLIDING) {
        return today - (cap->unit == CAP_MONTH ? 33 : 9);
    }
    int32_t first = day_of(period_add((int64_t)today * DATE_DAY_SECONDS, cap->period, -1));
    return first - DATE_FIRST < 6 ? DATE_FIRST : first - 6;
}
