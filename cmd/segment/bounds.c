// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * bounds: see bounds.h.
 */
#include "bounds.h"

#include <stdint.h>

#include "number.h"

size_t bounds_class(const struct bounds *bounds, double value)
{
    size_t low = 0;
    size_t high = bounds->count - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (bounds->classes[middle].upper < value) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low + 1;
}

void bounds_write(const struct bounds *bounds, const char *name, struct writer *writer)
{
    writer_name(writer, slice_of(name));
    writer_name(writer, slice_of("lower"));
    writer_name(writer, slice_of("upper"));
    writer_name(writer, slice_of("rows"));
    writer_end(writer);
    for (size_t i = 0; i < bounds->count; i++) {
        writer_whole(writer, (int64_t)i + 1);
        writer_number(writer, bounds->classes[i].lower);
        writer_number(writer, bounds->classes[i].upper);
        writer_whole(writer, (int64_t)bounds->classes[i].rows);
        writer_end(writer);
    }
}

bool bounds_save(const struct bounds *bounds, const char *path)
{
    struct output *output = output_open(path);
    if (output == NULL) {
        return false;
    }
    struct writer *writer =
        writer_open(output, &(struct writer_options){.delimiter = ',', .input_delimiter = ',', .digits = 17});
    bounds_write(bounds, "class", writer);
    writer_free(writer);
    return output_close(output, true) == STATUS_DONE;
}

// The columns of the table; `lower` may be absent.
struct bounds_columns {
    size_t class;
    size_t lower;
    size_t upper;
};

static bool find_columns(struct table *table, struct bounds_columns *columns)
{
    if (!columns_has(table_columns(table), slice_of("lower"), &columns->lower)) {
        columns->lower = TABLE_NO_COLUMN;
    }
    return table_column(table, "class", "--use", &columns->class) &&
           table_column(table, "upper", "--use", &columns->upper);
}

// Classes come in order, from 1, and their upper bounds rise.
static bool take_row(struct bounds *bounds, const struct row *row, const struct bounds_columns *columns)
{
    int64_t number;
    struct natural_class class = {0};
    if (bounds->count == NATURAL_MOST || !number_read_whole(slice_trim_value(row->cells[columns->class]), &number) ||
        number != (int64_t)bounds->count + 1 || !number_read(row->cells[columns->upper], '.', &class.upper) ||
        (bounds->count > 0 && class.upper <= bounds->classes[bounds->count - 1].upper)) {
        return false;
    }
    class.lower = class.upper;
    if (columns->lower != TABLE_NO_COLUMN && !number_read(row->cells[columns->lower], '.', &class.lower)) {
        return false;
    }
    bounds->classes[bounds->count++] = class;
    return true;
}

bool bounds_use(struct bounds *bounds, const char *path, struct program *program, enum status *status)
{
    struct table *table = program_side_table(program, path);
    struct bounds_columns columns = {0};
    struct row row;
    if (!table_stopped(table) && find_columns(table, &columns)) {
        while (table_next(table, &row)) {
            if (!take_row(bounds, &row, &columns)) {
                diag_error_at(row.file, row.line, "not a row that --save writes (class,lower,upper,rows, rising)");
                table_stop(table, STATUS_USAGE);
            }
        }
    }
    if (!table_stopped(table) && bounds->count == 0) {
        diag_error("%s: no classes", path);
        table_stop(table, STATUS_USAGE);
    }
    *status = table_status(table);
    return !table_stopped(table);
}
