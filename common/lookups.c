// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lookups: a ring. The slots of some keys in the map are asked for together, since their addresses have to be found as
 * well and that is overlapped too; their entries half way through.
 */
#include "lookups.h"

#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "text.h"

enum {
    BATCH = 8, // keys asked for together
    HALF_WAY = LOOKUPS_ROOM / 2,
    SHORT_KEY = 40, // the longest key that lies in the ring
};

struct waiting {
    uint64_t hash;
    size_t length;
    char key[SHORT_KEY];
    struct text long_key;
};

struct lookups {
    struct map *map;
    size_t come;   // keys that ever waited
    size_t hashed; // of these, those whose slot was asked for
    size_t taken;  // and those that wait no more
    struct waiting ring[LOOKUPS_ROOM];
};

struct lookups *lookups_create(struct map *map)
{
    struct lookups *lookups = heap_allocate(1, sizeof *lookups);
    lookups->map = map;
    return lookups;
}

void lookups_free(struct lookups *lookups)
{
    if (lookups == NULL) {
        return;
    }
    for (size_t i = 0; i < LOOKUPS_ROOM; i++) {
        text_free(&lookups->ring[i].long_key);
    }
    free(lookups);
}

static void set_key(struct waiting *waiting, struct slice key)
{
    waiting->length = key.length;
    if (key.length <= SHORT_KEY) {
        memcpy(waiting->key, key.data, key.length);
    } else {
        text_clear(&waiting->long_key);
        text_append(&waiting->long_key, key);
    }
}

static struct slice key_of(const struct waiting *waiting)
{
    return waiting->length <= SHORT_KEY ? (struct slice){waiting->key, waiting->length}
                                        : text_slice(&waiting->long_key);
}

static void ask_for_slots(struct lookups *lookups)
{
    for (; lookups->hashed < lookups->come; lookups->hashed++) {
        struct waiting *waiting = &lookups->ring[lookups->hashed % LOOKUPS_ROOM];
        waiting->hash = map_hash(lookups->map, key_of(waiting));
        map_prefetch(lookups->map, waiting->hash);
    }
}

// Of the batch that came half a ring ago.
static void ask_for_entries(const struct lookups *lookups)
{
    size_t end = lookups->come - HALF_WAY;
    for (size_t i = end - BATCH; i < end; i++) {
        map_prefetch_entry(lookups->map, lookups->ring[i % LOOKUPS_ROOM].hash);
    }
}

bool lookups_next(struct lookups *lookups, struct lookups_found *oldest)
{
    if (lookups->taken == lookups->come) {
        return false;
    }
    if (lookups->taken == lookups->hashed) {
        ask_for_slots(lookups);
    }
    oldest->place = lookups->taken++ % LOOKUPS_ROOM;
    const struct waiting *waiting = &lookups->ring[oldest->place];
    oldest->value = map_add_hashed(lookups->map, key_of(waiting), waiting->hash, &oldest->index);
    return true;
}

size_t lookups_place(const struct lookups *lookups)
{
    return lookups->come % LOOKUPS_ROOM;
}

bool lookups_add(struct lookups *lookups, struct slice key, struct lookups_found *oldest)
{
    bool is_full = lookups->come - lookups->taken == LOOKUPS_ROOM && lookups_next(lookups, oldest);
    set_key(&lookups->ring[lookups->come++ % LOOKUPS_ROOM], key);
    if (lookups->come % BATCH == 0) {
        ask_for_slots(lookups);
        if (lookups->come >= HALF_WAY + BATCH) {
            ask_for_entries(lookups);
        }
    }
    return is_full;
}
