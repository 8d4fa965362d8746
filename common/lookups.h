// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lookups: keys that wait to be added to a map while the memory of their entries is on its way.
 *
 * With a million keys nearly every look-up waits for memory; when many are on their way at once, hardly any is waited
 * for, which makes a whole run several times faster. Keys come out in the order in which they went in, so entries are
 * numbered as without it. Keys are copied; who has more to say of each keeps it in a ring of LOOKUPS_ROOM places.
 */
#ifndef LOOKUPS_H
#define LOOKUPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "map.h"
#include "slice.h"

#define LOOKUPS_ROOM 32 // keys that wait at most, a power of two

struct lookups;

// A key that waits no more.
struct lookups_found {
    void *value;    // as map_add gives it
    uint32_t index; // likewise
    size_t place;   // its turn, counted from 0, modulo LOOKUPS_ROOM
};

// The map is borrowed. It may be asked and added to meanwhile, by one who does not mind the order.
struct lookups *lookups_create(struct map *map);
void lookups_free(struct lookups *lookups);

// The place of the next key in the ring. Use it once lookups_add was called: the oldest one may still be there.
size_t lookups_place(const struct lookups *lookups);

// Lets `key` wait. True when that took the oldest one out.
bool lookups_add(struct lookups *lookups, struct slice key, struct lookups_found *oldest);

// Takes the oldest one out. False when none waits.
bool lookups_next(struct lookups *lookups, struct lookups_found *oldest);

#endif
