// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * treatment: a sheet of the file's rows and a map from labels to them.
 */
#include "treatment.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "diag.h"
#include "heap.h"
#include "map.h"
#include "row.h"
#include "sheet.h"

struct treatment {
    struct program *program;
    const char *path;
    const struct columns *columns; // of the side table, which lives as long as the run
    size_t label_column;
    struct sheet sheet;
    struct map *rows;    // label -> position in the sheet, a size_t
    struct map *missing; // labels named already
};

static bool find_label_column(struct treatment *treatment, const char *column, struct table *side)
{
    for (size_t i = 0; i < treatment->columns->count; i++) {
        struct slice name = treatment->columns->folded[i];
        if (slice_is(name, "label") || slice_is(name, "segment") || slice_is(name, column)) {
            treatment->label_column = i;
            return true;
        }
    }
    if (strcmp(column, "segment") == 0) {
        diag_error_at(treatment->path, 1, "no column 'label' or 'segment'");
    } else {
        diag_error_at(treatment->path, 1, "no column 'label', 'segment' or '%s'", column);
    }
    table_stop(side, STATUS_USAGE);
    return false;
}

static bool is_label_column(const struct treatment *treatment, size_t column)
{
    return column == treatment->label_column;
}

static bool are_new(const struct treatment *treatment, struct table *input)
{
    for (size_t i = 0; i < treatment->columns->count; i++) {
        char *name = heap_string(treatment->columns->names[i]);
        bool fits = is_label_column(treatment, i) || table_new_column(input, name, false);
        free(name);
        if (!fits) {
            return false;
        }
    }
    return true;
}

static bool read_rows(struct treatment *treatment, struct table *side)
{
    struct row row;
    while (table_next(side, &row)) {
        struct slice label = slice_trim_value(row.cells[treatment->label_column]);
        if (label.length == 0) {
            diag_error_at(row.file, row.line, "a label is missing");
            table_stop(side, STATUS_USAGE);
            return false;
        }
        size_t before = map_count(treatment->rows);
        size_t *position = map_add(treatment->rows, label, NULL);
        if (map_count(treatment->rows) == before) {
            diag_error_at(row.file, row.line, "label '%.*s' stands there twice", (int)label.length, label.data);
            table_stop(side, STATUS_USAGE);
            return false;
        }
        *position = treatment->sheet.count;
        sheet_add(&treatment->sheet, &row);
    }
    return !table_stopped(side);
}

struct treatment *treatment_read(struct program *program, const char *path, const char *column, struct table *input)
{
    struct table *side = program_side_table(program, path);
    struct treatment *treatment = heap_allocate(1, sizeof *treatment);
    treatment->program = program;
    treatment->path = path;
    treatment->rows = map_create(sizeof(size_t));
    treatment->missing = map_create(0);
    bool good = !table_stopped(side);
    if (good) {
        treatment->columns = table_columns(side);
        good = find_label_column(treatment, column, side) && are_new(treatment, input) && read_rows(treatment, side);
    }
    if (good) {
        return treatment;
    }
    if (!table_stopped(input)) {
        table_stop(input, table_status(side));
    }
    treatment_free(treatment);
    return NULL;
}

void treatment_free(struct treatment *treatment)
{
    if (treatment == NULL) {
        return;
    }
    sheet_free(&treatment->sheet);
    map_free(treatment->rows);
    map_free(treatment->missing);
    free(treatment);
}

bool treatment_has(const struct treatment *treatment, const char *column)
{
    for (size_t i = 0; i < treatment->columns->count; i++) {
        if (!is_label_column(treatment, i) && slice_is(treatment->columns->folded[i], column)) {
            return true;
        }
    }
    return false;
}

void treatment_write_names(const struct treatment *treatment, struct writer *writer)
{
    for (size_t i = 0; i < treatment->columns->count; i++) {
        if (!is_label_column(treatment, i)) {
            writer_name(writer, treatment->columns->names[i]);
        }
    }
}

static void name_missing(struct treatment *treatment, struct slice label)
{
    size_t before = map_count(treatment->missing);
    map_add(treatment->missing, label, NULL);
    if (label.length > 0 && map_count(treatment->missing) > before) {
        diag_note(program_diag(treatment->program), "%s: no row for label '%.*s'", treatment->path, (int)label.length,
                  label.data);
    }
}

void treatment_write(struct treatment *treatment, struct writer *writer, struct slice label)
{
    struct row row;
    uint32_t index = map_find(treatment->rows, label);
    if (index == MAP_NONE) {
        name_missing(treatment, label);
    } else {
        sheet_row(&treatment->sheet, *(size_t *)map_value(treatment->rows, index), &row);
    }
    for (size_t i = 0; i < treatment->columns->count; i++) {
        if (!is_label_column(treatment, i)) {
            writer_text(writer, index == MAP_NONE ? (struct slice){NULL, 0} : row.cells[i]);
        }
    }
}
