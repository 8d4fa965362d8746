// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * date_text: dates as people and programs write them.
 *
 * The commonest forms have a reader of their own, of fixed positions; all others are read piece by piece.
 */
#include "date.h"

#include <string.h>

#define EXCEL_LAST 2958465 // the serial of 9999-12-31
#define EXCEL_GHOST 60     // 1900-02-29, a day that never was
#define EXCEL_ORIGIN (-25569)

#define MILLISECOND_DIGITS 12
#define LARGEST_OFFSET (18 * 3600)

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
    int32_t day = 0;
    struct date_civil civil = {fixed_digits(text, 4), fixed_digits(text + 5, 2), fixed_digits(text + 8, 2)};
    if (!date_from_civil(civil, &day)) {
        return false;
    }
    *value = (struct date_time){.day = day};
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
    int32_t day = 0;
    struct date_civil civil = {0, 0, 0};
    bool open = false;
    if (!read_date(&rest, order, &civil, &open) || !date_from_civil(civil, &day)) {
        return false;
    }
    *value = (struct date_time){.day = day};
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
