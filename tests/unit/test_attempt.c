// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * attempt: the attempt that counts, against every choice of events that there is, on random small logs; and the edges.
 */
#include <stdint.h>
#include <stdlib.h>

#include "../../cmd/funnel/attempt.h"
#include "tap.h"

enum {
    MOST_EVENTS = 9,
    MOST_STEPS = 4,
    LOGS = 20000,
};

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

// Times from 0 up with many ties; half the events match one step, others none, several or all.
static size_t random_log(uint64_t *state, size_t steps, struct attempt_event *events)
{
    size_t count = next_random(state) % (MOST_EVENTS + 1);
    int64_t time = 0;
    for (size_t i = 0; i < count; i++) {
        time += (int64_t)(next_random(state) % 4);
        bool single = next_random(state) % 2 == 0;
        uint64_t any = next_random(state) % (UINT64_C(1) << steps);
        events[i] = (struct attempt_event){time, single ? UINT64_C(1) << next_random(state) % steps : any};
    }
    return count;
}

static struct attempt_rules random_rules(uint64_t *state)
{
    struct attempt_rules rules = {.steps = 1 + next_random(state) % MOST_STEPS,
                                  .start = (enum attempt_start)(next_random(state) % 3),
                                  .has_window = next_random(state) % 3 != 0};
    rules.window.seconds = 1 + (int64_t)(next_random(state) % 8);
    return rules;
}

// Is a chain of positions to be preferred to the best one so far? Deeper, then by the start, then earlier at each step.
static bool is_preferred(const struct attempt_rules *rules, const struct attempt *chain, const struct attempt *best)
{
    if (chain->level != best->level) {
        return chain->level > best->level;
    }
    if (chain->positions[0] != best->positions[0]) {
        return (chain->positions[0] < best->positions[0]) != (rules->start == ATTEMPT_LATEST);
    }
    for (size_t i = 1; i < chain->level; i++) {
        if (chain->positions[i] != best->positions[i]) {
            return chain->positions[i] < best->positions[i];
        }
    }
    return false;
}

// Tries every event as the next step of the chain.
static void try_all(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                    struct attempt *chain, struct attempt *best)
{
    if (chain->level > 0 && is_preferred(rules, chain, best)) {
        *best = *chain;
    }
    if (chain->level == rules->steps) {
        return;
    }
    size_t from = chain->level == 0 ? 0 : chain->positions[chain->level - 1] + 1;
    for (size_t i = from; i < count; i++) {
        if ((events[i].steps >> chain->level & 1) == 0 ||
            (chain->level > 0 && rules->has_window &&
             events[i].time - events[chain->positions[0]].time > rules->window.seconds)) {
            continue;
        }
        chain->positions[chain->level++] = i;
        try_all(rules, events, count, chain, best);
        chain->level--;
        if (chain->level == 0 && rules->start == ATTEMPT_FIRST) {
            return;
        }
    }
}

static bool is_same(const struct attempt *a, const struct attempt *b)
{
    return a->level == b->level && memcmp(a->positions, b->positions, a->level * sizeof a->positions[0]) == 0;
}

static void test_against_every_choice(void)
{
    uint64_t state = 88172645463325252U;
    size_t wrong = 0;
    size_t deep[MOST_STEPS + 1] = {0};
    for (size_t i = 0; i < LOGS; i++) {
        struct attempt_event events[MOST_EVENTS];
        struct attempt_rules rules = random_rules(&state);
        size_t count = random_log(&state, rules.steps, events);
        struct attempt found = {0};
        struct attempt chain = {0};
        struct attempt best = {0};
        attempt_find(&rules, events, count, &found);
        try_all(&rules, events, count, &chain, &best);
        wrong += !is_same(&found, &best);
        deep[found.level]++;
    }
    CHECK(wrong == 0);
    for (size_t i = 0; i <= MOST_STEPS; i++) {
        CHECK(deep[i] > LOGS / 100); // the logs reach every level
    }
}

// What a log in order of time keeps is enough: the answer over what is kept and what comes later, or what was
// remembered, is the answer over all.
static void find_in_parts(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                          size_t split, struct attempt *found)
{
    struct attempt before;
    attempt_find(rules, events, split, &before);
    bool keep[MOST_EVENTS];
    struct attempt_event rest[MOST_EVENTS];
    size_t origin[MOST_EVENTS];
    size_t kept = 0;
    attempt_keep(rules, events, split, split == 0 ? 0 : events[split - 1].time, keep);
    for (size_t i = 0; i < count; i++) {
        if (i >= split || keep[i]) {
            origin[kept] = i;
            rest[kept++] = events[i];
        }
    }
    attempt_find(rules, rest, kept, found);
    bool remembered = before.level > 0 && !keep[before.positions[0]];
    if (remembered && !attempt_replaces(rules, found->level, before.level)) {
        *found = before;
        return;
    }
    for (size_t i = 0; i < found->level; i++) {
        found->positions[i] = origin[found->positions[i]];
    }
}

static void test_what_is_kept_is_enough(void)
{
    uint64_t state = 1181783497276652981U;
    size_t wrong = 0;
    for (size_t i = 0; i < LOGS; i++) {
        struct attempt_event events[MOST_EVENTS];
        struct attempt_rules rules = random_rules(&state);
        size_t count = random_log(&state, rules.steps, events);
        size_t split = next_random(&state) % (count + 1);
        struct attempt whole = {0};
        struct attempt parts = {0};
        attempt_find(&rules, events, count, &whole);
        find_in_parts(&rules, events, count, split, &parts);
        wrong += !is_same(&whole, &parts);
    }
    CHECK(wrong == 0);
}

// Memory is bounded where the manual says so.
static void test_how_much_is_kept(void)
{
    enum { COUNT = 300, STEPS = 4 };
    struct attempt_event events[COUNT];
    bool keep[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        events[i] = (struct attempt_event){(int64_t)i, UINT64_C(1) << (i * 7 % STEPS)};
    }
    struct attempt_rules rules = {.steps = STEPS};
    CHECK(attempt_keep(&rules, events, COUNT, COUNT, keep) <= STEPS);
    rules.start = ATTEMPT_LATEST;
    CHECK(attempt_keep(&rules, events, COUNT, COUNT, keep) <= STEPS * STEPS);
    rules = (struct attempt_rules){.steps = STEPS, .has_window = true, .window = {.seconds = 10}};
    CHECK(attempt_keep(&rules, events, COUNT, COUNT, keep) <= 11);
    rules.start = ATTEMPT_FIRST;
    CHECK(attempt_keep(&rules, events, COUNT, COUNT, keep) == 0);
}

static void test_window_edge(void)
{
    const struct attempt_event events[] = {{100, 1}, {110, 2}, {111, 2}};
    struct attempt_rules rules = {.steps = 2, .has_window = true, .window = {.seconds = 10}};
    struct attempt found;
    attempt_find(&rules, events, 2, &found);
    CHECK(found.level == 2); // the edge is inside
    rules.window.seconds = 9;
    attempt_find(&rules, events, 3, &found);
    CHECK(found.level == 1);
    CHECK(attempt_is_open(&rules, events, 3, 109));
    CHECK(!attempt_is_open(&rules, events, 3, 110));
}

static void test_civil_window(void)
{
    // From 2023-01-31 00:00 a window of a month ends on 2023-02-28 00:00.
    const struct attempt_event events[] = {{1675123200, 1}, {1677542400, 2}};
    struct attempt_rules rules = {.steps = 2, .has_window = true, .window = {.months = 1}};
    struct attempt found;
    attempt_find(&rules, events, 2, &found);
    CHECK(found.level == 2);
    CHECK(attempt_window_end(&rules, 1675123200) == 1677542400);
}

static void test_extremes(void)
{
    struct attempt_rules rules = {.steps = 1, .has_window = true, .window = {.seconds = INT64_MAX}};
    CHECK(attempt_window_end(&rules, INT64_MAX - 1) == INT64_MAX); // saturates, does not wrap
    struct attempt found = {.level = 7};
    attempt_find(&rules, NULL, 0, &found);
    CHECK(found.level == 0);
    CHECK(!attempt_is_open(&rules, NULL, 0, 0));

    struct attempt_event all[ATTEMPT_STEPS + 1];
    for (size_t i = 0; i < ATTEMPT_STEPS + 1; i++) {
        all[i] = (struct attempt_event){0, UINT64_MAX};
    }
    const enum attempt_start starts[] = {ATTEMPT_BEST, ATTEMPT_FIRST, ATTEMPT_LATEST};
    for (size_t i = 0; i < 3; i++) {
        rules = (struct attempt_rules){.steps = ATTEMPT_STEPS, .start = starts[i], .has_window = true};
        rules.window.seconds = 1;
        attempt_find(&rules, all, ATTEMPT_STEPS + 1, &found);
        CHECK(found.level == ATTEMPT_STEPS); // every event serves one step
        CHECK(found.positions[0] == (starts[i] == ATTEMPT_LATEST));
        bool keep[ATTEMPT_STEPS + 1];
        CHECK(attempt_keep(&rules, all, ATTEMPT_STEPS + 1, 0, keep) <= ATTEMPT_STEPS + 1);
    }
}

// One person, three starts, one purchase: which start is reported.
static void test_which_start(void)
{
    const struct attempt_event events[] = {{0, 1}, {100, 1}, {200, 1}, {300, 2}};
    struct attempt_rules rules = {.steps = 2, .has_window = true, .window = {.seconds = 3600}};
    struct attempt found;
    attempt_find(&rules, events, 4, &found);
    CHECK(found.positions[0] == 0);
    rules.start = ATTEMPT_LATEST;
    attempt_find(&rules, events, 4, &found);
    CHECK(found.positions[0] == 2);
    rules = (struct attempt_rules){.steps = 2, .has_window = true, .window = {.seconds = 200}};
    attempt_find(&rules, events, 4, &found);
    CHECK(found.level == 2 && found.positions[0] == 1); // the first one whose window reaches
    rules.start = ATTEMPT_FIRST;
    attempt_find(&rules, events, 4, &found);
    CHECK(found.level == 1);
}

int main(void)
{
    test_against_every_choice();
    test_what_is_kept_is_enough();
    test_how_much_is_kept();
    test_window_edge();
    test_civil_window();
    test_extremes();
    test_which_start();
    return tap_done();
}
