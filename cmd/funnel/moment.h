// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * moment: a cell read as an instant, so that times of different zones, and those of a repeated hour, keep their
 * distance.
 */
#ifndef MOMENT_H
#define MOMENT_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "cell.h"
#include "digits.h"
#include "slice.h"
#include "zone.h"

struct moment {
    int64_t instant; // seconds since 1970-01-01 00:00 UTC; a date alone is its midnight in the run's zone
    bool has_time;
};

// The day that was read last, as most logs have many times of one day after each other. The zero value has none. Good
// for one run, with the same forms.
struct moment_day {
    uint64_t date[2]; // "2026-11-21 ", as its first and its last eight bytes
    int64_t midnight; // local seconds since 1970
    bool is_known;
};

// Of any cell, the slower way. `last` may be NULL.
enum cell_result moment_read_anew(const struct cell_forms *forms, struct slice cell, struct moment_day *last,
                                  struct moment *moment);

enum { MOMENT_DATE_LENGTH = 11, MOMENT_LENGTH = 19 }; // of a date with the space behind it, and of a date and time

static inline void moment_load_date(uint64_t date[2], const char *text)
{
    memcpy(&date[0], text, sizeof date[0]);
    memcpy(&date[1], text + MOMENT_DATE_LENGTH - sizeof date[1], sizeof date[1]);
}

// "19:12:53", all bytes at once; gives the second of the day. False when it is no time.
static inline bool moment_read_clock(const char *text, unsigned *second)
{
    uint64_t digits = digits_load(text, DIGITS_MOST) ^ UINT64_C(0x30303A30303A3030);
    uint64_t pairs = digits * 10 + (digits >> 8); // in the first byte of each
    // The highest bit of a byte is set where a digit is above 9 or no digit, or where something is left of a colon; and
    // where a pair is above 23 or 59, which the digits may well spoil when they are none.
    uint64_t wrong = digits | (digits + UINT64_C(0x76767F76767F7676));
    uint64_t beyond = (pairs & UINT64_C(0x00FF0000FF0000FF)) + UINT64_C(0x0044000044000068);
    *second = (unsigned)(pairs & 0xFF) * 3600 + (unsigned)(pairs >> 24 & 0xFF) * 60 + (unsigned)(pairs >> 48 & 0xFF);
    return ((wrong & UINT64_C(0x8080808080808080)) | (beyond & UINT64_C(0x0080000080000080))) == 0;
}

// The instant that a cell tells. "2026-11-21 19:12:53" of the day read last is read here, by its last digits alone.
static inline enum cell_result moment_read(const struct cell_forms *forms, struct slice cell, struct moment_day *last,
                                           struct moment *moment)
{
    if (last == NULL || !last->is_known || forms->utc || cell.length != MOMENT_LENGTH) {
        return moment_read_anew(forms, cell, last, moment);
    }
    uint64_t date[2];
    unsigned second;
    moment_load_date(date, cell.data);
    bool is_time = moment_read_clock(cell.data + MOMENT_DATE_LENGTH, &second);
    if (!is_time || ((date[0] ^ last->date[0]) | (date[1] ^ last->date[1])) != 0) {
        return moment_read_anew(forms, cell, last, moment);
    }
    int64_t local = last->midnight + second;
    moment->has_time = true;
    moment->instant = forms->zone == NULL ? local : zone_to_instant(forms->zone, local);
    return CELL_OK;
}

#endif
