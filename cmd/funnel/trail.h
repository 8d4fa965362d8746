// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * trail: what is kept of one person's events.
 *
 * In any order that is every event, a word each (word.h). In a log in order of time a full block is settled before it
 * grows: the attempt found so far is remembered at the head of the words where its start is not kept, and behind it
 * come the words that may still matter (attempt_keep). An event that no attempt waits for is not even written down.
 */
#ifndef TRAIL_H
#define TRAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attempt.h"
#include "blocks.h"
#include "kinds.h"

// Words that lie in a trail itself; with its key it is a line of the cache, as most people have no more that matter.
enum { TRAIL_OWN = 5, TRAIL_AWAITED_BITS = 8 };

// The zero value is a person without an event. Its block belongs to the ground.
struct trail {
    union {
        uint64_t own[TRAIL_OWN]; // size 0
        uint64_t *words;         // a block
    } at;
    uint32_t count;  // words in use
    uint8_t size;    // of the block, 0 for none
    uint8_t level;   // of the attempt at the head of the words, 0 for none
    uint8_t awaited; // bit i: an attempt may wait for step i + 2 (in order of time); further steps always count so
    bool has_next;   // does the event after the attempt follow it at the head?
};

static inline uint64_t *trail_words(struct trail *trail)
{
    return trail->size == 0 ? trail->at.own : trail->at.words;
}

// What all trails share.
struct trail_ground {
    struct attempt_rules rules;
    bool sorted;          // events are appended in order of time, and what cannot matter is forgotten
    bool follow;          // the event after the attempt is kept with it
    bool one_start;       // the first start decides alone
    size_t settled_level; // at which no later event can change what is remembered
    struct kinds kinds;
    struct blocks blocks;
    uint64_t *words; // of the person looked at, and what they say
    struct attempt_event *events;
    bool *keep;
    size_t capacity; // of these three
};

void trail_open_ground(struct trail_ground *ground, const struct attempt_rules *rules, bool sorted, bool follow,
                       uint32_t most_kinds);
void trail_free_ground(struct trail_ground *ground);

// Words at the head of the block that are no events of the trail itself.
static inline size_t trail_head(const struct trail *trail)
{
    return (size_t)trail->level + trail->has_next;
}

static inline bool trail_is_settled(const struct trail_ground *ground, const struct trail *trail)
{
    return trail->level >= ground->settled_level;
}

// The steps of an event that an attempt takes make it wait for the next ones.
static inline void trail_take(struct trail *trail, uint64_t steps)
{
    trail->awaited = (uint8_t)((trail->awaited & ~(steps >> 1)) | steps);
}

// What attempts wait for, where one has begun.
static inline uint64_t trail_awaited(const struct trail *trail)
{
    return (uint64_t)trail->awaited << 1 | UINT64_MAX << (TRAIL_AWAITED_BITS + 1);
}

// May an attempt begin with an event of step 1, where starts have a range?
bool trail_is_in_range(const struct trail_ground *ground, uint64_t word);

// Which of its steps an event may serve in an attempt; none when it can be left out. In order of time. What somebody
// waits for cannot be foreseen, so little of this is a branch.
static inline uint64_t trail_useful(const struct trail_ground *ground, const struct trail *trail, uint64_t word,
                                    uint64_t steps)
{
    uint64_t begun = trail->count > trail_head(trail);
    if (trail_is_settled(ground, trail)) {
        return 0;
    }
    if (ground->follow) {
        return begun != 0 ? UINT64_MAX : steps & 1;
    }
    uint64_t starts = steps & 1 & ~(ground->one_start & begun);
    if (ground->rules.has_range && starts != 0) {
        starts = trail_is_in_range(ground, word);
    }
    return (steps & trail_awaited(trail) & -begun) | starts;
}

// Asks for the memory that trail_append will write such an event to, without waiting for it.
static inline void trail_prefetch(const struct trail_ground *ground, const struct trail *trail, uint64_t word,
                                  uint64_t steps)
{
    if (trail->size > 0 && (!ground->sorted || trail_useful(ground, trail, word, steps) != 0)) {
        __builtin_prefetch(trail->at.words + trail->count, 1);
    }
}

// What trail_append does where there is no room beside the key.
void trail_append_far(struct trail_ground *ground, struct trail *trail, uint64_t word, uint64_t steps, uint64_t useful);

// Adds an event, whose kind has these steps.
static inline void trail_append(struct trail_ground *ground, struct trail *trail, uint64_t word, uint64_t steps)
{
    uint64_t useful = ground->sorted ? trail_useful(ground, trail, word, steps) : steps;
    bool is_kept = useful != 0 || !ground->sorted;
    if (trail->size == 0 && trail->count < TRAIL_OWN) {
        trail_take(trail, useful);
        trail->at.own[trail->count] = word; // and the next one over it, if it is not kept
        trail->count += is_kept;
    } else if (is_kept) {
        trail_append_far(ground, trail, word, steps, useful);
    }
}

// Copies the words behind the head, in order of time, to ground->words, and what they say to ground->events, with room
// for all steps and one word more. Returns their number.
size_t trail_unpack(struct trail_ground *ground, struct trail *trail);

// Puts all words of a trail in order of time.
void trail_sort(struct trail_ground *ground, struct trail *trail);

// Makes of a trail one of `count` words, not yet set, of which the first `level` are the attempt at the head, and with
// `has_next` one more the event after it.
void trail_restore(struct trail_ground *ground, struct trail *trail, size_t count, size_t level, bool has_next);

// What a restored trail waits for, once its words are set.
void trail_await(const struct trail_ground *ground, struct trail *trail);

#endif
