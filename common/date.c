// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * date: dates as people and programs write them, to day numbers and back.
 *
 * The commonest forms have a reader of their own, of fixed positions; all others are read piece by piece. Day numbers
 * follow Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil, civil_from_days).
 */
#include "date.h"

#include <string.h>

#define EXCEL_LAST 2958465 // the serial of 9999-12-31
#define EXCEL_GHOST 60     // 1900-02-29, a day that never was
#define EXCEL_ORIGIN (-25569)

#define MILLISECOND_DIGITS 12
#define LARGEST_OFFSET (18 * 3600)

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

// `count` digits at `text` as a number, or -1.
static int fixed_digits(const char *text, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        unsigned digit = (unsigned)(unsigned char)text[i] - '0';
        if (digit > 9) {
            return -1;
        }
        value = value * 10 + (int)digit;
    }
    return value;
}

static bool take(struct slice *rest, const char *text)
{
    struct slice wanted = slice_of(text);
    if (!slice_starts(*rest, wanted)) {
        return false;
    }
    *rest = slice_part(*rest, wanted.length, rest->length);
    return true;
}

static bool take_fold(struct slice *rest, const char *text)
{
    struct slice wanted = slice_of(text);
    if (rest->length < wanted.length || !slice_equal_fold(slice_part(*rest, 0, wanted.length), wanted)) {
        return false;
    }
    *rest = slice_part(*rest, wanted.length, rest->length);
    return true;
}

static bool take_any(struct slice *rest, const char *const *texts)
{
    for (; *texts != NULL; texts++) {
        if (take_fold(rest, *texts)) {
            return true;
        }
    }
    return false;
}

// Browsers write the narrow no-break space (U+202F) before AM and PM.
static void skip_blanks(struct slice *rest)
{
    static const char *const wide_blanks[] = {"\xC2\xA0", "\xE2\x80\xAF", "\xE3\x80\x80", NULL};
    while (rest->length > 0) {
        unsigned char first = (unsigned char)rest->data[0];
        if (first == ' ' || first == '\t') {
            *rest = slice_part(*rest, 1, rest->length);
        } else if (first < 0x80 || !take_any(rest, wide_blanks)) {
            return;
        }
    }
}

static size_t digit_count(struct slice rest)
{
    size_t count = 0;
    while (count < rest.length && rest.data[count] >= '0' && rest.data[count] <= '9') {
        count++;
    }
    return count;
}

// A number of `least` to `most` digits (at most 9), and no further digit after it.
static bool take_number(struct slice *rest, size_t least, size_t most, int *value)
{
    size_t count = digit_count(*rest);
    if (count < least || count > most) {
        return false;
    }
    *value = fixed_digits(rest->data, (int)count);
    *rest = slice_part(*rest, count, rest->length);
    return true;
}

static bool read_separated(struct slice *rest, enum date_order order, struct date_civil *civil)
{
    bool year_first = digit_count(*rest) == 4;
    if (!year_first && order != DATE_DMY && order != DATE_MDY) {
        return false;
    }
    int parts[3];
    if (!take_number(rest, 1, year_first ? 4 : 2, &parts[0]) || rest->length == 0) {
        return false;
    }
    char separator[2] = {rest->data[0], '\0'};
    if (strchr("-/.", separator[0]) == NULL || separator[0] == '\0' || !take(rest, separator) ||
        !take_number(rest, 1, 2, &parts[1]) || !take(rest, separator) ||
        !take_number(rest, year_first ? 1 : 4, year_first ? 2 : 4, &parts[2])) {
        return false;
    }
    if (year_first) {
        *civil = (struct date_civil){parts[0], parts[1], parts[2]};
    } else if (order == DATE_DMY) {
        *civil = (struct date_civil){parts[2], parts[1], parts[0]};
    } else {
        *civil = (struct date_civil){parts[2], parts[0], parts[1]};
    }
    return true;
}

static bool read_chinese(struct slice *rest, struct date_civil *civil)
{
    static const char *const day_marks[] = {"日", "号", NULL};
    return take_number(rest, 4, 4, &civil->year) && take(rest, "年") && take_number(rest, 1, 2, &civil->month) &&
           take(rest, "月") && take_number(rest, 1, 2, &civil->day) && take_any(rest, day_marks);
}

// *open tells that a time may follow without a blank, which only 日 allows.
static bool read_date(struct slice *rest, enum date_order order, struct date_civil *civil, bool *open)
{
    *open = false;
    if (digit_count(*rest) == 8) {
        int whole = 0;
        take_number(rest, 8, 8, &whole);
        *civil = (struct date_civil){whole / 10000, whole / 100 % 100, whole % 100};
        return true;
    }
    struct slice start = *rest;
    if (read_chinese(rest, civil)) {
        *open = true;
        return true;
    }
    *rest = start;
    return read_separated(rest, order, civil);
}

enum half { HALF_NONE, HALF_MORNING, HALF_AFTERNOON };

static enum half take_half(struct slice *rest)
{
    static const char *const morning[] = {"AM", "a.m.", "上午", NULL};
    static const char *const afternoon[] = {"PM", "p.m.", "下午", NULL};
    struct slice start = *rest;
    skip_blanks(rest);
    if (take_any(rest, morning)) {
        return HALF_MORNING;
    }
    if (take_any(rest, afternoon)) {
        return HALF_AFTERNOON;
    }
    *rest = start;
    return HALF_NONE;
}

// False when there is a mark without digits.
static bool skip_fraction(struct slice *rest)
{
    if (rest->length == 0 || (rest->data[0] != '.' && rest->data[0] != ',')) {
        return true;
    }
    *rest = slice_part(*rest, 1, rest->length);
    size_t count = digit_count(*rest);
    *rest = slice_part(*rest, count, rest->length);
    return count > 0;
}

// "19:12", "19:12:53.25", "19时12分53秒": hour, minute and second, the fraction cut.
static bool read_clock(struct slice *rest, int *hour, int *minute, int *second)
{
    static const char *const hour_marks[] = {"时", "点", NULL};
    *second = 0;
    if (!take_number(rest, 1, 2, hour)) {
        return false;
    }
    if (take_any(rest, hour_marks)) {
        return take_number(rest, 1, 2, minute) && take(rest, "分") &&
               (digit_count(*rest) == 0 || (take_number(rest, 1, 2, second) && take(rest, "秒")));
    }
    if (!take(rest, ":") || !take_number(rest, 2, 2, minute)) {
        return false;
    }
    if (!take(rest, ":")) {
        return true;
    }
    if (!take_number(rest, 2, 2, second)) {
        return false;
    }
    return skip_fraction(rest);
}

// "191253", after a T only.
static bool read_compact_clock(struct slice *rest, int *hour, int *minute, int *second)
{
    int whole = 0;
    if (!take_number(rest, 6, 6, &whole)) {
        return false;
    }
    *hour = whole / 10000;
    *minute = whole / 100 % 100;
    *second = whole % 100;
    return true;
}

static bool read_time(struct slice *rest, bool after_t, struct date_time *value)
{
    enum half half = take_half(rest);
    if (half != HALF_NONE) {
        skip_blanks(rest);
    }
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (!(after_t && half == HALF_NONE && read_compact_clock(rest, &hour, &minute, &second)) &&
        !read_clock(rest, &hour, &minute, &second)) {
        return false;
    }
    if (half == HALF_NONE) {
        half = take_half(rest);
    }
    if (half != HALF_NONE) {
        if (hour < 1 || hour > 12) {
            return false;
        }
        hour = hour % 12 + (half == HALF_AFTERNOON ? 12 : 0);
    }
    if (hour > 23 || minute > 59 || second > 59) {
        return false;
    }
    value->has_time = true;
    value->second = hour * 3600 + minute * 60 + second;
    return true;
}

// "+08:00", "+0800", "+08", and with `short_hours` "+8".
static bool read_shift(struct slice *rest, bool short_hours, int32_t *offset)
{
    bool west = take(rest, "-");
    if (!west && !take(rest, "+")) {
        return false;
    }
    int hours = 0;
    int minutes = 0;
    if (digit_count(*rest) == 4) {
        take_number(rest, 4, 4, &minutes);
        hours = minutes / 100;
        minutes %= 100;
    } else if (!take_number(rest, short_hours ? 1 : 2, 2, &hours) ||
               (take(rest, ":") && !take_number(rest, 2, 2, &minutes))) {
        return false;
    }
    *offset = hours * 3600 + minutes * 60;
    if (minutes > 59 || *offset > LARGEST_OFFSET) {
        return false;
    }
    *offset = west ? -*offset : *offset;
    return true;
}

static bool read_offset(struct slice *rest, struct date_time *value)
{
    static const char *const names[] = {"UTC", "GMT", NULL};
    value->has_offset = true;
    if (rest->data[0] == '+' || rest->data[0] == '-') {
        return read_shift(rest, false, &value->offset);
    }
    if (take_fold(rest, "Z")) {
        return true;
    }
    bool named = take_any(rest, names);
    return (named && rest->length == 0) || read_shift(rest, named, &value->offset);
}

// What may follow a time: nothing, or an offset.
static bool read_end(struct slice rest, struct date_time *value)
{
    skip_blanks(&rest);
    return rest.length == 0 || (read_offset(&rest, value) && rest.length == 0);
}

// "YYYY-MM-DD", and "YYYY-MM-DD HH:MM:SS" or with a T, with what may follow: every digit in its place. False says only
// that it is not so regular; then read_written decides.
static bool read_fixed(struct slice cell, struct date_time *value)
{
    const char *text = cell.data;
    if ((cell.length != 10 && cell.length < 19) || text[4] != '-' || text[7] != '-') {
        return false;
    }
    struct date_civil civil = {fixed_digits(text, 4), fixed_digits(text + 5, 2), fixed_digits(text + 8, 2)};
    if (!civil_exists(civil)) {
        return false;
    }
    *value = (struct date_time){.day = day_number(civil)};
    if (cell.length == 10) {
        return true;
    }
    int hour = fixed_digits(text + 11, 2);
    int minute = fixed_digits(text + 14, 2);
    int second = fixed_digits(text + 17, 2);
    if ((text[10] != ' ' && text[10] != 'T') || text[13] != ':' || text[16] != ':' || hour < 0 || hour > 23 ||
        minute < 0 || minute > 59 || second < 0 || second > 59) {
        return false;
    }
    value->has_time = true;
    value->second = hour * 3600 + minute * 60 + second;
    if (cell.length == 19) {
        return true;
    }
    struct slice rest = slice_part(cell, 19, cell.length);
    return skip_fraction(&rest) && read_end(rest, value);
}

static bool read_written(struct slice rest, enum date_order order, struct date_time *value)
{
    struct date_civil civil = {0, 0, 0};
    bool open = false;
    if (!read_date(&rest, order, &civil, &open) || !civil_exists(civil)) {
        return false;
    }
    *value = (struct date_time){.day = day_number(civil)};
    if (rest.length == 0) {
        return true;
    }
    bool after_t = !open && take_fold(&rest, "T");
    size_t before = rest.length;
    if (!after_t) {
        skip_blanks(&rest);
    }
    if (!after_t && !open && rest.length == before) {
        return false;
    }
    return read_time(&rest, after_t, value) && read_end(rest, value);
}

// The part of a day after the mark, in seconds, rounded. False for anything but digits.
static bool read_day_fraction(struct slice digits, int32_t *second)
{
    if (digits.length == 0 || digit_count(digits) != digits.length) {
        return false;
    }
    // 14 digits times 86400 fit; the fifteenth is a nanosecond.
    uint64_t numerator = 0;
    uint64_t denominator = 1;
    for (size_t i = 0; i < digits.length && i < 14; i++) {
        numerator = numerator * 10 + (uint64_t)(digits.data[i] - '0');
        denominator *= 10;
    }
    *second = (int32_t)((numerator * DATE_DAY_SECONDS + denominator / 2) / denominator);
    return true;
}

static bool read_excel(struct slice rest, struct date_time *value)
{
    int serial = 0;
    if (!take_number(&rest, 1, 7, &serial) || serial < 1 || serial > EXCEL_LAST || serial == EXCEL_GHOST) {
        return false;
    }
    *value = (struct date_time){.day = EXCEL_ORIGIN + serial + (serial < EXCEL_GHOST)};
    if (rest.length == 0) {
        return true;
    }
    if ((!take(&rest, ".") && !take(&rest, ",")) || !read_day_fraction(rest, &value->second)) {
        return false;
    }
    value->has_time = true;
    if (value->second == DATE_DAY_SECONDS) {
        value->day++;
        value->second = 0;
    }
    return value->day <= DATE_LAST;
}

static bool read_epoch(struct slice rest, struct date_time *value)
{
    bool negative = take(&rest, "-");
    size_t count = digit_count(rest);
    if (count == 0 || count > 17) {
        return false;
    }
    int64_t instant = 0;
    for (size_t i = 0; i < count; i++) {
        instant = instant * 10 + (rest.data[i] - '0');
    }
    rest = slice_part(rest, count, rest.length);
    bool fraction = false; // a part of a second that is not 0
    if (take(&rest, ".")) {
        if (rest.length == 0 || digit_count(rest) != rest.length) {
            return false;
        }
        for (size_t i = 0; i < rest.length; i++) {
            fraction = fraction || rest.data[i] != '0';
        }
    } else if (rest.length > 0) {
        return false;
    }
    if (count >= MILLISECOND_DIGITS) {
        fraction = fraction || instant % 1000 != 0;
        instant /= 1000;
    }
    instant = negative ? -instant - fraction : instant;
    int64_t day = instant / DATE_DAY_SECONDS - (instant % DATE_DAY_SECONDS < 0);
    if (day < DATE_FIRST || day > DATE_LAST) {
        return false;
    }
    *value = (struct date_time){
        .day = (int32_t)day,
        .second = (int32_t)(instant - day * DATE_DAY_SECONDS),
        .has_time = true,
        .has_offset = true,
    };
    return true;
}

bool date_read(struct slice cell, enum date_order order, struct date_time *value)
{
    if (read_fixed(cell, value)) {
        return true;
    }
    cell = slice_trim_value(cell);
    if (cell.length == 0) {
        return false;
    }
    if (order == DATE_EPOCH && read_epoch(cell, value)) {
        return true;
    }
    if (order == DATE_EXCEL && read_excel(cell, value)) {
        return true;
    }
    bool bare = digit_count(cell) == cell.length;
    return !(order == DATE_EPOCH && bare) && read_written(cell, order, value);
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
