// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * moment: an offset decides, else the zone of the run; what is no time of the calendar is refused.
 */
#include "../../cmd/funnel/moment.h"

#include <string.h>

#include "tap.h"

static enum cell_result read(const struct cell_forms *forms, const char *cell, struct moment *moment)
{
    return moment_read(forms, slice_of(cell), NULL, moment);
}

// Whatever was read before, a cell says the same.
static void test_what_was_read_before(void)
{
    static const char *const cells[] = {
        "2026-03-28 23:59:59", "2026-03-29 02:30:00", "2026-03-29 24:00:00",
        "2026-03-29 03:60:00", "2026-03-29 03:00:60", "2026-03-29 03:00:0x",
        "2026-03-29T03:00:00", "2026-03-29 3:00:00",  "2026-03-29",
        "2026-03-30 00:00:00", "2026-03-30 00:00-00", "2026-03-30 00:00:00Z",
        "2026-02-29 00:00:00", "2026/03/29 00:00:00", " 2026-03-29 00:00:01",
        "2026-03-29 -1:00:01", "1774742400",          "-",
    };
    size_t count = sizeof cells / sizeof cells[0];
    struct zone *zone = zone_open("Europe/Berlin");
    struct slice null = slice_of("2026-03-30 00:00:00");
    bool same = true;
    for (size_t i = 0; i < count * count * 5; i++) {
        struct cell_forms forms = {.decimal = '.', .zone = i % 2 == 0 ? zone : NULL, .dates = (enum date_order)(i % 5)};
        forms.utc = i % 3 == 0;
        forms.nulls = i % 7 == 0 ? &null : NULL;
        forms.null_count = i % 7 == 0 ? 1 : 0;
        struct moment_day last = {.is_known = false};
        struct moment moment = {1, false};
        struct moment expected = {1, false};
        moment_read(&forms, slice_of(cells[i / 5 / count]), &last, &expected);
        expected = moment;
        struct slice cell = slice_of(cells[i / 5 % count]);
        same = moment_read(&forms, cell, &last, &moment) == moment_read(&forms, cell, NULL, &expected) &&
               moment.instant == expected.instant && moment.has_time == expected.has_time && same;
    }
    CHECK(same);
    zone_free(zone);
}

// Every byte at every place of a time of the same day says what it says alone.
static void test_each_byte(void)
{
    static const char *const times[] = {"2026-03-29 19:12:53", "2026-03-29 23:59:59", "2026-03-29 00:00:00"};
    struct cell_forms forms = {.decimal = '.'};
    struct moment_day last = {.is_known = false};
    size_t differ = 0;
    for (size_t i = 0; i < 3 * 19 * 255; i++) {
        char text[20];
        struct moment moment = {1, false};
        struct moment expected = {1, false};
        memcpy(text, times[i % 3], sizeof text);
        moment_read(&forms, slice_of(text), &last, &moment);
        moment = expected;
        text[i / 3 % 19] = (char)(i / 3 / 19 + 1);
        struct slice cell = {text, 19};
        differ += moment_read(&forms, cell, &last, &moment) != moment_read(&forms, cell, NULL, &expected) ||
                  moment.instant != expected.instant || moment.has_time != expected.has_time;
    }
    CHECK(differ == 0);
}

int main(void)
{
    test_what_was_read_before();
    test_each_byte();
    struct cell_forms forms = {.decimal = '.'};
    struct moment moment = {7, true};
    CHECK(read(&forms, "1970-01-02", &moment) == CELL_OK && moment.instant == 86400 && !moment.has_time);
    CHECK(read(&forms, " 1970-01-01 00:00:05 ", &moment) == CELL_OK && moment.instant == 5 && moment.has_time);
    CHECK(read(&forms, "1970-01-01T08:00:00+08:00", &moment) == CELL_OK && moment.instant == 0);
    moment.instant = 7;
    CHECK(read(&forms, " - ", &moment) == CELL_BLANK && moment.instant == 7);
    CHECK(read(&forms, "soon", &moment) == CELL_BAD);
    CHECK(read(&forms, "0001-01-01T00:00:00+01:00", &moment) == CELL_BAD);
    CHECK(read(&forms, "9999-12-31T23:30:00-01:00", &moment) == CELL_BAD);
    CHECK(read(&forms, "9999-12-31T23:30:00", &moment) == CELL_OK);

    struct zone *zone = zone_open("Europe/Berlin");
    if (CHECK(zone != NULL)) {
        forms.zone = zone;
        struct moment other;
        CHECK(read(&forms, "2026-07-01 12:00", &moment) == CELL_OK);
        CHECK(read(&forms, "2026-07-01T10:00:00Z", &other) == CELL_OK && other.instant == moment.instant);
        // 02:30 comes twice; with offsets both are told apart.
        CHECK(read(&forms, "2026-10-25T00:30:00Z", &moment) == CELL_OK);
        CHECK(read(&forms, "2026-10-25T01:30:00Z", &other) == CELL_OK && other.instant == moment.instant + 3600);
        zone_free(zone);
    }
    return tap_done();
}
