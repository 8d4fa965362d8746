// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lunar: days of the Chinese calendar, from a table of the lunar years 1900 to 2100.
 *
 * A lunar year has 12 months of 29 or 30 days, some years a leap month more, which bears the number of the month before
 * it. The table holds 1900-01-31 to 2101-01-28 and knows nothing beyond.
 */
#ifndef LUNAR_H
#define LUNAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

#define LUNAR_FIRST_YEAR 1900
#define LUNAR_LAST_YEAR 2100

struct lunar_day {
    int year; // 0: none, a day of every year
    int month;
    bool leap; // of the leap month with this number
    int day;
};

// False outside the table.
bool lunar_from_day(int32_t day, struct lunar_day *lunar);

// False outside the table, and when there is no such day: the 30th of a month of 29 days, a leap month the year has
// not.
bool lunar_to_day(struct lunar_day lunar, int32_t *day);

// The day on which a year keeps this month and day, by custom: a 30th on the 29th where the month is that short, a leap
// month's day in the month of the same number where the year has no such leap month. False outside the table.
bool lunar_in_year(struct lunar_day lunar, int year, int32_t *day);

// "lunar 08-15" (no year), "lunar 2025-08-15", and "lunar 2025-06L-01" in a leap month; "农历" may stand for "lunar".
// True when it is written so; that there is such a day is not looked at but for the bounds 1 to 12 and 1 to 30.
bool lunar_read(struct slice text, struct lunar_day *lunar);

// "08-15", and "06L-01". Returns the length.
#define LUNAR_SIZE 16
size_t lunar_print(char out[LUNAR_SIZE], struct lunar_day lunar);

#endif
