// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * customers: the rows in a sheet, the keys once each in a map. Gathers: the records, 20 bytes a row, the keys.
 */
#include "customers.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "diag.h"
#include "heap.h"
#include "map.h"
#include "row.h"
#include "sheet.h"
#include "slice.h"
#include "table.h"

struct customers {
    struct sheet sheet;
    struct map *keys;
    uint32_t *key_of; // a row's number -> its key's number
    size_t capacity;
};

static void add(struct customers *customers, const struct row *row, struct slice key)
{
    size_t index = customers->sheet.count;
    customers->key_of = heap_grow(customers->key_of, &customers->capacity, index + 1, sizeof *customers->key_of);
    map_add(customers->keys, key, &customers->key_of[index]);
    sheet_add(&customers->sheet, row);
}

struct customers *customers_read(struct table *table, size_t column)
{
    struct customers *customers = heap_allocate(1, sizeof *customers);
    customers->keys = map_create(0);
    struct row row;
    struct slice key;
    while (table_next(table, &row)) {
        if (table_key(table, &row, column, &key)) {
            add(customers, &row, key);
        }
    }
    if (table_stopped(table)) {
        customers_free(customers);
        return NULL;
    }
    return customers;
}

void customers_free(struct customers *customers)
{
    if (customers == NULL) {
        return;
    }
    sheet_free(&customers->sheet);
    map_free(customers->keys);
    free(customers->key_of);
    free(customers);
}

size_t customers_count(const struct customers *customers)
{
    return customers->sheet.count;
}

void customers_row(struct customers *customers, size_t index, struct row *row, struct slice *key)
{
    sheet_row(&customers->sheet, index, row);
    *key = map_key(customers->keys, customers->key_of[index]);
}

bool customers_has(const struct customers *customers, struct slice key)
{
    return map_find(customers->keys, key) != MAP_NONE;
}

void customers_note_strangers(size_t count, const char *file, const struct diag *diag)
{
    if (count > 0) {
        diag_note(diag, "%zu customer%s of the log %s not in %s and %s left out", count, count == 1 ? "" : "s",
                  count == 1 ? "is" : "are", file, count == 1 ? "is" : "are");
    }
}
