// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * events: the reader of a log of which only who and when are needed: an order log or an event log.
 *
 * Rows dated after today are left out and counted; a customer or date that cannot be read refuses the row (table.h).
 * With an order id, further rows of one id are parts of the first and are passed over. Memory: nothing without an order
 * id, else the ids.
 */
#ifndef EVENTS_H
#define EVENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clock.h"
#include "diag.h"
#include "map.h"
#include "row.h"
#include "slice.h"
#include "table.h"

// Views alive until the next one.
struct event {
    struct slice customer;
    int32_t day;
    struct row row;
};

struct events {
    struct table *table; // borrowed
    const struct clock *clock;
    size_t customer_column;
    size_t date_column;
    size_t id_column; // TABLE_NO_COLUMN without order ids
    struct map *ids;  // NULL without
    int32_t last_day; // the latest day read
    bool any;
};

// The options that name columns; NULL where the user did not.
struct events_columns {
    const char *customer;
    const char *date;
    const char *order_id;
};

// Finds the columns. A date is what orders have, or else what events have. False, said, when one is missing or
// ambiguous: return table_status(table). To be freed in any case.
bool events_open(struct events *events, struct table *table, const struct events_columns *columns,
                 const struct clock *clock);

// The next usable row.
bool events_next(struct events *events, struct event *event);

// Said once the log was read: the last row is over 30 days older than today.
void events_note_age(const struct events *events, const struct diag *diag);

void events_free(struct events *events);

#endif
