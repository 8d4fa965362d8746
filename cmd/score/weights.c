// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * weights: see weights.h.
 */
#include "weights.h"

#include <stddef.h>

#include "cell.h"
#include "row.h"
#include "table.h"

static bool refuse(struct table *table, const struct row *row, const char *problem)
{
    diag_error_at(row->file, row->line, "%s", problem);
    table_stop(table, STATUS_USAGE);
    return false;
}

static bool take_row(struct weights *weights, struct table *table, const struct row *row, const size_t columns[2],
                     const struct cell_forms *forms)
{
    struct money weight = {0};
    struct slice event = slice_trim_value(row->cells[columns[0]]);
    if (cell_money(forms, row->cells[columns[1]], &weight) != CELL_OK || weight.currency != MONEY_NO_CURRENCY) {
        return refuse(table, row, "column 'weight': not a number of at most 6 decimals");
    }
    if (map_find(weights->events, event) != MAP_NONE) {
        return refuse(table, row, "this event has a weight already");
    }
    *(int64_t *)map_add(weights->events, event, NULL) = weight.micros;
    return true;
}

bool weights_open(struct weights *weights, const char *path, struct program *program, enum status *status)
{
    struct table *table = program_side_table(program, path);
    size_t columns[2];
    struct row row;
    weights->events = map_create(sizeof(int64_t));
    if (table_column(table, "event", "--weights", &columns[0]) &&
        table_column(table, "weight", "--weights", &columns[1])) {
        while (table_next(table, &row) && take_row(weights, table, &row, columns, table_forms(table))) {
        }
    }
    if (table_stopped(table)) {
        *status = table_status(table);
        return false;
    }
    return true;
}

bool weights_find(const struct weights *weights, struct slice event, int64_t *weight)
{
    uint32_t index = map_find(weights->events, slice_trim_value(event));
    if (index == MAP_NONE) {
        index = map_find(weights->events, slice_of("*"));
    }
    if (index == MAP_NONE) {
        return false;
    }
    *weight = *(const int64_t *)map_value(weights->events, index);
    return true;
}

void weights_free(struct weights *weights)
{
    if (weights->events != NULL) {
        map_free(weights->events);
    }
}
