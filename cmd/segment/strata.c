// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The values are kept in the order in which they come and parted by group once, when they are learnt.
 */
#include "strata.h"

#include <stdint.h>
#include <stdlib.h>

#include "heap.h"
#include "map.h"

struct stratum {
    struct levels levels;
    size_t count; // of values; while they are parted, where the next one goes
};

struct strata {
    struct map *groups; // struct stratum
    money_wide *values;
    uint32_t *owners; // the group of each
    size_t count;
    size_t value_capacity;
    size_t owner_capacity;
};

struct strata *strata_create(void)
{
    struct strata *strata = heap_allocate(1, sizeof *strata);
    strata->groups = map_create(sizeof(struct stratum));
    return strata;
}

void strata_free(struct strata *strata)
{
    map_free(strata->groups);
    free(strata->values);
    free(strata->owners);
    free(strata);
}

void strata_add(struct strata *strata, struct slice group, money_wide value)
{
    if (value <= 0) {
        return;
    }
    strata->values = heap_grow(strata->values, &strata->value_capacity, strata->count + 1, sizeof *strata->values);
    strata->owners = heap_grow(strata->owners, &strata->owner_capacity, strata->count + 1, sizeof *strata->owners);
    struct stratum *stratum = map_add(strata->groups, group, &strata->owners[strata->count]);
    strata->values[strata->count++] = value;
    stratum->count++;
}

// The values again, group by group; afterwards the count of each is where its values end.
static money_wide *part(const struct strata *strata)
{
    money_wide *parted = heap_allocate(strata->count, sizeof *parted);
    size_t start = 0;
    for (uint32_t i = 0; i < map_count(strata->groups); i++) {
        struct stratum *stratum = map_value(strata->groups, i);
        size_t count = stratum->count;
        stratum->count = start;
        start += count;
    }
    for (size_t i = 0; i < strata->count; i++) {
        struct stratum *stratum = map_value(strata->groups, strata->owners[i]);
        parted[stratum->count++] = strata->values[i];
    }
    return parted;
}

static void forget(struct strata *strata)
{
    free(strata->values);
    free(strata->owners);
    strata->values = NULL;
    strata->owners = NULL;
    strata->count = strata->value_capacity = strata->owner_capacity = 0;
}

void strata_learn(struct strata *strata, void (*learn)(struct levels *levels, money_wide *values, size_t count))
{
    money_wide *parted = part(strata);
    size_t start = 0;
    forget(strata);
    for (uint32_t i = 0; i < map_count(strata->groups); i++) {
        struct stratum *stratum = map_value(strata->groups, i);
        learn(&stratum->levels, parted + start, stratum->count - start);
        start = stratum->count;
    }
    free(parted);
}

const struct levels *strata_find(const struct strata *strata, struct slice group)
{
    uint32_t index = map_find(strata->groups, group);
    return index == MAP_NONE ? NULL : &((const struct stratum *)map_value(strata->groups, index))->levels;
}

struct levels *strata_give(struct strata *strata, struct slice group)
{
    return &((struct stratum *)map_add(strata->groups, group, NULL))->levels;
}

size_t strata_count(const struct strata *strata)
{
    return map_count(strata->groups);
}

struct slice strata_group(const struct strata *strata, size_t index)
{
    return map_key(strata->groups, (uint32_t)index);
}
