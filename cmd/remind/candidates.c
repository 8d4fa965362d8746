// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * candidates: copies of texts in an arena. Those of one row are kept one after the other.
 */
#include "candidates.h"

#include <stdlib.h>

#include "heap.h"
#include "slice.h"

void candidates_free(struct candidates *list)
{
    free(list->items);
    arena_free(&list->arena);
}

static const struct slice *copy_cells(struct arena *arena, const struct slice *cells, size_t count)
{
    struct slice *copies = arena_allocate(arena, count * sizeof *copies);
    for (size_t i = 0; i < count; i++) {
        copies[i] = arena_copy(arena, cells[i]);
    }
    return copies;
}

static const struct person *keep_person(struct candidates *list, const struct person *person)
{
    if (list->person != NULL && list->person->order == person->order) {
        return list->person;
    }
    struct person *copy = arena_allocate(&list->arena, sizeof *copy);
    *copy = *person;
    copy->customer = arena_copy(&list->arena, person->customer);
    copy->kept = person->kept_count == 0 ? NULL : copy_cells(&list->arena, person->kept, person->kept_count);
    list->person = copy;
    return copy;
}

// Texts of the rule live as long as the policy.
static struct slice keep_text(struct candidates *list, struct slice text, const struct policy_text *from)
{
    return from->column == TABLE_NO_COLUMN ? text : arena_copy(&list->arena, text);
}

void candidates_keep(struct candidates *list, const struct candidate *candidate)
{
    list->items = heap_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    struct candidate *copy = &list->items[list->count++];
    *copy = *candidate;
    copy->person = keep_person(list, candidate->person);
    copy->owner = keep_text(list, candidate->owner, &candidate->rule->owner);
    copy->channel = keep_text(list, candidate->channel, &candidate->rule->channel);
}
