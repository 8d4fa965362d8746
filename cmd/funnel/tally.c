// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * tally: per group and step an array of times, so that quantiles are exact. Gathers.
 */
#include "tally.h"

#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "quantile.h"
#include "sum.h"

struct tally_times {
    uint32_t *seconds; // or
    double *wide;      // once one of them does not fit
    size_t count;
    size_t capacity;
    size_t zeros; // times of 0 are not among them
};

struct tally_group {
    uint64_t people;
    uint64_t *missed;          // by step: who reached the step before, but not this one
    uint64_t *open;            // of these, who still may
    struct tally_times *times; // by step
    money_wide value;
};

static struct tally_group *group_of(struct tally *tally, size_t group)
{
    tally->groups = heap_grow(tally->groups, &tally->capacity, group + 1, sizeof *tally->groups);
    for (; tally->count <= group; tally->count++) {
        struct tally_group *added = &tally->groups[tally->count];
        *added = (struct tally_group){.people = 0};
        added->missed = heap_allocate(tally->steps, sizeof *added->missed);
        added->open = heap_allocate(tally->steps, sizeof *added->open);
        added->times = heap_allocate(tally->steps, sizeof *added->times);
    }
    return &tally->groups[group];
}

static void widen(struct tally_times *times)
{
    times->wide = heap_allocate(times->capacity + 1, sizeof *times->wide);
    for (size_t i = 0; i < times->count; i++) {
        times->wide[i] = times->seconds[i];
    }
    free(times->seconds);
    times->seconds = NULL;
}

static void add_time(struct tally_times *times, int64_t seconds)
{
    if (seconds == 0) {
        times->zeros++;
        return;
    }
    if (times->wide == NULL && (seconds < 0 || seconds > UINT32_MAX)) {
        widen(times);
    }
    if (times->wide != NULL) {
        times->wide = heap_grow(times->wide, &times->capacity, times->count + 1, sizeof *times->wide);
        times->wide[times->count++] = (double)seconds;
    } else {
        times->seconds = heap_grow(times->seconds, &times->capacity, times->count + 1, sizeof *times->seconds);
        times->seconds[times->count++] = (uint32_t)seconds;
    }
}

static bool is_optional(const struct tally *tally, size_t step)
{
    return (tally->optional >> step & 1) != 0;
}

// Who did not take a step though he had the one before it.
static void add_misses(const struct tally *tally, struct tally_group *group, const struct tally_person *person)
{
    for (size_t step = 1; step < tally->steps; step++) {
        bool taken = step < person->level && (person->taken >> step & 1) != 0;
        group->missed[step] += !taken;
        group->open[step] += !taken && person->open && step >= person->level;
        if (!taken && !is_optional(tally, step)) {
            return;
        }
    }
}

void tally_add(struct tally *tally, size_t group, const struct tally_person *person)
{
    struct tally_group *found = group_of(tally, group);
    found->people++;
    for (size_t step = 0; step < person->level; step++) {
        if ((person->taken >> step & 1) != 0) {
            add_time(&found->times[step], person->times[step]);
        }
    }
    add_misses(tally, found, person);
    found->value += person->level == tally->steps ? person->value : 0;
}

uint64_t tally_people(const struct tally *tally, size_t group)
{
    return group < tally->count ? tally->groups[group].people : 0;
}

// The nearest step before that everybody takes who comes further.
static size_t step_before(const struct tally *tally, size_t step)
{
    for (step--; is_optional(tally, step); step--) {
    }
    return step;
}

static double mean_of(const double *values, size_t count)
{
    struct sum sum = {0};
    for (size_t i = 0; i < count; i++) {
        sum_add(&sum, values[i]);
    }
    return sum_value(&sum) / (double)count;
}

static size_t people_of(const struct tally_times *times)
{
    return times->count + times->zeros;
}

// By one byte after the other, the lowest first; `other` has room for as many.
static void sort_seconds(uint32_t *seconds, size_t count, uint32_t *other)
{
    enum { BYTE = 8, VALUES = 1 << BYTE };
    for (unsigned shift = 0; shift < 4 * BYTE; shift += BYTE) {
        size_t places[VALUES + 1] = {0};
        for (size_t i = 0; i < count; i++) {
            places[(seconds[i] >> shift) % VALUES + 1]++;
        }
        for (size_t i = 1; i < VALUES; i++) {
            places[i] += places[i - 1];
        }
        for (size_t i = 0; i < count; i++) {
            other[places[(seconds[i] >> shift) % VALUES]++] = seconds[i];
        }
        uint32_t *swap = seconds;
        seconds = other;
        other = swap;
    }
}

// The times of a step in ascending order.
static void sort_times(const struct tally_times *times, double *sorted)
{
    enum { FEW = 1000 }; // of which each is compared for less
    bool by_bytes = times->wide == NULL && times->count > FEW;
    double *others = sorted + times->zeros;
    if (by_bytes) {
        sort_seconds(times->seconds, times->count, (void *)others);
    }
    for (size_t i = 0; i < times->zeros; i++) {
        sorted[i] = 0;
    }
    for (size_t i = 0; i < times->count; i++) {
        others[i] = times->wide != NULL ? times->wide[i] : times->seconds[i];
    }
    if (!by_bytes) {
        quantile_sort(sorted, people_of(times));
    }
}

static void tell_times(struct tally *tally, const struct tally_times *times, struct tally_row *row)
{
    size_t all = people_of(times);
    if (times->count == 0) {
        return;
    }
    tally->scratch = heap_grow(tally->scratch, &tally->scratch_capacity, all, sizeof *tally->scratch);
    sort_times(times, tally->scratch);
    row->median = quantile_at(tally->scratch, all, 1, 2);
    row->p90 = quantile_at(tally->scratch, all, 9, 10);
    row->mean = mean_of(tally->scratch, all);
}

struct tally_row tally_step(struct tally *tally, size_t group, size_t step)
{
    struct tally_group *found = group_of(tally, group);
    struct tally_row row = {.people = people_of(&found->times[step])};
    if (row.people > 0) {
        tell_times(tally, &found->times[step], &row);
    }
    if (step > 0) {
        row.previous = people_of(&found->times[step_before(tally, step)]);
        row.dropped = found->missed[step];
        row.open = found->open[step];
    }
    row.value = step + 1 == tally->steps ? found->value : 0;
    return row;
}

static bool is_sound(const struct tally_row *row, const struct tally_row *before)
{
    return row->open <= row->dropped && row->previous == before->people && row->people <= row->previous &&
           row->people + row->dropped == row->previous;
}

size_t tally_breach(const struct tally *tally, const struct tally_row *rows)
{
    size_t i = 1;
    while (i < tally->steps && is_sound(&rows[i], &rows[step_before(tally, i)])) {
        i++;
    }
    return i;
}

void tally_free(struct tally *tally)
{
    for (size_t i = 0; i < tally->count; i++) {
        for (size_t step = 0; step < tally->steps; step++) {
            free(tally->groups[i].times[step].seconds);
            free(tally->groups[i].times[step].wide);
        }
        free(tally->groups[i].missed);
        free(tally->groups[i].open);
        free(tally->groups[i].times);
    }
    free(tally->groups);
    free(tally->scratch);
    *tally = (struct tally){.steps = tally->steps, .optional = tally->optional};
}
