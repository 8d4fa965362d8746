// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * attempt: how far one person came through the steps, and by which of his events.
 *
 * An attempt begins with an event of step 1, its start, and takes at each later step the first event behind the one
 * before that matches it, as long as the window that the start opened is not over (its edge is inside). Foreign events
 * in between do not matter, and one event serves one step. So for a given start no other choice of events comes
 * further, or is at any step earlier. Of the attempts of a person one counts: the one that gets furthest, then by the
 * rule of enum attempt_start.
 *
 * Events are given in order of time, equal times in the order in which they count. Times are instants. Nothing here
 * reads, prints or keeps anything. All costs are linear in events times the steps they match.
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

struct attempt_event {
    int64_t time;
    uint64_t steps; // bit i: it matches step i + 1
};

struct attempt_rules {
    size_t steps; // 1 to ATTEMPT_STEPS
    enum attempt_start start;
    bool has_window;
    struct period window; // above zero; months are counted on the calendar of `zone`
    struct zone *zone;    // borrowed; NULL is UTC
};

struct attempt {
    size_t level;                    // the deepest step reached, 0 without a start
    size_t positions[ATTEMPT_STEPS]; // the events of steps 1 to level
};

// The last instant at which an attempt that starts at `start` may reach a step; INT64_MAX without a window.
int64_t attempt_window_end(const struct attempt_rules *rules, int64_t start);

// The attempt that counts.
void attempt_find(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                  struct attempt *found);

// Is the window of any attempt that may count still open at `now`?
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
