// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * moment: an offset decides, else the zone of the run; what is no time of the calendar is refused.
 */
#include "../../cmd/funnel/moment.h"
#include "tap.h"

static enum cell_result read(const struct cell_forms *forms, const char *cell, struct moment *moment)
{
    return moment_read(forms, slice_of(cell), moment);
}

int main(void)
{
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
