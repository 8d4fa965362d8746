// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Labels are kept once each, in a map of their own.
 */
#include "past.h"

#include <stdlib.h>

#include "heap.h"
#include "map.h"
#include "names.h"

struct past {
    struct map *standings; // struct ladder_standing, by customer
    struct map *labels;
};

struct places {
    size_t customer;
    size_t stage;
    size_t since; // TABLE_NO_COLUMN where there is none
    size_t seen;
};

static size_t place_of(struct table *side, const char *name)
{
    size_t index;
    return columns_has(table_columns(side), slice_of(name), &index) ? index : TABLE_NO_COLUMN;
}

static bool find_places(struct table *side, const struct past_columns *names, struct places *places)
{
    if (!table_role(side, ROLE_CUSTOMER, names->customer, &places->customer) ||
        !table_column(side, names->stage, "--previous", &places->stage)) {
        return false;
    }
    places->since = place_of(side, names->since);
    places->seen = place_of(side, names->seen);
    return true;
}

// A day up to today; today where it is blank. False when the row was refused.
static bool read_day(struct table *side, const struct program *program, const struct row *row, size_t column,
                     int32_t *day)
{
    *day = program_clock(program)->today;
    if (column == TABLE_NO_COLUMN) {
        return true;
    }
    int32_t read = *day;
    if (cell_day(program_forms(program), row->cells[column], &read) == CELL_BAD) {
        return table_needs(side, row, column, CELL_BAD, "a date");
    }
    if (read > *day) {
        table_refuse(side, row, column, "a date after today");
        return false;
    }
    *day = read;
    return true;
}

static struct slice keep_label(struct past *past, struct slice cell)
{
    uint32_t index;
    map_add(past->labels, names_english(slice_trim_value(cell)), &index);
    return map_key(past->labels, index);
}

static void read_rows(struct past *past, struct table *side, const struct places *places, struct program *program)
{
    struct row row;
    while (table_next(side, &row)) {
        struct slice key;
        struct ladder_standing standing;
        if (!table_key(side, &row, places->customer, &key) ||
            !read_day(side, program, &row, places->since, &standing.since) ||
            !read_day(side, program, &row, places->seen, &standing.seen)) {
            continue;
        }
        standing.stage = keep_label(past, row.cells[places->stage]);
        size_t before = map_count(past->standings);
        struct ladder_standing *kept = map_add(past->standings, key, NULL);
        if (map_count(past->standings) == before) {
            table_refuse(side, &row, places->customer, "a customer who stands there already");
        }
        *kept = standing;
    }
}

struct past *past_read(struct program *program, const char *path, const struct past_columns *names, struct table *input)
{
    struct table *side = program_side_table(program, path);
    struct past *past = heap_allocate(1, sizeof *past);
    struct places places;
    past->standings = map_create(sizeof(struct ladder_standing));
    past->labels = map_create(0);
    if (!table_stopped(side) && find_places(side, names, &places)) {
        read_rows(past, side, &places, program);
    }
    if (table_stopped(side)) {
        table_stop(input, table_status(side));
        past_free(past);
        return NULL;
    }
    return past;
}

void past_free(struct past *past)
{
    if (past == NULL) {
        return;
    }
    map_free(past->standings);
    map_free(past->labels);
    free(past);
}

const struct ladder_standing *past_find(const struct past *past, struct slice customer)
{
    uint32_t index = map_find(past->standings, customer);
    return index == MAP_NONE ? NULL : map_value(past->standings, index);
}
