// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * recurrence: the days of a recurrence rule (RFC 5545, 3.3.10), by the day, week, month or year.
 *
 * Pure calculation on civil days as in date.h: no memory is asked for, and no question walks from the first day, but
 * for one that COUNT makes necessary. The rule's parts are sets of bits; one interval of the rule (a day, week, month
 * or year) is expanded at a time, and where none of its days is in the series the next one is, until the calendar
 * repeats itself (400 years) or ends. So every question has an answer soon, also of a rule without any day.
 *
 * The first day, DTSTART, gives what the rule leaves open: the weekday, day or month, and which intervals count. It is
 * itself a day of the series only when it matches the rule; else it is left out and does not count towards COUNT.
 */
#ifndef RECURRENCE_H
#define RECURRENCE_H

#include <stdbool.h>
#include <stdint.h>

enum recurrence_frequency {
    RECURRENCE_DAILY,
    RECURRENCE_WEEKLY,
    RECURRENCE_MONTHLY,
    RECURRENCE_YEARLY,
};

#define RECURRENCE_WEEKDAYS 7
#define RECURRENCE_YEAR_WORDS 6

// A set of positions, counted from the front and from the back: bit n - 1 of `front` is n, of `back` is -n.
struct recurrence_positions {
    uint64_t front[RECURRENCE_YEAR_WORDS];
    uint64_t back[RECURRENCE_YEAR_WORDS];
};

// What rrule_read makes of a text. An empty set is a part that was not given.
struct recurrence {
    enum recurrence_frequency frequency;
    int64_t interval;                             // 1 or more
    int64_t count;                                // 0: no COUNT
    int week_start;                               // Monday 1 to Sunday 7
    bool after_first;                             // the first day itself is never in the series, nor counted
    bool has_last;                                // UNTIL
    int32_t last;                                 // the last day that may be in the series
    uint16_t months;                              // bit 0: January
    uint8_t weekdays;                             // bit 0: Monday
    bool has_ordinals;                            // any weekday with a number
    bool has_positions;                           // BYSETPOS
    uint32_t days_front;                          // BYMONTHDAY, bit 0: 1
    uint32_t days_back;                           // bit 0: -1
    uint64_t ordinals_front[RECURRENCE_WEEKDAYS]; // BYDAY with numbers, of the month or the year; bit 0: 1
    uint64_t ordinals_back[RECURRENCE_WEEKDAYS];  // bit 0: -1
    struct recurrence_positions positions;
};

// The first day of the series on or after `from`. False when there is none until the end of the calendar.
bool recurrence_next(const struct recurrence *rule, int32_t first, int32_t from, int32_t *day);

// The last day of the series on or before `limit`. False when there is none.
bool recurrence_latest(const struct recurrence *rule, int32_t first, int32_t limit, int32_t *day);

// Can the rule have a day at all, whatever the first one is? False of February 30, or of a position that no interval
// has.
bool recurrence_possible(const struct recurrence *rule);

#endif
