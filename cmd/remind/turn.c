// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * turn: texts go into an arena that is reset with each row.
 */
#include "turn.h"

#include <stdlib.h>

#include "heap.h"

void turn_make(struct turn *turn, size_t rules)
{
    *turn = (struct turn){.candidates = heap_allocate(rules, sizeof *turn->candidates)};
}

void turn_free(struct turn *turn)
{
    free(turn->candidates);
    arena_free(&turn->arena);
}

void turn_keep(struct turn *turn)
{
    arena_reset(&turn->arena);
    person_keep(&turn->person, &turn->arena);
    for (size_t i = 0; i < turn->count; i++) {
        if (candidate_has_texts(&turn->candidates[i])) {
            candidate_keep(&turn->candidates[i], &turn->arena);
        }
    }
}
