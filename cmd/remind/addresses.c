// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * addresses: reads the table into a map; texts are kept for the run.
 */
#include "addresses.h"

#include "columns.h"
#include "message.h"

struct place {
    size_t owner; // columns
    size_t address;
    size_t name; // TABLE_NO_COLUMN: none
};

static bool find_columns(struct table *table, struct place *place)
{
    if (table_stopped(table) || !table_column(table, "owner", "--owners", &place->owner) ||
        !table_column(table, "address", "--owners", &place->address)) {
        return false;
    }
    if (!columns_has(table_columns(table), slice_of("name"), &place->name)) {
        place->name = TABLE_NO_COLUMN;
    }
    return true;
}

static void take(struct addresses *addresses, struct table *table, const struct row *row, const struct place *place)
{
    size_t known = map_count(addresses->owners);
    struct slice address = slice_trim_value(row->cells[place->address]);
    if (!message_is_address(address)) {
        table_refuse(table, row, place->address, "not an address, as in mei@example.org");
        return;
    }
    struct address *added = map_add(addresses->owners, slice_trim_value(row->cells[place->owner]), NULL);
    if (map_count(addresses->owners) == known) {
        table_refuse(table, row, place->owner, "this owner has an address already");
        return;
    }
    added->address = arena_copy(&addresses->arena, address);
    if (place->name != TABLE_NO_COLUMN) {
        added->name = arena_copy(&addresses->arena, slice_trim_value(row->cells[place->name]));
    }
}

enum status addresses_read(struct addresses *addresses, struct table *table)
{
    struct row row;
    struct place place;
    addresses->owners = map_create(sizeof(struct address));
    if (find_columns(table, &place)) {
        while (table_next(table, &row)) {
            take(addresses, table, &row, &place);
        }
    }
    return table_stopped(table) ? table_status(table) : STATUS_DONE;
}

void addresses_free(struct addresses *addresses)
{
    map_free(addresses->owners);
    arena_free(&addresses->arena);
}

const struct address *addresses_find(const struct addresses *addresses, struct slice owner)
{
    uint32_t index = addresses->owners == NULL ? MAP_NONE : map_find(addresses->owners, owner);
    return index == MAP_NONE ? NULL : map_value(addresses->owners, index);
}
