// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * record: the cells of one record while they are collected, within limits.
 */
#ifndef RECORD_H
#define RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

enum record_fault {
    RECORD_SOUND,
    RECORD_LONG_CELL,
    RECORD_MANY_CELLS,
};

// The zero value with both limits set is an empty record. `cells` is freed by record_free; the bytes belong to others.
struct record {
    struct slice *cells;
    size_t count;
    size_t capacity;
    size_t max_field; // bytes of one cell
    size_t max_columns;
    enum record_fault fault; // the first limit that was passed
};

static inline void record_clear(struct record *record)
{
    record->count = 0;
    record->fault = RECORD_SOUND;
}

// Room for one more cell. False, with the fault, when there are as many as may be.
bool record_grow(struct record *record);

// False, with the fault, when the cell passes a limit.
static inline bool record_add(struct record *record, struct slice cell)
{
    if (record->count == record->capacity && !record_grow(record)) {
        return false;
    }
    if (cell.length > record->max_field) {
        record->fault = RECORD_LONG_CELL;
        return false;
    }
    record->cells[record->count++] = cell;
    return true;
}

// Would a cell of `length` bytes so far, not ended yet, pass a limit? Sets the fault then.
void record_foresee(struct record *record, size_t length);

// Gives cells that were added with their lengths only their places in `bytes`, where they lie one behind the other.
void record_place(struct record *record, const char *bytes);

void record_free(struct record *record);

#endif
