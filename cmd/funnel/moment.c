// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * moment: an offset in the cell decides; without one the time is local in the run's zone. A time of the same day as the
 * one before, written the same way, is read by its last digits alone.
 */
#include "moment.h"

#include <string.h>

#include "date.h"
#include "digits.h"
#include "zone.h"

enum {
    DATE_LENGTH = 11, // with the space behind it
    NEAR_LENGTH = 19,
};

// An offset can push the first and the last day of the calendar out of it.
static bool is_in_calendar(struct zone *zone, int64_t instant)
{
    int64_t local = zone == NULL ? instant : zone_to_local(zone, instant);
    return local >= (int64_t)DATE_FIRST * DATE_DAY_SECONDS && local < ((int64_t)DATE_LAST + 1) * DATE_DAY_SECONDS;
}

static void load_date(uint64_t date[2], const char *text)
{
    memcpy(&date[0], text, sizeof date[0]);
    memcpy(&date[1], text + DATE_LENGTH - sizeof date[1], sizeof date[1]);
}

// "19:12:53", all bytes at once; gives the second of the day. False when it is no time.
static bool read_clock(const char *text, unsigned *second)
{
    const uint64_t high = 0x80 * DIGITS_EACH_ONE;
    uint64_t digits = digits_load(text, DIGITS_MOST) ^ UINT64_C(0x30303A30303A3030);
    uint64_t pairs = digits * 10 + (digits >> 8); // in the first byte of each
    // The highest bit of a byte is set where a digit is above 9 or no digit, or where something is left of a colon; and
    // where a pair is above 23 or 59, which the digits may well spoil when they are none.
    uint64_t wrong = digits | (digits + UINT64_C(0x76767F76767F7676));
    uint64_t beyond = (pairs & UINT64_C(0x00FF0000FF0000FF)) + UINT64_C(0x0044000044000068);
    *second = (unsigned)(pairs & 0xFF) * 3600 + (unsigned)(pairs >> 24 & 0xFF) * 60 + (unsigned)(pairs >> 48 & 0xFF);
    return ((wrong | (beyond & UINT64_C(0x0080000080000080))) & high) == 0;
}

// "2026-11-21 19:12:53" of the day read last. False says only that it is not that.
static bool read_near(const struct moment_day *last, struct slice cell, int64_t *local)
{
    uint64_t date[2];
    unsigned second;
    if (cell.length != NEAR_LENGTH || !last->is_known) {
        return false;
    }
    load_date(date, cell.data);
    bool is_time = read_clock(cell.data + DATE_LENGTH, &second);
    *local = last->midnight + second;
    return is_time && ((date[0] ^ last->date[0]) | (date[1] ^ last->date[1])) == 0;
}

// Only of a cell like those that read_near reads, and no word that stands for a blank begins with a date.
static void note_day(const struct cell_forms *forms, struct moment_day *last, struct slice cell,
                     const struct date_time *value)
{
    bool is_near = cell.length == NEAR_LENGTH && value->has_time && !value->has_offset && forms->nulls == NULL &&
                   cell.data[4] == '-' && cell.data[7] == '-' && cell.data[10] == ' ';
    if (is_near) {
        load_date(last->date, cell.data);
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

// Any cell.
static enum cell_result read_anew(const struct cell_forms *forms, struct slice cell, struct moment_day *last,
                                  struct moment *moment)
{
    struct date_time value;
    enum cell_result read = read_cell(forms, cell, last, &value);
    return read == CELL_OK ? make_instant(forms, &value, moment) : read;
}

enum cell_result moment_read(const struct cell_forms *forms, struct slice cell, struct moment_day *last,
                             struct moment *moment)
{
    int64_t local;
    if (last == NULL || forms->utc || !read_near(last, cell, &local)) {
        return read_anew(forms, cell, last, moment);
    }
    moment->has_time = true;
    moment->instant = forms->zone == NULL ? local : zone_to_instant(forms->zone, local);
    return CELL_OK;
}
