// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rejects: a writer on a file of its own. Works record by record and keeps nothing.
 */
#include "rejects.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "columns.h"
#include "diag.h"
#include "heap.h"
#include "number.h"
#include "output.h"
#include "row.h"
#include "slice.h"
#include "writer.h"

enum { ANY_DIGITS = 10 }; // no computed number is written here

struct rejects {
    struct output *output;
    struct writer *writer;
    const struct columns *columns;
    bool with_file;
};

bool rejects_limit_read(const char *text, struct rejects_limit *limit)
{
    struct slice number = slice_of(text);
    bool percent = slice_ends(number, slice_of("%"));
    double value = 0;
    int64_t whole = 0;
    *limit = (struct rejects_limit){0};
    if (percent) {
        number.length--;
        limit->percent = number_read(number, '.', &value) ? value : -1;
    } else {
        limit->count = number_read_whole(number, &whole) ? (double)whole : -1;
    }
    return limit->count >= 0 && limit->percent >= 0;
}

bool rejects_limit_allows(const struct rejects_limit *limit, uint64_t rejected, uint64_t read)
{
    double most = limit->percent > 0 ? limit->percent * (double)read / 100 : limit->count;
    return (double)rejected <= most;
}

static void write_header(struct rejects *rejects)
{
    writer_name(rejects->writer, slice_of("line"));
    writer_name(rejects->writer, slice_of("reason"));
    if (rejects->with_file) {
        writer_name(rejects->writer, slice_of("file"));
    }
    for (size_t i = 0; i < rejects->columns->count; i++) {
        writer_name(rejects->writer, rejects->columns->names[i]);
    }
    writer_end(rejects->writer);
}

struct rejects *rejects_open(const char *path, const struct columns *columns, char delimiter, bool with_file)
{
    struct output *output = output_open(path);
    if (output == NULL) {
        return NULL;
    }
    struct writer_options options = {.delimiter = delimiter, .digits = ANY_DIGITS, .input_delimiter = delimiter};
    struct rejects *rejects = heap_allocate(1, sizeof *rejects);
    *rejects = (struct rejects){output, writer_open(output, &options), columns, with_file};
    write_header(rejects);
    return rejects;
}

static void start(struct rejects *rejects, const struct row *row, const char *reason)
{
    writer_whole(rejects->writer, (int64_t)row->line);
    writer_string(rejects->writer, reason);
    if (rejects->with_file) {
        writer_string(rejects->writer, row->file);
    }
}

static void finish(struct rejects *rejects, size_t written)
{
    for (; written < rejects->columns->count; written++) {
        writer_blank(rejects->writer);
    }
    writer_end(rejects->writer);
}

void rejects_add_cells(struct rejects *rejects, const struct row *row, const char *reason)
{
    size_t count = row->count < rejects->columns->count ? row->count : rejects->columns->count;
    start(rejects, row, reason);
    for (size_t i = 0; i < count; i++) {
        writer_text(rejects->writer, row->cells[i]);
    }
    finish(rejects, count);
}

void rejects_add_raw(struct rejects *rejects, const struct row *row, const char *reason)
{
    start(rejects, row, reason);
    writer_text(rejects->writer, row->raw);
    finish(rejects, 1);
}

enum status rejects_close(struct rejects *rejects)
{
    writer_free(rejects->writer);
    enum status status = output_close(rejects->output, true);
    free(rejects);
    return status;
}
