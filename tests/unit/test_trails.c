// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * trails: what is kept of a log, in any order or in order of time, gives the attempt that all events together give.
 */
#include <stdint.h>
#include <stdlib.h>

#include "../../cmd/funnel/trails.h"
#include "tap.h"

enum {
    MOST_EVENTS = 70,
    MOST_STEPS = 5,
    PEOPLE = 3,
    LOGS = 6000,
};

struct added {
    unsigned person;
    struct trails_event event;
};

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static struct slice name_of(unsigned person)
{
    static const char *const names[PEOPLE] = {"ann", "somebody whose name is longer than any that waits in a batch",
                                              "bob"};
    return slice_of(names[person]);
}

static size_t random_log(uint64_t *state, const struct trails_options *options, struct added *log)
{
    size_t count = next_random(state) % (MOST_EVENTS + 1);
    int64_t time = -20;
    for (size_t i = 0; i < count; i++) {
        time += (int64_t)(next_random(state) % 4);
        uint64_t steps = next_random(state) % 2 == 0 ? UINT64_C(1) << next_random(state) % options->rules.steps
                                                     : next_random(state) % (UINT64_C(1) << options->rules.steps);
        if (steps == 0 && !options->follow) {
            steps = 1;
        }
        uint32_t label = (uint32_t)(next_random(state) % 4);
        bool has_time = next_random(state) % 2 == 0;
        log[i] = (struct added){(unsigned)(next_random(state) % PEOPLE),
                                {.time = time, .has_time = has_time, .steps = steps, .label = label}};
    }
    return count;
}

// The steps and the next event of one person, told from all his events at once.
static void tell_expected(const struct trails_options *options, const struct added *log, size_t count, unsigned person,
                          int64_t now, struct trails_attempt *expected)
{
    struct attempt_event events[MOST_EVENTS];
    struct trails_event own[MOST_EVENTS];
    size_t own_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (log[i].person == person) {
            own[own_count] = log[i].event;
            events[own_count++] = (struct attempt_event){log[i].event.time, log[i].event.steps, 0};
        }
    }
    struct attempt attempt;
    attempt_find(&options->rules, events, own_count, &attempt);
    *expected = (struct trails_attempt){.level = attempt.level};
    for (size_t i = 0; i < attempt.level; i++) {
        const struct trails_event *event = &own[attempt.positions[i]];
        expected->steps[i] = (struct trails_step){event->time, event->has_time, event->label, 0};
    }
    expected->open = attempt_is_open(&options->rules, events, own_count, now);
    if (attempt.level > 0 && options->follow && attempt.positions[attempt.level - 1] + 1 < own_count) {
        expected->has_next = true;
        expected->next = own[attempt.positions[attempt.level - 1] + 1].label;
    }
}

static bool is_same(const struct trails_attempt *a, const struct trails_attempt *b, size_t steps)
{
    if (a->level != b->level || a->has_next != b->has_next || (a->has_next && a->next != b->next) ||
        (a->level < steps && a->open != b->open)) {
        return false;
    }
    for (size_t i = 0; i < a->level; i++) {
        if (a->steps[i].time != b->steps[i].time || a->steps[i].has_time != b->steps[i].has_time ||
            a->steps[i].label != b->steps[i].label) {
            return false;
        }
    }
    return true;
}

// Any order: two rows of different times change places here and there; rows of one time stay as they are.
static void disorder(uint64_t *state, struct added *log, size_t count)
{
    for (size_t pass = 0; pass < 4 * count; pass++) {
        size_t i = next_random(state) % (count - 1);
        if (log[i].event.time != log[i + 1].event.time && next_random(state) % 2 == 0) {
            struct added swap = log[i];
            log[i] = log[i + 1];
            log[i + 1] = swap;
        }
    }
}

static struct trails_options random_options(uint64_t *state)
{
    struct trails_options options = {.sorted = next_random(state) % 2 == 0, .follow = next_random(state) % 2 == 0};
    options.rules.steps = 1 + next_random(state) % MOST_STEPS;
    options.rules.start = (enum attempt_start)(next_random(state) % 3);
    options.rules.has_window = next_random(state) % 3 != 0;
    options.rules.window.seconds = 1 + (int64_t)(next_random(state) % 20);
    return options;
}

static size_t count_wrong(uint64_t *state)
{
    struct added log[MOST_EVENTS];
    struct trails_options options = random_options(state);
    size_t count = random_log(state, &options, log);
    int64_t now = (count == 0 ? 0 : log[count - 1].event.time) + (int64_t)(next_random(state) % 10);
    struct trails_attempt expected[PEOPLE];
    for (unsigned i = 0; i < PEOPLE; i++) {
        tell_expected(&options, log, count, i, now, &expected[i]);
    }
    if (!options.sorted && count > 1) {
        disorder(state, log, count);
    }
    struct trails *trails = trails_create(&options);
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        wrong += trails_add(trails, name_of(log[i].person), &log[i].event) == TRAILS_NO_KIND;
    }
    trails_end(trails);
    for (unsigned i = 0; i < PEOPLE; i++) {
        size_t number = trails_number(trails, name_of(i));
        struct trails_attempt found = {0};
        if (number != SIZE_MAX) {
            trails_find(trails, number, now, &found);
        }
        wrong += !is_same(&found, &expected[i], options.rules.steps);
    }
    trails_free(trails);
    return wrong;
}

static void test_random_logs(void)
{
    uint64_t state = 88172645463325252U;
    size_t wrong = 0;
    for (size_t i = 0; i < LOGS; i++) {
        wrong += count_wrong(&state);
    }
    CHECK(wrong == 0);
}

// Thousands of events of one person, the last first, and equal times in the order in which they came.
static void test_long_trail(void)
{
    struct trails_options options = {.rules = {.steps = 3}};
    struct trails *trails = trails_create(&options);
    size_t added = 0;
    for (int i = 5000; i > 0; i--) {
        struct trails_event event = {
            .time = i / 2, .has_time = true, .steps = UINT64_C(1) << i % 3, .label = (uint32_t)i};
        added += trails_add(trails, slice_of("a"), &event) != TRAILS_NO_KIND;
    }
    CHECK(added == 5000);
    trails_end(trails);
    struct trails_attempt found;
    trails_find(trails, 0, 3000, &found);
    CHECK(found.level == 3);
    // By time, then as added: 1, 3 2, 5 4, 7 6, 9 8; so from 3 the next of step 2 is 4, then of step 3 it is 8.
    CHECK(found.steps[0].label == 3);
    CHECK(found.steps[1].label == 4);
    CHECK(found.steps[2].label == 8);
    trails_free(trails);
}

static void test_calendar_ends(void)
{
    struct trails_options options = {.rules = {.steps = 2}};
    struct trails *trails = trails_create(&options);
    const int64_t last = INT64_C(253402300799) + 86400;
    trails_add(trails, slice_of("a"), &(struct trails_event){.time = last, .has_time = true, .steps = 2});
    trails_add(trails, slice_of("a"),
               &(struct trails_event){.time = -INT64_C(62135683200), .has_time = false, .steps = 1});
    trails_end(trails);
    struct trails_attempt found;
    trails_find(trails, 0, last, &found);
    CHECK(found.level == 2);
    CHECK(found.steps[0].time == -INT64_C(62135683200) && !found.steps[0].has_time);
    CHECK(found.steps[1].time == last && found.steps[1].has_time);
    trails_free(trails);
}

static void test_people(void)
{
    struct trails_options options = {.rules = {.steps = 2}};
    struct trails *trails = trails_create(&options);
    trails_meet(trails, slice_of("late"));
    trails_add(trails, slice_of("early"), &(struct trails_event){.time = 5, .has_time = true, .steps = 1});
    trails_end(trails);
    CHECK(trails_count(trails) == 2);
    CHECK(slice_is(trails_person(trails, 0), "late"));
    CHECK(trails_number(trails, slice_of("early")) == 1);
    CHECK(trails_number(trails, slice_of("nobody")) == SIZE_MAX);
    struct trails_attempt found;
    trails_find(trails, 0, 5, &found);
    CHECK(found.level == 0 && !found.open && !found.has_next);
    trails_find(trails, 1, 5, &found);
    CHECK(found.level == 1 && found.open);
    trails_free(trails);
    trails_free(NULL);
}

int main(void)
{
    test_random_logs();
    test_long_trail();
    test_calendar_ends();
    test_people();
    return tap_done();
}
