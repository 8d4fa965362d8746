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
    LOGS = 100000,
};

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

// Times from 0 up with many ties; half the events match one step, others none, several or all; some end attempts.
static size_t random_log(uint64_t *state, const struct attempt_rules *rules, struct attempt_event *events)
{
    size_t count = next_random(state) % (MOST_EVENTS + 1);
    int64_t time = 0;
    for (size_t i = 0; i < count; i++) {
        time += (int64_t)(next_random(state) % 4);
        bool single = next_random(state) % 2 == 0;
        uint64_t any = next_random(state) % (UINT64_C(1) << rules->steps);
        uint64_t ends = next_random(state) % (UINT64_C(1) << rules->steps) & ~UINT64_C(1);
        bool has_ends = rules->has_endings && next_random(state) % 4 == 0;
        events[i] = (struct attempt_event){time, single ? UINT64_C(1) << next_random(state) % rules->steps : any,
                                           has_ends ? ends : 0};
    }
    return count;
}

static struct attempt_rules random_plain_rules(uint64_t *state)
{
    struct attempt_rules rules = {.steps = 1 + next_random(state) % MOST_STEPS,
                                  .start = (enum attempt_start)(next_random(state) % 3),
                                  .has_window = next_random(state) % 3 != 0,
                                  .has_range = next_random(state) % 4 == 0};
    rules.window.seconds = 1 + (int64_t)(next_random(state) % 8);
    rules.from = (int64_t)(next_random(state) % 6);
    rules.to = rules.from + (int64_t)(next_random(state) % 12);
    return rules;
}

// What rules may say, one of each: every combination that the command line takes.
enum windows { WINDOW_NONE, WINDOW_START, WINDOW_STEP, WINDOW_BOTH, WINDOWS };
enum endings { ENDING_NONE, ENDING_KEEPS, ENDING_DROPS, ENDINGS };

struct combination {
    enum attempt_order order;
    enum attempt_start start;
    enum attempt_ties ties;
    enum windows window;
    enum endings ending;
    bool optional;
};

enum {
    NUMBERS = 3 * 3 * 3 * WINDOWS * ENDINGS * 2,
    COMBINATIONS = 216 + 144 + 36,
    PLAIN = 0,       // says nothing
    PLAIN_FIRST = 3, // nor does this: without a window the first start comes furthest
};

// The combination of a number below NUMBERS. False when there is none: seconds of --ties are for gaps, and in any order
// no step is optional or has its own window.
static bool combine(size_t number, struct combination *combination)
{
    combination->order = (enum attempt_order)(number % 3);
    combination->start = (enum attempt_start)(number / 3 % 3);
    combination->ties = (enum attempt_ties)(number / 9 % 3);
    combination->window = (enum windows)(number / 27 % WINDOWS);
    combination->ending = (enum endings)(number / 27 / WINDOWS % ENDINGS);
    combination->optional = number / 27 / WINDOWS / ENDINGS % 2 != 0;
    bool by_step = combination->window == WINDOW_STEP || combination->window == WINDOW_BOTH;
    return (combination->order == ATTEMPT_GAPS || combination->ties != ATTEMPT_WITHIN) &&
           (combination->order != ATTEMPT_ANY || (!by_step && !combination->optional));
}

// What is optional, and has a window, is drawn; with these there are two steps at least.
static struct attempt_rules draw_rules(const struct combination *combination, uint64_t *state)
{
    struct attempt_rules rules = random_plain_rules(state);
    bool by_step = combination->window == WINDOW_STEP || combination->window == WINDOW_BOTH;
    if (rules.steps == 1 && (by_step || combination->optional)) {
        rules.steps = 2 + next_random(state) % (MOST_STEPS - 1);
    }
    uint64_t later = ((UINT64_C(1) << rules.steps) - 1) & ~UINT64_C(1);
    rules.order = combination->order;
    rules.start = combination->start;
    rules.ties = combination->ties;
    rules.within = (int64_t)(next_random(state) % 4);
    rules.has_window = combination->window == WINDOW_START || combination->window == WINDOW_BOTH;
    rules.has_endings = combination->ending != ENDING_NONE;
    rules.is_void = combination->ending == ENDING_DROPS;
    while (combination->optional && rules.optional == 0) {
        rules.optional = next_random(state) & later;
    }
    while (by_step && rules.has_window_of_its_own == 0) {
        rules.has_window_of_its_own = next_random(state) & later;
    }
    for (size_t i = 0; i < rules.steps; i++) {
        rules.step_windows[i].seconds = 1 + (int64_t)(next_random(state) % 5);
    }
    return rules;
}

static struct attempt_rules random_rules(uint64_t *state)
{
    struct combination combination;
    while (!combine(next_random(state) % NUMBERS, &combination)) {
    }
    return draw_rules(&combination, state);
}

static unsigned count_taken(const struct attempt *attempt)
{
    unsigned count = 0;
    for (size_t i = 0; i < attempt->level; i++) {
        count += (attempt->taken >> i & 1) != 0;
    }
    return count;
}

static size_t place(const struct attempt *attempt, size_t step)
{
    return (attempt->taken >> step & 1) != 0 ? attempt->positions[step] : SIZE_MAX;
}

// Is an attempt to be preferred to the best one so far? Deeper, then with more optional steps, then by the start, then
// earlier at the first step where they differ.
static bool is_preferred(const struct attempt_rules *rules, const struct attempt *chain, const struct attempt *best)
{
    if (chain->level == 0 || best->level == 0) {
        return chain->level > best->level;
    }
    if (chain->level != best->level) {
        return chain->level > best->level;
    }
    if (count_taken(chain) != count_taken(best)) {
        return count_taken(chain) > count_taken(best);
    }
    if (chain->positions[0] != best->positions[0]) {
        return (chain->positions[0] < best->positions[0]) != (rules->start == ATTEMPT_LATEST);
    }
    for (size_t i = 1; i < chain->level; i++) {
        if (place(chain, i) != place(best, i)) {
            return place(chain, i) < place(best, i);
        }
    }
    return false;
}

static bool is_multiple(const struct attempt_event *event)
{
    return (event->steps & (event->steps - 1)) != 0;
}

// May the event at `to` come right after the one at `from`, taken for a step of number `level`, by order and ties?
static bool may_follow(const struct attempt_rules *rules, const struct attempt_event *events, size_t from, size_t to,
                       size_t level)
{
    for (size_t i = to; to < from && i <= from; i++) {
        if (rules->ties != ATTEMPT_WITHIN || is_multiple(&events[i])) {
            return false;
        }
    }
    for (size_t i = from + 1; i < to; i++) {
        if ((events[i].ends >> level & 1) != 0) {
            return false;
        }
    }
    return to != from && (rules->order != ATTEMPT_ADJACENT || to == from + 1) &&
           (rules->ties != ATTEMPT_STRICT || events[to].time > events[from].time) &&
           (to > from || events[from].time - events[to].time <= rules->within);
}

static bool is_in_windows(const struct attempt_rules *rules, int64_t start, int64_t before, int64_t time, size_t step)
{
    return (!rules->has_window || time - start <= rules->window.seconds) &&
           ((rules->has_window_of_its_own >> step & 1) == 0 || time - before <= rules->step_windows[step].seconds);
}

// Tries every event as each step that may be next.
static void try_all(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                    struct attempt *chain, struct attempt *best)
{
    if (is_preferred(rules, chain, best)) {
        *best = *chain;
    }
    size_t level = chain->level;
    size_t last = chain->positions[level - 1];
    for (size_t step = level; step < rules->steps; step++) {
        for (size_t i = 0; i < count; i++) {
            if ((events[i].steps >> step & 1) != 0 && may_follow(rules, events, last, i, level) &&
                is_in_windows(rules, events[chain->positions[0]].time, events[last].time, events[i].time, step)) {
                uint64_t taken = chain->taken;
                chain->positions[step] = i;
                chain->taken |= UINT64_C(1) << step;
                chain->level = step + 1;
                try_all(rules, events, count, chain, best);
                chain->taken = taken;
                chain->level = level;
            }
        }
        if ((rules->optional >> step & 1) == 0) {
            return;
        }
    }
}

// The sets of steps that events can serve, as bits of a word, one more event given.
static uint64_t with_event(uint64_t sets, uint64_t steps, size_t step_count)
{
    uint64_t grown = sets;
    for (size_t set = 0; set < (size_t)1 << step_count; set++) {
        for (size_t step = 0; (sets >> set & 1) != 0 && step < step_count; step++) {
            if ((steps >> step & 1) != 0) {
                grown |= UINT64_C(1) << (set | (size_t)1 << step);
            }
        }
    }
    return grown;
}

static size_t largest_set(uint64_t sets, size_t step_count)
{
    size_t largest = 0;
    for (size_t set = 0; set < (size_t)1 << step_count; set++) {
        size_t size = 0;
        for (size_t step = 0; step < step_count; step++) {
            size += set >> step & 1;
        }
        largest = (sets >> set & 1) != 0 && size > largest ? size : largest;
    }
    return largest;
}

// In any order, from one start: the events with which the largest set of steps grows, by listing all sets.
static void gather_all(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                       size_t start, struct attempt *chain)
{
    uint64_t before = 1; // the sets without the events of the present time
    uint64_t sets = with_event(1, events[start].steps, rules->steps);
    *chain = (struct attempt){.level = 1, .taken = 1, .positions = {start}};
    if (rules->ties != ATTEMPT_STRICT) {
        before = sets;
    }
    for (size_t i = start + 1; i < count && chain->level < rules->steps; i++) {
        if (rules->has_window && events[i].time - events[start].time > rules->window.seconds) {
            return;
        }
        bool is_tie = rules->ties == ATTEMPT_STRICT && events[i].time == events[i - 1].time;
        before = is_tie ? before : sets;
        bool is_start_time = rules->ties == ATTEMPT_STRICT && events[i].time == events[start].time;
        sets |= is_start_time ? 0 : with_event(before, events[i].steps, rules->steps);
        if (largest_set(sets, rules->steps) > chain->level) {
            chain->taken |= UINT64_C(1) << chain->level;
            chain->positions[chain->level++] = i;
        } else if ((events[i].ends >> chain->level & 1) != 0) {
            return;
        }
    }
}

// Did an event end it within its window?
static bool was_ended(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                      const struct attempt *chain)
{
    size_t last = chain->positions[chain->level - 1];
    for (size_t i = last + 1; i < count && chain->level < rules->steps; i++) {
        bool in_time = false;
        for (size_t step = chain->level; step < rules->steps; step++) {
            in_time = in_time ||
                      is_in_windows(rules, events[chain->positions[0]].time, events[last].time, events[i].time, step);
            if ((rules->optional >> step & 1) == 0) {
                break;
            }
        }
        if (in_time && (events[i].ends >> chain->level & 1) != 0) {
            return true;
        }
    }
    return false;
}

static void find_by_force(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                          struct attempt *best)
{
    *best = (struct attempt){0};
    for (size_t i = 0; i < count; i++) {
        struct attempt own = {0};
        struct attempt chain = {.level = 1, .taken = 1, .positions = {i}};
        if (!attempt_is_start(rules, &events[i])) {
            continue;
        }
        if (rules->order == ATTEMPT_ANY) {
            gather_all(rules, events, count, i, &own);
        } else {
            try_all(rules, events, count, &chain, &own);
        }
        bool counts = !rules->is_void || !was_ended(rules, events, count, &own);
        if (counts && is_preferred(rules, &own, best)) {
            *best = own;
        }
        if (rules->start == ATTEMPT_FIRST) {
            return;
        }
    }
}

static bool is_same(const struct attempt *a, const struct attempt *b)
{
    for (size_t i = 0; i < a->level && a->level == b->level; i++) {
        if (place(a, i) != place(b, i)) {
            return false;
        }
    }
    return a->level == b->level;
}

// In any order where times must differ, which of the events of one time is told is free.
static bool is_as_good(const struct attempt_rules *rules, const struct attempt_event *events, const struct attempt *a,
                       const struct attempt *b)
{
    uint64_t served = 0;
    for (size_t i = 0; i < a->level && a->level == b->level; i++) {
        uint64_t step = UINT64_C(1) << a->served[i];
        bool is_sound = (events[a->positions[i]].steps & step) != 0 && (served & step) == 0;
        served |= step;
        bool is_equal = rules->ties == ATTEMPT_STRICT && i > 0
                            ? events[a->positions[i]].time == events[b->positions[i]].time
                            : a->positions[i] == b->positions[i];
        if (!is_sound || !is_equal) {
            return false;
        }
    }
    return a->level == b->level;
}

static bool agrees(const struct attempt_rules *rules, const struct attempt_event *events, size_t count, size_t *level)
{
    struct attempt found = {0};
    struct attempt best;
    attempt_find(rules, events, count, &found);
    find_by_force(rules, events, count, &best);
    *level = found.level;
    return rules->order == ATTEMPT_ANY ? is_as_good(rules, events, &found, &best) : is_same(&found, &best);
}

// Could an event of all steps at `now`, behind the others, be taken by any attempt? Tries every one.
static bool could_go_on(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                        const struct attempt *chain)
{
    size_t level = chain->level;
    size_t last = chain->positions[level - 1];
    for (size_t step = level; step < rules->steps; step++) {
        for (size_t i = 0; i < count; i++) {
            if ((events[i].steps >> step & 1) == 0 || !may_follow(rules, events, last, i, level) ||
                !is_in_windows(rules, events[chain->positions[0]].time, events[last].time, events[i].time, step)) {
                continue;
            }
            struct attempt longer = *chain;
            longer.positions[step] = i;
            longer.level = step + 1;
            if (i + 1 == count || could_go_on(rules, events, count, &longer)) {
                return true;
            }
        }
        if ((rules->optional >> step & 1) == 0) {
            return false;
        }
    }
    return false;
}

static bool is_open_by_force(const struct attempt_rules *rules, struct attempt_event *events, size_t count, int64_t now)
{
    bool is_open = false;
    events[count] = (struct attempt_event){now, (UINT64_C(1) << rules->steps) - 1, 0};
    for (size_t i = 0; i < count && !is_open; i++) {
        struct attempt chain = {.level = 1, .taken = 1, .positions = {i}};
        if (!attempt_is_start(rules, &events[i])) {
            continue;
        }
        if (rules->order == ATTEMPT_ANY) {
            gather_all(rules, events, count + 1, i, &chain);
            is_open = chain.positions[chain.level - 1] == count;
        } else {
            is_open = could_go_on(rules, events, count + 1, &chain);
        }
        if (rules->start == ATTEMPT_FIRST) {
            break;
        }
    }
    return is_open;
}

static void test_who_is_open(size_t logs)
{
    uint64_t state = 2862933555777941757U;
    size_t wrong = 0;
    size_t open = 0;
    for (size_t i = 0; i < logs; i++) {
        struct attempt_event events[MOST_EVENTS + 1];
        struct attempt_rules rules = random_rules(&state);
        size_t count = random_log(&state, &rules, events);
        int64_t now = (count == 0 ? 0 : events[count - 1].time) + 1 + (int64_t)(next_random(&state) % 4);
        bool said = attempt_is_open(&rules, events, count, now);
        if (rules.steps > 1) { // with one step nobody can come further, and nobody asks
            wrong += said != is_open_by_force(&rules, events, count, now);
            open += said;
        }
    }
    CHECK(wrong == 0);
    CHECK(open > logs / 10 && open < logs / 10 * 9);
}

// One after the other: each attempt is what its start alone gives, begins behind the one before, and none that could
// begin is passed over.
static void test_one_after_the_other(size_t logs)
{
    uint64_t state = 3202034522624059733U;
    size_t wrong = 0;
    size_t several = 0;
    for (size_t i = 0; i < logs; i++) {
        struct attempt_event events[MOST_EVENTS + 1];
        struct attempt_rules rules = random_rules(&state);
        size_t count = random_log(&state, &rules, events);
        struct attempt found;
        struct attempt alone;
        size_t position = 0;
        size_t attempts = 0;
        bool open;
        rules.is_void = false;
        rules.start = ATTEMPT_FIRST;
        for (size_t from = 0; attempt_next(&rules, events, count, 1000, &position, &found, &open); from = position) {
            size_t start = from;
            while (!attempt_is_start(&rules, &events[start])) {
                start++;
            }
            find_by_force(&rules, events + start, count - start, &alone);
            wrong += found.level != alone.level || found.positions[0] != start || position <= start;
            attempts++;
        }
        several += attempts > 1;
    }
    CHECK(wrong == 0);
    CHECK(several > logs / 20);
}

// Where an attempt ends, case by case.
static void test_where_attempts_end(void)
{
    const struct attempt_event events[] = {{0, 1, 0}, {10, 1, 2}, {20, 1, 0}, {30, 2, 0}, {40, 1, 0}};
    struct attempt_rules rules = {.steps = 2};
    struct attempt found;
    size_t position = 0;
    bool open;
    CHECK(attempt_next(&rules, events, 5, 50, &position, &found, &open));
    CHECK(found.level == 2 && position == 4 && !open); // complete
    CHECK(attempt_next(&rules, events, 5, 50, &position, &found, &open));
    CHECK(found.level == 1 && found.positions[0] == 4 && open);
    CHECK(!attempt_next(&rules, events, 5, 50, &position, &found, &open));
    rules.has_endings = true;
    position = 0;
    CHECK(attempt_next(&rules, events, 5, 50, &position, &found, &open));
    CHECK(found.level == 1 && position == 2 && !open); // the event that ends one begins none
    rules = (struct attempt_rules){.steps = 2, .has_window = true, .window = {.seconds = 15}};
    position = 0;
    CHECK(attempt_next(&rules, events, 5, 50, &position, &found, &open));
    CHECK(found.level == 1 && position == 2 && !open); // its window is over
    position = 4;
    CHECK(attempt_next(&rules, events, 5, 55, &position, &found, &open) && open);
    rules = (struct attempt_rules){.steps = 3, .has_window_of_its_own = 4, .step_windows = {[2] = {.seconds = 5}}};
    position = 2;
    CHECK(attempt_next(&rules, events, 5, 50, &position, &found, &open));
    CHECK(found.level == 2 && position == 4 && !open); // the window of the next step is over
}

// REGULARS_LOGS: how many random logs, for slow builds.
static size_t log_count(void)
{
    const char *given = getenv("REGULARS_LOGS");
    size_t count = 0;
    for (; given != NULL && *given >= '0' && *given <= '9' && count < 100000000; given++) {
        count = count * 10 + (size_t)(*given - '0');
    }
    return count > 0 ? count : LOGS;
}

static void test_plain_rules(size_t logs)
{
    uint64_t state = 88172645463325252U;
    size_t wrong = 0;
    size_t deep[MOST_STEPS + 1] = {0};
    for (size_t i = 0; i < logs; i++) {
        struct attempt_event events[MOST_EVENTS];
        struct attempt_rules rules = random_plain_rules(&state);
        size_t count = random_log(&state, &rules, events);
        size_t level;
        wrong += !agrees(&rules, events, count, &level);
        deep[level]++;
    }
    CHECK(wrong == 0);
    for (size_t i = 0; i <= MOST_STEPS; i++) {
        CHECK(deep[i] > logs / 200); // the logs reach every level
    }
}

// Does what a combination says change the answer, compared with rules that say the plain thing?
static bool matters(const struct attempt_rules *rules, const struct attempt_event *events, size_t count)
{
    struct attempt_rules plain = {.steps = rules->steps, .has_range = rules->has_range};
    struct attempt found = {0};
    struct attempt other = {0};
    plain.from = rules->from;
    plain.to = rules->to;
    attempt_find(rules, events, count, &found);
    attempt_find(&plain, events, count, &other);
    return !is_same(&found, &other);
}

// So many logs for each combination of order, start, ties, window, exclusion and optional steps.
static void test_every_combination(size_t logs)
{
    uint64_t state = 6364136223846793005U;
    size_t combinations = 0;
    size_t wrong = 0;
    size_t idle = 0; // combinations that no log told from plain rules, or took to the last of several steps
    struct combination combination;
    for (size_t number = 0; number < NUMBERS; number++) {
        size_t differences = 0;
        size_t deep = 0;
        if (!combine(number, &combination)) {
            continue;
        }
        for (size_t i = 0; i < logs; i++) {
            struct attempt_event events[MOST_EVENTS];
            struct attempt_rules rules = draw_rules(&combination, &state);
            size_t count = random_log(&state, &rules, events);
            size_t level;
            wrong += !agrees(&rules, events, count, &level);
            deep += level == rules.steps && level > 1;
            differences += matters(&rules, events, count);
        }
        combinations++;
        idle += deep == 0 || (differences == 0 && number != PLAIN && number != PLAIN_FIRST);
    }
    printf("# %zu combinations, %zu logs each\n", combinations, logs);
    CHECK(combinations == COMBINATIONS);
    CHECK(wrong == 0);
    CHECK(idle == 0 || logs < 200); // so few may well miss what is rare
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
    for (size_t i = 0; i < log_count() / 5; i++) {
        struct attempt_event events[MOST_EVENTS];
        struct attempt_rules rules = random_plain_rules(&state);
        size_t count = random_log(&state, &rules, events);
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
        events[i] = (struct attempt_event){(int64_t)i, UINT64_C(1) << (i * 7 % STEPS), 0};
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
    const struct attempt_event events[] = {{100, 1, 0}, {110, 2, 0}, {111, 2, 0}};
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
    const struct attempt_event events[] = {{1675123200, 1, 0}, {1677542400, 2, 0}};
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
        all[i] = (struct attempt_event){0, UINT64_MAX, 0};
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
    const struct attempt_event events[] = {{0, 1, 0}, {100, 1, 0}, {200, 1, 0}, {300, 2, 0}};
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
    test_plain_rules(log_count() / 5);
    test_every_combination(log_count() / COMBINATIONS + 1);
    test_who_is_open(log_count() / 5);
    test_one_after_the_other(log_count() / 5);
    test_where_attempts_end();
    test_what_is_kept_is_enough();
    test_how_much_is_kept();
    test_window_edge();
    test_civil_window();
    test_extremes();
    test_which_start();
    return tap_done();
}
