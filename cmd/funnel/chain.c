// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * chain: two sweeps over a table with a cell for each event, step and number of optional steps taken. From a step at
 * one event the next step may be taken at the events of one range, and both ends of that range only move forward from
 * event to event; so a sweep needs the greatest (or least) of a moving range at each event (a queue from which what is
 * outdone drops out), and is linear.
 *
 * Forward: the latest start that can have come to a cell, for it has most time left, so what it cannot reach none can.
 * That gives the depth. Backward from that depth: the least time at which the rest can be over, which tells of every
 * start whether its window lets it come so deep; then the events are taken one by one. Gathers only while it runs.
 */
#include "chain.h"

#include <stdlib.h>

#include "heap.h"

#define NEVER INT64_MAX

// How one step follows another: from event i at the first to the events from low[i] up to, not including, high[i].
struct passage {
    size_t *low;
    size_t *high;
};

struct lattice {
    const struct attempt_rules *rules;
    const struct attempt_event *events;
    size_t count;
    size_t most;     // optional steps
    uint32_t *start; // of each cell the latest start that came there, from 1; 0 for none
    int64_t *over;   // of each cell the least time at which the rest of an attempt can be over
    int64_t *ends;   // of each event that may be a start the end of its window
    bool *may_start;
    struct passage passage;
    size_t *queue;
};

static size_t cell(const struct lattice *lattice, size_t step, size_t taken)
{
    return (step * (lattice->most + 1) + taken) * lattice->count;
}

static bool is_optional(const struct attempt_rules *rules, size_t step)
{
    return (rules->optional >> step & 1) != 0;
}

static bool matches(const struct lattice *lattice, size_t position, size_t step)
{
    return (lattice->events[position].steps >> step & 1) != 0;
}

static bool is_single(const struct attempt_event *event)
{
    return (event->steps & (event->steps - 1)) == 0;
}

// Up to which step, not included, may be taken next after this one: the first that is not optional is the last.
static size_t next_steps_end(const struct attempt_rules *rules, size_t step)
{
    size_t next = step + 1;
    while (next < rules->steps && is_optional(rules, next)) {
        next++;
    }
    return next < rules->steps ? next + 1 : next;
}

static size_t count_bits(uint64_t bits)
{
    size_t count = 0;
    for (; bits != 0; bits &= bits - 1) {
        count++;
    }
    return count;
}

static void find_starts(struct lattice *lattice, const bool *barred)
{
    bool is_over = false;
    for (size_t i = 0; i < lattice->count; i++) {
        bool starts = !is_over && attempt_is_start(lattice->rules, &lattice->events[i]);
        lattice->may_start[i] = starts && (barred == NULL || !barred[i]);
        lattice->ends[i] = starts ? attempt_window_end(lattice->rules, lattice->events[i].time) : 0;
        is_over = is_over || (starts && lattice->rules->start == ATTEMPT_FIRST);
    }
}

static void open_lattice(struct lattice *lattice, const struct attempt_rules *rules, const struct attempt_event *events,
                         size_t count, const bool *barred)
{
    *lattice = (struct lattice){.rules = rules, .events = events, .count = count};
    lattice->most = count_bits(rules->optional);
    size_t cells = rules->steps * (lattice->most + 1) * count;
    lattice->start = heap_allocate(cells + 1, sizeof *lattice->start);
    lattice->ends = heap_allocate(count + 1, sizeof *lattice->ends);
    lattice->may_start = heap_allocate(count + 1, sizeof *lattice->may_start);
    lattice->passage.low = heap_allocate(count + 1, sizeof *lattice->passage.low);
    lattice->passage.high = heap_allocate(count + 1, sizeof *lattice->passage.high);
    lattice->queue = heap_allocate(count + 1, sizeof *lattice->queue);
    find_starts(lattice, barred);
}

static void close_lattice(struct lattice *lattice)
{
    free(lattice->start);
    free(lattice->over);
    free(lattice->ends);
    free(lattice->may_start);
    free(lattice->passage.low);
    free(lattice->passage.high);
    free(lattice->queue);
}

static void find_lows(struct lattice *lattice)
{
    const struct attempt_event *events = lattice->events;
    size_t first = 0;     // in time
    size_t free_from = 0; // behind the last event that keeps its place
    for (size_t i = 0; i < lattice->count; i++) {
        size_t low = i + 1;
        if (lattice->rules->ties == ATTEMPT_STRICT) {
            for (first = first < low ? low : first; first < lattice->count && events[first].time == events[i].time;) {
                first++;
            }
            low = first;
        } else if (lattice->rules->ties == ATTEMPT_WITHIN) {
            for (; events[i].time - events[first].time > lattice->rules->within; first++) {
            }
            free_from = is_single(&events[i]) ? free_from : i + 1;
            low = first > free_from ? first : free_from;
        }
        lattice->passage.low[i] = low;
    }
}

// An event that ends attempts of a level may still be taken itself, but none behind it.
static void find_highs(struct lattice *lattice, size_t step, size_t next)
{
    const struct attempt_rules *rules = lattice->rules;
    const struct attempt_event *events = lattice->events;
    size_t wall = lattice->count;
    for (size_t i = lattice->count; i > 0; i--) {
        lattice->passage.high[i - 1] = rules->order == ATTEMPT_ADJACENT && i + 1 < wall ? i + 1 : wall;
        wall = step + 1 < ATTEMPT_STEPS && (events[i - 1].ends >> (step + 1) & 1) != 0 ? i : wall;
    }
    size_t late = 0;
    for (size_t i = 0; i < lattice->count && (rules->has_window_of_its_own >> next & 1) != 0; i++) {
        int64_t end = attempt_step_end(rules, next, events[i].time);
        for (; late < lattice->count && events[late].time <= end; late++) {
        }
        lattice->passage.high[i] = late < lattice->passage.high[i] ? late : lattice->passage.high[i];
    }
}

// The latest starts that come from `from` cells to `to` cells, which are those of step `next`.
static void pass_forward(struct lattice *lattice, const uint32_t *from, uint32_t *to, size_t next)
{
    const struct passage *passage = &lattice->passage;
    size_t *queue = lattice->queue;
    size_t head = 0;
    size_t tail = 0;
    size_t source = 0;
    for (size_t i = 0; i < lattice->count; i++) {
        for (; source < lattice->count && passage->low[source] <= i; source++) {
            for (; tail > head && from[queue[tail - 1]] <= from[source]; tail--) {
            }
            queue[tail++] = source;
        }
        for (; head < tail && passage->high[queue[head]] <= i; head++) {
        }
        if (head < tail && matches(lattice, i, next)) {
            uint32_t start = from[queue[head]];
            bool in_time = start > to[i] && lattice->events[i].time <= lattice->ends[start - 1];
            to[i] = in_time ? start : to[i];
        }
    }
}

static void sweep_forward(struct lattice *lattice)
{
    const struct attempt_rules *rules = lattice->rules;
    for (size_t i = 0; i < lattice->count; i++) {
        lattice->start[cell(lattice, 0, 0) + i] = lattice->may_start[i] ? (uint32_t)i + 1 : 0;
    }
    find_lows(lattice);
    for (size_t step = 0; step < rules->steps; step++) {
        for (size_t next = step + 1; next < next_steps_end(rules, step); next++) {
            find_highs(lattice, step, next);
            size_t more = is_optional(rules, next);
            for (size_t taken = 0; taken + more <= lattice->most; taken++) {
                pass_forward(lattice, lattice->start + cell(lattice, step, taken),
                             lattice->start + cell(lattice, next, taken + more), next);
            }
        }
    }
}

static bool is_reached(const struct lattice *lattice, size_t step, size_t taken)
{
    const uint32_t *start = lattice->start + cell(lattice, step, taken);
    for (size_t i = 0; i < lattice->count; i++) {
        if (start[i] != 0) {
            return true;
        }
    }
    return false;
}

// The deepest step, and the most optional ones on the way there. False when nobody starts.
static bool find_depth(const struct lattice *lattice, size_t *deepest, size_t *taken)
{
    for (size_t step = lattice->rules->steps; step > 0; step--) {
        for (size_t some = lattice->most + 1; some > 0; some--) {
            if (is_reached(lattice, step - 1, some - 1)) {
                *deepest = step - 1;
                *taken = some - 1;
                return true;
            }
        }
    }
    return false;
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

// The least times at which what begins in `from` cells, of step `step`, can be over, going on in `to` cells.
static void pass_backward(struct lattice *lattice, int64_t *from, const int64_t *to, size_t step)
{
    const struct passage *passage = &lattice->passage;
    size_t *queue = lattice->queue;
    size_t head = 0;
    size_t tail = 0;
    size_t target = 0;
    for (size_t i = 0; i < lattice->count; i++) {
        for (; target < passage->high[i]; target++) {
            for (; tail > head && to[queue[tail - 1]] >= to[target]; tail--) {
            }
            queue[tail++] = target;
        }
        for (; head < tail && queue[head] < passage->low[i]; head++) {
        }
        if (head < tail && matches(lattice, i, step) && to[queue[head]] != NEVER) {
            int64_t over = later(lattice->events[i].time, to[queue[head]]);
            from[i] = over < from[i] ? over : from[i];
        }
    }
}

static void sweep_backward(struct lattice *lattice, size_t deepest, size_t taken)
{
    const struct attempt_rules *rules = lattice->rules;
    size_t cells = (deepest + 1) * (lattice->most + 1) * lattice->count;
    lattice->over = heap_allocate(cells + 1, sizeof *lattice->over);
    for (size_t i = 0; i < cells; i++) {
        lattice->over[i] = NEVER;
    }
    int64_t *last = lattice->over + cell(lattice, deepest, is_optional(rules, deepest));
    for (size_t i = 0; i < lattice->count; i++) {
        last[i] = matches(lattice, i, deepest) ? lattice->events[i].time : NEVER;
    }
    for (size_t step = deepest; step > 0; step--) {
        size_t end = next_steps_end(rules, step - 1);
        for (size_t next = step; next < end && next <= deepest; next++) {
            find_highs(lattice, step - 1, next);
            size_t more = is_optional(rules, step - 1);
            for (size_t rest = 0; rest + more <= taken; rest++) {
                pass_backward(lattice, lattice->over + cell(lattice, step - 1, rest + more),
                              lattice->over + cell(lattice, next, rest), step - 1);
            }
        }
    }
}

// The start that counts among those from which the depth can be reached.
static size_t choose_start(const struct lattice *lattice, size_t taken)
{
    const int64_t *over = lattice->over + cell(lattice, 0, taken);
    size_t chosen = lattice->count;
    for (size_t i = 0; i < lattice->count; i++) {
        bool reaches = lattice->may_start[i] && over[i] != NEVER && over[i] <= lattice->ends[i];
        if (reaches && (chosen == lattice->count || lattice->rules->start == ATTEMPT_LATEST)) {
            chosen = i;
        }
    }
    return chosen;
}

// The first event at which `next` can be taken so that the rest is over in time, or the number of events.
static size_t find_next(struct lattice *lattice, size_t from, size_t step, size_t next, size_t rest, int64_t end)
{
    const int64_t *over = lattice->over + cell(lattice, next, rest);
    find_highs(lattice, step, next);
    for (size_t i = lattice->passage.low[from]; i < lattice->passage.high[from]; i++) {
        if (over[i] != NEVER && over[i] <= end) {
            return i;
        }
    }
    return lattice->count;
}

static void take_steps(struct lattice *lattice, size_t start, size_t deepest, size_t taken, struct attempt *found)
{
    size_t position = start;
    size_t step = 0;
    found->taken = 1;
    found->positions[0] = start;
    found->served[0] = 0;
    while (step < deepest) {
        size_t rest = taken - is_optional(lattice->rules, step);
        size_t next = step + 1;
        size_t place = find_next(lattice, position, step, next, rest, lattice->ends[start]);
        while (place == lattice->count) {
            next++;
            place = find_next(lattice, position, step, next, rest, lattice->ends[start]);
        }
        found->positions[next] = place;
        found->served[next] = (uint8_t)next;
        found->taken |= UINT64_C(1) << next;
        position = place;
        step = next;
        taken = rest;
    }
    found->level = deepest + 1;
}

void chain_find(const struct attempt_rules *rules, const struct attempt_event *events, size_t count, const bool *barred,
                struct attempt *found)
{
    struct lattice lattice;
    size_t deepest;
    size_t taken;
    found->level = 0;
    open_lattice(&lattice, rules, events, count, barred);
    sweep_forward(&lattice);
    if (find_depth(&lattice, &deepest, &taken)) {
        sweep_backward(&lattice, deepest, taken);
        take_steps(&lattice, choose_start(&lattice, taken), deepest, taken, found);
    }
    close_lattice(&lattice);
}

// May what is at this event go on to `next` at `now`?
static bool goes_on(const struct lattice *lattice, size_t position, size_t next, uint32_t start, int64_t now)
{
    bool is_last = lattice->rules->order != ATTEMPT_ADJACENT || position + 1 == lattice->count;
    return start != 0 && is_last && now <= lattice->ends[start - 1] &&
           now <= attempt_step_end(lattice->rules, next, lattice->events[position].time);
}

static bool is_any_open(struct lattice *lattice, size_t step, size_t next, int64_t now)
{
    for (size_t taken = 0; taken <= lattice->most; taken++) {
        const uint32_t *start = lattice->start + cell(lattice, step, taken);
        for (size_t i = lattice->count; i > 0; i--) {
            if (goes_on(lattice, i - 1, next, start[i - 1], now)) {
                return true;
            }
            if (step + 1 < ATTEMPT_STEPS && (lattice->events[i - 1].ends >> (step + 1) & 1) != 0) {
                break;
            }
        }
    }
    return false;
}

bool chain_is_open(const struct attempt_rules *rules, const struct attempt_event *events, size_t count, int64_t now)
{
    struct lattice lattice;
    bool is_open = false;
    open_lattice(&lattice, rules, events, count, NULL);
    sweep_forward(&lattice);
    for (size_t step = 0; step < rules->steps && !is_open; step++) {
        for (size_t next = step + 1; next < next_steps_end(rules, step) && !is_open; next++) {
            is_open = is_any_open(&lattice, step, next, now);
        }
    }
    close_lattice(&lattice);
    return is_open;
}
