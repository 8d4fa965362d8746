// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * worth: a column of amounts, read row by row in one currency.
 */
#ifndef WORTH_H
#define WORTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cell.h"
#include "row.h"
#include "table.h"

// `column` set, the rest zero, is ready for use.
struct worth {
    size_t column;
    uint8_t currency; // MONEY_NO_CURRENCY until one is seen
    uint8_t places;   // the most decimals seen
};

// The amount of a row in millionths. False when the row was refused.
bool worth_read(struct worth *worth, struct table *table, const struct row *row, const struct cell_forms *forms,
                int64_t *micros);

#endif
