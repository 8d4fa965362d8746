// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * customers: the table of --customers=FILE, kept whole, to which a mode that makes one row a customer adds its results.
 *
 * So people who never bought appear, and modes chain. Rows keep their order; a customer who stands twice is there
 * twice.
 */
#ifndef CUSTOMERS_H
#define CUSTOMERS_H

#include <stdbool.h>
#include <stddef.h>

#include "diag.h"
#include "row.h"
#include "slice.h"
#include "table.h"

struct customers;

// Reads the whole table; `column` is its customer column (ROLE_CUSTOMER). NULL when the table stopped, which was said.
// The table stays the caller's, who frees it after the customers.
struct customers *customers_read(struct table *table, size_t column);

// NULL is allowed.
void customers_free(struct customers *customers);

size_t customers_count(const struct customers *customers);

// Row `index` and its key; views until the next call.
void customers_row(struct customers *customers, size_t index, struct row *row, struct slice *key);

// Is this key among them?
bool customers_has(const struct customers *customers, struct slice key);

// A note, unless it is none, that so many customers of the log are not in the table `file`.
void customers_note_strangers(size_t count, const char *file, const struct diag *diag);

#endif
