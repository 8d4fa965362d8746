// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * calendar: known days, and for every day of some years that periods follow each other without a gap.
 */
#include "../../cmd/funnel/calendar.h"

#include "date.h"
#include "tap.h"

static int32_t day(int year, int month, int number)
{
    int32_t result = 0;
    CHECK(date_from_civil((struct date_civil){year, month, number}, &result));
    return result;
}

static void test_known_days(void)
{
    struct calendar week = {CALENDAR_WEEK, CALENDAR_MONDAY};
    struct calendar sunday = {CALENDAR_WEEK, CALENDAR_SUNDAY};
    struct calendar month = {CALENDAR_MONTH, CALENDAR_MONDAY};
    int32_t saturday = day(2026, 11, 21);
    CHECK(calendar_first_day(&week, calendar_number(&week, saturday)) == day(2026, 11, 16));
    CHECK(calendar_first_day(&week, calendar_number(&week, saturday + 1)) == day(2026, 11, 16));
    CHECK(calendar_first_day(&sunday, calendar_number(&sunday, saturday)) == day(2026, 11, 15));
    CHECK(calendar_first_day(&sunday, calendar_number(&sunday, saturday + 1)) == saturday + 1);
    CHECK(calendar_first_day(&month, calendar_number(&month, saturday)) == day(2026, 11, 1));
    CHECK(calendar_number(&month, day(2027, 1, 1)) == calendar_number(&month, day(2026, 12, 31)) + 1);
    CHECK(calendar_day(-1) == -1 && calendar_day(0) == 0 && calendar_day(86400) == 1);
}

// Each day is in the period of the day before or begins the next one, which then has it as its first day.
static bool follows(const struct calendar *calendar, int32_t at)
{
    int32_t before = calendar_number(calendar, at - 1);
    int32_t number = calendar_number(calendar, at);
    return number == before ? calendar_first_day(calendar, number) < at
                            : number == before + 1 && calendar_first_day(calendar, number) == at;
}

static void test_no_gap(void)
{
    for (int period = CALENDAR_DAY; period <= CALENDAR_MONTH; period++) {
        for (int start = CALENDAR_MONDAY; start <= CALENDAR_SUNDAY; start++) {
            struct calendar calendar = {(enum calendar_period)period, (enum calendar_week_start)start};
            int bad = 0;
            for (int32_t at = -3000; at < 3000; at++) {
                bad += !follows(&calendar, at);
            }
            CHECK(bad == 0);
        }
    }
}

// A day is over with its last second; the week and the month of a day with their last day.
static void test_over(void)
{
    struct calendar days = {CALENDAR_DAY, CALENDAR_MONDAY};
    struct calendar month = {CALENDAR_MONTH, CALENDAR_MONDAY};
    int32_t last = day(2026, 10, 31);
    int64_t end = (int64_t)(last + 1) * DATE_DAY_SECONDS - 1;
    struct clock clock = {.today = last, .now = end};
    CHECK(calendar_last_over(&days, &clock) == last);
    CHECK(calendar_last_over(&month, &clock) == calendar_number(&month, last));
    clock.now = end - 1;
    CHECK(calendar_last_over(&days, &clock) == last - 1);
    CHECK(calendar_last_over(&month, &clock) == calendar_number(&month, last) - 1);
}

int main(void)
{
    test_known_days();
    test_no_gap();
    test_over();
    return tap_done();
}
