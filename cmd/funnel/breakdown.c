// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * breakdown: see breakdown.h. Gathers the distinct values.
 */
#include "breakdown.h"

#include <stdlib.h>

#include "heap.h"
#include "map.h"
#include "slice.h"

static bool is_free(struct slice name, const char *const *taken, struct program *program)
{
    for (; *taken != NULL; taken++) {
        if (slice_is(name, *taken)) {
            program_wrong(program, "--by: the output has a column '%s' of its own", *taken);
            return false;
        }
    }
    return true;
}

static bool find_columns(struct breakdown *breakdown, const char *const *taken, struct table *table,
                         struct program *program, enum status *status)
{
    struct groups *groups = &breakdown->groups;
    for (size_t i = 0; i < groups->count; i++) {
        struct slice name = arena_copy(&breakdown->arena, groups->names[i]);
        if (!table_column(table, name.data, "--by", &breakdown->columns[i])) {
            *status = table_status(table);
            return false;
        }
        groups->names[i] = table_columns(table)->folded[breakdown->columns[i]];
        if (!is_free(groups->names[i], taken, program)) {
            *status = STATUS_USAGE;
            return false;
        }
    }
    return true;
}

bool breakdown_open(struct breakdown *breakdown, const char *list, const char *const *taken, struct table *table,
                    struct program *program, enum status *status)
{
    const char *problem;
    *breakdown = (struct breakdown){.groups = {.count = 0}};
    if (list == NULL) {
        return true;
    }
    if (!groups_read(&breakdown->groups, list, &breakdown->arena, &problem)) {
        *status = program_wrong(program, "--by: %s", problem);
        return false;
    }
    return find_columns(breakdown, taken, table, program, status);
}

void breakdown_free(struct breakdown *breakdown)
{
    groups_free(&breakdown->groups);
    arena_free(&breakdown->arena);
}

uint32_t breakdown_find(struct breakdown *breakdown, const struct row *row)
{
    return groups_find(&breakdown->groups, row, breakdown->columns);
}

size_t breakdown_count(const struct breakdown *breakdown)
{
    return breakdown->groups.count == 0 ? 1 : map_count(breakdown->groups.values);
}

struct place {
    struct slice values; // parted by NUL, which is below any other byte
    uint32_t group;
};

static int compare_places(const void *a, const void *b)
{
    return slice_compare(((const struct place *)a)->values, ((const struct place *)b)->values);
}

uint32_t *breakdown_order(const struct breakdown *breakdown)
{
    size_t count = breakdown_count(breakdown);
    uint32_t *order = heap_allocate(count, sizeof *order);
    if (breakdown->groups.count == 0) {
        return order;
    }
    struct place *places = heap_allocate(count, sizeof *places);
    for (uint32_t i = 0; i < count; i++) {
        places[i] = (struct place){map_key(breakdown->groups.values, i), i};
    }
    qsort(places, count, sizeof *places, compare_places);
    for (size_t i = 0; i < count; i++) {
        order[i] = places[i].group;
    }
    free(places);
    return order;
}

void breakdown_write_names(const struct breakdown *breakdown, struct writer *writer)
{
    for (size_t i = 0; i < breakdown->groups.count; i++) {
        writer_name(writer, breakdown->groups.names[i]);
    }
}

void breakdown_write(const struct breakdown *breakdown, struct writer *writer, uint32_t group)
{
    for (size_t i = 0; i < breakdown->groups.count; i++) {
        writer_text(writer, groups_value(&breakdown->groups, group, i));
    }
}
