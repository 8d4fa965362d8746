// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * trails: the events of every person, kept in 8 bytes each, and the attempt that counts found among them.
 *
 * Events may come in any order: those of one time count in the order in which they were added. What is kept of an
 * event is its time, the steps it matches and a label of the caller's (the group of a start, the name of an event). In
 * a log in order of time only what may still matter is kept (trail.h). Persons are numbered in order of first
 * appearance.
 *
 * Memory: 80 to 100 bytes a person with five events, 8 to 16 for each further one. It lives until trails_free.
 */
#ifndef TRAILS_H
#define TRAILS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attempt.h"
#include "kinds.h"
#include "slice.h"
#include "word.h"

#define TRAILS_KINDS WORD_KINDS // most pairs of steps and label

struct trails_options {
    struct attempt_rules rules;
    bool sorted; // events are added in order of time
    bool whole;  // all events are kept, for trails_visit one attempt after the other or one label after the other
    bool follow; // the event after the attempt is asked for, so also those without a step are added
};

struct trails_event {
    int64_t time;   // an instant of the calendar (date.h)
    bool has_time;  // false: the log had a date only
    uint64_t steps; // as in attempt.h
    uint64_t ends;
    uint32_t label;
    int64_t amount; // whatever the caller has to remember with it
};

// One event of a person's attempt, as it was added.
struct trails_step {
    int64_t time;
    bool has_time;
    uint32_t label;
    int64_t amount;
};

struct trails_attempt {
    size_t level;
    uint64_t taken;                          // as in attempt.h, as are the next two
    struct trails_step steps[ATTEMPT_STEPS]; // where it is taken
    uint8_t served[ATTEMPT_STEPS];
    bool open;     // may the person still come further?
    bool has_next; // is there an event after the last one of the attempt? (only with `follow`)
    uint32_t next; // its label
};

// What trails_visit calls for every attempt of a person.
struct trails_visitor {
    bool each;  // all his attempts, one after the other; else the one that counts
    bool apart; // and these for every label of his, as if events of other labels matched no step
    void (*visit)(void *context, const struct trails_attempt *attempt);
    void *context;
};

struct trails;

struct trails *trails_create(const struct trails_options *options);
void trails_free(struct trails *trails);

// A person without an event so far.
void trails_meet(struct trails *trails, struct slice person);

// Gives the number of the event's kind; TRAILS_NO_KIND when there are more than TRAILS_KINDS, and nothing was added.
#define TRAILS_NO_KIND KINDS_NONE
uint32_t trails_add(struct trails *trails, struct slice person, const struct trails_event *event);

// The same for an event of the kind of another, with which it has all but the time in common: `word` is its word_of,
// with that kind, `steps` its steps.
void trails_add_word(struct trails *trails, struct slice person, uint64_t word, uint64_t steps);

// After the last event, before anything is asked.
void trails_end(struct trails *trails);

size_t trails_count(const struct trails *trails);
struct slice trails_person(const struct trails *trails, size_t index);

// The number of a person, SIZE_MAX when he is unknown.
size_t trails_number(const struct trails *trails, struct slice person);

// Where an event that is kept stands.
enum trails_place {
    TRAILS_REACHED, // in the attempt that is remembered beside the others
    TRAILS_NEXT,    // after that attempt (only with `follow`)
    TRAILS_EVENT,
};

// Calls `visit` for what is kept of a person: those events in that order, equals in the order in which they count.
void trails_tell_kept(struct trails *trails, size_t index,
                      void (*visit)(void *context, const struct trails_event *event, enum trails_place place),
                      void *context);

// The reverse, before any event of that person is added: the first `reached` of `count` events are the attempt, and
// with `has_next` one more is the event after it. False when there are too many kinds.
bool trails_restore(struct trails *trails, struct slice person, const struct trails_event *events, size_t count,
                    size_t reached, bool has_next);

// The attempts of a person with a level above 0. Those besides the one that counts need `whole`.
void trails_visit(struct trails *trails, size_t index, int64_t now, const struct trails_visitor *visitor);

// Can it be? It has all steps up to its level but for optional ones, in order, within their windows.
bool trails_is_sound(const struct trails *trails, const struct trails_attempt *attempt);

// The attempt that counts, as known at the instant `now`, which is not before any event.
void trails_find(struct trails *trails, size_t index, int64_t now, struct trails_attempt *found);

#endif
