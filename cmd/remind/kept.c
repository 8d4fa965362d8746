// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * kept: resolves --keep.
 */
#include "kept.h"

#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "columns.h"
#include "contact.h"
#include "heap.h"

static void add(struct kept *kept, size_t column)
{
    kept->columns[kept->count++] = column;
}

static void keep_all(struct kept *kept, const struct columns *columns)
{
    kept->columns = heap_allocate(columns->count, sizeof *kept->columns);
    for (size_t i = 0; i < columns->count; i++) {
        if (contact_column_of(columns->folded[i]) == CONTACT_COLUMNS) {
            add(kept, i);
        }
    }
}

static bool find_one(struct kept *kept, struct table *table, const char *name)
{
    size_t column;
    if (!table_column(table, name, "--keep", &column)) {
        return false;
    }
    const struct columns *columns = table_columns(table);
    if (contact_column_of(columns->folded[column]) != CONTACT_COLUMNS) {
        diag_error("--keep: column '%s' is one of the contact's own", name);
        table_stop(table, STATUS_USAGE);
        return false;
    }
    for (size_t i = 0; i < kept->count; i++) {
        if (kept->columns[i] == column) {
            diag_error("--keep names '%s' twice", name);
            table_stop(table, STATUS_USAGE);
            return false;
        }
    }
    add(kept, column);
    return true;
}

bool kept_find(struct kept *kept, struct table *table, const char *list)
{
    *kept = (struct kept){0};
    if (list == NULL) {
        return true;
    }
    if (strcmp(list, "all") == 0) {
        keep_all(kept, table_columns(table));
        return true;
    }
    struct slice names = slice_of(list);
    struct arena arena = {0};
    bool found = true;
    kept->columns = heap_allocate(names.length + 1, sizeof *kept->columns);
    for (size_t at = 0; found && at <= names.length;) {
        size_t end = slice_find(names, ',', at);
        found = find_one(kept, table, arena_copy(&arena, slice_part(names, at, end)).data);
        at = end + 1;
    }
    arena_free(&arena);
    return found;
}

void kept_free(struct kept *kept)
{
    free(kept->columns);
    *kept = (struct kept){0};
}

void kept_write_names(const struct kept *kept, const struct table *table, struct writer *writer)
{
    for (size_t i = 0; i < kept->count; i++) {
        writer_name(writer, table_columns(table)->names[kept->columns[i]]);
    }
}
