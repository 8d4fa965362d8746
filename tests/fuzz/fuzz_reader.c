// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Any bytes through the reader. The first three choose delimiter, quoting, limit and block size. Beyond surviving,
 * the lane and libcsv must tell the same, and a record, as it stood when regular and with all cells quoted, must be
 * read again.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "reader.h"
#include "text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static int scratch(void)
{
    FILE *file = tmpfile();
    int descriptor = file == NULL ? -1 : dup(fileno(file));
    if (descriptor == -1) {
        abort();
    }
    fclose(file);
    return descriptor;
}

static void fill(int descriptor, struct slice bytes)
{
    if (ftruncate(descriptor, 0) != 0 || pwrite(descriptor, bytes.data, bytes.length, 0) != (ssize_t)bytes.length) {
        abort();
    }
}

// Everything there is to know of a record, lengths first so that no two can be confused.
static void describe(struct text *all, enum reader_result result, const struct row *row, struct reader_problem problem)
{
    text_format(all, "%d ", (int)result);
    if (result == READER_ROW || result == READER_MALFORMED) {
        text_format(all, "%llu %d %zu:", (unsigned long long)row->line, row->regular, row->raw.length);
        text_append(all, row->raw);
    }
    if (result == READER_MALFORMED || result == READER_FAILED) {
        text_format(all, "%llu %s", (unsigned long long)problem.line, problem.text);
    }
    for (size_t i = 0; i < row->count && result == READER_ROW; i++) {
        text_format(all, "%zu:", row->cells[i].length);
        text_append(all, row->cells[i]);
    }
}

static void append_cell(struct text *line, struct slice cell)
{
    text_append_byte(line, '"');
    for (size_t i = 0; i < cell.length; i++) {
        text_append_byte(line, cell.data[i]);
        if (cell.data[i] == '"') {
            text_append_byte(line, '"');
        }
    }
    text_append_byte(line, '"');
}

// As a record with every cell between quotes.
static void append_cells(struct text *line, const struct row *row, char delimiter)
{
    for (size_t i = 0; i < row->count; i++) {
        if (i > 0) {
            text_append_byte(line, delimiter);
        }
        append_cell(line, row->cells[i]);
    }
}

// Reads `record` behind another one and appends its cells; anything but one regular record of them is a failure.
static void read_again(int descriptor, struct slice record, char delimiter, struct text *cells)
{
    struct text file = {0};
    text_format(&file, "x%cy\n", delimiter);
    text_append(&file, record);
    fill(descriptor, text_slice(&file));
    lseek(descriptor, 0, SEEK_SET);
    struct reader_options options = {.delimiter = delimiter, .block_size = 512};
    struct reader *reader = reader_open_descriptor(descriptor, "again", &options);
    struct row row;
    if (reader_next(reader, &row) != READER_ROW || reader_next(reader, &row) != READER_ROW || !row.regular) {
        abort();
    }
    append_cells(cells, &row, delimiter);
    if (reader_next(reader, &row) != READER_END) {
        abort();
    }
    reader_close(reader);
    text_free(&file);
}

// A regular record's raw bytes, and any record's cells between quotes, are read again as the same cells.
static void check_again(int descriptor, const struct row *row, char delimiter)
{
    struct text wanted = {0};
    struct text got = {0};
    append_cells(&wanted, row, delimiter);
    read_again(descriptor, text_slice(&wanted), delimiter, &got);
    if (row->regular) {
        read_again(descriptor, row->raw, delimiter, &got);
        append_cells(&wanted, row, delimiter);
    }
    if (!slice_equal(text_slice(&got), text_slice(&wanted))) {
        abort();
    }
    text_free(&got);
    text_free(&wanted);
}

static void read_all(int descriptor, const struct reader_options *options, struct text *all, int again)
{
    lseek(descriptor, 0, SEEK_SET);
    struct reader *reader = reader_open_descriptor(descriptor, "fuzz", options);
    char delimiter = reader_delimiter(reader);
    struct row row = {0};
    enum reader_result result;
    do {
        result = reader_next(reader, &row);
        describe(all, result, &row, reader_problem(reader));
        if (result == READER_ROW && again != -1) {
            check_again(again, &row, delimiter);
        }
    } while (result == READER_ROW || result == READER_MALFORMED);
    reader_close(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static int descriptors[2] = {-1, -1};
    static const char delimiters[] = {0, ',', ';', '\t', '|', ' '};
    if (descriptors[0] == -1) {
        descriptors[0] = scratch();
        descriptors[1] = scratch();
    }
    if (size < 3) {
        return 0;
    }
    struct reader_options options = {.delimiter = delimiters[bytes[0] % sizeof delimiters]};
    options.quote = (enum reader_quote)(bytes[0] / 8 % 4);
    options.max_field = bytes[1] % 3 == 0 ? bytes[1] / 3 : 0;
    options.block_size = 1u + bytes[2];
    fill(descriptors[0], (struct slice){(const char *)bytes + 3, size - 3});
    struct text lane = {0};
    struct text libcsv = {0};
    read_all(descriptors[0], &options, &lane, descriptors[1]);
    options.libcsv_only = true;
    read_all(descriptors[0], &options, &libcsv, -1);
    if (!slice_equal(text_slice(&lane), text_slice(&libcsv))) {
        abort();
    }
    text_free(&lane);
    text_free(&libcsv);
    return 0;
}
