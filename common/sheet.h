// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * sheet: rows of a table kept in memory, for modes that look at them twice.
 *
 * Costs the bytes of the records plus 16 bytes a row; cells are cut again when a row is asked for, so columns cost nothing.
 * The zero value is empty.
 */
#ifndef SHEET_H
#define SHEET_H

#include <stddef.h>

#include "arena.h"
#include "row.h"

struct sheet_row;

struct sheet {
    struct sheet_row **rows;
    size_t count;
    size_t capacity;
    struct arena arena;
};

void sheet_add(struct sheet *sheet, const struct row *row);

// Fills *row with views that live as long as the sheet (its cells, until the next sheet_row on this sheet).
void sheet_row(struct sheet *sheet, size_t index, struct row *row);

void sheet_free(struct sheet *sheet);

#endif
