// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * centres: see centres.h.
 */
#include "centres.h"

#include <stdint.h>
#include <stdlib.h>

#include "heap.h"
#include "lloyd.h"
#include "number.h"

enum head {
    HEAD_LOG,
    HEAD_MEAN,
    HEAD_SCALE,
    HEAD_STEP,
    HEADS,
};

static const char *const heads[HEADS] = {"log", "mean", "scale", "step"};

static double head_value(const struct scaling *scaling, enum head head, size_t column)
{
    switch (head) {
    case HEAD_LOG:
        return scaling->logarithm ? 1 : 0;
    case HEAD_MEAN:
        return scaling->means[column];
    case HEAD_SCALE:
        return scaling->scales[column];
    default:
        return scaling->step;
    }
}

static void write_all(const struct centres *centres, struct writer *writer)
{
    size_t columns = centres->scaling.columns;
    writer_name(writer, slice_of("cluster"));
    for (size_t i = 0; i < columns; i++) {
        writer_name(writer, centres->names[i]);
    }
    writer_end(writer);
    for (size_t head = 0; head < HEADS; head++) {
        writer_string(writer, heads[head]);
        for (size_t i = 0; i < columns; i++) {
            writer_number(writer, head_value(&centres->scaling, (enum head)head, i));
        }
        writer_end(writer);
    }
    for (size_t cluster = 0; cluster < centres->count; cluster++) {
        writer_whole(writer, (int64_t)cluster + 1);
        for (size_t i = 0; i < columns; i++) {
            writer_number(writer, centres->values[cluster * columns + i] * centres->scaling.step);
        }
        writer_end(writer);
    }
}

bool centres_save(const struct centres *centres, const char *path)
{
    struct output *output = output_open(path);
    if (output == NULL) {
        return false;
    }
    struct writer *writer =
        writer_open(output, &(struct writer_options){.delimiter = ',', .input_delimiter = ',', .digits = 17});
    write_all(centres, writer);
    writer_free(writer);
    return output_close(output, true) == STATUS_DONE;
}

// Takes one number of the rows that say how to scale.
static bool take_head(struct scaling *scaling, enum head head, size_t column, double number)
{
    switch (head) {
    case HEAD_LOG:
        scaling->logarithm = number == 1;
        return number == 0 || number == 1;
    case HEAD_MEAN:
        scaling->means[column] = number;
        return true;
    case HEAD_SCALE:
        scaling->scales[column] = number;
        return number > 0;
    default:
        scaling->step = number;
        return number > 0;
    }
}

// The word that the row of this position begins with.
static bool is_named(size_t position, struct slice cell)
{
    int64_t number;
    struct slice word = slice_trim_value(cell);
    if (position < HEADS) {
        return slice_is(word, heads[position]);
    }
    return number_read_whole(word, &number) && number == (int64_t)(position - HEADS) + 1;
}

// Takes the row of this position. False when it is no row that centres_save writes.
static bool take_row(struct centres *centres, const struct row *row, size_t position)
{
    size_t columns = centres->scaling.columns;
    if (!is_named(position, row->cells[0]) || centres->count == LLOYD_MOST_CLUSTERS) {
        return false;
    }
    if (position >= HEADS) {
        centres->count++;
        centres->values = heap_resize(centres->values, centres->count * columns, sizeof *centres->values);
    }
    for (size_t i = 0; i < columns; i++) {
        double number;
        if (!number_read(row->cells[i + 1], '.', &number)) {
            return false;
        }
        if (position < HEADS && !take_head(&centres->scaling, (enum head)position, i, number)) {
            return false;
        }
        if (position >= HEADS) {
            centres->values[(position - HEADS) * columns + i] = number / centres->scaling.step;
        }
    }
    return true;
}

static bool take_names(struct centres *centres, struct table *table)
{
    const struct columns *columns = table_columns(table);
    if (columns->count < 2 || !slice_is(columns->folded[0], "cluster")) {
        return false;
    }
    scaling_prepare(&centres->scaling, columns->count - 1);
    centres->names = heap_allocate(columns->count - 1, sizeof *centres->names);
    for (size_t i = 1; i < columns->count; i++) {
        centres->names[i - 1] = arena_copy(&centres->arena, columns->names[i]);
    }
    return true;
}

bool centres_use(struct centres *centres, const char *path, struct program *program, enum status *status)
{
    struct table *table = program_side_table(program, path);
    struct row row;
    bool good = table_stopped(table) || take_names(centres, table);
    for (size_t position = 0; good && table_next(table, &row); position++) {
        if (!take_row(centres, &row, position)) {
            diag_error_at(row.file, row.line, "not a row that --save writes (log, mean, scale, step, then 1, 2 ...)");
            table_stop(table, STATUS_USAGE);
        }
    }
    if (!table_stopped(table) && centres->count == 0) {
        diag_error("%s: no clusters that --save wrote", path);
        table_stop(table, STATUS_USAGE);
    }
    *status = table_status(table);
    return !table_stopped(table);
}

void centres_free(struct centres *centres)
{
    scaling_free(&centres->scaling);
    free(centres->names);
    free(centres->values);
    arena_free(&centres->arena);
    *centres = (struct centres){0};
}
