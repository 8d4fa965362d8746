// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * cohorts: one entry of a map for each group and period that somebody begins in.
 */
#include "cohorts.h"

#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "map.h"
#include "slice.h"

struct key {
    uint32_t group;
    int32_t period;
};

struct cohorts {
    struct cohorts_rules rules;
    struct map *map; // by key: cells, the size first, then one a column
};

struct cohorts *cohorts_create(const struct cohorts_rules *rules)
{
    struct cohorts *cohorts = heap_allocate(1, sizeof *cohorts);
    cohorts->rules = *rules;
    cohorts->map = map_create((rules->count + 1) * sizeof(struct cohorts_cell));
    return cohorts;
}

void cohorts_free(struct cohorts *cohorts)
{
    map_free(cohorts->map);
    free(cohorts);
}

static void count(struct cohorts_cell *cell, money_wide weight)
{
    cell->people++;
    cell->weight += weight;
}

static struct cohorts_cell *find(struct cohorts *cohorts, uint32_t group, int32_t period)
{
    struct key key = {group, period};
    return map_add(cohorts->map, (struct slice){(const char *)&key, sizeof key}, NULL);
}

static int64_t distance(const struct visit *from, const struct visit *to)
{
    return (int64_t)to->period - from->period;
}

static void add_start(struct cohorts *cohorts, uint32_t group, const struct visit *start, const struct visit *end)
{
    struct cohorts_cell *cells = find(cohorts, group, start->period);
    count(&cells[0], start->weight);
    const struct visit *next = start;
    for (size_t i = 0; i < cohorts->rules.count && next < end; i++) {
        const struct cohorts_column *column = &cohorts->rules.columns[i];
        while (next < end && distance(start, next) < column->from) {
            next++;
        }
        const struct visit *visit = next;
        money_wide weight = 0;
        for (; visit < end && (column->to == COHORTS_FOR_EVER || distance(start, visit) <= column->to); visit++) {
            weight += visit->weight;
        }
        if (visit > next) {
            count(&cells[i + 1], weight);
        }
    }
}

void cohorts_add(struct cohorts *cohorts, uint32_t group, struct visits_page page)
{
    size_t starts = cohorts->rules.each || page.count == 0 ? page.count : 1;
    for (size_t i = 0; i < starts; i++) {
        add_start(cohorts, group, &page.visits[i], page.visits + page.count);
    }
}

size_t cohorts_count(const struct cohorts *cohorts)
{
    return map_count(cohorts->map);
}

struct cohort cohorts_at(const struct cohorts *cohorts, size_t index)
{
    struct key key;
    const struct cohorts_cell *cells = map_value(cohorts->map, (uint32_t)index);
    memcpy(&key, map_key(cohorts->map, (uint32_t)index).data, sizeof key);
    return (struct cohort){key.group, key.period, cells[0], cells + 1};
}

bool cohorts_is_sound(const struct cohort *cohort, size_t columns)
{
    bool is_sound = columns == 0 || cohort->cells[0].people == cohort->size.people;
    for (size_t i = 1; i < columns; i++) {
        is_sound = is_sound && cohort->cells[i].people <= cohort->size.people;
    }
    return is_sound;
}

bool cohorts_is_mature(const struct cohort *cohort, const struct cohorts_column *column, int32_t last_over)
{
    int32_t decides = column->to == COHORTS_FOR_EVER ? column->from : column->to;
    return (int64_t)cohort->period + decides <= last_over;
}

bool cohorts_has_begun(const struct cohort *cohort, const struct cohorts_column *column, int32_t now)
{
    return (int64_t)cohort->period + column->from <= now;
}
