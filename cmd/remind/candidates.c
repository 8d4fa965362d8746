// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * candidates: copies of texts in an arena. Those of one row are kept one after the other.
 */
#include "candidates.h"

#include <stdlib.h>

#include "heap.h"

enum { AHEAD = 6, CACHE_LINE = 64 };

void candidates_free(struct candidates *list)
{
    free(list->items);
}

void candidates_free_texts(struct candidates_texts *texts)
{
    arena_free(&texts->arena);
}

static const struct person *keep_person(struct candidates_texts *texts, const struct person *person)
{
    if (texts->person == NULL || texts->person->order != person->order) {
        struct person *copy = arena_allocate(&texts->arena, sizeof *copy);
        *copy = *person;
        person_keep(copy, &texts->arena);
        texts->person = copy;
    }
    return texts->person;
}

void candidates_keep(struct candidates *list, const struct candidate *candidate)
{
    list->items = heap_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    struct candidate *copy = &list->items[list->count++];
    *copy = *candidate;
    copy->person = keep_person(list->texts, candidate->person);
    candidate_keep(copy, &list->texts->arena);
}

static size_t ahead(size_t place, size_t steps, size_t count)
{
    return place + steps < count ? place + steps : count - 1;
}

static void ask_memory(const char *memory, size_t size)
{
    for (size_t at = 0; at < size; at += CACHE_LINE) {
        __builtin_prefetch(memory + at);
    }
}

// The further in it lies, the nearer its turn must be, since the way there is read itself.
void candidates_expect(struct candidate *const *order, size_t place, size_t count)
{
    const struct candidate *next = order[ahead(place, AHEAD, count)];
    const struct candidate *later = order[ahead(place, 2 * AHEAD, count)];
    const struct candidate *last = order[ahead(place, 3 * AHEAD, count)];
    ask_memory((const char *)last, sizeof *last);
    ask_memory((const char *)later->person, sizeof *later->person);
    ask_memory(later->key.data, 1);
    ask_memory(next->person->customer.data, 1);
}
