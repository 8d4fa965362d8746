// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * date: the calendar, and dates printed.
 *
 * Day numbers follow Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil, civil_from_days).
 */
#include "date.h"

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return lengths[month - 1] + (month == 2 && is_leap(year));
}

static bool civil_exists(struct date_civil civil)
{
    return civil.year >= 1 && civil.year <= 9999 && civil.month >= 1 && civil.month <= 12 && civil.day >= 1 &&
           civil.day <= month_length(civil.year, civil.month);
}

// Years begin in March here, so that the leap day is the last one; years of the calendar, all positive.
static int32_t day_number(struct date_civil civil)
{
    int year = civil.year - (civil.month <= 2);
    int era = year / 400;
    int year_of_era = year - era * 400;
    int day_of_year = (153 * (civil.month + (civil.month > 2 ? -3 : 9)) + 2) / 5 + civil.day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

bool date_from_civil(struct date_civil civil, int32_t *day)
{
    if (!civil_exists(civil)) {
        return false;
    }
    *day = day_number(civil);
    return true;
}

struct date_civil date_to_civil(int32_t day)
{
    int64_t shifted = (int64_t)day + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int day_of_era = (int)(shifted - era * 146097);
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month = (5 * day_of_year + 2) / 153; // from March
    struct date_civil civil = {
        .year = (int)(era * 400) + year_of_era + (month >= 10),
        .month = month < 10 ? month + 3 : month - 9,
        .day = day_of_year - (153 * month + 2) / 5 + 1,
    };
    return civil;
}

int date_weekday(int32_t day)
{
    int64_t days = ((int64_t)day + 3) % 7; // day 0 was a Thursday
    return (int)(days < 0 ? days + 7 : days) + 1;
}

int32_t date_add_months(int32_t day, int64_t months)
{
    struct date_civil civil = date_to_civil(day);
    const int64_t longest = 12 * 10000;
    if (months > longest || months < -longest) {
        return months > 0 ? DATE_LAST : DATE_FIRST;
    }
    int64_t month = (int64_t)civil.year * 12 + civil.month - 1 + months;
    if (month < 12) {
        return DATE_FIRST;
    }
    if (month >= (int64_t)10000 * 12) {
        return DATE_LAST;
    }
    civil.year = (int)(month / 12);
    civil.month = (int)(month % 12) + 1;
    int length = month_length(civil.year, civil.month);
    civil.day = civil.day < length ? civil.day : length;
    return day_number(civil);
}

static void print_pair(char *out, int value)
{
    out[0] = (char)('0' + value / 10);
    out[1] = (char)('0' + value % 10);
}

size_t date_print(char out[DATE_SIZE], int32_t day)
{
    out[0] = '\0';
    if (day < DATE_FIRST || day > DATE_LAST) {
        return 0;
    }
    struct date_civil civil = date_to_civil(day);
    print_pair(out, civil.year / 100);
    print_pair(out + 2, civil.year % 100);
    out[4] = '-';
    print_pair(out + 5, civil.month);
    out[7] = '-';
    print_pair(out + 8, civil.day);
    out[10] = '\0';
    return 10;
}

size_t date_print_time(char out[DATE_SIZE], int64_t local)
{
    int64_t day = local / DATE_DAY_SECONDS - (local % DATE_DAY_SECONDS < 0);
    if (day < DATE_FIRST || day > DATE_LAST) {
        out[0] = '\0';
        return 0;
    }
    int second = (int)(local - day * DATE_DAY_SECONDS);
    date_print(out, (int32_t)day);
    out[10] = ' ';
    print_pair(out + 11, second / 3600);
    out[13] = ':';
    print_pair(out + 14, second / 60 % 60);
    out[16] = ':';
    print_pair(out + 17, second % 60);
    out[19] = '\0';
    return 19;
}
