// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * record: an array that doubles up to the greatest number of columns.
 */
#include "record.h"

#include <stdlib.h>

#include "heap.h"

bool record_grow(struct record *record)
{
    if (record->count >= record->max_columns) {
        record->fault = RECORD_MANY_CELLS;
        return false;
    }
    size_t capacity = record->capacity == 0 ? 64 : record->capacity * 2;
    record->capacity = capacity < record->max_columns ? capacity : record->max_columns;
    record->cells = heap_resize(record->cells, record->capacity, sizeof *record->cells);
    return true;
}

void record_foresee(struct record *record, size_t length)
{
    if (record->fault != RECORD_SOUND) {
        return;
    }
    if (record->count >= record->max_columns) {
        record->fault = RECORD_MANY_CELLS;
    } else if (length > record->max_field) {
        record->fault = RECORD_LONG_CELL;
    }
}

void record_place(struct record *record, const char *bytes)
{
    for (size_t i = 0; i < record->count; i++) {
        record->cells[i].data = bytes;
        bytes += record->cells[i].length;
    }
}

void record_free(struct record *record)
{
    free(record->cells);
    record->cells = NULL;
}
