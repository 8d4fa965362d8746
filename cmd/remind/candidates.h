// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * candidates: a list of candidates that outlive their rows.
 *
 * Texts are copied, those of a person once for all candidates of his row.
 */
#ifndef CANDIDATES_H
#define CANDIDATES_H

#include <stddef.h>

#include "arena.h"
#include "candidate.h"
#include "person.h"

// Where the texts of candidates are kept. Lists that get candidates of the same rows, one row after the other, may
// share it: then a person is copied once for all of them. The zero value is empty.
struct candidates_texts {
    const struct person *person; // copied last, NULL: none
    struct arena arena;
};

void candidates_free_texts(struct candidates_texts *texts);

struct candidates {
    struct candidate *items;
    size_t count;
    size_t capacity;
    struct candidates_texts *texts; // borrowed
};

void candidates_free(struct candidates *list);

// Adds a copy. All that is to be known of its person is known.
void candidates_keep(struct candidates *list, const struct candidate *candidate);

// Candidates and persons lie in the order of the input. Who goes through many in another order calls this with the
// place of each: memory of those that follow is asked for.
void candidates_expect(struct candidate *const *order, size_t place, size_t count);

// Takes the item at `from` to `to`, where the list is being thinned out.
static inline void candidates_move(struct candidates *list, size_t from, size_t to)
{
    if (from != to) {
        list->items[to] = list->items[from];
    }
}

#endif
