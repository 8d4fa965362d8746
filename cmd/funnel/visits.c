// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * visits: one list for all, brought in order of persons at the end, then each person's in order of periods. An event in
 * the period of the person's event before it is added there, so a log in order of time makes no duplicates.
 */
#include "visits.h"

#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "lookups.h"
#include "map.h"

enum {
    AHEAD = 16, // visits whose memory is asked for before they are brought to their place
};

struct person {
    int64_t first;  // the earliest time seen
    size_t last;    // place + 1 of his newest visit; once settled: of his first
    uint32_t count; // of his visits
    uint32_t group;
    int32_t period; // of his newest visit
};

struct visits {
    struct map *persons;
    struct visit *list;
    size_t count;
    size_t capacity;
    int64_t total; // of all weights without their signs, or the most there is
    struct lookups *lookups;
    struct visits_event waiting[LOOKUPS_ROOM];
};

struct visits *visits_create(void)
{
    struct visits *visits = heap_allocate(1, sizeof *visits);
    visits->persons = map_create(sizeof(struct person));
    visits->lookups = lookups_create(visits->persons);
    return visits;
}

void visits_free(struct visits *visits)
{
    lookups_free(visits->lookups);
    map_free(visits->persons);
    free(visits->list);
    free(visits);
}

static struct person *person_at(const struct visits *visits, uint32_t number)
{
    return map_value(visits->persons, number);
}

static bool add_weight(int64_t *sum, int64_t weight)
{
    int64_t result;
    if (__builtin_add_overflow(*sum, weight, &result)) {
        return false;
    }
    *sum = result;
    return true;
}

// False when the weights do not fit; nothing was added.
static bool take(struct visits *visits, struct person *person, uint32_t number, const struct visits_event *event)
{
    bool is_new = person->count == 0;
    if (!is_new && person->period == event->period) {
        if (event->weight != 0 && !add_weight(&visits->list[person->last - 1].weight, event->weight)) {
            return false;
        }
    } else {
        visits->list = heap_grow(visits->list, &visits->capacity, visits->count + 1, sizeof *visits->list);
        visits->list[visits->count++] = (struct visit){number, event->period, event->weight};
        person->last = visits->count;
        person->period = event->period;
        person->count++;
    }
    if (is_new || event->time < person->first) {
        person->first = event->time;
        person->group = event->group;
    }
    return true;
}

static void take_found(struct visits *visits, const struct lookups_found *found)
{
    take(visits, found->value, found->index, &visits->waiting[found->place]);
}

static void take_waiting(struct visits *visits)
{
    struct lookups_found found;
    while (lookups_next(visits->lookups, &found)) {
        take_found(visits, &found);
    }
}

// May the weights of a person be too large with this one? Not as long as those of all persons are not; once they may
// be, so may they with any weight to come.
static bool is_doubtful(struct visits *visits, int64_t weight)
{
    bool fits = weight != INT64_MIN && add_weight(&visits->total, weight < 0 ? -weight : weight);
    visits->total = fits ? visits->total : INT64_MAX;
    return !fits;
}

bool visits_add(struct visits *visits, struct slice person, const struct visits_event *event)
{
    // An event that may have to be refused cannot wait; and the order of first appearance must stand.
    if (is_doubtful(visits, event->weight)) {
        uint32_t number;
        take_waiting(visits);
        struct person *known = map_add(visits->persons, person, &number);
        return take(visits, known, number, event);
    }
    struct lookups_found found;
    size_t place = lookups_place(visits->lookups);
    if (lookups_add(visits->lookups, person, &found)) {
        take_found(visits, &found);
    }
    visits->waiting[place] = *event;
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
static bool put_in_order(struct visit *list, uint32_t *count)
{
    if (is_ascending(list, *count)) {
        return true;
    }
    qsort(list, *count, sizeof *list, compare_visits);
    uint32_t kept = 0;
    for (uint32_t i = 1; i < *count; i++) {
        if (list[i].period != list[kept].period) {
            list[++kept] = list[i];
        } else if (!add_weight(&list[kept].weight, list[i].weight)) {
            return false;
        }
    }
    *count = kept + 1;
    return true;
}

// Asks for the person of a visit to come, and for the place of one that comes sooner.
static void look_ahead(const struct visits *visits, const struct visit *ordered, size_t index)
{
    if (index + 2 * AHEAD < visits->count) {
        __builtin_prefetch(person_at(visits, visits->list[index + 2 * AHEAD].person), 1);
        const struct person *person = person_at(visits, visits->list[index + AHEAD].person);
        __builtin_prefetch(&ordered[person->last + person->count], 1);
    }
}

// Brings the visits in order of persons; those of one stay in the order in which they came.
static void order_by_person(struct visits *visits)
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
        look_ahead(visits, ordered, i);
        struct person *person = person_at(visits, visits->list[i].person);
        ordered[person->last + person->count++] = visits->list[i];
    }
    free(visits->list);
    visits->list = ordered;
}

bool visits_settle(struct visits *visits)
{
    take_waiting(visits);
    order_by_person(visits);
    for (uint32_t i = 0; i < map_count(visits->persons); i++) {
        struct person *person = person_at(visits, i);
        if (!put_in_order(visits->list + person->last, &person->count)) {
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
