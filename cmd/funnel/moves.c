// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * moves: a set of pairs.
 */
#include "moves.h"

#include "text.h"

struct moves moves_create(void)
{
    return (struct moves){map_create(0), map_create(0), false};
}

void moves_free(struct moves *moves)
{
    if (moves->pairs != NULL) {
        map_free(moves->pairs);
        map_free(moves->stages);
    }
    *moves = (struct moves){NULL, NULL, false};
}

static void set_pair(struct text *pair, struct slice from, struct slice to)
{
    text_append(pair, from);
    text_append_byte(pair, '\0');
    text_append(pair, to);
}

void moves_add(struct moves *moves, struct slice from, struct slice to)
{
    struct text pair = {0};
    set_pair(&pair, from, to);
    map_add(moves->pairs, text_slice(&pair), NULL);
    text_free(&pair);
    map_add(moves->stages, to, NULL);
    if (from.length == 0) {
        moves->has_first = true;
    } else {
        map_add(moves->stages, from, NULL);
    }
}

bool moves_allow(const struct moves *moves, struct slice from, struct slice to)
{
    if (from.length == 0 && !moves->has_first) {
        return map_find(moves->stages, to) != MAP_NONE;
    }
    struct text pair = {0};
    set_pair(&pair, from, to);
    bool found = map_find(moves->pairs, text_slice(&pair)) != MAP_NONE;
    text_free(&pair);
    return found;
}
