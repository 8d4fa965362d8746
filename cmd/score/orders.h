// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * orders: the one reader of an order log that all modes of score share: who bought, when, for how much.
 *
 * Rows dated after today are left out and counted; a customer, date or amount that cannot be read refuses the row
 * (table.h). With an order id, rows of one id are parts of one order: a part whose customer, date or amount is blank
 * takes customer and date from the first row of that id, and adds nothing. Memory: nothing without an order id, else
 * the ids.
 */
#ifndef ORDERS_H
#define ORDERS_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "clock.h"
#include "diag.h"
#include "map.h"
#include "money.h"
#include "row.h"
#include "slice.h"
#include "table.h"

// What becomes of negative amounts and of the refunded column.
enum orders_refunds {
    ORDERS_REFUNDS_NET,    // they lower the revenue
    ORDERS_REFUNDS_IGNORE, // they count for nothing
    ORDERS_REFUNDS_ERROR,  // they refuse the row
};

// The options that name columns; NULL where the user did not.
struct orders_columns {
    const char *customer;
    const char *date;
    const char *amount;
    const char *order_id;
    const char *cost;
    const char *refunded;
    bool worthless; // a log without amounts will do: each of its rows is an order of unknown value
};

// One row of the log, its views alive until the next one.
struct order {
    struct slice customer;
    int32_t day;
    struct money amount;   // what was ordered in this row, never below zero
    struct money refunded; // what was given back, never below zero
    struct money cost;
    bool counts; // is it an order of its own (not a refund, not a further part of an order)?
};

#define ORDERS_DATE 32 // bytes of a date that is remembered; few are longer

struct orders {
    struct table *table; // borrowed
    const struct clock *clock;
    const struct cell_forms *forms;
    enum orders_refunds refunds;
    size_t customer_column;
    size_t date_column;
    size_t amount_column; // TABLE_NO_COLUMN when there is none, also below
    size_t id_column;
    size_t cost_column;
    size_t refunded_column;
    struct map *ids; // order id -> struct orders_known, when there is an id column
    struct arena arena;
    uint8_t currency;       // of the amounts, MONEY_NO_CURRENCY until one is seen
    uint64_t currency_line; // where it was seen
    struct row row;         // the last one read
    char date[ORDERS_DATE]; // of the last row whose date was read, as it stood: often it is the next one's too
    size_t date_length;
    int64_t date_local;
    int32_t last_day; // the latest day read
    bool any;
};

// Finds the columns. False, said, when one is missing or ambiguous: return table_status(table).
bool orders_open(struct orders *orders, struct table *table, const struct orders_columns *columns,
                 enum orders_refunds refunds, const struct clock *clock, const struct cell_forms *forms);

// The next usable row.
bool orders_next(struct orders *orders, struct order *order);

// Refuses the row that orders_next gave last, for its date.
void orders_refuse(struct orders *orders, const char *reason);

bool orders_have_amount(const struct orders *orders);
bool orders_have_cost(const struct orders *orders);

// Said once the log was read: nothing there, or the last row is over 30 days older than today.
void orders_note_age(const struct orders *orders, const struct diag *diag);

void orders_free(struct orders *orders);

#endif
