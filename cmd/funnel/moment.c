// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * moment: an offset in the cell decides; without one the time is local in the run's zone. A time of the same day as the
 * one before, written the same way, is read by its last digits alone.
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

// Only of a cell like those that are read by their last digits, and no word that stands for a blank begins with a date.
static void note_day(const struct cell_forms *forms, struct moment_day *last, struct slice cell,
                     const struct date_time *value)
{
    bool is_near = cell.length == MOMENT_LENGTH && value->has_time && !value->has_offset && forms->nulls == NULL &&
                   cell.data[4] == '-' && cell.data[7] == '-' && cell.data[10] == ' ';
    if (is_near) {
        moment_load_date(last->date, cell.data);
        last->midnight = (int64_t)value->day * DATE_DAY_SECONDS;
        last->is_known = true;
    }
}

static enum cell_result read_cell(const struct cell_forms *forms, struct slice cell, struct moment_day *last,
                                  struct date_time *value)
{
    if (cell_is_blank(forms, cell)) {
        return CELL_BLANK;
    }
    struct slice trimmed = slice_trim_value(cell);
    if (!date_read(trimmed, forms->dates, value)) {
        return CELL_BAD;
    }
    if (last != NULL) {
        note_day(forms, last, trimmed, value);
    }
    return CELL_OK;
}

static enum cell_result make_instant(const struct cell_forms *forms, const struct date_time *value,
                                     struct moment *moment)
{
    int64_t seconds = (int64_t)value->day * DATE_DAY_SECONDS + value->second;
    if (value->has_offset || (forms->utc && value->has_time)) {
        seconds -= value->has_offset ? value->offset : 0;
        if (!is_in_calendar(forms->zone, seconds)) {
            return CELL_BAD;
        }
    } else if (forms->zone != NULL) {
        seconds = zone_to_instant(forms->zone, seconds);
    }
    *moment = (struct moment){seconds, value->has_time};
    return CELL_OK;
}

enum cell_result moment_read_anew(const struct cell_forms *forms, struct slice cell, struct moment_day *last,
                                  struct moment *moment)
{
    struct date_time value;
    enum cell_result read = read_cell(forms, cell, last, &value);
    return read == CELL_OK ? make_instant(forms, &value, moment) : read;
}
