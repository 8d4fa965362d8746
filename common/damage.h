// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * damage: values that were lost before the table came here: rounded by a spreadsheet or masked by a service.
 *
 * A spreadsheet keeps 15 digits of a number: longer ones end in zeroes, or stand as 1.38E+10. Columns are judged by
 * their first DAMAGE_ROWS rows. The zero value has seen nothing.
 */
#ifndef DAMAGE_H
#define DAMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "columns.h"
#include "diag.h"
#include "row.h"
#include "slice.h"

#define DAMAGE_ROWS 1000

// "1.38E+10": a long number as a spreadsheet shows it, the other digits lost.
bool damage_is_rounded(struct slice value);

// "186****05", and any other value with an asterisk.
bool damage_is_masked(struct slice value);

struct damage_column;

struct damage {
    struct damage_column *columns;
    size_t count;
    uint64_t rows;
};

static inline bool damage_wants(const struct damage *damage)
{
    return damage->rows < DAMAGE_ROWS;
}

// Looks at a row; all rows have the same number of cells.
void damage_look(struct damage *damage, const struct row *row);

// A note for each column that was damaged.
void damage_say(const struct damage *damage, const struct columns *columns, const char *file, const struct diag *diag);

void damage_free(struct damage *damage);

#endif
