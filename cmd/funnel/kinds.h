// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * kinds: what events of a log have in common, numbered: which steps they match, which attempts they end, a label and an
 * amount. Costs some 80 bytes a kind, of which a log has few.
 */
#ifndef KINDS_H
#define KINDS_H

#include <stddef.h>
#include <stdint.h>

struct kind {
    uint64_t steps;
    uint64_t ends;
    int64_t amount;
    uint64_t label;
};

#define KINDS_NONE UINT32_MAX

enum { KINDS_RECENT = 64 };

// The zero value is not usable; opened by kinds_open, freed by kinds_free.
struct kinds {
    struct map *numbers;
    struct kind *all; // by number, borrowed by who must be quick
    size_t capacity;
    uint32_t count;
    uint32_t most;
    uint32_t recent[KINDS_RECENT]; // found again without the map
};

void kinds_open(struct kinds *kinds, uint32_t most);
void kinds_free(struct kinds *kinds);

// The number of a kind, which is new or not; KINDS_NONE when it is new and there are as many as may be.
uint32_t kinds_number(struct kinds *kinds, const struct kind *kind);

#endif
