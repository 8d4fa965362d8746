// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * date: civil dates of the proleptic Gregorian calendar, years 1 to 9999, as day numbers.
 *
 * A day is an int32_t, days since 1970-01-01; a local time is an int64_t, seconds since 1970-01-01 00:00 on the wall
 * clock (zone.h turns it into an instant). Algorithms: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
 */
#ifndef DATE_H
#define DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

#define DATE_DAY_SECONDS 86400

// The first and the last day of the calendar, 0001-01-01 and 9999-12-31.
#define DATE_FIRST (-719162)
#define DATE_LAST 2932896

struct date_civil {
    int year;
    int month; // 1 to 12
    int day;   // 1 to 31
};

// What a cell said, before a zone is applied.
struct date_time {
    int32_t day;
    int32_t second; // of the day, 0 to 86399; 0 when there was no time
    bool has_time;
    bool has_offset;
    int32_t offset; // seconds east of Greenwich
};

// Which dates other than year-month-day are read: --dates.
enum date_order {
    DATE_YMD,   // only the unambiguous ones
    DATE_DMY,   // and 31/12/2026, 31.12.2026, 31-12-2026
    DATE_MDY,   // and 12/31/2026 ...
    DATE_EXCEL, // and serial numbers of the 1900 system, with a fraction for the time
    DATE_EPOCH, // and seconds since 1970 in UTC, or milliseconds (12 digits or more); bare digits are never 20230501
};

// 2023-05-31, 2023/5/1, 2023.5.1, 20230501, 2023年5月1日, then optionally blank or T and a time (19:12, 19:12:53,
// 19:12:53.25, 7:12 PM, 下午7:12, 19时12分; after T also 191253), then, only after a time, optionally an offset (Z,
// UTC, GMT+3, +0800, +08:00, -04). Fractions of a second are cut, those of a serial number's day rounded to the second.
// Impossible dates, 24:00 and two-digit years are refused, as is anything left over.
bool date_read(struct slice cell, enum date_order order, struct date_time *value);

// False when there is no such day.
bool date_from_civil(struct date_civil civil, int32_t *day);
struct date_civil date_to_civil(int32_t day);

// Monday 1 to Sunday 7.
int date_weekday(int32_t day);

// The same day of the month `months` later or earlier, clamped to that month's end. Always count from an anchor, never
// from the previous result, or month ends drift. Stays within 0001-01-01 and 9999-12-31.
int32_t date_add_months(int32_t day, int64_t months);

#define DATE_SIZE 24

// "2026-11-21", and "2026-11-21 19:12:53". Return the length; outside the years 1 to 9999 that is 0, the empty cell.
size_t date_print(char out[DATE_SIZE], int32_t day);
size_t date_print_time(char out[DATE_SIZE], int64_t local);

#endif
