// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lunar: every day of the table there and back, published dates, what custom does with days a year has not, and where
 * the table ends.
 */
#include "../../cmd/remind/lunar.h"

#include "date.h"
#include "tap.h"

static int32_t day_of(int year, int month, int of_month)
{
    int32_t value = 0;
    date_from_civil((struct date_civil){year, month, of_month}, &value);
    return value;
}

static int32_t solar(int year, int month, bool leap, int day)
{
    int32_t value;
    return lunar_to_day((struct lunar_day){year, month, leap, day}, &value) ? value : 0;
}

static bool follows(struct lunar_day a, struct lunar_day b)
{
    if (b.day != 1) {
        return b.day == a.day + 1 && b.month == a.month && b.leap == a.leap && b.year == a.year;
    }
    bool next_month =
        b.year == a.year && ((b.month == a.month + 1 && !b.leap) || (b.month == a.month && b.leap && !a.leap));
    bool next_year = b.year == a.year + 1 && b.month == 1 && a.month == 12 && !b.leap;
    return (a.day == 29 || a.day == 30) && (next_month || next_year);
}

static void test_every_day_there_and_back(void)
{
    struct lunar_day before = {0};
    int years = 0;
    bool same = true;
    for (int32_t day = day_of(1900, 1, 31); day <= day_of(2101, 1, 28); day++) {
        struct lunar_day lunar;
        int32_t back;
        same = same && lunar_from_day(day, &lunar) && lunar_to_day(lunar, &back) && back == day;
        same = same && (before.year == 0 || follows(before, lunar));
        years += lunar.month == 1 && lunar.day == 1 && !lunar.leap;
        before = lunar;
    }
    CHECK(same);
    CHECK(years == 201);
}

static void test_dates_as_published(void)
{
    CHECK(solar(1970, 1, false, 1) == day_of(1970, 2, 6));
    CHECK(solar(1985, 1, false, 1) == day_of(1985, 2, 20));
    CHECK(solar(2000, 1, false, 1) == day_of(2000, 2, 5));
    CHECK(solar(2023, 2, true, 1) == day_of(2023, 3, 22));
    CHECK(solar(2024, 1, false, 1) == day_of(2024, 2, 10));
    CHECK(solar(2026, 1, false, 1) == day_of(2026, 2, 17));
    CHECK(solar(2026, 5, false, 5) == day_of(2026, 6, 19));  // dragon boats
    CHECK(solar(2025, 8, false, 15) == day_of(2025, 10, 6)); // mid-autumn
    CHECK(solar(2025, 6, false, 1) == day_of(2025, 6, 25));
    CHECK(solar(2025, 6, true, 1) == day_of(2025, 7, 25));
    CHECK(solar(2033, 11, true, 1) == day_of(2033, 12, 22)); // the leap month that many tables had wrong
    CHECK(solar(1978, 8, false, 15) == day_of(1978, 9, 17));
}

static void test_days_a_year_has_not(void)
{
    int32_t day;
    CHECK(!lunar_to_day((struct lunar_day){2025, 12, false, 30}, &day)); // 29 days that year
    CHECK(lunar_in_year((struct lunar_day){0, 12, false, 30}, 2025, &day) && day == day_of(2026, 2, 16));
    CHECK(!lunar_to_day((struct lunar_day){2026, 6, true, 1}, &day)); // no leap month
    CHECK(lunar_in_year((struct lunar_day){2025, 6, true, 1}, 2026, &day) && day == solar(2026, 6, false, 1));
    CHECK(lunar_in_year((struct lunar_day){2025, 6, true, 1}, 2025, &day) && day == solar(2025, 6, true, 1));
}

static void test_where_the_table_ends(void)
{
    struct lunar_day lunar;
    int32_t day;
    CHECK(!lunar_from_day(day_of(1900, 1, 30), &lunar) && !lunar_from_day(day_of(2101, 1, 29), &lunar));
    CHECK(!lunar_from_day(DATE_FIRST, &lunar) && !lunar_from_day(DATE_LAST, &lunar));
    CHECK(!lunar_to_day((struct lunar_day){1899, 12, false, 1}, &day));
    CHECK(!lunar_to_day((struct lunar_day){2101, 1, false, 1}, &day));
    CHECK(!lunar_in_year((struct lunar_day){0, 1, false, 1}, 2101, &day));
}

static bool reads(const char *text, struct lunar_day expected)
{
    struct lunar_day lunar;
    return lunar_read(slice_of(text), &lunar) && lunar.year == expected.year && lunar.month == expected.month &&
           lunar.leap == expected.leap && lunar.day == expected.day;
}

static bool prints(struct lunar_day lunar, const char *expected)
{
    char out[LUNAR_SIZE];
    size_t length = lunar_print(out, lunar);
    return slice_is((struct slice){out, length}, expected);
}

static void test_how_it_is_written(void)
{
    static const char *const wrong[] = {
        "lunar",           "lunar ",   "08-15",         "lunar 13-01",       "lunar 08-31",  "lunar 00-10",
        "lunar 08-15x",    "lunar 08", "lunar 2025-08", "lunar 2025L-08-01", "lunar -08-15", "lunar 08L",
        "lunar 025-08-01", ""};
    struct lunar_day lunar;
    CHECK(reads("lunar 08-15", (struct lunar_day){0, 8, false, 15}));
    CHECK(reads("农历8-15", (struct lunar_day){0, 8, false, 15}));
    CHECK(reads("lunar 2025-06L-01", (struct lunar_day){2025, 6, true, 1}));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        CHECK(!lunar_read(slice_of(wrong[i]), &lunar));
    }
    CHECK(prints((struct lunar_day){2025, 6, true, 1}, "06L-01"));
    CHECK(prints((struct lunar_day){0, 12, false, 30}, "12-30"));
}

int main(void)
{
    test_every_day_there_and_back();
    test_dates_as_published();
    test_days_a_year_has_not();
    test_where_the_table_ends();
    test_how_it_is_written();
    return tap_done();
}
