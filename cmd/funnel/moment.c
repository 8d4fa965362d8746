// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * moment: an offset in the cell decides; without one the time is local in the run's zone.
 */
#include "moment.h"

#include "date.h"
#include "zone.h"

// An offset can push the first and the last day of the calendar out of it.
static bool is_in_calendar(struct zone *zone, int64_t instant)
{
    int64_t local = zone == NULL ? instant : zone_to_local(zone, instant);
    return local >= (int64_t)DATE_FIRST * DATE_DAY_SECONDS && local < ((int64_t)DATE_LAST + 1) * DATE_DAY_SECONDS;
}

enum cell_result moment_read(const struct cell_forms *forms, struct slice cell, struct moment *moment)
{
    if (cell_is_blank(forms, cell)) {
        return CELL_BLANK;
    }
    struct date_time value;
    if (!date_read(slice_trim_value(cell), forms->dates, &value)) {
        return CELL_BAD;
    }
    int64_t seconds = (int64_t)value.day * DATE_DAY_SECONDS + value.second;
    if (value.has_offset || (forms->utc && value.has_time)) {
        seconds -= value.has_offset ? value.offset : 0;
        if (!is_in_calendar(forms->zone, seconds)) {
            return CELL_BAD;
        }
    } else if (forms->zone != NULL) {
        seconds = zone_to_instant(forms->zone, seconds);
    }
    *moment = (struct moment){seconds, value.has_time};
    return CELL_OK;
}
