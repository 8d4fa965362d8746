// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * measures: see measures.h.
 */
#include "measures.h"

#include <math.h>
#include <stdlib.h>

#include "heap.h"
#include "reading.h"
#include "scaling.h"

bool measures_add(struct measures *measures, struct table *table, const char *name, const char *option,
                  struct program *program)
{
    size_t index;
    if (!table_column(table, name, option, &index)) {
        return false;
    }
    for (size_t i = 0; i < measures->count; i++) {
        if (measures->columns[i] == index) {
            table_stop(table, program_wrong(program, "%s: '%s' stands there twice", option, name));
            return false;
        }
    }
    measures->columns = heap_resize(measures->columns, measures->count + 1, sizeof *measures->columns);
    measures->columns[measures->count++] = index;
    return true;
}

bool measures_find(struct measures *measures, struct table *table, const struct option_list *lists,
                   struct program *program)
{
    bool found = true;
    for (size_t i = 0; found && i < lists->count; i++) {
        struct slice list = slice_of(lists->values[i]);
        for (size_t at = 0; found && at <= list.length;) {
            size_t end = slice_find(list, ',', at);
            char *name = heap_string(slice_part(list, at, end));
            found = measures_add(measures, table, name, "--columns", program);
            free(name);
            at = end + 1;
        }
    }
    return found;
}

void measures_free(struct measures *measures)
{
    free(measures->columns);
    *measures = (struct measures){0};
}

// Why a number cannot be used, or NULL.
static const char *fault_of(const struct measures *measures, double number)
{
    if (measures->positive && number < 0) {
        return "below zero, which has no logarithm here";
    }
    return fabs(number) > SCALING_FARTHEST ? "beyond 1e100" : NULL;
}

enum measures_result measures_read(const struct measures *measures, struct table *table, const struct cell_forms *forms,
                                   const struct row *row, double *numbers)
{
    enum measures_result result = MEASURES_READ;
    for (size_t i = 0; i < measures->count; i++) {
        size_t column = measures->columns[i];
        enum cell_result cell = reading_number(forms, row->cells[column], &numbers[i]);
        if (cell == CELL_BAD) {
            table_needs(table, row, column, CELL_BAD, "a number");
            return MEASURES_REFUSED;
        }
        const char *fault = cell == CELL_OK ? fault_of(measures, numbers[i]) : NULL;
        if (fault != NULL) {
            table_refuse(table, row, column, fault);
            return MEASURES_REFUSED;
        }
        if (cell == CELL_BLANK) {
            result = MEASURES_BLANK;
        }
    }
    return result;
}
