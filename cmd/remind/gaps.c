// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * gaps: one growing array of days a segment, sorted when its median is first asked for.
 */
#include "gaps.h"

#include <stdbool.h>
#include <stdlib.h>

#include "heap.h"
#include "map.h"
#include "quantile.h"

struct group {
    double *days;
    size_t count;
    size_t capacity;
    bool sorted;
};

struct gaps {
    struct map *groups; // struct group
};

struct gaps *gaps_create(void)
{
    struct gaps *gaps = heap_allocate(1, sizeof *gaps);
    gaps->groups = map_create(sizeof(struct group));
    return gaps;
}

void gaps_free(struct gaps *gaps)
{
    if (gaps == NULL) {
        return;
    }
    for (size_t i = 0; i < map_count(gaps->groups); i++) {
        struct group *group = map_value(gaps->groups, (uint32_t)i);
        free(group->days);
    }
    map_free(gaps->groups);
    free(gaps);
}

uint32_t gaps_group(struct gaps *gaps, struct slice segment)
{
    uint32_t number;
    map_add(gaps->groups, segment, &number);
    return number;
}

void gaps_add(struct gaps *gaps, uint32_t number, double days)
{
    struct group *group = map_value(gaps->groups, number);
    group->days = heap_grow(group->days, &group->capacity, group->count + 1, sizeof *group->days);
    group->days[group->count++] = days;
}

double gaps_usual(struct gaps *gaps, uint32_t number, enum gaps_source *source)
{
    struct group *group = map_value(gaps->groups, number);
    *source = group->count == 0 ? GAPS_DEFAULT : GAPS_MEDIAN;
    if (group->count == 0) {
        return GAPS_UNKNOWN_DAYS;
    }
    if (!group->sorted) {
        quantile_sort(group->days, group->count);
        group->sorted = true;
    }
    return quantile_at(group->days, group->count, 1, 2);
}
