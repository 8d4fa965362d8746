// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Values are read again in the second pass: keeping them would cost more memory than reading costs time.
 */
#include "grading.h"

#include <stdbool.h>

bool grading_begin(struct grading *grading, struct program *program, const char *by)
{
    struct table *table = program_input(program);
    grading->program = program;
    grading->reader = (struct amount_reader){.table = table, .forms = program_forms(program)};
    grading->by = TABLE_NO_COLUMN;
    grading->strata = strata_create();
    return !table_stopped(table) && (by == NULL || table_column(table, by, "--by", &grading->by));
}

void grading_free(struct grading *grading)
{
    labels_free(&grading->labels);
    strata_free(grading->strata);
    sheet_free(&grading->sheet);
}

static struct slice group_of(const struct grading *grading, const struct row *row)
{
    return grading->by == TABLE_NO_COLUMN ? (struct slice){"", 0} : slice_trim_value(row->cells[grading->by]);
}

bool grading_learn(struct grading *grading, void (*learn)(struct levels *levels, money_wide *values, size_t count))
{
    struct row row;
    while (table_next(grading->reader.table, &row)) {
        money_wide value = 0;
        enum cell_result result = grading->read(grading, &row, &value);
        if (result == CELL_OK) {
            strata_add(grading->strata, group_of(grading, &row), value);
        }
        if (result != CELL_BAD) {
            sheet_add(&grading->sheet, &row);
        }
    }
    strata_learn(grading->strata, learn);
    grading->reader.blanks = 0; // they are counted again
    return !table_stopped(grading->reader.table);
}

static void write_names(struct grading *grading, struct writer *writer)
{
    const struct columns *columns = table_columns(grading->reader.table);
    for (size_t i = 0; i < columns->count; i++) {
        writer_name(writer, columns->names[i]);
    }
    labels_write_names(&grading->labels, writer);
    writer_end(writer);
}

static void write_row(struct grading *grading, const struct row *row, struct writer *writer)
{
    money_wide value = 0;
    enum cell_result result = grading->read(grading, row, &value);
    if (result == CELL_BAD) {
        return;
    }
    const struct levels *levels = strata_find(grading->strata, group_of(grading, row));
    size_t word = grading->word(result, value, levels);
    size_t label = word == RULE_NONE ? RULE_NONE : labels_of_word(&grading->labels, word);
    grading->unlabelled += word == RULE_NONE;
    grading->strangers += value > 0 && levels == NULL;
    labels_write_record(&grading->labels, writer, row, label);
}

enum status grading_write(struct grading *grading)
{
    struct table *table = grading->reader.table;
    struct writer *writer = program_writer(grading->program, table);
    if (writer == NULL) {
        return STATUS_SYSTEM;
    }
    struct row row;
    write_names(grading, writer);
    for (size_t i = 0; i < grading->sheet.count && writer_good(writer); i++) {
        sheet_row(&grading->sheet, i, &row);
        write_row(grading, &row, writer);
    }
    while (writer_good(writer) && table_next(table, &row)) {
        write_row(grading, &row, writer);
    }
    return table_status(table);
}
