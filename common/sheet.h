// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * sheet: rows of a table kept in memory, for modes that look at them twice.
 *
 * Costs the bytes of the records plus about 16 bytes a row (a record with quotes costs its bytes twice); cells are cut
 * again when a row is asked for, so columns cost nothing. The zero value is empty.
 */
#ifndef SHEET_H
#define SHEET_H

#include <stddef.h>

#include "arena.h"
#include "row.h"
#include "slice.h"

struct sheet {
    const char **rows; // packed, each on its own
    size_t count;
    size_t capacity;
    struct arena arena; // owns them
    char *room;         // what is left of the arena's newest piece
    size_t room_size;
    const char **files; // the names rows came from; a row holds its position here
    size_t file_count;
    size_t file_capacity;
    struct slice *cells; // of the row asked for last
    size_t cell_capacity;
};

// Copies the row, but for the name of its file.
void sheet_add(struct sheet *sheet, const struct row *row);

// Fills *row with views that live as long as the sheet (its cells, until the next sheet_row on this sheet). Its raw
// bytes are kept of regular rows only.
void sheet_row(struct sheet *sheet, size_t index, struct row *row);

void sheet_free(struct sheet *sheet);

#endif
