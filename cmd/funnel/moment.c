// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * moment: an offset in the cell decides; without one the time is local in the run's zone. A time of the same day as the
 * one before, written the same way, is read by its last digits alone.
 */
#include "moment.h"

#include <string.h>

#include "date.h"
#include "zone.h"

enum { NEAR_LENGTH = 19 };

// An offset can push the first and the last day of the calendar out of it.
static bool is_in_calendar(struct zone *zone, int64_t instant)
{
    int64_t local = zone == NULL ? instant : zone_to_local(zone, instant);
    return local >= (int64_t)DATE_FIRST * DATE_DAY_SECONDS && local < ((int64_t)DATE_LAST + 1) * DATE_DAY_SECONDS;
}

// Two digits, or a number above 99.
static unsigned two_digits(const char *text)
{
    unsigned tens = (unsigned)(unsigned char)text[0] - '0';
    unsigned ones = (unsigned)(unsigned char)text[1] - '0';
    return tens > 9 || ones > 9 ? 100 : tens * 10 + ones;
}

// "2026-11-21 19:12:53" of the day read last. False says only that it is not that.
static bool read_near(const struct moment_day *last, struct slice cell, struct date_time *value)
{
    const char *text = cell.data;
    if (cell.length != NEAR_LENGTH || !last->is_known || memcmp(text, last->date, sizeof last->date) != 0) {
        return false;
    }
    unsigned hour = two_digits(text + 11);
    unsigned minute = two_digits(text + 14);
    unsigned second = two_digits(text + 17);
    *value =
        (struct date_time){.day = last->day, .second = (int32_t)(hour * 3600 + minute * 60 + second), .has_time = true};
    return text[10] == ' ' && text[13] == ':' && text[16] == ':' && hour < 24 && minute < 60 && second < 60;
}

// Only of a cell like those that read_near reads, and no word that stands for a blank begins with a date.
static void note_day(const struct cell_forms *forms, struct moment_day *last, struct slice cell,
                     const struct date_time *value)
{
    bool is_near = cell.length == NEAR_LENGTH && value->has_time && !value->has_offset && forms->nulls == NULL &&
                   cell.data[4] == '-' && cell.data[7] == '-' && cell.data[10] == ' ';
    if (is_near) {
        memcpy(last->date, cell.data, sizeof last->date);
        last->day = value->day;
        last->is_known = true;
    }
}

static enum cell_result read_cell(const struct cell_forms *forms, struct slice cell, struct moment_day *last,
                                  struct date_time *value)
{
    if (last != NULL && read_near(last, cell, value)) {
        return CELL_OK;
    }
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

enum cell_result moment_read(const struct cell_forms *forms, struct slice cell, struct moment_day *last,
                             struct moment *moment)
{
    struct date_time value;
    enum cell_result read = read_cell(forms, cell, last, &value);
    if (read != CELL_OK) {
        return read;
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
