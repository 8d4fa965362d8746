// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * map: from a key (bytes) to a value of fixed size, in order of first appearance.
 *
 * Keys are copied into the map: up to 15 bytes beside the value, longer ones in an arena. Values start as zero bytes,
 * are aligned for any type and never move, so a pointer to one lives as long as the map. Entries are numbered from 0 on
 * as they are first seen; no order in the output ever depends on a hash. The hash is seeded per map, so that crafted
 * keys cannot collide on purpose.
 *
 * Out of memory ends the program (heap.h), and so does more than the map is made for: 2^32 - 2 entries, keys of 4 GiB.
 *
 * A lookup in a large map waits for memory twice: for the slot, then for the entry, which holds key and value together.
 * Who has many keys at hand overlaps the waits: hash and prefetch them all, then prefetch their entries, then add them.
 */
#ifndef MAP_H
#define MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

struct map;

#define MAP_NONE UINT32_MAX

// An empty map of values of `value_size` bytes (0 for a set). Freed by map_free.
struct map *map_create(size_t value_size);
void map_free(struct map *map);

// The value of `key`, added with a value of zeroes when it is new. `*index`, when not NULL, gets its number.
void *map_add(struct map *map, struct slice key, uint32_t *index);

// The number of `key`, or MAP_NONE.
uint32_t map_find(const struct map *map, struct slice key);

size_t map_count(const struct map *map);
void *map_value(const struct map *map, uint32_t index);
struct slice map_key(const struct map *map, uint32_t index); // lives as long as the map

// The batch interface. What map_add and map_find do with `key`: good for this map only, for as long as it lives.
uint64_t map_hash(const struct map *map, struct slice key);

// Asks for the memory that a lookup with this hash reads first, without waiting for it. Changes nothing.
void map_prefetch(const struct map *map, uint64_t hash);

// The same for what it reads next; worth while only some keys after map_prefetch, since it reads that memory itself.
// Gives the value that it takes for that of the key, NULL when it has no guess: map_is_value_of tells whether it is
// right, which is cheaper than a lookup and mostly so for a key that is there.
void *map_prefetch_entry(const struct map *map, uint64_t hash);

// Is this value of a map, or NULL, that of `key`?
bool map_is_value_of(const void *value, struct slice key);

// map_add and map_find, where `hash` is map_hash(map, key). Keys added in between do not matter.
void *map_add_hashed(struct map *map, struct slice key, uint64_t hash, uint32_t *index);
uint32_t map_find_hashed(const struct map *map, struct slice key, uint64_t hash);

#endif
