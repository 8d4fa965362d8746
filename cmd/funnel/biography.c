// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * biography: events brought in order of persons as they came, then each person's in order of time, equal times staying
 * as they are; then only changes are kept.
 */
#include "biography.h"

#include <stdlib.h>
#include <string.h>

#include "heap.h"

void biography_add(struct biography *biography, const struct biography_event *event)
{
    biography->events =
        heap_grow(biography->events, &biography->capacity, biography->count + 1, sizeof *biography->events);
    biography->events[biography->count++] = *event;
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

void biography_settle(struct biography *biography, size_t persons)
{
    struct biography_event *ordered = heap_allocate(biography->count, sizeof *ordered);
    biography->persons = persons;
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
    for (size_t i = 0; i < persons; i++) {
        struct biography_event *events = ordered + biography->starts[i];
        size_t count = biography->ends[i] - biography->starts[i];
        sort(events, count, biography->events);
        biography->ends[i] = biography->starts[i] + (biography->whole ? count : keep_changes(events, count));
    }
    free(biography->events);
    biography->events = ordered;
    biography->capacity = biography->count;
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
    while (person < biography->persons && is_sound(biography_page(biography, person), person, biography->whole)) {
        person++;
    }
    return person;
}

void biography_free(struct biography *biography)
{
    free(biography->events);
    free(biography->starts);
    free(biography->ends);
    *biography = (struct biography){.count = 0};
}
