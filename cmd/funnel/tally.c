// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * tally: per group and step an array of times, so that quantiles are exact. Gathers.
 */
#include "tally.h"

#include <stdlib.h>

#include "heap.h"
#include "quantile.h"
#include "sum.h"

struct tally_times {
    double *seconds;
    size_t count;
    size_t capacity;
};

struct tally_group {
    uint64_t *stopped;         // people by the deepest step reached, from step 1
    uint64_t *open;            // of these, who may come further
    struct tally_times *times; // by step
};

static struct tally_group *group_of(struct tally *tally, size_t group)
{
    tally->groups = heap_grow(tally->groups, &tally->capacity, group + 1, sizeof *tally->groups);
    for (; tally->count <= group; tally->count++) {
        struct tally_group *added = &tally->groups[tally->count];
        added->stopped = heap_allocate(tally->steps, sizeof *added->stopped);
        added->open = heap_allocate(tally->steps, sizeof *added->open);
        added->times = heap_allocate(tally->steps, sizeof *added->times);
    }
    return &tally->groups[group];
}

void tally_add(struct tally *tally, size_t group, size_t level, const int64_t *times, bool open)
{
    struct tally_group *found = group_of(tally, group);
    found->stopped[level - 1]++;
    found->open[level - 1] += open;
    for (size_t i = 0; i < level; i++) {
        struct tally_times *step = &found->times[i];
        step->seconds = heap_grow(step->seconds, &step->capacity, step->count + 1, sizeof *step->seconds);
        step->seconds[step->count++] = (double)times[i];
    }
}

static uint64_t reached(const struct tally *tally, size_t group, size_t step)
{
    uint64_t people = 0;
    for (size_t i = step; group < tally->count && i < tally->steps; i++) {
        people += tally->groups[group].stopped[i];
    }
    return people;
}

uint64_t tally_people(const struct tally *tally, size_t group)
{
    return reached(tally, group, 0);
}

struct tally_row tally_step(struct tally *tally, size_t group, size_t step)
{
    struct tally_group *found = group_of(tally, group);
    struct tally_row row = {.people = found->times[step].count, .times = found->times[step].seconds};
    quantile_sort(found->times[step].seconds, row.people);
    if (step > 0) {
        row.previous = reached(tally, group, step - 1);
        row.dropped = found->stopped[step - 1];
        row.open = found->open[step - 1];
    }
    return row;
}

size_t tally_breach(const struct tally_row *rows, size_t steps)
{
    size_t i = 0;
    while (i < steps && rows[i].open <= rows[i].dropped &&
           (i == 0 || (rows[i].previous == rows[i - 1].people && rows[i].people <= rows[i].previous &&
                       rows[i].people + rows[i].dropped == rows[i].previous))) {
        i++;
    }
    return i;
}

double tally_mean(const struct tally_row *row)
{
    struct sum sum = {0};
    for (size_t i = 0; i < row->people; i++) {
        sum_add(&sum, row->times[i]);
    }
    return sum_value(&sum) / (double)row->people;
}

void tally_free(struct tally *tally)
{
    for (size_t i = 0; i < tally->count; i++) {
        for (size_t step = 0; step < tally->steps; step++) {
            free(tally->groups[i].times[step].seconds);
        }
        free(tally->groups[i].stopped);
        free(tally->groups[i].open);
        free(tally->groups[i].times);
    }
    free(tally->groups);
    *tally = (struct tally){.steps = tally->steps};
}
