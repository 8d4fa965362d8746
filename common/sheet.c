// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * sheet: rows packed back to back. A row is a few numbers of variable length (seven bits a byte, least first), then
 * bytes.
 *
 * A plain row, whose raw record is its cells with one byte between them, is kept as that record and cut at that byte
 * again; any other as the lengths of its cells, the cells, and, when it is regular, the record besides.
 */
#include "sheet.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "heap.h"
#include "row.h"
#include "slice.h"

enum {
    NUMBER_BYTES = 10, // of the longest number
    HEAD_NUMBERS = 6,
    ROOM = 64 * 1024, // asked of the arena at once
};

enum form {
    FORM_PLAIN,
    FORM_REGULAR,
    FORM_CELLS,
};

static size_t number_size(uint64_t number)
{
    size_t size = 1;
    for (; number > 0x7F; number >>= 7) {
        size++;
    }
    return size;
}

static char *put_number(char *to, uint64_t number)
{
    for (; number > 0x7F; number >>= 7) {
        *to++ = (char)((number & 0x7F) | 0x80);
    }
    *to++ = (char)number;
    return to;
}

static uint64_t take_number(const char **from)
{
    uint64_t number = 0;
    for (unsigned shift = 0;; shift += 7) {
        unsigned char byte = (unsigned char)*(*from)++;
        number |= (uint64_t)(byte & 0x7F) << shift;
        if (byte <= 0x7F) {
            return number;
        }
    }
}

static char *put_bytes(char *to, struct slice bytes)
{
    if (bytes.length > 0) {
        memcpy(to, bytes.data, bytes.length);
    }
    return to + bytes.length;
}

static struct slice take_bytes(const char **from, size_t length)
{
    struct slice bytes = {*from, length};
    *from += length;
    return bytes;
}

// Is the record its cells with one and the same byte between them, which stands in none of them?
static bool is_plain(const struct row *row)
{
    if (!row->regular || row->count == 0) {
        return false;
    }
    size_t length = row->count - 1;
    for (size_t i = 0; i < row->count; i++) {
        length += row->cells[i].length;
    }
    if (length != row->raw.length) {
        return false;
    }
    size_t at = row->cells[0].length;
    for (size_t i = 0, from = 0; i < row->count; i++) {
        size_t end = row->count == 1 ? length : slice_find(row->raw, row->raw.data[at], from);
        if (!slice_equal(slice_part(row->raw, from, end), row->cells[i])) {
            return false;
        }
        from = end + 1;
    }
    return true;
}

static uint64_t file_position(struct sheet *sheet, const char *file)
{
    for (size_t i = sheet->file_count; i > 0; i--) {
        if (sheet->files[i - 1] == file) {
            return i - 1;
        }
    }
    sheet->files = heap_grow(sheet->files, &sheet->file_capacity, sheet->file_count + 1, sizeof *sheet->files);
    sheet->files[sheet->file_count] = file;
    return sheet->file_count++;
}

// Room for `size` bytes, not aligned.
static char *reserve(struct sheet *sheet, size_t size)
{
    if (size > sheet->room_size) {
        if (size >= ROOM) {
            return arena_allocate(&sheet->arena, size);
        }
        sheet->room = arena_allocate(&sheet->arena, ROOM);
        sheet->room_size = ROOM;
    }
    char *room = sheet->room;
    sheet->room += size;
    sheet->room_size -= size;
    return room;
}

static size_t cells_size(const struct row *row)
{
    size_t size = 0;
    for (size_t i = 0; i < row->count; i++) {
        size += number_size(row->cells[i].length) + row->cells[i].length;
    }
    return size;
}

static char *put_cells(char *to, const struct row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        to = put_number(to, row->cells[i].length);
    }
    for (size_t i = 0; i < row->count; i++) {
        to = put_bytes(to, row->cells[i]);
    }
    return to;
}

void sheet_add(struct sheet *sheet, const struct row *row)
{
    enum form form = is_plain(row) ? FORM_PLAIN : row->regular ? FORM_REGULAR : FORM_CELLS;
    struct slice raw = form == FORM_CELLS ? (struct slice){NULL, 0} : row->raw;
    char head[HEAD_NUMBERS * NUMBER_BYTES];
    char *head_end = put_number(head, form);
    head_end = put_number(head_end, file_position(sheet, row->file));
    head_end = put_number(head_end, row->line);
    head_end = put_number(head_end, row->count);
    head_end = put_number(head_end, raw.length);
    head_end = put_number(head_end, row->count == 0 ? 0 : row->cells[0].length); // a plain row has its delimiter there
    struct slice numbers = {head, (size_t)(head_end - head)};
    char *packed = reserve(sheet, numbers.length + raw.length + (form == FORM_PLAIN ? 0 : cells_size(row)));
    char *to = put_bytes(put_bytes(packed, numbers), raw);
    if (form != FORM_PLAIN) {
        put_cells(to, row);
    }
    sheet->rows = heap_grow(sheet->rows, &sheet->capacity, sheet->count + 1, sizeof *sheet->rows);
    sheet->rows[sheet->count++] = packed;
}

static void cut_plain(struct sheet *sheet, const struct row *row, size_t first)
{
    for (size_t i = 0, from = 0; i < row->count; i++) {
        size_t end = row->count == 1 ? row->raw.length : slice_find(row->raw, row->raw.data[first], from);
        sheet->cells[i] = slice_part(row->raw, from, end);
        from = end + 1;
    }
}

static void take_cells(struct sheet *sheet, size_t count, const char *from)
{
    for (size_t i = 0; i < count; i++) {
        sheet->cells[i].length = (size_t)take_number(&from);
    }
    for (size_t i = 0; i < count; i++) {
        sheet->cells[i] = take_bytes(&from, sheet->cells[i].length);
    }
}

void sheet_row(struct sheet *sheet, size_t index, struct row *row)
{
    const char *from = sheet->rows[index];
    enum form form = (enum form)take_number(&from);
    row->file = sheet->files[take_number(&from)];
    row->line = take_number(&from);
    row->count = (size_t)take_number(&from);
    row->regular = form != FORM_CELLS;
    size_t raw_length = (size_t)take_number(&from);
    size_t first = (size_t)take_number(&from);
    row->raw = take_bytes(&from, raw_length);
    sheet->cells = heap_grow(sheet->cells, &sheet->cell_capacity, row->count, sizeof *sheet->cells);
    if (form == FORM_PLAIN) {
        cut_plain(sheet, row, first);
    } else {
        take_cells(sheet, row->count, from);
    }
    row->cells = sheet->cells;
}

void sheet_free(struct sheet *sheet)
{
    arena_free(&sheet->arena);
    free(sheet->rows);
    free(sheet->files);
    free(sheet->cells);
    *sheet = (struct sheet){0};
}
