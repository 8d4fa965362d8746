// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * visits: one list for all, brought in order of persons at the end, then each person's in order of periods. An event in
 * the period of the person's event before it is added there, so a log in order of time makes no duplicates.
 */
#include "visits.h"

#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "map.h"

struct person {
    int64_t first; // the earliest time seen
    size_t last;   // place + 1 of his newest visit, 0 without one; once settled: of his first
    size_t count;  // of his visits
    uint32_t group;
    bool seen;
};

struct visits {
    struct map *persons;
    struct visit *list;
    size_t count;
    size_t capacity;
};

struct visits *visits_create(void)
{
    struct visits *visits = heap_allocate(1, sizeof *visits);
    visits->persons = map_create(sizeof(struct person));
    return visits;
}

void visits_free(struct visits *visits)
{
    map_free(visits->persons);
    free(visits->list);
    free(visits);
}

static struct person *person_at(const struct visits *visits, uint32_t number)
{
    return map_value(visits->persons, number);
}

bool visits_see(struct visits *visits, struct slice person, int64_t time, uint32_t *number)
{
    struct person *known = map_add(visits->persons, person, number);
    if (known->seen && known->first <= time) {
        return false;
    }
    known->seen = true;
    known->first = time;
    return true;
}

void visits_set_group(struct visits *visits, uint32_t number, uint32_t group)
{
    person_at(visits, number)->group = group;
}

static bool add_weight(int64_t *sum, int64_t weight)
{
    if (weight > 0 ? *sum > INT64_MAX - weight : *sum < INT64_MIN - weight) {
        return false;
    }
    *sum += weight;
    return true;
}

bool visits_add(struct visits *visits, uint32_t number, int32_t period, int64_t weight)
{
    struct person *person = person_at(visits, number);
    if (person->last > 0 && visits->list[person->last - 1].period == period) {
        return add_weight(&visits->list[person->last - 1].weight, weight);
    }
    visits->list = heap_grow(visits->list, &visits->capacity, visits->count + 1, sizeof *visits->list);
    visits->list[visits->count++] = (struct visit){number, period, weight};
    person->last = visits->count;
    person->count++;
    return true;
}

static int compare_visits(const void *a, const void *b)
{
    int32_t left = ((const struct visit *)a)->period;
    int32_t right = ((const struct visit *)b)->period;
    return (left > right) - (left < right);
}

static bool is_ascending(const struct visit *list, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (list[i - 1].period >= list[i].period) {
            return false;
        }
    }
    return true;
}

// Brings the visits of one person in order, those of one period made one; *count becomes what is left. False when
// weights do not fit.
static bool put_in_order(struct visit *list, size_t *count)
{
    if (is_ascending(list, *count)) {
        return true;
    }
    qsort(list, *count, sizeof *list, compare_visits);
    size_t kept = 0;
    for (size_t i = 1; i < *count; i++) {
        if (list[i].period != list[kept].period) {
            list[++kept] = list[i];
        } else if (!add_weight(&list[kept].weight, list[i].weight)) {
            return false;
        }
    }
    *count = kept + 1;
    return true;
}

bool visits_settle(struct visits *visits)
{
    struct visit *ordered = heap_allocate(visits->count, sizeof *ordered);
    size_t place = 0;
    for (uint32_t i = 0; i < map_count(visits->persons); i++) {
        struct person *person = person_at(visits, i);
        person->last = place;
        place += person->count;
        person->count = 0;
    }
    for (size_t i = 0; i < visits->count; i++) {
        struct person *person = person_at(visits, visits->list[i].person);
        ordered[person->last + person->count++] = visits->list[i];
    }
    free(visits->list);
    visits->list = ordered;
    for (uint32_t i = 0; i < map_count(visits->persons); i++) {
        struct person *person = person_at(visits, i);
        if (!put_in_order(ordered + person->last, &person->count)) {
            return false;
        }
    }
    return true;
}

size_t visits_count(const struct visits *visits)
{
    return map_count(visits->persons);
}

uint32_t visits_group(const struct visits *visits, uint32_t number)
{
    return person_at(visits, number)->group;
}

struct visits_page visits_page(const struct visits *visits, uint32_t number)
{
    const struct person *person = person_at(visits, number);
    return (struct visits_page){visits->list + person->last, person->count};
}
