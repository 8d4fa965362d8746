// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * amount: amounts and other numbers as exact decimals, 15 places, so that sums of them decide without rounding.
 *
 * Money has six decimals at most; what is computed (a future value, an activity that fades) has more, and is no money
 * to money.h. Both are read here. What stands behind the fifteenth decimal is rounded away from zero, so that no number
 * loses its sign.
 */
#ifndef AMOUNT_H
#define AMOUNT_H

#include <stddef.h>
#include <stdint.h>

#include "cell.h"
#include "money.h"
#include "row.h"
#include "slice.h"
#include "table.h"

#define AMOUNT_PLACES 15

// The amounts of one table, which are all of one currency. To begin with: the table and its forms.
struct amount_reader {
    struct table *table;
    const struct cell_forms *forms;
    uint8_t currency; // MONEY_NO_CURRENCY until one is seen
    uint64_t blanks;  // cells
};

// A plain number or an amount of money, in units of 10^-15; beyond 9.2e12 it is CELL_BAD. *currency may be NULL.
enum cell_result amount_read(const struct cell_forms *forms, struct slice cell, money_wide *value, uint8_t *currency);

// Money, which may have more decimals than money.h reads: those are rounded to six, halves away from zero.
enum cell_result amount_money(const struct cell_forms *forms, struct slice cell, struct money *value);

// Reads one cell of a row and counts it where it is blank. CELL_BAD: the row was refused, for what stands there or for
// its currency.
enum cell_result amount_take(struct amount_reader *reader, const struct row *row, size_t column, money_wide *value);

#define AMOUNT_SIZE 48

// Plain decimal with no more places than it needs ("-12.5", "3", "0.000000000000001"), as amount_read takes it back
// with the decimal mark '.'. Gives the length.
size_t amount_print(char out[AMOUNT_SIZE], money_wide value);

#endif
