// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * biography: events brought in order of persons as they came, then each person's in order of time, equal times staying
 * as they are; then only changes are kept.
 */
#include "biography.h"

#include <stdlib.h>
#include <string.h>

#include "heap.h"

void biography_open(struct biography *biography, bool whole)
{
    *biography = (struct biography){.whole = whole, .persons = map_create(0)};
    biography->lookups = lookups_create(biography->persons);
}

static void know(struct biography *biography, const struct lookups_found *found)
{
    biography->events[biography->known++].person = found->index;
}

void biography_add(struct biography *biography, struct slice customer, const struct biography_event *event)
{
    struct lookups_found found;
    if (lookups_add(biography->lookups, customer, &found)) {
        know(biography, &found);
    }
    biography->events =
        heap_grow(biography->events, &biography->capacity, biography->count + 1, sizeof *biography->events);
    biography->events[biography->count++] = *event;
}

size_t biography_count(const struct biography *biography)
{
    return map_count(biography->persons);
}

struct slice biography_customer(const struct biography *biography, size_t person)
{
    return map_key(biography->persons, (uint32_t)person);
}

size_t biography_find(const struct biography *biography, struct slice customer)
{
    uint32_t person = map_find(biography->persons, customer);
    return person == MAP_NONE ? SIZE_MAX : person;
}

static bool is_ascending(const struct biography_event *events, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (events[i - 1].time > events[i].time) {
            return false;
        }
    }
    return true;
}

// Merges the sorted halves of events[0] to events[count - 1], equal times of the first half first.
static void merge(struct biography_event *events, size_t half, size_t count, struct biography_event *room)
{
    size_t left = 0;
    size_t right = half;
    for (size_t i = 0; i < count; i++) {
        bool takes_left = left < half && (right == count || events[left].time <= events[right].time);
        room[i] = events[takes_left ? left++ : right++];
    }
    memcpy(events, room, count * sizeof *events);
}

static void sort(struct biography_event *events, size_t count, struct biography_event *room)
{
    if (is_ascending(events, count)) {
        return;
    }
    sort(events, count / 2, room);
    sort(events + count / 2, count - count / 2, room);
    merge(events, count / 2, count, room);
}

static size_t keep_changes(struct biography_event *events, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || events[kept - 1].stage != events[i].stage) {
            events[kept++] = events[i];
        }
    }
    return kept;
}

// Brings the events in order of persons; those of one stay in the order in which they came. Returns the list as it was,
// which is of use no more.
static struct biography_event *order_by_person(struct biography *biography)
{
    size_t persons = biography_count(biography);
    struct biography_event *ordered = heap_allocate(biography->count, sizeof *ordered);
    biography->starts = heap_allocate(persons + 1, sizeof *biography->starts);
    biography->ends = heap_allocate(persons + 1, sizeof *biography->ends);
    for (size_t i = 0; i < biography->count; i++) {
        biography->starts[biography->events[i].person + 1]++;
    }
    for (size_t i = 0; i < persons; i++) {
        biography->starts[i + 1] += biography->starts[i];
        biography->ends[i] = biography->starts[i];
    }
    for (size_t i = 0; i < biography->count; i++) {
        ordered[biography->ends[biography->events[i].person]++] = biography->events[i];
    }
    struct biography_event *unordered = biography->events;
    biography->events = ordered;
    biography->capacity = biography->count;
    return unordered;
}

void biography_settle(struct biography *biography)
{
    struct lookups_found found;
    while (lookups_next(biography->lookups, &found)) {
        know(biography, &found);
    }
    struct biography_event *room = order_by_person(biography);
    for (size_t i = 0; i < biography_count(biography); i++) {
        struct biography_event *events = biography->events + biography->starts[i];
        size_t count = biography->ends[i] - biography->starts[i];
        sort(events, count, room);
        biography->ends[i] = biography->starts[i] + (biography->whole ? count : keep_changes(events, count));
    }
    free(room);
}

struct biography_page biography_page(const struct biography *biography, size_t person)
{
    size_t start = biography->starts[person];
    return (struct biography_page){biography->events + start, biography->ends[person] - start};
}

static bool is_sound(struct biography_page page, size_t person, bool whole)
{
    for (size_t i = 0; i < page.count; i++) {
        const struct biography_event *event = &page.events[i];
        bool follows = i == 0 || (event[-1].time <= event->time && (whole || event[-1].stage != event->stage));
        if (event->person != person || !follows) {
            return false;
        }
    }
    return page.count > 0;
}

size_t biography_breach(const struct biography *biography)
{
    size_t person = 0;
    while (person < biography_count(biography) &&
           is_sound(biography_page(biography, person), person, biography->whole)) {
        person++;
    }
    return person;
}

void biography_free(struct biography *biography)
{
    lookups_free(biography->lookups);
    map_free(biography->persons);
    free(biography->events);
    free(biography->starts);
    free(biography->ends);
    *biography = (struct biography){.count = 0};
}
