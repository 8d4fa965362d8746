// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * map: a table of slots found by linear probing, each the number of an entry and half its key's hash; the entries, key
 * and value together, lie in blocks, each twice as large as the one before, and never move.
 *
 * The hash is NH (Black, Halevi, Krawczyk, Krovetz, Rogaway: "UMAC", CRYPTO '99, section 4) with secret words, over 16
 * bytes at a time: two blocks given in advance collide with a chance of 2^-32. A bijective mixer follows.
 */
#include "map.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "arena.h"
#include "diag.h"
#include "digits.h"
#include "heap.h"

enum {
    KEY_SIZE = 16,
    SHORT_LENGTH = KEY_SIZE - 1, // longest key that lies in its entry
    LONG_KEY = 0xFF,             // in place of a short key's length
    FIRST_SLOTS = 32,
    FIRST_BLOCK_BITS = 4,
    FIRST_BLOCK = 1 << FIRST_BLOCK_BITS,
    BLOCKS = 33 - FIRST_BLOCK_BITS, // enough for 2^32 entries
    CACHE_LINE = 64,
};

// A short key is its bytes, zeroes up to byte 14, and its length; a long one lies in the arena and has LONG_KEY there.
union key {
    unsigned char bytes[KEY_SIZE];
    struct {
        const char *data;
        uint32_t length;
    } distant;
};

struct slot {
    uint32_t tag;    // the upper half of the hash; its low bits say where the search begins
    uint32_t number; // of the entry, from 1; 0 is a free slot
};

struct block {
    void *memory;
    char *entries; // within `memory`, on a cache line
};

struct map {
    struct slot *slots;
    size_t slot_mask; // their number, a power of two, less one
    size_t count;
    size_t entry_size;
    uint32_t secret[4];
    struct block blocks[BLOCKS];
    struct arena long_keys;
};

// A bijection of 64 bits in which every bit of the result depends on every bit of `x` (the finish of MurmurHash3).
static uint64_t mix(uint64_t x)
{
    x ^= x >> 33;
    x *= UINT64_C(0xff51afd7ed558ccd);
    x ^= x >> 33;
    x *= UINT64_C(0xc4ceb9fe1a85ec53);
    return x ^ x >> 33;
}

static void choose_secret(struct map *map)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t seed = mix((uint64_t)now.tv_sec ^ mix((uint64_t)now.tv_nsec));
    seed = mix(seed ^ (uint64_t)getpid());
    seed = mix(seed ^ (uint64_t)(uintptr_t)map);
    for (size_t i = 0; i < 4; i += 2) {
        seed = mix(seed + UINT64_C(0x9e3779b97f4a7c15));
        map->secret[i] = (uint32_t)seed;
        map->secret[i + 1] = (uint32_t)(seed >> 32);
    }
}

struct map *map_create(size_t value_size)
{
    if (value_size > SIZE_MAX / 2) {
        diag_out_of_memory();
    }
    struct map *map = heap_allocate(1, sizeof *map);
    map->slots = heap_allocate(FIRST_SLOTS, sizeof *map->slots);
    map->slot_mask = FIRST_SLOTS - 1;
    map->entry_size = KEY_SIZE + (value_size + KEY_SIZE - 1) / KEY_SIZE * KEY_SIZE;
    choose_secret(map);
    return map;
}

void map_free(struct map *map)
{
    if (map == NULL) {
        return;
    }
    for (size_t i = 0; i < BLOCKS; i++) {
        free(map->blocks[i].memory);
    }
    arena_free(&map->long_keys);
    free(map->slots);
    free(map);
}

// A short key in two words, the first byte lowest, and its length above all. Zeroes for a long one.
struct packed {
    uint64_t low;
    uint64_t high;
};

// Eight bytes as a word whose lowest byte is the first one.
static uint64_t load_word(const void *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

static void store_word(void *bytes, uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    memcpy(bytes, &word, sizeof word);
}

// At most SHORT_LENGTH bytes. Eight of them or more are read as two words that overlap: so the length, which cannot be
// foreseen, costs no branch of its own, and no byte goes through memory, where a word could not be read back before
// all of its parts were written.
static inline struct packed pack_bytes(struct slice bytes)
{
    enum { WORD = 8 };
    struct packed packed = {.high = (uint64_t)bytes.length << 56};
    if (bytes.length >= WORD) {
        size_t half = (KEY_SIZE - bytes.length) * 4; // of the bits that both words have; a shift by all 64 is undefined
        packed.low = load_word(bytes.data);
        packed.high |= load_word(bytes.data + bytes.length - WORD) >> half >> half;
    } else if (bytes.length > 0) {
        packed.low = digits_load(bytes.data, bytes.length);
    }
    return packed;
}

static struct packed pack(struct slice key)
{
    return key.length <= SHORT_LENGTH ? pack_bytes(key) : (struct packed){0, 0};
}

static uint64_t hash_block(const uint32_t secret[4], uint64_t low, uint64_t high)
{
    uint64_t left = (uint64_t)((uint32_t)low + secret[0]) * ((uint32_t)(low >> 32) + secret[1]);
    uint64_t right = (uint64_t)((uint32_t)high + secret[2]) * ((uint32_t)(high >> 32) + secret[3]);
    return left + right;
}

static uint64_t hash_rest(const struct map *map, uint64_t hash, struct slice rest)
{
    struct packed packed = pack_bytes(rest);
    return mix(hash ^ hash_block(map->secret, packed.low, packed.high));
}

// Apart, so that the hash of a short key saves no registers for it.
__attribute__((noinline)) static uint64_t hash_long(const struct map *map, struct slice key)
{
    uint64_t hash = 0;
    do {
        hash = mix(hash ^ hash_block(map->secret, load_word(key.data), load_word(key.data + KEY_SIZE / 2)));
        key = slice_part(key, KEY_SIZE, key.length);
    } while (key.length > SHORT_LENGTH);
    return hash_rest(map, hash, key);
}

uint64_t map_hash(const struct map *map, struct slice key)
{
    return key.length > SHORT_LENGTH ? hash_long(map, key) : hash_rest(map, 0, key);
}

static char *entry_at(const struct map *map, size_t index)
{
    // Block k begins at entry (2^k - 1) * FIRST_BLOCK: the highest bit of `place` names the block.
    uint64_t place = (uint64_t)index + FIRST_BLOCK;
    int highest = 63 - __builtin_clzll(place);
    uint64_t within = place - (UINT64_C(1) << highest);
    return map->blocks[highest - FIRST_BLOCK_BITS].entries + within * map->entry_size;
}

static void *value_of(char *entry)
{
    return entry + KEY_SIZE;
}

static bool is_key(const void *entry, struct slice key, struct packed packed)
{
    const union key *stored = entry;
    if (key.length <= SHORT_LENGTH) {
        return load_word(stored->bytes) == packed.low && load_word(stored->bytes + KEY_SIZE / 2) == packed.high;
    }
    return stored->bytes[SHORT_LENGTH] == LONG_KEY && stored->distant.length == key.length &&
           memcmp(stored->distant.data, key.data, key.length) == 0;
}

static uint32_t tag_of(uint64_t hash)
{
    return (uint32_t)(hash >> 32);
}

// The slot that holds `key`, or the free one where it belongs.
static struct slot *find_slot(const struct map *map, struct slice key, struct packed packed, uint32_t tag)
{
    for (size_t at = tag & map->slot_mask;; at = (at + 1) & map->slot_mask) {
        struct slot *slot = &map->slots[at];
        if (slot->number == 0) {
            return slot;
        }
        if (slot->tag == tag && is_key(entry_at(map, slot->number - 1), key, packed)) {
            return slot;
        }
    }
}

static bool is_full(const struct map *map)
{
    return map->count >= (map->slot_mask + 1) / 5 * 3;
}

// The tag says where a slot belongs in any table, so no entry is read here.
static void grow_slots(struct map *map)
{
    size_t count = map->slot_mask + 1;
    size_t mask = count * 2 - 1;
    struct slot *slots = heap_allocate(count * 2, sizeof *slots);
    for (size_t i = 0; i < count; i++) {
        if (map->slots[i].number == 0) {
            continue;
        }
        size_t at = map->slots[i].tag & mask;
        while (slots[at].number != 0) {
            at = (at + 1) & mask;
        }
        slots[at] = map->slots[i];
    }
    free(map->slots);
    map->slots = slots;
    map->slot_mask = mask;
}

static void add_block(struct map *map, struct block *block, size_t count)
{
    enum { SPARE = CACHE_LINE / KEY_SIZE }; // entries enough to begin on a cache line
    block->memory = heap_allocate(count + SPARE, map->entry_size);
    size_t beyond = (uintptr_t)block->memory % CACHE_LINE;
    block->entries = (char *)block->memory + (beyond == 0 ? 0 : CACHE_LINE - beyond);
}

// A new entry at the end, its value zero.
static char *add_entry(struct map *map, struct slice key, struct packed packed)
{
    if (map->count >= MAP_NONE - 1 || key.length > UINT32_MAX) {
        diag_out_of_memory();
    }
    uint64_t place = (uint64_t)map->count + FIRST_BLOCK;
    if ((place & (place - 1)) == 0) {
        int number = 63 - __builtin_clzll(place) - FIRST_BLOCK_BITS;
        add_block(map, &map->blocks[number], (size_t)place);
    }
    char *entry = entry_at(map, map->count++);
    union key *stored = (void *)entry;
    store_word(stored->bytes, packed.low);
    store_word(stored->bytes + KEY_SIZE / 2, packed.high);
    if (key.length > SHORT_LENGTH) {
        stored->distant.data = arena_copy(&map->long_keys, key).data;
        stored->distant.length = (uint32_t)key.length;
        stored->bytes[SHORT_LENGTH] = LONG_KEY;
    }
    return entry;
}

void *map_add_hashed(struct map *map, struct slice key, uint64_t hash, uint32_t *index)
{
    struct packed packed = pack(key);
    uint32_t tag = tag_of(hash);
    struct slot *slot = find_slot(map, key, packed, tag);
    char *entry;
    if (slot->number != 0) {
        entry = entry_at(map, slot->number - 1);
    } else {
        if (is_full(map)) {
            grow_slots(map);
            slot = find_slot(map, key, packed, tag);
        }
        entry = add_entry(map, key, packed);
        *slot = (struct slot){tag, (uint32_t)map->count};
    }
    if (index != NULL) {
        *index = slot->number - 1;
    }
    return value_of(entry);
}

void *map_add(struct map *map, struct slice key, uint32_t *index)
{
    return map_add_hashed(map, key, map_hash(map, key), index);
}

uint32_t map_find_hashed(const struct map *map, struct slice key, uint64_t hash)
{
    struct packed packed = pack(key);
    const struct slot *slot = find_slot(map, key, packed, tag_of(hash));
    return slot->number == 0 ? MAP_NONE : slot->number - 1;
}

uint32_t map_find(const struct map *map, struct slice key)
{
    return map_find_hashed(map, key, map_hash(map, key));
}

void map_prefetch(const struct map *map, uint64_t hash)
{
    __builtin_prefetch(&map->slots[tag_of(hash) & map->slot_mask]);
}

void *map_prefetch_entry(const struct map *map, uint64_t hash)
{
    uint32_t tag = tag_of(hash);
    size_t at = tag & map->slot_mask;
    while (map->slots[at].tag != tag && map->slots[at].number != 0) {
        at = (at + 1) & map->slot_mask;
    }
    if (map->slots[at].number == 0) {
        return NULL;
    }
    char *entry = entry_at(map, map->slots[at].number - 1);
    __builtin_prefetch(entry, 1);
    return value_of(entry);
}

bool map_is_value_of(const void *value, struct slice key)
{
    return value != NULL && is_key((const char *)value - KEY_SIZE, key, pack(key));
}

size_t map_count(const struct map *map)
{
    return map->count;
}

void *map_value(const struct map *map, uint32_t index)
{
    return value_of(entry_at(map, index));
}

struct slice map_key(const struct map *map, uint32_t index)
{
    const union key *stored = (const void *)entry_at(map, index);
    if (stored->bytes[SHORT_LENGTH] == LONG_KEY) {
        return (struct slice){stored->distant.data, stored->distant.length};
    }
    return (struct slice){(const char *)stored->bytes, stored->bytes[SHORT_LENGTH]};
}
