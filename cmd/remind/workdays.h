// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * workdays: which days are worked on: Monday to Friday, but for the holidays and the worked weekends of a calendar.
 *
 * What a calendar was not told of a year is unknown, which is not the same as no holidays: such a year is reckoned
 * Monday to Friday, and remembered when it was asked about. Days as in date.h. A calendar that is NULL is Monday to
 * Friday for ever.
 */
#ifndef WORKDAYS_H
#define WORKDAYS_H

#include <stdbool.h>
#include <stdint.h>

#include "slice.h"

// Where a day that is not worked on is moved to.
enum workdays_shift {
    WORKDAYS_STAY,
    WORKDAYS_AFTER,   // the next day of work
    WORKDAYS_BEFORE,  // the last one before it
    WORKDAYS_NEAREST, // whichever is nearer, of two the later one
    WORKDAYS_SHIFTS,
};

// Of "none", "after", "before" and "nearest"; WORKDAYS_SHIFTS when the text is none of them.
enum workdays_shift workdays_shift_of(struct slice text);

struct workdays;

struct workdays *workdays_create(void);
void workdays_free(struct workdays *workdays);

// The holidays of this year are known. Days of other years may be told too.
void workdays_tell_year(struct workdays *workdays, int year);

// This day is worked on, or is not, whatever day of the week it is.
void workdays_tell(struct workdays *workdays, int32_t day, bool works);

bool workdays_works(struct workdays *workdays, int32_t day);

// `count` days of work later, or earlier when it is negative; 0 gives the day itself.
int32_t workdays_add(struct workdays *workdays, int32_t day, int64_t count);

// Where the day is moved to; a day of work stays.
int32_t workdays_shift(struct workdays *workdays, int32_t day, enum workdays_shift shift);

// The most days without work in a row: no day is moved further.
int32_t workdays_longest_rest(struct workdays *workdays);

// The next year after *year that was asked about but never told; false when there is none. Begin with 0.
bool workdays_next_unknown(const struct workdays *workdays, int *year);

#endif
