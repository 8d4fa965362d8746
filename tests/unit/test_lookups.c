// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lookups: keys of all lengths come out in the order in which they went in, each with what map_add would have given it,
 * whether the queue fills or is emptied in between.
 */
#include "lookups.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"

enum {
    KEYS = 20000,
    LONGEST = 100,
};

static struct slice random_key(char *room)
{
    size_t length = (size_t)rand() % 4 == 0 ? (size_t)rand() % LONGEST : (size_t)rand() % 4;
    memset(room, 'k', length);
    if (length > 0) {
        room[rand() % (int)length] = (char)('a' + rand() % 3);
    }
    return (struct slice){room, length};
}

// What went in and has not come out yet, and the same keys added to a map at once.
struct expected {
    struct map *map;
    uint32_t numbers[KEYS];
    size_t come;
    size_t taken;
    size_t places[LOOKUPS_ROOM]; // the turn of the key in each place of the ring
};

static bool agrees(struct expected *expected, const struct map *map, const struct lookups_found *found)
{
    size_t turn = expected->taken++;
    return turn < expected->come && found->index == expected->numbers[turn] && expected->places[found->place] == turn &&
           found->value == map_value(map, found->index);
}

static void test_order(void)
{
    struct map *map = map_create(sizeof(int));
    struct lookups *lookups = lookups_create(map);
    struct expected *expected = calloc(1, sizeof *expected);
    struct lookups_found found;
    char room[LONGEST];
    bool good = true;
    expected->map = map_create(0);
    for (size_t i = 0; i < KEYS; i++) {
        struct slice key = random_key(room);
        size_t place = lookups_place(lookups);
        if (lookups_add(lookups, key, &found)) {
            good = good && agrees(expected, map, &found);
        }
        map_add(expected->map, key, &expected->numbers[i]);
        memset(room, 'x', sizeof room); // the key that waits is a copy
        expected->places[place] = expected->come++;
        for (int more = rand() % 50 == 0 ? rand() % 40 : 0; more > 0 && lookups_next(lookups, &found); more--) {
            good = good && agrees(expected, map, &found);
        }
    }
    while (lookups_next(lookups, &found)) {
        good = good && agrees(expected, map, &found);
    }
    CHECK(good);
    CHECK(expected->taken == KEYS && !lookups_next(lookups, &found));
    CHECK(map_count(map) == map_count(expected->map));
    lookups_free(lookups);
    lookups_free(NULL);
    map_free(map);
    map_free(expected->map);
    free(expected);
}

int main(void)
{
    srand(11);
    test_order();
    return tap_done();
}
