// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * zones: the day and the hour in several zones at one instant, a day alone in all of them, and names that are none.
 */
#include "../../cmd/remind/zones.h"

#include "date.h"
#include "tap.h"

static const char *today_in(struct zones *zones, const char *name)
{
    static char out[DATE_SIZE];
    const struct zones_place *place = zones_find(zones, slice_of(name));
    out[place->zone == NULL ? 0 : date_print(out, place->today)] = '\0';
    return out;
}

static void test_an_instant(void)
{
    struct clock clock;
    CHECK(clock_set(&clock, "2026-11-20 11:00", "UTC") == NULL);
    struct zones *zones = zones_create(&clock, NULL);
    CHECK_TEXT(today_in(zones, "Pacific/Kiritimati"), "2026-11-21");
    CHECK_TEXT(today_in(zones, "Pacific/Pago_Pago"), "2026-11-20");
    const struct zones_place *place = zones_find(zones, slice_of("Asia/Shanghai"));
    CHECK(place->has_time && place->now == clock.now + 8 * 3600);
    CHECK(zones_find(zones, slice_of("Asia/Shanghai")) == place); // opened once
    CHECK(zones_home(zones)->zone == clock.zone && zones_home(zones)->now == clock.now);
    zones_free(zones);
    zones = zones_create(&clock, "Pacific/Kiritimati");
    CHECK(zones_home(zones)->today == clock.today + 1);
    zones_free(zones);
    clock_free(&clock);
}

static void test_a_day_alone(void)
{
    struct clock clock;
    CHECK(clock_set(&clock, "2026-11-20", "UTC") == NULL && clock.whole_day);
    struct zones *zones = zones_create(&clock, NULL);
    CHECK_TEXT(today_in(zones, "Pacific/Kiritimati"), "2026-11-20");
    CHECK_TEXT(today_in(zones, "Pacific/Pago_Pago"), "2026-11-20");
    CHECK(!zones_home(zones)->has_time && !zones_find(zones, slice_of("UTC"))->has_time);
    zones_free(zones);
    clock_free(&clock);
}

static void test_no_zones(void)
{
    static const char *const names[] = {"", "Asia/Shangai", "../../etc/passwd", "/etc/localtime", "Asia", ".", " UTC"};
    struct clock clock;
    CHECK(clock_set(&clock, "2026-11-20 11:00", "UTC") == NULL);
    struct zones *zones = zones_create(&clock, "Nowhere/Land");
    CHECK(zones_home(zones)->zone == clock.zone);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        CHECK(zones_find(zones, slice_of(names[i]))->zone == NULL);
    }
    zones_free(zones);
    zones_free(NULL);
    clock_free(&clock);
}

int main(void)
{
    test_an_instant();
    test_a_day_alone();
    test_no_zones();
    return tap_done();
}
