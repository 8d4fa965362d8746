// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * quiet: hours over midnight and within a day, their edges, published cases by their ids; every minute of two days
 * against a walk to the end of the quiet.
 */
#include "../../cmd/remind/quiet.h"

#include "date.h"
#include "tap.h"

static const char *moved(const char *hours, const char *at)
{
    static char out[DATE_SIZE];
    struct date_time time;
    struct quiet quiet = {0};
    CHECK(quiet_read(slice_of(hours), &quiet) && date_read(slice_of(at), DATE_YMD, &time));
    out[date_print_time(out, quiet_end(&quiet, (int64_t)time.day * DATE_DAY_SECONDS + time.second))] = '\0';
    return out;
}

static void test_published_cases(void)
{
    CHECK_TEXT(moved("22:00-06:00", "2026-11-23 05:30"), "2026-11-23 06:00:00"); // quiet_hours-001
    CHECK_TEXT(moved("22:00-06:00", "2026-11-23 22:00"), "2026-11-24 06:00:00"); // quiet_hours-002: start included
    CHECK_TEXT(moved("22:00-06:00", "2026-11-23 06:00"), "2026-11-23 06:00:00"); // quiet_hours-003: end excluded
}

static void test_within_a_day_and_at_its_ends(void)
{
    CHECK_TEXT(moved("12:00-14:00", "2026-11-23 13:00"), "2026-11-23 14:00:00");
    CHECK_TEXT(moved("12:00-14:00", "2026-11-23 11:59:59"), "2026-11-23 11:59:59");
    CHECK_TEXT(moved("12:00-14:00", "2026-11-23 14:00"), "2026-11-23 14:00:00");
    CHECK_TEXT(moved("21:00-24:00", "2026-12-31 23:59:59"), "2027-01-01 00:00:00");
    CHECK_TEXT(moved("00:00-08:00", "2026-11-23 00:00"), "2026-11-23 08:00:00");
    CHECK_TEXT(moved("21:00-08:00", "1969-12-31 23:00"), "1970-01-01 08:00:00");
    CHECK_TEXT(moved("21:00-08:00", "1969-12-31 01:00"), "1969-12-31 08:00:00");
}

static void test_texts(void)
{
    static const char *const bad[] = {
        "",      "21:00",       "21:00-",      "-08:00", "21:00-21:00",      "25:00-08:00",
        "21-08", "21:00-08:60", "24:00-08:00", "night",  "21:00-08:00-09:00"};
    struct quiet quiet = {7, 8};
    int32_t second = 5;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CHECK(!quiet_read(slice_of(bad[i]), &quiet) && quiet.from == 7 && quiet.until == 8);
    }
    CHECK(quiet_read(slice_of(" 21:00 - 8:30 "), &quiet) && quiet.from == 75600 && quiet.until == 30600);
    CHECK(quiet_read_time(slice_of("10:00"), &second) && second == 36000);
    CHECK(quiet_read_time(slice_of("00:00"), &second) && second == 0);
    CHECK(!quiet_read_time(slice_of("10"), &second) && !quiet_read_time(slice_of(""), &second));
    CHECK(!quiet_read_time(slice_of("24:00"), &second) && !quiet_read_time(slice_of("10:00Z"), &second));
}

static void test_every_minute(void)
{
    static const char *const hours[] = {"21:00-08:00", "12:00-13:30", "00:00-23:59", "23:59-00:00", "08:01-08:00"};
    bool same = true;
    for (size_t i = 0; i < sizeof hours / sizeof hours[0]; i++) {
        struct quiet quiet;
        same = quiet_read(slice_of(hours[i]), &quiet) && same;
        for (int64_t at = 0; at < 2 * DATE_DAY_SECONDS; at += 60) {
            int64_t end = at;
            for (;; end += 60) {
                int64_t second = end % DATE_DAY_SECONDS;
                bool is_quiet = quiet.from < quiet.until ? second >= quiet.from && second < quiet.until
                                                         : second >= quiet.from || second < quiet.until;
                if (!is_quiet) {
                    break;
                }
            }
            same = quiet_end(&quiet, at) == end && same;
        }
    }
    CHECK(same);
}

int main(void)
{
    test_published_cases();
    test_within_a_day_and_at_its_ends();
    test_texts();
    test_every_minute();
    return tap_done();
}
