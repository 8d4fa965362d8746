// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * moves: from which stage people may go to which.
 *
 * Stages are compared byte for byte. Memory grows with the moves; it lives until moves_free.
 */
#ifndef MOVES_H
#define MOVES_H

#include <stdbool.h>

#include "map.h"
#include "slice.h"

struct moves {
    struct map *pairs;  // from, NUL, to: no cell holds a NUL
    struct map *stages; // all that a move names
    bool has_first;     // is it said which stages may come first?
};

struct moves moves_create(void);
void moves_free(struct moves *moves);

// `from` empty: `to` may be somebody's first stage.
void moves_add(struct moves *moves, struct slice from, struct slice to);

// May somebody go there? `from` empty: begin there, which he may with any stage that a move names when no first stages
// were added.
bool moves_allow(const struct moves *moves, struct slice from, struct slice to);

#endif
