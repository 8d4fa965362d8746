// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * feed: the reader of an event log row by row: who, when and, where it is asked for, what.
 *
 * Rows dated after today are left out and counted; a customer, time or event that cannot be read refuses the row
 * (table.h). Streams; keeps nothing.
 */
#ifndef FEED_H
#define FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "moment.h"
#include "options.h"
#include "program.h"
#include "row.h"
#include "slice.h"
#include "table.h"

// What a mode's settings begin with: the options that name columns, NULL where the user did not. Those of customer and
// time are in feed_options.
struct feed_columns {
    const char *customer;
    const char *time;
    const char *event;
};

extern const struct option feed_options[];

// Views alive until the next one.
struct feed_event {
    struct slice customer;
    struct slice event; // trimmed, not blank; empty where events are not asked for
    int64_t instant;
    int64_t local;
    bool has_time; // false: a date alone
    struct row row;
};

struct feed {
    struct table *table; // borrowed
    const struct program *program;
    size_t customer;
    size_t time;
    size_t event; // TABLE_NO_COLUMN where it is not asked for
    int64_t last; // the latest instant read
    bool any;
    struct moment_day day; // of the row before
};

// Finds the columns. False, said and the table stopped, when one is missing or ambiguous.
bool feed_open(struct feed *feed, struct table *table, const struct feed_columns *columns, bool needs_event,
               const struct program *program);

// The next usable row.
bool feed_next(struct feed *feed, struct feed_event *event);

// Said once the log was read: the last row is over 30 days older than today.
void feed_note_age(const struct feed *feed);

#endif
