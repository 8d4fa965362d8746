// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * recurrence: goes from interval to interval, forwards and backwards.
 *
 * COUNT is the one part that looks back to the first day. It is asked only where the intervals that have passed could
 * have held that many days.
 */
#include "recurrence.h"

#include "date.h"
#include "interval.h"

static int32_t earlier(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

// The bounds of the series but for COUNT.
static int32_t begin_of(const struct recurrence *rule, int32_t first)
{
    return rule->after_first ? first + 1 : first;
}

static int32_t end_of(const struct recurrence *rule)
{
    return rule->has_last ? earlier(rule->last, DATE_LAST) : DATE_LAST;
}

// The last day that COUNT allows, or `limit` when that is no later.
static int32_t counted_end(const struct recurrence *rule, int32_t first, int32_t limit)
{
    int64_t last = interval_of(rule, first, limit);
    int32_t begin = begin_of(rule, first);
    if (rule->count == 0 || limit < begin || last + 1 <= (rule->count - 1) / interval_most(rule)) {
        return limit;
    }
    int64_t left = rule->count;
    struct interval interval;
    for (int64_t number = 0; number <= last && interval_expand(rule, first, number, &interval); number++) {
        int32_t day = begin;
        while (left > 0 && interval_next(&interval, day, &day) && day < limit) {
            left--;
            day++;
        }
        if (left == 0) {
            return day - 1;
        }
    }
    return limit;
}

bool recurrence_next(const struct recurrence *rule, int32_t first, int32_t from, int32_t *day)
{
    int32_t begin = later(from, begin_of(rule, first));
    int32_t end = end_of(rule);
    if (begin > end) {
        return false;
    }
    int64_t number = interval_of(rule, first, begin);
    int64_t last = number + interval_cycle(rule) + 1;
    struct interval interval;
    for (; number <= last && interval_expand(rule, first, number, &interval) && interval.start <= end; number++) {
        if (interval_next(&interval, begin, day)) {
            return *day <= counted_end(rule, first, earlier(*day, end)) && *day <= end;
        }
    }
    return false;
}

bool recurrence_latest(const struct recurrence *rule, int32_t first, int32_t limit, int32_t *day)
{
    int32_t begin = begin_of(rule, first);
    int32_t end = earlier(limit, end_of(rule));
    if (end < begin) {
        return false;
    }
    end = counted_end(rule, first, end);
    int64_t number = interval_of(rule, first, end);
    int64_t least = number - interval_cycle(rule) - 1;
    struct interval interval;
    for (; number >= 0 && number >= least && interval_expand(rule, first, number, &interval); number--) {
        if (interval_latest(&interval, end, day)) {
            return *day >= begin;
        }
    }
    return false;
}

bool recurrence_possible(const struct recurrence *rule)
{
    struct recurrence free_of_bounds = *rule;
    int32_t first = 0; // 1970-01-01; a day that every month has
    int32_t day;
    free_of_bounds.interval = 1;
    free_of_bounds.count = 0;
    free_of_bounds.has_last = false;
    free_of_bounds.after_first = false;
    return recurrence_next(&free_of_bounds, first, first, &day);
}
