// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * cell: a cell's text read as a value, by the forms the user declared for this run.
 *
 * Every reading trims the cell (slice_trim_value), then looks for a blank ("", "-", "--", "——", "/", "NULL", "N/A", or
 * the list of --null; the empty cell is always one), then reads. It never prints; the caller knows file, line and
 * column and does (table_refuse).
 */
#ifndef CELL_H
#define CELL_H

#include <stdbool.h>
#include <stdint.h>

#include "date.h"
#include "money.h"
#include "slice.h"
#include "zone.h"

enum cell_result {
    CELL_OK,
    CELL_BLANK, // nothing there; the value is left alone
    CELL_BAD,   // something else is there
};

// The zero value, but for `decimal`, is the default. Borrowed pointers live as long as the run.
struct cell_forms {
    char decimal;              // '.' or ','
    enum date_order dates;     // --dates
    bool utc;                  // are times without an offset in UTC?
    struct zone *zone;         // where other unzoned times are local, to which zoned ones are taken; NULL is UTC
    const struct slice *nulls; // --null, instead of the list above; NULL for that list
    size_t null_count;
};

bool cell_is_blank(const struct cell_forms *forms, struct slice cell);

enum cell_result cell_number(const struct cell_forms *forms, struct slice cell, double *value);
enum cell_result cell_money(const struct cell_forms *forms, struct slice cell, struct money *value);

// The civil day in the run's zone.
enum cell_result cell_day(const struct cell_forms *forms, struct slice cell, int32_t *day);

// Local seconds in the run's zone; a date without a time is its midnight. *has_time may be NULL.
enum cell_result cell_time(const struct cell_forms *forms, struct slice cell, int64_t *local, bool *has_time);

// The option under which a cell that is no date, no amount or no number would be one: "--dates=dmy". NULL when there is
// none.
const char *cell_date_option(const struct cell_forms *forms, struct slice cell);
const char *cell_money_option(const struct cell_forms *forms, struct slice cell);
const char *cell_number_option(const struct cell_forms *forms, struct slice cell);

#endif
