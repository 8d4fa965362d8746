// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * hints: which option would read a table that cannot be used as it stands. Each appends to a message what to try, or
 * nothing.
 */
#ifndef HINTS_H
#define HINTS_H

#include "cell.h"
#include "columns.h"
#include "slice.h"
#include "text.h"

// Of a header of one column that holds what looks like another delimiter than the one in use: "; the header is one
// column, try --delimiter=';'".
void hints_delimiter(const struct columns *header, char delimiter, struct text *problem);

// Of a cell that is not what was `wanted` ("a date", "an amount", "a number"): " (or use --dates=dmy)".
void hints_form(const struct cell_forms *forms, struct slice cell, const char *wanted, struct text *hint);

// Of a blank cell, as exports that write an order in several lines leave in the later ones: the column of order ids,
// " (or use --order-id='order id')".
void hints_order_id(const struct columns *columns, struct text *hint);

#endif
