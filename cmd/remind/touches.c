// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * touches: one array of contacts, chained by customer.
 */
#include "touches.h"

#include <stdlib.h>

#include "columns.h"
#include "date.h"
#include "heap.h"
#include "map.h"
#include "roles.h"

struct touched {
    uint32_t newest; // number + 1
    int32_t last;    // day
};

struct touches {
    struct map *customers; // struct touched
    struct touch *items;
    size_t count;
    size_t capacity;
};

// Columns of the file; TABLE_NO_COLUMN where it has none.
struct places {
    size_t customer;
    size_t date;
    size_t channel;
    size_t owner;
    size_t tag;
};

static bool find_columns(struct table *table, struct places *places)
{
    if (table_stopped(table) || !table_role(table, ROLE_CUSTOMER, NULL, &places->customer) ||
        !table_role(table, ROLE_TIME, NULL, &places->date) ||
        !table_optional_role(table, ROLE_CHANNEL, NULL, &places->channel) ||
        !table_optional_role(table, ROLE_OWNER, NULL, &places->owner)) {
        return false;
    }
    if (!columns_has(table_columns(table), slice_of("tag"), &places->tag)) {
        places->tag = TABLE_NO_COLUMN;
    }
    return true;
}

static struct slice cell_of(const struct row *row, size_t column)
{
    return column == TABLE_NO_COLUMN ? (struct slice){"", 0} : slice_trim_value(row->cells[column]);
}

static void add(struct touches *touches, struct slice customer, struct touch touch)
{
    size_t before = map_count(touches->customers);
    struct touched *touched = map_add(touches->customers, customer, NULL);
    bool first = map_count(touches->customers) > before;
    touch.older = touched->newest;
    touches->items = heap_grow(touches->items, &touches->capacity, touches->count + 1, sizeof *touches->items);
    touches->items[touches->count++] = touch;
    touched->newest = (uint32_t)touches->count;
    touched->last = first || touch.day > touched->last ? touch.day : touched->last;
}

static void read_row(struct touches *touches, struct table *table, const struct row *row, const struct places *places,
                     struct provisions *provisions, const struct clock *clock)
{
    struct slice customer;
    struct touch touch = {0};
    int64_t local = 0;
    uint32_t numbers[PROVISIONS_DIMENSIONS];
    if (!table_key(table, row, places->customer, &customer) ||
        !table_needs(table, row, places->date,
                     cell_time(table_forms(table), row->cells[places->date], &local, &touch.has_time), "a date")) {
        return;
    }
    if (!clock_knows(clock, local)) {
        table_leave_out(table, "dated after today");
        return;
    }
    touch.day = (int32_t)(local / DATE_DAY_SECONDS - (local % DATE_DAY_SECONDS < 0));
    touch.second = (int32_t)(local - (int64_t)touch.day * DATE_DAY_SECONDS);
    provisions_number_all(provisions, cell_of(row, places->channel), cell_of(row, places->tag),
                          cell_of(row, places->owner), numbers);
    touch.channel = numbers[PROVISIONS_CHANNEL];
    touch.tag = numbers[PROVISIONS_TAG];
    touch.owner = numbers[PROVISIONS_OWNER];
    add(touches, customer, touch);
}

struct touches *touches_read(struct table *table, struct provisions *provisions, const struct clock *clock)
{
    struct places places;
    struct row row;
    if (!find_columns(table, &places)) {
        return NULL;
    }
    struct touches *touches = heap_allocate(1, sizeof *touches);
    touches->customers = map_create(sizeof(struct touched));
    while (table_next(table, &row)) {
        read_row(touches, table, &row, &places, provisions, clock);
    }
    if (table_stopped(table)) {
        touches_free(touches);
        return NULL;
    }
    return touches;
}

void touches_free(struct touches *touches)
{
    if (touches == NULL) {
        return;
    }
    map_free(touches->customers);
    free(touches->items);
    free(touches);
}

const struct touch *touches_of(const struct touches *touches, struct slice customer)
{
    uint32_t index = map_find(touches->customers, customer);
    return index == MAP_NONE
               ? NULL
               : &touches->items[((const struct touched *)map_value(touches->customers, index))->newest - 1];
}

const struct touch *touches_older(const struct touches *touches, const struct touch *touch)
{
    return touch->older == 0 ? NULL : &touches->items[touch->older - 1];
}

bool touches_last(const struct touches *touches, struct slice customer, int32_t *day)
{
    uint32_t index = map_find(touches->customers, customer);
    if (index == MAP_NONE) {
        return false;
    }
    *day = ((const struct touched *)map_value(touches->customers, index))->last;
    return true;
}
