// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * kinds: a map from the bytes of a kind to its number, and before it the kinds seen of late.
 */
#include "kinds.h"

#include <stdbool.h>
#include <stdlib.h>

#include "heap.h"
#include "map.h"
#include "slice.h"

void kinds_open(struct kinds *kinds, uint32_t most)
{
    *kinds = (struct kinds){.numbers = map_create(0), .most = most};
}

void kinds_free(struct kinds *kinds)
{
    map_free(kinds->numbers);
    free(kinds->all);
}

static uint32_t add(struct kinds *kinds, const struct kind *kind)
{
    struct slice key = {(const char *)kind, sizeof *kind};
    uint32_t number = map_find(kinds->numbers, key);
    if (number != MAP_NONE || kinds->count == kinds->most) {
        return number == MAP_NONE ? KINDS_NONE : number;
    }
    map_add(kinds->numbers, key, &number);
    kinds->all = heap_grow(kinds->all, &kinds->capacity, (size_t)number + 1, sizeof *kinds->all);
    kinds->all[number] = *kind;
    kinds->count = number + 1;
    return number;
}

static bool is_same(const struct kind *a, const struct kind *b)
{
    return a->steps == b->steps && a->ends == b->ends && a->amount == b->amount && a->label == b->label;
}

uint32_t kinds_number(struct kinds *kinds, const struct kind *kind)
{
    uint64_t mixed = kind->steps ^ kind->ends << 7 ^ (uint64_t)kind->amount << 20 ^ kind->label << 32;
    size_t place = mixed * UINT64_C(0x9E3779B97F4A7C15) >> 58;
    uint32_t recent = kinds->recent[place];
    if (recent < kinds->count && is_same(&kinds->all[recent], kind)) {
        return recent;
    }
    uint32_t number = add(kinds, kind);
    kinds->recent[place] = number == KINDS_NONE ? recent : number;
    return number;
}
