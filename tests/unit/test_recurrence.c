// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * recurrence: random rules against a matcher that looks at every day by itself; COUNT, positions, and rules without any
 * day.
 */
#include "../../cmd/remind/recurrence.h"

#include <stdio.h>
#include <string.h>

#include "../../cmd/remind/rrule.h"
#include "date.h"
#include "tap.h"

#define RULES 400
#define SPAN 1600 // days that are looked at one by one

static int32_t day_of(int year, int month, int of_month)
{
    int32_t value = 0;
    date_from_civil((struct date_civil){year, month, of_month}, &value);
    return value;
}

static struct recurrence rule_of(const char *text)
{
    struct rrule rule;
    struct rrule_problem problem;
    if (!rrule_read(slice_of(text), &rule, &problem)) {
        printf("# refused: %s: %s\n", text, problem.reason);
        CHECK(false);
    }
    rrule_bound(&rule, NULL, 0);
    return rule.recurrence;
}

// The rule as the matcher reads it, value by value.
struct plain {
    enum recurrence_frequency frequency;
    int interval;
    int count;
    int week_start;
    int until; // days after the first one, -1: none
    int weekday_count;
    int weekdays[4][2]; // number (0: none), weekday from 1
    int monthday_count;
    int monthdays[3];
    int month_count;
    int months[3];
    int position_count;
    int positions[3];
};

static uint32_t random_state = 20261122;

static int random_below(int limit)
{
    random_state = random_state * 1664525 + 1013904223;
    return (int)((random_state >> 8) % (uint32_t)limit);
}

static bool often(int percent)
{
    return random_below(100) < percent;
}

static int either_sign(int value)
{
    return often(40) ? -value : value;
}

static void choose_parts(struct plain *plain)
{
    bool ordinals = plain->frequency >= RECURRENCE_MONTHLY && often(50);
    plain->month_count = often(35) ? 1 + random_below(3) : 0;
    plain->weekday_count = often(50) ? 1 + random_below(4) : 0;
    bool may_have_days =
        plain->frequency != RECURRENCE_WEEKLY && (plain->frequency != RECURRENCE_YEARLY || plain->month_count > 0);
    plain->monthday_count = may_have_days && often(40) ? 1 + random_below(3) : 0;
    bool any = plain->month_count + plain->weekday_count + plain->monthday_count > 0;
    plain->position_count = any && often(25) ? 1 + random_below(3) : 0;
    for (int i = 0; i < plain->weekday_count; i++) {
        int most = plain->frequency == RECURRENCE_YEARLY && plain->month_count == 0 ? 53 : 5;
        plain->weekdays[i][0] = ordinals && often(70) ? either_sign(1 + random_below(most)) : 0;
        plain->weekdays[i][1] = 1 + random_below(7);
    }
    for (int i = 0; i < 3; i++) {
        plain->monthdays[i] = either_sign(1 + random_below(31));
        plain->months[i] = 1 + random_below(12);
        plain->positions[i] = either_sign(1 + random_below(often(80) ? 6 : 60));
    }
}

static struct plain random_rule(void)
{
    static const int widest[] = {40, 9, 20, 4};
    struct plain plain = {.frequency = (enum recurrence_frequency)random_below(4), .until = -1};
    plain.interval = often(50) ? 1 : 1 + random_below(widest[plain.frequency]);
    plain.week_start = 1 + random_below(7);
    plain.count = often(30) ? 1 + random_below(40) : 0;
    plain.until = plain.count == 0 && often(30) ? random_below(SPAN) : -1;
    choose_parts(&plain);
    return plain;
}

static int append_list(char *text, const char *name, const int *values, int count)
{
    int length = 0;
    for (int i = 0; i < count; i++) {
        length += snprintf(text + length, 40, "%s%d", i == 0 ? name : ",", values[i]);
    }
    return length;
}

static void write_rule(const struct plain *plain, int32_t first, char *text)
{
    static const char *const frequencies[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
    static const char *const names[] = {"", "MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    char *at = text;
    at += snprintf(at, 80, "FREQ=%s;INTERVAL=%d;WKST=%s", frequencies[plain->frequency], plain->interval,
                   names[plain->week_start]);
    at += plain->count > 0 ? snprintf(at, 40, ";COUNT=%d", plain->count) : 0;
    if (plain->until >= 0) {
        char digits[DATE_SIZE];
        digits[date_print(digits, first + plain->until)] = '\0';
        at += snprintf(at, 40, ";UNTIL=%s", digits);
    }
    for (int i = 0; i < plain->weekday_count; i++) {
        at += snprintf(at, 40, "%s", i == 0 ? ";BYDAY=" : ",");
        at += plain->weekdays[i][0] != 0 ? snprintf(at, 40, "%d", plain->weekdays[i][0]) : 0;
        at += snprintf(at, 40, "%s", names[plain->weekdays[i][1]]);
    }
    at += append_list(at, ";BYMONTHDAY=", plain->monthdays, plain->monthday_count);
    at += append_list(at, ";BYMONTH=", plain->months, plain->month_count);
    append_list(at, ";BYSETPOS=", plain->positions, plain->position_count);
}

static bool holds(const int *values, int count, int value)
{
    bool found = false;
    for (int i = 0; i < count; i++) {
        found = found || values[i] == value;
    }
    return found;
}

// The first day of the day, week, month or year that a day is in; and the first one after it.
static int32_t unit_start(const struct plain *plain, int32_t day)
{
    struct date_civil civil = date_to_civil(day);
    if (plain->frequency == RECURRENCE_DAILY) {
        return day;
    }
    if (plain->frequency == RECURRENCE_WEEKLY) {
        while (date_weekday(day) != plain->week_start) {
            day--;
        }
        return day;
    }
    return day_of(civil.year, plain->frequency == RECURRENCE_MONTHLY ? civil.month : 1, 1);
}

static int32_t unit_end(const struct plain *plain, int32_t start)
{
    int32_t day = start + 1;
    while (unit_start(plain, day) == start) {
        day++;
    }
    return day;
}

// The how-manieth of its weekday a day is in its month or year, from the front and (negative) from the back.
static bool is_ordinal(const struct plain *plain, int32_t day, int number)
{
    struct date_civil civil = date_to_civil(day);
    bool of_year = plain->frequency == RECURRENCE_YEARLY && plain->month_count == 0;
    int step = number > 0 ? 7 : -7;
    int place = 1;
    for (int32_t other = day - step;; other -= step, place++) {
        struct date_civil there = date_to_civil(other);
        if (there.year != civil.year || (!of_year && there.month != civil.month)) {
            return place == (number > 0 ? number : -number);
        }
    }
}

static bool is_weekday(const struct plain *plain, int32_t first, int32_t day)
{
    bool found = false;
    for (int i = 0; i < plain->weekday_count; i++) {
        found = found || (plain->weekdays[i][1] == date_weekday(day) &&
                          (plain->weekdays[i][0] == 0 || is_ordinal(plain, day, plain->weekdays[i][0])));
    }
    if (plain->weekday_count == 0 && plain->frequency == RECURRENCE_WEEKLY) {
        return date_weekday(day) == date_weekday(first);
    }
    return found || plain->weekday_count == 0;
}

// Does the day match all parts but INTERVAL, COUNT, UNTIL and BYSETPOS?
static bool is_asked(const struct plain *plain, int32_t first, int32_t day)
{
    struct date_civil civil = date_to_civil(day);
    struct date_civil begin = date_to_civil(first);
    int from_back = civil.day - 1 - date_to_civil(day_of(civil.year, civil.month % 12 + 1, 1) - 1).day;
    if (civil.month == 12) {
        from_back = civil.day - 32;
    }
    bool open = plain->weekday_count + plain->monthday_count == 0;
    if (plain->month_count > 0 && !holds(plain->months, plain->month_count, civil.month)) {
        return false;
    }
    if (plain->monthday_count > 0 && !holds(plain->monthdays, plain->monthday_count, civil.day) &&
        !holds(plain->monthdays, plain->monthday_count, from_back)) {
        return false;
    }
    if (open && plain->frequency >= RECURRENCE_MONTHLY && civil.day != begin.day) {
        return false;
    }
    if (open && plain->frequency == RECURRENCE_YEARLY && plain->month_count == 0 && civil.month != begin.month) {
        return false;
    }
    return is_weekday(plain, first, day);
}

// The days of the series among SPAN days from the first one.
static int list_days(const struct plain *plain, int32_t first, int32_t *days)
{
    int count = 0;
    int32_t start = unit_start(plain, first);
    for (int number = 0; start < first + SPAN; number++) {
        int32_t end = unit_end(plain, start);
        bool asked[366] = {false};
        int total = 0;
        int rank = 0;
        for (int32_t day = start; number % plain->interval == 0 && day < end; day++) {
            asked[day - start] = is_asked(plain, first, day);
            total += asked[day - start];
        }
        for (int32_t day = start; day < end; day++) {
            if (!asked[day - start]) {
                continue;
            }
            rank++;
            bool chosen = plain->position_count == 0 || holds(plain->positions, plain->position_count, rank) ||
                          holds(plain->positions, plain->position_count, rank - 1 - total);
            bool open =
                (plain->count == 0 || count < plain->count) && (plain->until < 0 || day <= first + plain->until);
            if (chosen && open && day >= first && day < first + SPAN) {
                days[count++] = day;
            }
        }
        start = end;
    }
    return count;
}

// Asks for the next and the latest day of each day, and compares with the list.
static bool agrees(const struct recurrence *rule, int32_t first, const int32_t *days, int count)
{
    int next = 0;
    int step = count == 0 ? SPAN / 3 : 23; // to find that there is none takes 400 years
    for (int32_t day = first - 3; day < first + SPAN; day += 1 + random_below(step)) {
        int32_t got;
        while (next < count && days[next] < day) {
            next++;
        }
        bool found = recurrence_next(rule, first, day, &got) && got < first + SPAN;
        if (found != (next < count) || (found && got != days[next])) {
            return false;
        }
        bool is_one = next < count && days[next] == day;
        int before = is_one ? next : next - 1;
        found = recurrence_latest(rule, first, day, &got);
        if (found != (before >= 0) || (found && got != days[before])) {
            return false;
        }
    }
    return true;
}

static bool walks(const struct recurrence *rule, int32_t first, const int32_t *days, int count)
{
    int32_t got = first - 1;
    for (int i = 0; i < count; i++) {
        if (!recurrence_next(rule, first, got + 1, &got) || got != days[i]) {
            return false;
        }
    }
    return !recurrence_next(rule, first, got + 1, &got) || got >= first + SPAN;
}

static void test_random_rules_have_the_days_of_a_matcher(void)
{
    static int32_t days[SPAN];
    long all = 0;
    int wrong = 0;
    for (int i = 0; i < RULES; i++) {
        char text[600];
        struct plain plain = random_rule();
        int32_t first = day_of(1996, 1, 1) + random_below(9000);
        write_rule(&plain, first, text);
        struct recurrence rule = rule_of(text);
        int count = list_days(&plain, first, days);
        all += count;
        if (!walks(&rule, first, days, count) || !agrees(&rule, first, days, count)) {
            printf("# %s from %d\n", text, first);
            wrong++;
        }
    }
    CHECK(wrong == 0);
    CHECK(all > 20L * RULES); // the rules are not empty ones
}

static int count_days(const char *text, int32_t first, int most)
{
    struct recurrence rule = rule_of(text);
    int32_t day = first - 1;
    int count = 0;
    while (count < most && recurrence_next(&rule, first, day + 1, &day)) {
        count++;
    }
    return count;
}

static void test_a_first_day_that_does_not_match_is_left_out_and_not_counted(void)
{
    struct recurrence rule = rule_of("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=3");
    int32_t day;
    CHECK(recurrence_next(&rule, day_of(2026, 11, 23), DATE_FIRST, &day) && day == day_of(2026, 11, 24));
    CHECK(count_days("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=3", day_of(2026, 11, 23), 9) == 3);
    rule.after_first = true; // and one that matches, where it is not to be in the series
    CHECK(recurrence_next(&rule, day_of(2026, 11, 24), DATE_FIRST, &day) && day == day_of(2026, 11, 26));
    CHECK(recurrence_latest(&rule, day_of(2026, 11, 24), DATE_LAST, &day) && day == day_of(2026, 12, 3));
    CHECK(!recurrence_latest(&rule, day_of(2026, 11, 24), day_of(2026, 11, 24), &day));
}

static void test_month_ends_are_skipped_by_a_rule(void)
{
    struct recurrence rule = rule_of("FREQ=MONTHLY");
    int32_t day;
    CHECK(recurrence_next(&rule, day_of(2026, 1, 31), day_of(2026, 2, 1), &day) && day == day_of(2026, 3, 31));
    CHECK(recurrence_latest(&rule, day_of(2026, 1, 31), day_of(2026, 3, 30), &day) && day == day_of(2026, 1, 31));
}

static void test_rules_without_a_day_end(void)
{
    static const char *const empty[] = {
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",      "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4,6",   "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2",
        "FREQ=DAILY;BYDAY=MO;BYSETPOS=2",           "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-30",     "FREQ=YEARLY;BYDAY=FR;BYMONTH=1;BYSETPOS=6",
        "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=8,9,10", "FREQ=YEARLY;INTERVAL=1000000000;BYMONTH=2;BYMONTHDAY=30",
    };
    for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++) {
        struct recurrence rule = rule_of(empty[i]);
        int32_t day;
        CHECK(!recurrence_possible(&rule));
        CHECK(!recurrence_next(&rule, day_of(2026, 1, 1), day_of(2026, 1, 1), &day));
        CHECK(!recurrence_latest(&rule, day_of(2026, 1, 1), DATE_LAST, &day));
    }
    struct recurrence rule = rule_of("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29");
    int32_t day;
    CHECK(recurrence_possible(&rule)); // but not from a year that is never a leap year
    CHECK(!recurrence_next(&rule, day_of(2026, 1, 1), day_of(2026, 1, 1), &day));
    CHECK(recurrence_next(&rule, day_of(2024, 1, 1), day_of(2097, 1, 1), &day) && day == day_of(2104, 2, 29));
}

static void test_the_ends_of_the_calendar(void)
{
    int32_t day;
    struct recurrence daily = rule_of("FREQ=DAILY;INTERVAL=1000000000");
    CHECK(recurrence_next(&daily, DATE_FIRST, DATE_FIRST, &day) && day == DATE_FIRST);
    CHECK(!recurrence_next(&daily, DATE_FIRST, DATE_FIRST + 1, &day));
    struct recurrence weekly = rule_of("FREQ=WEEKLY;WKST=WE;BYDAY=MO,TU,WE,TH,FR,SA,SU");
    CHECK(recurrence_next(&weekly, DATE_FIRST, DATE_LAST, &day) && day == DATE_LAST);
    CHECK(!recurrence_next(&weekly, DATE_FIRST, DATE_LAST + 1, &day));
    CHECK(recurrence_latest(&weekly, DATE_FIRST, DATE_FIRST, &day) && day == DATE_FIRST);
    CHECK(!recurrence_latest(&weekly, DATE_FIRST, DATE_FIRST - 1, &day));
    struct recurrence yearly = rule_of("FREQ=YEARLY;INTERVAL=3");
    CHECK(recurrence_latest(&yearly, day_of(1, 12, 31), DATE_LAST, &day) && day == day_of(9997, 12, 31));
    CHECK(count_days("FREQ=MONTHLY;INTERVAL=12", day_of(9990, 5, 5), 99) == 10);
    CHECK(count_days("FREQ=DAILY;COUNT=9223372036854775807", day_of(9999, 12, 1), 99) == 31);
}

int main(void)
{
    test_random_rules_have_the_days_of_a_matcher();
    test_a_first_day_that_does_not_match_is_left_out_and_not_counted();
    test_month_ends_are_skipped_by_a_rule();
    test_rules_without_a_day_end();
    test_the_ends_of_the_calendar();
    return tap_done();
}
