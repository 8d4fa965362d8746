// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * biography: random events against a slow way: of one person the earliest event not told yet, the first added of equal
 * ones, told when its stage is another than the one before. And legal moves.
 */
#include "../../cmd/funnel/biography.h"

#include <stdlib.h>

#include "../../cmd/funnel/moves.h"
#include "tap.h"

enum {
    PEOPLE = 4,
    MOST = 100, // more than may wait to be looked up
};

static const char *const customers[PEOPLE] = {"a", "b", "c", "somebody whose key is longer than those of others"};

// Does the page of this person hold what looking through all events gives?
static bool agrees(const struct biography *biography, const struct biography_event *events, size_t count,
                   uint32_t person)
{
    bool told[MOST] = {false};
    size_t made = 0;
    uint32_t stage = UINT32_MAX;
    size_t number = biography_find(biography, slice_of(customers[person]));
    struct biography_page page = {.count = 0};
    if (number != SIZE_MAX) {
        page = biography_page(biography, number);
    }
    for (size_t round = 0; round < count; round++) {
        size_t next = count;
        for (size_t i = 0; i < count; i++) {
            if (!told[i] && events[i].person == person && (next == count || events[i].time < events[next].time)) {
                next = i;
            }
        }
        if (next == count) {
            break;
        }
        told[next] = true;
        if (events[next].stage != stage) {
            if (made == page.count || page.events[made].line != events[next].line) {
                return false;
            }
            made++;
        }
        stage = events[next].stage;
    }
    return made == page.count;
}

static bool random_events_agree(void)
{
    struct biography_event events[MOST];
    struct biography biography;
    biography_open(&biography, false);
    size_t count = (size_t)rand() % (MOST + 1);
    for (size_t i = 0; i < count; i++) {
        events[i] = (struct biography_event){
            .time = rand() % 12, .line = i, .person = (uint32_t)(rand() % PEOPLE), .stage = (uint32_t)(rand() % 3)};
        biography_add(&biography, slice_of(customers[events[i].person]), &events[i]);
    }
    biography_settle(&biography);
    bool agree = true;
    for (uint32_t person = 0; person < PEOPLE; person++) {
        agree = agree && agrees(&biography, events, count, person);
    }
    biography_free(&biography);
    return agree;
}

static void test_moves(void)
{
    struct slice none = {NULL, 0};
    struct moves moves = moves_create();
    moves_add(&moves, slice_of("a"), slice_of("b"));
    CHECK(moves_allow(&moves, slice_of("a"), slice_of("b")));
    CHECK(!moves_allow(&moves, slice_of("b"), slice_of("a")));
    CHECK(moves_allow(&moves, none, slice_of("a")) && moves_allow(&moves, none, slice_of("b")));
    CHECK(!moves_allow(&moves, none, slice_of("c")));
    moves_add(&moves, none, slice_of("a"));
    CHECK(moves_allow(&moves, none, slice_of("a")) && !moves_allow(&moves, none, slice_of("b")));
    moves_free(&moves);
    moves_free(&moves);
}

int main(void)
{
    srand(2);
    int good = 0;
    for (int i = 0; i < 5000; i++) {
        good += random_events_agree();
    }
    CHECK(good == 5000);
    test_moves();
    return tap_done();
}
