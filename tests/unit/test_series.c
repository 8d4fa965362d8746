// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * series: next and latest against counting up, offsets, days without a year, lunar years, and the ends of the calendar.
 */
#include "../../cmd/remind/series.h"

#include "date.h"
#include "tap.h"

static int32_t day_of(int year, int month, int of_month)
{
    int32_t value = 0;
    date_from_civil((struct date_civil){year, month, of_month}, &value);
    return value;
}

// The slow way: all days of the series by period, one after the other, each moved by itself.
static bool agrees(const struct series *series, int32_t anchor, int32_t from, int32_t limit)
{
    int32_t next = DATE_LAST;
    int32_t latest = DATE_FIRST;
    for (int64_t times = series->after_anchor; times < 1650; times++) {
        int32_t day = series_at(series->period, series->leap, anchor, times);
        day = series->has_offset ? period_add_days(day, series->offset, 1) : day;
        next = day >= from && day < next ? day : next;
        latest = day <= limit && day > latest ? day : latest;
    }
    struct series_day found;
    bool there = series_next(series, anchor, from, &found);
    if (there != (next < DATE_LAST) || (there && found.day != next)) {
        return false;
    }
    there = series_latest(series, anchor, limit, &found);
    return there == (latest > DATE_FIRST) && (!there || found.day == latest);
}

static void test_next_and_latest_are_those_of_counting_up(void)
{
    static const struct period periods[] = {{0, 86400}, {0, 7 * 86400}, {1, 0}, {12, 0}, {1, 86400}, {48, 0}};
    static const struct period offsets[] = {{0, 0}, {0, -7 * 86400}, {1, 0}, {-1, 0}, {0, 40 * 86400}, {-13, 86400}};
    bool same = true;
    for (size_t i = 0; i < 6 * 6 * 4; i++) {
        struct series series = {
            .period = periods[i % 6],
            .offset = offsets[i / 6 % 6],
            .has_offset = i / 6 % 6 != 0,
            .leap = i / 36 % 2 == 0 ? SERIES_FEB28 : SERIES_MAR1,
            .after_anchor = i / 72 % 2 == 0,
        };
        for (int32_t anchor = day_of(2024, 2, 27); anchor < day_of(2024, 3, 3); anchor++) {
            for (int32_t day = anchor - 50; day < anchor + 1200; day += 101) {
                same = same && agrees(&series, anchor, day, day);
            }
        }
    }
    CHECK(same);
}

static void test_leap_days(void)
{
    struct period year = {12, 0};
    int32_t born = day_of(2000, 2, 29);
    CHECK(series_at(year, SERIES_FEB28, born, 26) == day_of(2026, 2, 28));
    CHECK(series_at(year, SERIES_MAR1, born, 26) == day_of(2026, 3, 1));
    CHECK(series_at(year, SERIES_MAR1, born, 28) == day_of(2028, 2, 29));
    CHECK(series_at(year, SERIES_MAR1, day_of(2000, 2, 28), 26) == day_of(2026, 2, 28));   // no leap day
    CHECK(series_at((struct period){1, 0}, SERIES_MAR1, born, 12) == day_of(2001, 2, 28)); // months clamp
}

static void test_far_from_the_anchor(void)
{
    struct series monthly = {.period = {1, 0}};
    struct series_day found;
    CHECK(series_latest(&monthly, day_of(1, 1, 31), day_of(9999, 12, 30), &found) && found.day == day_of(9999, 11, 30));
    CHECK(series_next(&monthly, day_of(1, 1, 31), day_of(9999, 11, 1), &found) && found.day == day_of(9999, 11, 30));
    CHECK(found.times == 9998 * 12 + 10);
    struct series yearly = {.period = {12, 0}};
    CHECK(!series_next(&yearly, day_of(2000, 6, 1), day_of(9999, 6, 2), &found)); // the calendar ends
    CHECK(!series_latest(&yearly, day_of(2000, 6, 1), day_of(2000, 5, 31), &found));
}

static void test_days_without_a_year(void)
{
    static const char *const wrong[] = {"",      "02",    "2-",     "02-30",  "13-01",
                                        "00-10", "1-1-1", "02-28x", "-02-28", "002-28"};
    int32_t anchor;
    struct series_day found;
    struct series yearly = {.period = {12, 0}, .after_anchor = true};
    CHECK(series_read_yearless(slice_of("--02-29"), false, &anchor) && series_is_yearless(anchor));
    CHECK(series_latest(&yearly, anchor, day_of(2026, 11, 21), &found) && found.day == day_of(2026, 2, 28));
    CHECK(series_latest(&yearly, anchor, day_of(2028, 11, 21), &found) && found.day == day_of(2028, 2, 29));
    CHECK(series_read_yearless(slice_of("2-30"), true, &anchor)); // a lunar month may have 30 days
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        CHECK(!series_read_yearless(slice_of(wrong[i]), false, &anchor));
    }
    CHECK(!series_is_yearless(day_of(1900, 1, 1)));
}

// Every lunar day of the year, over all years of the table: each year has it once, in order, and none is passed over.
static void test_lunar_years(void)
{
    struct series series = {.kind = SERIES_LUNAR, .after_anchor = true};
    bool same = true;
    for (int month = 1; month <= 12; month++) {
        for (int day = 1; day <= 30; day += 29) {
            int32_t anchor = series_lunar_yearless((struct lunar_day){0, month, false, day});
            struct series_day found = {.day = DATE_FIRST};
            int count = 0;
            for (int32_t from = DATE_FIRST; series_next(&series, anchor, from, &found); from = found.day + 1) {
                struct series_day back;
                struct lunar_day lunar;
                count++;
                same = same && lunar_from_day(found.day, &lunar) && lunar.month == month && !lunar.leap;
                same = same && (lunar.day == day || (day == 30 && lunar.day == 29));
                same = same && series_latest(&series, anchor, found.day, &back) && back.day == found.day;
                bool known = found.day + 200 <= day_of(2101, 1, 28);
                bool later = series_latest(&series, anchor, found.day + 200, &back);
                same = same && (known ? later && back.day == found.day : !later);
            }
            same = same && count == LUNAR_LAST_YEAR - LUNAR_FIRST_YEAR + 1;
        }
    }
    CHECK(same);
    struct series_day found;
    int32_t born = day_of(1990, 10, 3);
    CHECK(series_latest(&series, born, day_of(2026, 11, 21), &found) && found.day == day_of(2026, 9, 25));
    CHECK(found.times == 36);
    CHECK(!series_latest(&series, born, born, &found));               // the day of birth is no birthday
    CHECK(!series_latest(&series, born, day_of(2101, 6, 1), &found)); // beyond the table nothing is known
}

int main(void)
{
    test_next_and_latest_are_those_of_counting_up();
    test_leap_days();
    test_far_from_the_anchor();
    test_days_without_a_year();
    test_lunar_years();
    return tap_done();
}
