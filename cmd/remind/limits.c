// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * limits: sorts by urgency, then lets through one after the other what the limits allow.
 */
#include "limits.h"

#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "map.h"

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

// Priority, lower first and none last; then the longest overdue; then the order of the input.
static int by_urgency(const void *left, const void *right)
{
    const struct candidate *a = left;
    const struct candidate *b = right;
    int order = compare(!a->rule->has_priority, !b->rule->has_priority);
    order = order != 0 ? order : compare(a->rule->priority, b->rule->priority);
    order = order != 0 ? order : compare(a->due, b->due);
    order = order != 0 ? order : (a->order > b->order) - (a->order < b->order);
    return order != 0 ? order : (a->rule->line > b->rule->line) - (a->rule->line < b->rule->line);
}

// Defers what goes beyond an owner's limit for the day, what earlier runs of the day printed included.
static void defer(const struct limits *limits, struct candidate *items, size_t count)
{
    struct map *owners = map_create(sizeof(size_t));
    for (size_t i = 0; i < count && limits->contacts > 0; i++) {
        struct candidate *candidate = &items[i];
        size_t known = map_count(owners);
        uint32_t number;
        struct slice owner = candidate_owner(candidate);
        size_t *contacts = map_add(owners, owner, &number);
        if (number == known && limits->history != NULL) {
            *contacts = history_contacts_today(limits->history, owner);
        }
        if (*contacts >= limits->contacts) {
            candidate->verdict = CANDIDATE_DEFERRED;
        } else {
            (*contacts)++;
        }
    }
    map_free(owners);
}

// Due ones first, each part in its order.
static size_t part(struct candidate *items, size_t count)
{
    struct candidate *parted = heap_allocate(count, sizeof *parted);
    size_t due = 0;
    size_t deferred = 0;
    for (size_t i = 0; i < count; i++) {
        if (items[i].verdict == CANDIDATE_DEFERRED) {
            parted[deferred++] = items[i];
        } else {
            items[due++] = items[i];
        }
    }
    if (deferred > 0) {
        memcpy(items + due, parted, deferred * sizeof *parted);
    }
    free(parted);
    return due;
}

size_t limits_apply(const struct limits *limits, struct candidate *items, size_t count)
{
    if (count > 0) {
        qsort(items, count, sizeof *items, by_urgency);
    }
    defer(limits, items, count);
    return part(items, count);
}
