// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The clock: what --today and --time-zone may say, and what follows.
 */
#include "clock.h"

#include <stdlib.h>
#include <time.h>

#include "date.h"
#include "tap.h"

// "today now", as text.
static const char *set(const char *today, const char *zone)
{
    static char out[64];
    char day[DATE_SIZE];
    char now[DATE_SIZE];
    struct clock clock;
    const char *wrong = clock_set(&clock, today, zone);
    if (wrong != NULL) {
        return clock.zone == NULL ? wrong : "left something";
    }
    date_print(day, clock.today);
    date_print_time(now, clock.now);
    snprintf(out, sizeof out, "%s %s", day, now);
    clock_free(&clock);
    return out;
}

static void a_date_means_the_end_of_that_day(void)
{
    CHECK_TEXT(set("2026-11-21", "UTC"), "2026-11-21 2026-11-21 23:59:59");
    CHECK_TEXT(set("2026/11/21", "UTC"), "2026-11-21 2026-11-21 23:59:59");
}

static void a_time_is_taken_as_it_is(void)
{
    CHECK_TEXT(set("2026-11-21 08:30", "UTC"), "2026-11-21 2026-11-21 08:30:00");
    CHECK_TEXT(set("2026-11-21T08:30:01", "UTC"), "2026-11-21 2026-11-21 08:30:01");
    CHECK_TEXT(set("2026-11-21 00:00", "UTC"), "2026-11-21 2026-11-21 00:00:00");
}

static void a_zoned_time_is_taken_to_the_zone(void)
{
    CHECK_TEXT(set("2026-11-21T00:30:00+08:00", "UTC"), "2026-11-20 2026-11-20 16:30:00");
    CHECK_TEXT(set("1969-12-31T23:59:59Z", "UTC"), "1969-12-31 1969-12-31 23:59:59");
}

static void what_is_wrong_is_said(void)
{
    CHECK_TEXT(set("yesterday", "UTC"), "not a date or time");
    CHECK_TEXT(set("", "UTC"), "not a date or time");
    CHECK_TEXT(set("2026-02-30", "UTC"), "not a date or time");
    CHECK_TEXT(set("03/04/2026", "UTC"), "not a date or time");
    CHECK_TEXT(set("2026-11-21", "Nowhere/Land"), "unknown time zone");
    CHECK_TEXT(set(NULL, "../etc/passwd"), "unknown time zone");
}

static void without_today_it_is_the_system_time(void)
{
    struct clock clock;
    int64_t before = (int64_t)time(NULL);
    CHECK(clock_set(&clock, NULL, "UTC") == NULL);
    CHECK(clock.now >= before && clock.now <= (int64_t)time(NULL));
    CHECK(clock.today == clock.now / DATE_DAY_SECONDS);
    clock_free(&clock);
    setenv("TZ", "CST-8", 1);
    before = (int64_t)time(NULL) + 8 * 3600;
    CHECK(clock_set(&clock, NULL, NULL) == NULL);
    CHECK(clock.now >= before && clock.now <= before + 60);
    clock_free(&clock);
}

static void knows_what_has_happened(void)
{
    struct clock clock;
    CHECK(clock_set(&clock, "1970-01-01", "UTC") == NULL);
    CHECK(clock_knows(&clock, 86399));
    CHECK(!clock_knows(&clock, 86400));
    clock_free(&clock);
    clock_free(&clock);
}

int main(void)
{
    a_date_means_the_end_of_that_day();
    a_time_is_taken_as_it_is();
    a_zoned_time_is_taken_to_the_zone();
    what_is_wrong_is_said();
    without_today_it_is_the_system_time();
    knows_what_has_happened();
    return tap_done();
}
