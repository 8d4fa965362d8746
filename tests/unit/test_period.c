// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Periods: how they are written, how they are counted from an anchor, how they are printed.
 */
#include "period.h"

#include "date.h"
#include "tap.h"

static struct period read_as(const char *text)
{
    struct period value = {-999, -999};
    return period_read(slice_of(text), &value) ? value : (struct period){-1, -1};
}

static bool is(const char *text, int64_t months, int64_t seconds)
{
    struct period value = {0, 0};
    return period_read(slice_of(text), &value) && value.months == months && value.seconds == seconds;
}

static void reads_units(void)
{
    CHECK(is("90d", 0, 90 * 86400));
    CHECK(is("2w", 0, 14 * 86400));
    CHECK(is("1m", 1, 0));
    CHECK(is("1y", 12, 0));
    CHECK(is("36h", 0, 36 * 3600));
    CHECK(is("15min", 0, 900));
    CHECK(is("10s", 0, 10));
    CHECK(is("0d", 0, 0));
    CHECK(is("1y6m", 18, 0));
    CHECK(is("1d12h30min5s", 0, 86400 + 12 * 3600 + 1800 + 5));
    CHECK(is("1m15min", 1, 900));
    CHECK(is("-3d", 0, -3 * 86400));
    CHECK(is("-1m2d", -1, -2 * 86400));
    CHECK(is(" 7d ", 0, 7 * 86400));
    CHECK(is("007d", 0, 7 * 86400));
}

static void reads_iso_8601(void)
{
    CHECK(is("P1Y2M10DT2H30M", 14, 10 * 86400 + 2 * 3600 + 1800));
    CHECK(is("P2W", 0, 14 * 86400));
    CHECK(is("P1M", 1, 0));
    CHECK(is("PT1M", 0, 60));
    CHECK(is("PT36H", 0, 36 * 3600));
    CHECK(is("PT0S", 0, 0));
    CHECK(is("P1DT1S", 0, 86401));
    CHECK(is("-P1Y", -12, 0));
}

static void refuses_the_rest(void)
{
    const char *const bad[] = {"",
                               " ",
                               "-",
                               "90",
                               "d",
                               "90 d",
                               "90D",
                               "1.5h",
                               "--3d",
                               "3d-",
                               "1d-2h",
                               "+3d",
                               "1x",
                               "1mi",
                               "1minute",
                               "90days",
                               "P",
                               "PT",
                               "P1",
                               "P1H",
                               "P1DT",
                               "PT1D",
                               "P1D1Y",
                               "P1Y1Y",
                               "p1d",
                               "PT1.5S",
                               "P-1D",
                               "P1y",
                               "P1YT",
                               "1dP1D",
                               "99999999999999999999d",
                               "9223372036854775807y",
                               "10001y",
                               "4000000d",
                               "9999y9999y",
                               "PT9223372036854775807S",
                               "18446744073709551616d"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct period value = {5, 6};
        if (!CHECK(!period_read(slice_of(bad[i]), &value) && value.months == 5 && value.seconds == 6)) {
            printf("# '%s'\n", bad[i]);
        }
    }
    CHECK(is("10000y", 120000, 0));
    CHECK(is("3660000d", 0, INT64_C(3660000) * 86400));
}

static void knows_what_is_positive(void)
{
    CHECK(period_positive(read_as("1d")));
    CHECK(period_positive(read_as("1y1d")));
    CHECK(!period_positive(read_as("0d")));
    CHECK(!period_positive(read_as("-1d")));
    CHECK(!period_positive((struct period){1, -1}));
    CHECK(!period_positive((struct period){-1, 1}));
}

static const char *day_after(const char *anchor, const char *period, int64_t count)
{
    static char out[DATE_SIZE];
    struct date_time value;
    date_read(slice_of(anchor), DATE_YMD, &value);
    date_print(out, period_add_days(value.day, read_as(period), count));
    return out;
}

static void counts_days_from_the_anchor(void)
{
    CHECK_TEXT(day_after("2026-01-31", "1m", 1), "2026-02-28");
    CHECK_TEXT(day_after("2026-01-31", "1m", 2), "2026-03-31");
    CHECK_TEXT(day_after("2024-02-29", "1y", 1), "2025-02-28");
    CHECK_TEXT(day_after("2024-02-29", "1y", 4), "2028-02-29");
    CHECK_TEXT(day_after("2026-01-31", "1m1d", 1), "2026-03-01");
    CHECK_TEXT(day_after("2026-01-31", "90d", 0), "2026-01-31");
    CHECK_TEXT(day_after("2026-01-31", "2w", -1), "2026-01-17");
    CHECK_TEXT(day_after("2026-01-31", "1y", INT64_MAX), "9999-12-31");
    CHECK_TEXT(day_after("2026-01-31", "1d", INT64_MIN), "0001-01-01");
    CHECK_TEXT(day_after("2026-01-31", "-1d", INT64_MIN), "9999-12-31");
    CHECK(period_whole_days(read_as("2w")) && period_whole_days(read_as("1y")) && period_whole_days(read_as("24h")));
    CHECK(!period_whole_days(read_as("36h")) && !period_whole_days(read_as("1d1s")));
}

static const char *time_after(const char *anchor, const char *period, int64_t count)
{
    static char out[DATE_SIZE];
    struct date_time value;
    date_read(slice_of(anchor), DATE_YMD, &value);
    int64_t local = (int64_t)value.day * DATE_DAY_SECONDS + value.second;
    date_print_time(out, period_add(local, read_as(period), count));
    return out;
}

static void counts_times_from_the_anchor(void)
{
    CHECK_TEXT(time_after("2026-01-31 08:00", "1m", 1), "2026-02-28 08:00:00");
    CHECK_TEXT(time_after("2026-01-31 08:00", "36h", 1), "2026-02-01 20:00:00");
    CHECK_TEXT(time_after("2026-01-31 08:00", "1m36h", 1), "2026-03-01 20:00:00");
    CHECK_TEXT(time_after("1969-12-31 23:00", "1m", -1), "1969-11-30 23:00:00");
    CHECK_TEXT(time_after("2026-01-31 08:00", "10s", INT64_MAX), "9999-12-31 23:59:59");
    CHECK_TEXT(time_after("2026-01-31 08:00", "1y1s", INT64_MIN), "0001-01-01 00:00:00");
}

static void becomes_days_of_a_rate(void)
{
    CHECK(period_days(read_as("1w")) == 7);
    CHECK(period_days(read_as("1m")) == 30.4375);
    CHECK(period_days(read_as("1y")) == 365.25);
    CHECK(period_days(read_as("36h")) == 1.5);
    CHECK(period_days(read_as("-1y1d")) == -366.25);
}

static const char *printed(const char *text)
{
    static char out[PERIOD_SIZE];
    size_t length = period_print(out, read_as(text));
    return length == strlen(out) ? out : "wrong length";
}

static void prints_in_the_shortest_form(void)
{
    CHECK_TEXT(printed("90d"), "90d");
    CHECK_TEXT(printed("7d"), "7d");
    CHECK_TEXT(printed("1w"), "7d");
    CHECK_TEXT(printed("14d"), "2w");
    CHECK_TEXT(printed("70d"), "70d");
    CHECK_TEXT(printed("700d"), "700d");
    CHECK_TEXT(printed("24h"), "1d");
    CHECK_TEXT(printed("1d12h"), "36h");
    CHECK_TEXT(printed("90min"), "90min");
    CHECK_TEXT(printed("60min"), "1h");
    CHECK_TEXT(printed("61s"), "61s");
    CHECK_TEXT(printed("18m"), "1y6m");
    CHECK_TEXT(printed("12m"), "1y");
    CHECK_TEXT(printed("1m1d"), "1m1d");
    CHECK_TEXT(printed("P0D"), "0d");
    CHECK_TEXT(printed("-1y6m2d"), "-1y6m2d");
    CHECK_TEXT(printed("-3d"), "-3d");
    CHECK_TEXT(printed("10000y"), "10000y");
}

static void what_is_printed_reads_back(void)
{
    int wrong = 0;
    for (int64_t months = 0; months < 30; months++) {
        for (int64_t seconds = 0; seconds < 900000; seconds += 1801) {
            for (int64_t sign = -1; sign <= 1; sign += 2) {
                char out[PERIOD_SIZE];
                period_print(out, (struct period){sign * months, sign * seconds});
                wrong += !is(out, sign * months, sign * seconds);
            }
        }
    }
    CHECK(wrong == 0);
}

int main(void)
{
    reads_units();
    reads_iso_8601();
    refuses_the_rest();
    knows_what_is_positive();
    counts_days_from_the_anchor();
    counts_times_from_the_anchor();
    becomes_days_of_a_rate();
    prints_in_the_shortest_form();
    what_is_printed_reads_back();
    return tap_done();
}
