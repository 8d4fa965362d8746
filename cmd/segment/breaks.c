// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * segment breaks: the natural class of one number of each row (natural.h).
 *
 * Gathers the rows, as the classes depend on all of them; with --table their numbers alone. With --use, which takes
 * classes found before, it streams in constant memory.
 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "bounds.h"
#include "heap.h"
#include "natural.h"
#include "number.h"
#include "reading.h"
#include "segment.h"
#include "sheet.h"

// Squares of numbers up to here can be added up.
#define FARTHEST 1e100

struct breaks_settings {
    const char *column;
    uint64_t classes;
    bool table;
    const char *as;
    const char *save;
    const char *use;
};

static const struct option options[] = {
    {.kind = OPTION_COLUMN,
     .name = "column",
     .value = "COL",
     .help = "the numbers or amounts to divide",
     .offset = offsetof(struct breaks_settings, column)},
    {.kind = OPTION_COUNT,
     .letter = 'k',
     .name = "classes",
     .value = "N",
     .help = "how many classes, 1 to 100",
     .offset = offsetof(struct breaks_settings, classes)},
    {.kind = OPTION_FLAG,
     .name = "table",
     .help = "write one row a class, with its bounds and its number of rows, instead of the rows",
     .offset = offsetof(struct breaks_settings, table)},
    {.kind = OPTION_COLUMN,
     .name = "as",
     .value = "NAME",
     .help = "call the new column NAME instead of 'class'",
     .offset = offsetof(struct breaks_settings, as)},
    {.kind = OPTION_FILE,
     .name = "save",
     .value = "FILE",
     .help = "write the bounds to FILE",
     .offset = offsetof(struct breaks_settings, save),
     .written = true},
    {.kind = OPTION_FILE,
     .name = "use",
     .value = "FILE",
     .help = "take the bounds from a FILE that --save wrote, instead of finding them",
     .offset = offsetof(struct breaks_settings, use)},
    {.kind = OPTION_END},
};

static const struct breaks_settings defaults = {.as = "class"};

static bool check(const void *given, struct program *program)
{
    const struct breaks_settings *settings = given;
    const char *problem = NULL;
    if (settings->column == NULL) {
        problem = "which column? --column=COL";
    } else if (settings->use != NULL && (settings->classes != 0 || settings->save != NULL)) {
        problem = "--use brings its own classes, so that -k and --save have no place beside it";
    } else if (settings->use == NULL && (settings->classes < 1 || settings->classes > NATURAL_MOST)) {
        problem = settings->classes == 0 ? "how many classes? -k N" : "-k: more than 100 classes";
    }
    if (problem != NULL) {
        program_wrong(program, "%s", problem);
    }
    return problem == NULL;
}

struct breaks {
    const struct breaks_settings *settings;
    struct program *program;
    struct table *table;
    size_t column;
    struct bounds bounds;
    struct sheet sheet; // the rows, where they are to be written
    double *values;     // theirs, NaN where the cell is blank
    size_t count;
    size_t capacity;
    uint64_t blanks;
    struct writer *writer;
};

// The number of a row, NaN when its cell is blank. False when the row was refused.
static bool read_value(struct breaks *breaks, const struct row *row, double *value)
{
    switch (reading_number(program_forms(breaks->program), row->cells[breaks->column], value)) {
    case CELL_OK:
        break;
    case CELL_BLANK:
        *value = NAN;
        breaks->blanks++;
        return true;
    default:
        return table_needs(breaks->table, row, breaks->column, CELL_BAD, "a number");
    }
    if (fabs(*value) > FARTHEST) {
        table_refuse(breaks->table, row, breaks->column, "beyond 1e100");
        return false;
    }
    return true;
}

static void gather(struct breaks *breaks)
{
    struct row row;
    while (table_next(breaks->table, &row)) {
        double value;
        if (!read_value(breaks, &row, &value)) {
            continue;
        }
        if (breaks->count == UINT32_MAX) {
            diag_error("more than %lu rows", (unsigned long)UINT32_MAX);
            table_stop(breaks->table, STATUS_DATA);
            return;
        }
        breaks->values = heap_grow(breaks->values, &breaks->capacity, breaks->count + 1, sizeof *breaks->values);
        breaks->values[breaks->count++] = value;
        if (!breaks->settings->table) {
            sheet_add(&breaks->sheet, &row);
        }
    }
}

static void report(const struct breaks *breaks, const double *sorted)
{
    char within[NUMBER_SIZE];
    char goodness[NUMBER_SIZE];
    struct natural_fit fit = natural_judge(sorted, breaks->bounds.classes, breaks->bounds.count);
    int digits = program_digits(breaks->program);
    within[number_print(within, fit.within, digits)] = '\0';
    goodness[number_print(goodness, fit.whole > 0 ? 1 - fit.within / fit.whole : 1, digits)] = '\0';
    diag_detail(program_diag(breaks->program), "SDCM %s, GVF %s", within, goodness);
}

// Finds the bounds; without any number there are none. False, said, when there cannot be as many classes.
static bool learn(struct breaks *breaks)
{
    size_t wanted = (size_t)breaks->settings->classes;
    double *sorted = heap_allocate(breaks->count, sizeof *sorted);
    size_t count = 0;
    for (size_t i = 0; i < breaks->count; i++) {
        if (!isnan(breaks->values[i])) {
            sorted[count++] = breaks->values[i];
        }
    }
    size_t distinct = natural_divide(sorted, count, wanted, breaks->bounds.classes);
    bool found = count == 0 || distinct >= wanted;
    if (!found) {
        diag_error("more classes (%zu) than distinct values (%zu)", wanted, distinct);
        table_stop(breaks->table, STATUS_DATA);
    } else if (count > 0) {
        breaks->bounds.count = wanted;
        report(breaks, sorted);
    }
    free(sorted);
    return found;
}

static void write_names(struct breaks *breaks)
{
    const struct columns *columns = table_columns(breaks->table);
    for (size_t i = 0; i < columns->count; i++) {
        writer_name(breaks->writer, columns->names[i]);
    }
    writer_name(breaks->writer, slice_of(breaks->settings->as));
    writer_end(breaks->writer);
}

static void write_row(struct breaks *breaks, const struct row *row, double value)
{
    writer_pass(breaks->writer, row);
    if (isnan(value)) {
        writer_blank(breaks->writer);
    } else {
        writer_whole(breaks->writer, (int64_t)bounds_class(&breaks->bounds, value));
    }
    writer_end(breaks->writer);
}

static void write_gathered(struct breaks *breaks)
{
    write_names(breaks);
    for (size_t i = 0; i < breaks->sheet.count && writer_good(breaks->writer); i++) {
        struct row row;
        sheet_row(&breaks->sheet, i, &row);
        write_row(breaks, &row, breaks->values[i]);
    }
}

static enum status run_learnt(struct breaks *breaks)
{
    gather(breaks);
    if (table_stopped(breaks->table) || !learn(breaks)) {
        return table_status(breaks->table);
    }
    if (breaks->settings->save != NULL && breaks->bounds.count == 0) {
        diag_error("no numbers in the column: nothing to save");
        return STATUS_DATA;
    }
    if (breaks->settings->save != NULL && !bounds_save(&breaks->bounds, breaks->settings->save)) {
        return STATUS_SYSTEM;
    }
    breaks->writer = program_writer(breaks->program, breaks->table);
    if (breaks->writer == NULL) {
        return STATUS_SYSTEM;
    }
    if (breaks->settings->table) {
        bounds_write(&breaks->bounds, breaks->settings->as, breaks->writer);
    } else {
        write_gathered(breaks);
    }
    return STATUS_DONE;
}

// With bounds from a file: labels rows as they come, or counts them.
static enum status run_used(struct breaks *breaks)
{
    bool counts = breaks->settings->table;
    struct row row;
    breaks->writer = program_writer(breaks->program, breaks->table);
    if (breaks->writer == NULL) {
        return STATUS_SYSTEM;
    }
    if (!counts) {
        write_names(breaks);
    }
    while (writer_good(breaks->writer) && table_next(breaks->table, &row)) {
        double value;
        if (!read_value(breaks, &row, &value)) {
            continue;
        }
        if (!counts) {
            write_row(breaks, &row, value);
        } else if (!isnan(value)) {
            breaks->bounds.classes[bounds_class(&breaks->bounds, value) - 1].rows++;
        }
    }
    if (counts && !table_stopped(breaks->table)) {
        bounds_write(&breaks->bounds, breaks->settings->as, breaks->writer);
    }
    return table_status(breaks->table);
}

static enum status run(const void *given, struct program *program)
{
    const struct breaks_settings *settings = given;
    struct breaks breaks = {.settings = settings, .program = program};
    enum status status = STATUS_USAGE;
    if (settings->use != NULL && !bounds_use(&breaks.bounds, settings->use, program, &status)) {
        return status;
    }
    breaks.table = program_input(program);
    if (table_stopped(breaks.table) || !table_column(breaks.table, settings->column, "--column", &breaks.column) ||
        (!settings->table && !table_new_column(breaks.table, settings->as, true))) {
        return table_status(breaks.table);
    }
    status = settings->use != NULL ? run_used(&breaks) : run_learnt(&breaks);
    if (breaks.blanks > 0) {
        diag_detail(program_diag(program), "rows without a class, their number being blank: %llu",
                    (unsigned long long)breaks.blanks);
    }
    sheet_free(&breaks.sheet);
    free(breaks.values);
    return status;
}

const struct mode segment_breaks = {
    .name = "breaks",
    .summary = "the natural class of one number: classes as far apart, and each as close together, as can be",
    .usage = "[FILE|-]...",
    .examples = {"score rfm --today=1998-06-30 cdnow-sample.csv | segment breaks --column=revenue -k 4",
                 "segment breaks --column=revenue -k 3 --table -v segment/labelled.csv"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
