// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * trail: the customer asked about, and his number in the ledger once that is needed.
 */
#include "trail.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "heap.h"
#include "key.h"
#include "slice.h"
#include "text.h"

struct trail {
    const struct history *history;
    struct text encoded; // customer, as in keys
    uint64_t hash;       // of history_expect
    bool found;          // is his number known?
    uint32_t number;     // in the ledger
};

struct trail *trail_create(const struct history *history)
{
    struct trail *trail = heap_allocate(1, sizeof *trail);
    trail->history = history;
    return trail;
}

void trail_free(struct trail *trail)
{
    text_free(&trail->encoded);
    free(trail);
}

void trail_expect(struct trail *trail, const struct person *person)
{
    if (trail->history == NULL) {
        return;
    }
    trail->found = false;
    text_clear(&trail->encoded);
    key_append_part(&trail->encoded, person->customer);
    trail->hash = history_expect(trail->history, text_slice(&trail->encoded));
}

static uint32_t number(struct trail *trail)
{
    if (!trail->found) {
        trail->found = true;
        trail->number = history_expected(trail->history, text_slice(&trail->encoded), trail->hash);
    }
    return trail->number;
}

const struct history_thread *trail_find(struct trail *trail, struct candidate *candidate)
{
    candidate->thread_known = true;
    if (trail->history != NULL) {
        candidate->thread = history_thread(trail->history, number(trail), candidate->rule->encoded);
    }
    return candidate->thread;
}

const struct history_occurrence *trail_follow(const struct trail *trail, const struct candidate *candidate)
{
    if (candidate->rule->kind != POLICY_WINBACK) {
        return history_find(trail->history, candidate->thread, candidate->nominal);
    }
    const struct history_occurrence *occurrence = history_newest(trail->history, candidate->thread);
    while (occurrence != NULL && occurrence->nominal <= candidate->anchor) {
        occurrence = history_older(trail->history, occurrence);
    }
    return occurrence;
}
