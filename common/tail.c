// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * tail: a ring of copies, one more than are held back. It is made no larger than what was put into it.
 */
#include "tail.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "heap.h"
#include "reader.h"
#include "row.h"
#include "slice.h"
#include "text.h"

struct slot {
    struct tail_record record;
    struct text bytes; // of the record as it was read, its cells and its problem
    struct slice *cells;
    size_t cell_capacity;
};

struct tail {
    uint64_t count;
    struct slot *slots;
    size_t made; // of the slots, those that were used before
    size_t capacity;
    size_t next;   // where the next record goes
    uint64_t held; // up to count
};

struct tail *tail_create(uint64_t count)
{
    struct tail *tail = heap_allocate(1, sizeof *tail);
    tail->count = count;
    return tail;
}

void tail_free(struct tail *tail)
{
    if (tail == NULL) {
        return;
    }
    for (size_t i = 0; i < tail->made; i++) {
        text_free(&tail->slots[i].bytes);
        free(tail->slots[i].cells);
    }
    free(tail->slots);
    free(tail);
}

// Takes `length` bytes off the front of *bytes.
static struct slice take(const char **bytes, size_t length)
{
    struct slice taken = {*bytes, length};
    *bytes += length;
    return taken;
}

static void copy(struct slot *slot, const struct tail_record *record)
{
    const struct row *row = &record->row;
    bool malformed = record->result == READER_MALFORMED;
    slot->cells = heap_grow(slot->cells, &slot->cell_capacity, row->count, sizeof *slot->cells);
    text_clear(&slot->bytes);
    text_append(&slot->bytes, row->raw);
    for (size_t i = 0; i < row->count; i++) {
        text_append(&slot->bytes, row->cells[i]);
    }
    text_append_string(&slot->bytes, malformed ? record->problem.text : "");
    slot->record = *record;
    const char *bytes = text_string(&slot->bytes);
    slot->record.row.raw = take(&bytes, row->raw.length);
    for (size_t i = 0; i < row->count; i++) {
        slot->cells[i] = take(&bytes, row->cells[i].length);
    }
    slot->record.row.cells = slot->cells;
    slot->record.problem.text = bytes;
}

bool tail_pass(struct tail *tail, struct tail_record *record)
{
    if (tail->next == tail->made) {
        tail->slots = heap_grow(tail->slots, &tail->capacity, tail->made + 1, sizeof *tail->slots);
        tail->slots[tail->made++] = (struct slot){0};
    }
    copy(&tail->slots[tail->next], record);
    tail->next = tail->next == tail->count ? 0 : tail->next + 1;
    if (tail->held < tail->count) {
        tail->held++;
        return false;
    }
    *record = tail->slots[tail->next].record;
    return true;
}

void tail_drop(struct tail *tail)
{
    tail->held = 0;
    tail->next = 0;
}
