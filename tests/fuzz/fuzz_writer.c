// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Any table through the writer and back: the reader gives the cells that were written, whatever they hold. The first
 * byte chooses delimiter, header, byte-order mark, line ends and whether formulas are made harmless; then 0x01 parts
 * cells and 0x02 records. A row that the reader calls regular is passed on as bytes, to the same end.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "arena.h"
#include "heap.h"
#include "memory.h"
#include "output.h"
#include "reader.h"
#include "text.h"
#include "utf8.h"
#include "writer.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { CELL_END = 1, RECORD_END = 2, SMALL_BLOCK = 64 };

struct table {
    struct slice *cells; // row by row, each as long as the first
    size_t count;
    size_t capacity;
    size_t columns;
};

static void add_cell(struct table *table, struct slice cell)
{
    table->cells = heap_grow(table->cells, &table->capacity, table->count + 1, sizeof *table->cells);
    table->cells[table->count++] = cell;
}

// Cells beyond the first record's are left out, missing ones are empty.
static void make_table(struct table *table, struct slice bytes)
{
    size_t column = 0;
    size_t start = 0;
    for (size_t at = 0; at <= bytes.length; at++) {
        bool ended = at == bytes.length || bytes.data[at] == RECORD_END;
        if (!ended && bytes.data[at] != CELL_END) {
            continue;
        }
        if (table->columns == 0 || column < table->columns) {
            add_cell(table, slice_part(bytes, start, at));
        }
        column++;
        start = at + 1;
        if (ended) {
            table->columns = table->columns == 0 ? column : table->columns;
            for (; column < table->columns; column++) {
                add_cell(table, (struct slice){"", 0});
            }
            column = 0;
        }
    }
}

// What the writer writes stands in memory_written afterwards.
static void write_table(const struct table *table, const struct writer_options *options)
{
    memory_forget();
    struct output *output = output_open(NULL);
    struct writer *writer = writer_open(output, options);
    for (size_t i = 0; i < table->count; i++) {
        if (i < table->columns) {
            writer_name(writer, table->cells[i]);
        } else {
            writer_text(writer, table->cells[i]);
        }
        if ((i + 1) % table->columns == 0) {
            writer_end(writer);
        }
    }
    writer_free(writer);
    require(output_close(output, true) == STATUS_DONE);
}

// A cell that a spreadsheet would run may have an apostrophe before it.
static bool is_cell(struct slice read, struct slice wanted, bool escaped)
{
    if (escaped && read.length == wanted.length + 1 && read.data[0] == '\'') {
        read = slice_part(read, 1, read.length);
    }
    return slice_equal(read, wanted);
}

// Reads what was written, and writes each row once more as it was read: the same bytes.
static void read_table(const struct table *table, const struct writer_options *options)
{
    struct text written = {0};
    text_append(&written, memory_written());
    memory_fill(0, text_slice(&written));
    memory_forget();
    struct writer_options again = *options;
    again.escape_formulas = false;
    struct output *output = output_open(NULL);
    struct writer *writer = writer_open(output, &again);
    struct reader_options reading = {.delimiter = options->delimiter, .block_size = SMALL_BLOCK};
    struct reader *reader = reader_open_descriptor(0, "written", &reading);
    struct row row;
    size_t next = options->no_header ? table->columns : 0;
    bool header = !options->no_header;
    while (reader_next(reader, &row) == READER_ROW) {
        require(row.count == table->columns && next + row.count <= table->count);
        for (size_t i = 0; i < row.count; i++) {
            require(is_cell(row.cells[i], table->cells[next + i], options->escape_formulas));
        }
        for (size_t i = 0; header && i < row.count; i++) {
            writer_name(writer, row.cells[i]);
        }
        if (!header) {
            writer_pass(writer, &row);
        }
        writer_end(writer);
        next += row.count;
        header = false;
    }
    require(next == table->count && reader_problem(reader).text == NULL);
    reader_close(reader);
    writer_free(writer);
    require(output_close(output, true) == STATUS_DONE);
    bool same = slice_equal(memory_written(), text_slice(&written));
    require(same || options->no_header || options->escape_formulas);
    text_free(&written);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char delimiters[] = {',', ';', '\t', '|', ' ', 'a', '\'', '='};
    bool cut;
    struct slice content = {(const char *)bytes + 1, size - 1};
    if (size == 0 || utf8_check(content, &cut) != content.length) {
        return 0;
    }
    struct writer_options options = {.delimiter = delimiters[bytes[0] % sizeof delimiters],
                                     .no_header = (bytes[0] & 8) != 0,
                                     .bom = (bytes[0] & 16) != 0,
                                     .crlf = (bytes[0] & 32) != 0,
                                     .escape_formulas = (bytes[0] & 64) != 0,
                                     .digits = 6};
    options.input_delimiter = options.delimiter;
    struct table table = {0};
    make_table(&table, content);
    write_table(&table, &options);
    read_table(&table, &options);
    free(table.cells);
    return 0;
}
