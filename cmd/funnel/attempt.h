// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * attempt: how far one person came through the steps, and by which of his events.
 *
 * An attempt begins with an event of step 1, its start, and takes for later steps events behind the one before, as long
 * as the window that the start opened is not over (its edge is inside). Foreign events in between do not matter unless
 * the rules say so, and one event serves one step. An optional step may be left out. Of all attempts there are one
 * counts: the one with the deepest step, then the one with most optional steps, then by the rule of enum attempt_start,
 * then the one that is earlier at the first step where two differ (leaving a step out is later than any event).
 *
 * In any order (ATTEMPT_ANY) an attempt begins with an event of any step and takes every event that lets it have one
 * step more; its level is the number of its steps.
 *
 * Events are given in order of time, equal times in the order in which they count. Times are instants. Nothing here
 * reads, prints or keeps anything. Costs are linear in events times steps under rules that are plain; in order also
 * under the others, but for a factor of one and the number of optional steps; in any order they grow with the events of
 * a window.
 */
#ifndef ATTEMPT_H
#define ATTEMPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "period.h"
#include "zone.h"

#define ATTEMPT_STEPS 64

enum attempt_start {
    ATTEMPT_BEST,   // of those that get furthest the one that starts first
    ATTEMPT_FIRST,  // the person's first event of step 1 is his only start
    ATTEMPT_LATEST, // of those that get furthest the one that starts last
};

enum attempt_order {
    ATTEMPT_GAPS,     // in order, whatever lies between
    ATTEMPT_ADJACENT, // in order, each event the very next one
    ATTEMPT_ANY,      // in any order
};

// What holds for two events of an attempt whose times are equal, or nearly.
enum attempt_ties {
    ATTEMPT_FILE,   // they count as given
    ATTEMPT_STRICT, // one at most serves: times must differ
    ATTEMPT_WITHIN, // each may come first within so many seconds; an event of several steps keeps its place, though
};

struct attempt_event {
    int64_t time;
    uint64_t steps; // bit i: it matches step i + 1
    uint64_t ends;  // bit i: it ends attempts that are at level i and do not take it
};

struct attempt_rules {
    size_t steps; // 1 to ATTEMPT_STEPS
    enum attempt_start start;
    bool has_window;
    struct period window; // above zero; months are counted on the calendar of `zone`
    struct zone *zone;    // borrowed; NULL is UTC
    enum attempt_order order;
    enum attempt_ties ties;
    int64_t within;                 // seconds, from 0
    uint64_t optional;              // bit i: step i + 1 may be left out; never the first, none in any order
    uint64_t has_window_of_its_own; // bit i: step i + 1 must come within step_windows[i] of the step taken before it
    struct period step_windows[ATTEMPT_STEPS]; // above zero; not in any order
    bool has_endings;                          // events may have `ends`
    bool is_void;   // an attempt that was ended by an event does not count at all, instead of as far as it came
    bool has_range; // starts count only from `from` to `to`, both included
    int64_t from;
    int64_t to;
};

struct attempt {
    size_t level;                    // the deepest step reached, 0 without a start
    uint64_t taken;                  // bit i: step i + 1 was taken; in any order bits 0 to level - 1
    size_t positions[ATTEMPT_STEPS]; // the event of each step taken; in any order the events one after the other
    uint8_t served[ATTEMPT_STEPS];   // the step, from 0, that each of them serves; in order its own
};

// The last instant at which an attempt that starts at `start` may reach a step; INT64_MAX without a window.
int64_t attempt_window_end(const struct attempt_rules *rules, int64_t start);

// The same for a step with a window of its own, from 0, when the step taken before it was at `before`.
int64_t attempt_step_end(const struct attempt_rules *rules, size_t step, int64_t before);

// Do only start, window and range of these rules say anything? Then attempt_keep keeps little, else all.
bool attempt_is_plain(const struct attempt_rules *rules);

// May an attempt begin with this event?
bool attempt_is_start(const struct attempt_rules *rules, const struct attempt_event *event);

// Does the person's first start decide alone, because no other is looked at or none can come further?
bool attempt_is_settled(const struct attempt_rules *rules);

// The attempt that counts.
void attempt_find(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                  struct attempt *found);

// The attempts of a person one after the other: each begins with the first start that is left, and ends when it is
// complete, when its window is over, or with the event that ends it; then the next may begin. The rule of enum
// attempt_start says nothing. Finds the first one from *position on, which becomes where to look for the next; *open
// says whether it may still come further at `now`. False when there is none.
bool attempt_next(const struct attempt_rules *rules, const struct attempt_event *events, size_t count, int64_t now,
                  size_t *position, struct attempt *found, bool *open);

// May any attempt of the person come further at `now` or later?
bool attempt_is_open(const struct attempt_rules *rules, const struct attempt_event *events, size_t count, int64_t now);

// For a log in order of time, of which more is to come at `now` or later: sets keep[i] for the events without which
// attempts that are still open could come out differently. What was found among all events so far must be remembered by
// the caller where its start is not kept. Without a window at most steps events are kept (steps x steps with
// ATTEMPT_LATEST), with one those of the attempts still open. Returns how many.
size_t attempt_keep(const struct attempt_rules *rules, const struct attempt_event *events, size_t count, int64_t now,
                    bool *keep);

// Does an attempt of `level` among later events count instead of an earlier one that reached `before`?
bool attempt_replaces(const struct attempt_rules *rules, size_t level, size_t before);

#endif
