// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * interval: days as bits. A month is 31 bits; a year is its months put side by side.
 */
#include "interval.h"

#include <string.h>

#include "date.h"

#define WORD_BITS 64
#define CYCLE_YEARS 400
#define CYCLE_DAYS 146097
#define MONTHS 12

static int64_t floor_divide(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

static int month_length(int year, int month)
{
    static const int lengths[MONTHS] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % CYCLE_YEARS == 0;
    return lengths[month - 1] + (month == 2 && leap);
}

static int64_t month_number(struct date_civil civil)
{
    return (int64_t)civil.year * MONTHS + civil.month - 1;
}

static int32_t week_of(const struct recurrence *rule, int32_t day)
{
    return day - (date_weekday(day) - rule->week_start + RECURRENCE_WEEKDAYS) % RECURRENCE_WEEKDAYS;
}

// How many days, weeks, months or years lie between the first day's and this one's.
static int64_t units_between(const struct recurrence *rule, int32_t first, int32_t day)
{
    switch (rule->frequency) {
    case RECURRENCE_DAILY:
        return (int64_t)day - first;
    case RECURRENCE_WEEKLY:
        return ((int64_t)week_of(rule, day) - week_of(rule, first)) / RECURRENCE_WEEKDAYS;
    case RECURRENCE_MONTHLY:
        return month_number(date_to_civil(day)) - month_number(date_to_civil(first));
    default:
        return (int64_t)date_to_civil(day).year - date_to_civil(first).year;
    }
}

int64_t interval_of(const struct recurrence *rule, int32_t first, int32_t day)
{
    return floor_divide(units_between(rule, first, day), rule->interval);
}

int interval_most(const struct recurrence *rule)
{
    static const int most[] = {1, RECURRENCE_WEEKDAYS, 31, 366};
    return most[rule->frequency];
}

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

int64_t interval_cycle(const struct recurrence *rule)
{
    static const int64_t cycles[] = {CYCLE_DAYS, CYCLE_DAYS / RECURRENCE_WEEKDAYS, CYCLE_YEARS * MONTHS, CYCLE_YEARS};
    int64_t cycle = cycles[rule->frequency];
    return cycle / common_divisor(cycle, rule->interval);
}

// The lowest `length` bits of a set counted from the back, turned round.
static uint32_t reversed(uint32_t bits, int length)
{
    uint32_t turned = 0;
    for (; bits != 0; bits &= bits - 1) {
        int from_back = __builtin_ctz(bits);
        turned |= from_back < length ? UINT32_C(1) << (length - 1 - from_back) : 0;
    }
    return turned;
}

static uint32_t first_days(int length)
{
    return (uint32_t)((UINT64_C(1) << length) - 1);
}

static bool has_days(const struct recurrence *rule)
{
    return rule->days_front != 0 || rule->days_back != 0;
}

static bool has_weekdays(const struct recurrence *rule)
{
    return rule->weekdays != 0 || rule->has_ordinals;
}

// All days of a month on a weekday (0: Monday), the month beginning on another.
static uint32_t weekday_bits(int weekday, int begins_on, int length)
{
    const uint32_t every_seventh = UINT32_C(0x10204081) | UINT32_C(1) << 28;
    return (every_seventh << (weekday - begins_on + RECURRENCE_WEEKDAYS) % RECURRENCE_WEEKDAYS) & first_days(length);
}

// Those of a weekday's days that BYDAY names by number, of the month.
static uint32_t ordinal_bits(const struct recurrence *rule, int weekday, uint32_t days)
{
    int count = __builtin_popcount(days);
    uint32_t chosen = 0;
    for (int i = 0; i < count; i++, days &= days - 1) {
        bool front = (rule->ordinals_front[weekday] >> i & 1) != 0;
        bool back = (rule->ordinals_back[weekday] >> (count - 1 - i) & 1) != 0;
        chosen |= front || back ? days & (~days + 1) : 0;
    }
    return chosen;
}

static uint32_t month_weekdays(const struct recurrence *rule, int32_t start, int length)
{
    int begins_on = date_weekday(start) - 1;
    uint32_t chosen = 0;
    for (int weekday = 0; weekday < RECURRENCE_WEEKDAYS; weekday++) {
        bool plain = (rule->weekdays >> weekday & 1) != 0;
        bool numbered = (rule->ordinals_front[weekday] | rule->ordinals_back[weekday]) != 0;
        if (plain || numbered) {
            uint32_t days = weekday_bits(weekday, begins_on, length);
            chosen |= plain ? days : ordinal_bits(rule, weekday, days);
        }
    }
    return chosen;
}

// What the rule asks for of a month that it allows; without any day of its own, the day of the first date.
static uint32_t month_bits(const struct recurrence *rule, int32_t first, int32_t start, int length)
{
    uint32_t bits = first_days(length);
    if (has_days(rule)) {
        bits &= rule->days_front | reversed(rule->days_back, length);
    }
    if (has_weekdays(rule)) {
        bits &= month_weekdays(rule, start, length);
    }
    if (!has_days(rule) && !has_weekdays(rule)) {
        bits &= UINT32_C(1) << (date_to_civil(first).day - 1);
    }
    return bits;
}

static bool allows_month(const struct recurrence *rule, int month)
{
    return rule->months == 0 || (rule->months >> (month - 1) & 1) != 0;
}

static void set_day(struct interval *interval, int at)
{
    interval->days[at / WORD_BITS] |= UINT64_C(1) << (at % WORD_BITS);
}

static bool is_set(const uint64_t *words, int at)
{
    return (words[at / WORD_BITS] >> (at % WORD_BITS) & 1) != 0;
}

static void set_days(struct interval *interval, uint32_t bits, int at)
{
    int shift = at % WORD_BITS;
    interval->days[at / WORD_BITS] |= (uint64_t)bits << shift;
    if (shift > WORD_BITS - 31 && at / WORD_BITS + 1 < RECURRENCE_YEAR_WORDS) {
        interval->days[at / WORD_BITS + 1] |= (uint64_t)bits >> (WORD_BITS - shift);
    }
}

// Does a single day match the parts that limit a rule by the day or week?
static bool allows_day(const struct recurrence *rule, int32_t day, uint8_t weekdays)
{
    struct date_civil civil = date_to_civil(day);
    int from_back = month_length(civil.year, civil.month) - civil.day;
    return allows_month(rule, civil.month) && (weekdays == 0 || (weekdays >> (date_weekday(day) - 1) & 1) != 0) &&
           (!has_days(rule) || ((rule->days_front >> (civil.day - 1) | rule->days_back >> from_back) & 1) != 0);
}

static bool expand_day(const struct recurrence *rule, int32_t first, int64_t units, struct interval *interval)
{
    if (units > (int64_t)DATE_LAST - first) {
        return false;
    }
    interval->start = (int32_t)(first + units);
    interval->length = 1;
    interval->days[0] = allows_day(rule, interval->start, rule->weekdays);
    return true;
}

static bool expand_week(const struct recurrence *rule, int32_t first, int64_t units, struct interval *interval)
{
    int32_t week = week_of(rule, first);
    uint8_t weekdays = rule->weekdays != 0 ? rule->weekdays : (uint8_t)(1 << (date_weekday(first) - 1));
    if (units > ((int64_t)DATE_LAST - week) / RECURRENCE_WEEKDAYS) {
        return false;
    }
    interval->start = (int32_t)(week + units * RECURRENCE_WEEKDAYS);
    interval->length = RECURRENCE_WEEKDAYS;
    for (int i = 0; i < RECURRENCE_WEEKDAYS; i++) {
        int32_t day = interval->start + i;
        if (day >= DATE_FIRST && day <= DATE_LAST && allows_day(rule, day, weekdays)) {
            set_day(interval, i);
        }
    }
    return true;
}

static bool expand_month(const struct recurrence *rule, int32_t first, int64_t units, struct interval *interval)
{
    struct date_civil civil = date_to_civil(first);
    if (units > INT32_MAX) {
        return false;
    }
    int64_t number = month_number(civil) + units;
    civil = (struct date_civil){(int)(number / MONTHS), (int)(number % MONTHS) + 1, 1};
    if (!date_from_civil(civil, &interval->start)) {
        return false;
    }
    interval->length = month_length(civil.year, civil.month);
    interval->days[0] =
        allows_month(rule, civil.month) ? month_bits(rule, first, interval->start, interval->length) : 0;
    return true;
}

// Weekdays of the year: those without a number, and those that BYDAY names by number.
static void set_year_weekdays(const struct recurrence *rule, struct interval *interval)
{
    int begins_on = date_weekday(interval->start) - 1;
    for (int weekday = 0; weekday < RECURRENCE_WEEKDAYS; weekday++) {
        int at = (weekday - begins_on + RECURRENCE_WEEKDAYS) % RECURRENCE_WEEKDAYS;
        int count = (interval->length - at + RECURRENCE_WEEKDAYS - 1) / RECURRENCE_WEEKDAYS;
        bool plain = (rule->weekdays >> weekday & 1) != 0;
        for (int i = 0; i < count; i++, at += RECURRENCE_WEEKDAYS) {
            if (plain || (rule->ordinals_front[weekday] >> i & 1) != 0 ||
                (rule->ordinals_back[weekday] >> (count - 1 - i) & 1) != 0) {
                set_day(interval, at);
            }
        }
    }
}

static bool expand_year(const struct recurrence *rule, int32_t first, int64_t units, struct interval *interval)
{
    struct date_civil civil = date_to_civil(first);
    int first_month = civil.month;
    if (units > INT32_MAX - civil.year ||
        !date_from_civil((struct date_civil){(int)(civil.year + units), 1, 1}, &interval->start)) {
        return false;
    }
    int year = (int)(civil.year + units);
    bool whole = rule->months == 0 && has_weekdays(rule);
    for (int month = 1; month <= MONTHS; month++) {
        int length = month_length(year, month);
        bool asked = rule->months == 0 ? month == first_month : allows_month(rule, month);
        if (!whole && asked) {
            set_days(interval, month_bits(rule, first, interval->start + interval->length, length), interval->length);
        }
        interval->length += length;
    }
    if (whole) {
        set_year_weekdays(rule, interval);
    }
    return true;
}

static int count_all(const struct interval *interval)
{
    int count = 0;
    for (int i = 0; i < RECURRENCE_YEAR_WORDS; i++) {
        count += __builtin_popcountll(interval->days[i]);
    }
    return count;
}

// Of the days found keeps those in the places that BYSETPOS names.
static void choose_positions(const struct recurrence *rule, struct interval *interval)
{
    int count = count_all(interval);
    int rank = 0;
    for (int word = 0; word < RECURRENCE_YEAR_WORDS; word++) {
        uint64_t kept = 0;
        for (uint64_t left = interval->days[word]; left != 0; left &= left - 1, rank++) {
            bool chosen = is_set(rule->positions.front, rank) || is_set(rule->positions.back, count - 1 - rank);
            kept |= chosen ? left & (~left + 1) : 0;
        }
        interval->days[word] = kept;
    }
}

bool interval_expand(const struct recurrence *rule, int32_t first, int64_t number, struct interval *interval)
{
    typedef bool expansion(const struct recurrence *rule, int32_t first, int64_t units, struct interval *interval);
    static expansion *const expansions[] = {expand_day, expand_week, expand_month, expand_year};
    int64_t units;
    memset(interval, 0, sizeof *interval);
    if (__builtin_mul_overflow(number, rule->interval, &units) ||
        !expansions[rule->frequency](rule, first, units, interval)) {
        return false;
    }
    if (rule->has_positions) {
        choose_positions(rule, interval);
    }
    return true;
}

bool interval_next(const struct interval *interval, int32_t from, int32_t *day)
{
    int32_t at = from > interval->start ? from - interval->start : 0;
    for (int word = at / WORD_BITS; at < interval->length; at = ++word * WORD_BITS) {
        uint64_t left = interval->days[word] & (~UINT64_C(0) << (at % WORD_BITS));
        if (left != 0) {
            *day = interval->start + word * WORD_BITS + __builtin_ctzll(left);
            return true;
        }
    }
    return false;
}

bool interval_latest(const struct interval *interval, int32_t limit, int32_t *day)
{
    int32_t at = limit - interval->start < interval->length ? limit - interval->start : interval->length - 1;
    for (int word = at / WORD_BITS; at >= 0; at = word * WORD_BITS - 1, word--) {
        uint64_t left = interval->days[word] & (~UINT64_C(0) >> (WORD_BITS - 1 - at % WORD_BITS));
        if (left != 0) {
            *day = interval->start + word * WORD_BITS + WORD_BITS - 1 - __builtin_clzll(left);
            return true;
        }
    }
    return false;
}
