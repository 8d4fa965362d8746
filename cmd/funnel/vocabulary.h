// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * vocabulary: the names of events, which steps each stands for, and which a log was seen to have.
 *
 * A step named after an event that no row has is most often a slip of the pen, so what rows have besides is remembered,
 * within bounds, to suggest it.
 */
#ifndef VOCABULARY_H
#define VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "digits.h"
#include "map.h"
#include "plan.h"
#include "slice.h"
#include "text.h"

#define VOCABULARY_NONE MAP_NONE

// The first names, those of the steps and of the exclusions before all, are compared with before any is hashed.
#define VOCABULARY_NEAR 16
#define VOCABULARY_PLACES 64

// What an event's name says.
struct vocabulary_word {
    uint32_t number; // VOCABULARY_NONE for a name that is not kept
    uint32_t memo;   // the caller's, 0 until he sets it; forgotten at once where there are many names
    uint64_t steps;  // as vocabulary_steps
    uint64_t ends;   // the levels at which such events end an attempt, bits as in attempt.h
};

struct vocabulary_near {
    struct slice name; // of nobody's bytes where `head` has them all
    uint64_t head;     // vocabulary_head of it
    bool seen;
    struct vocabulary_word word;
};

struct vocabulary {
    struct map *names;
    struct vocabulary_near near[VOCABULARY_NEAR];
    uint32_t near_count;
    uint8_t recent[VOCABULARY_PLACES]; // which of these was last found under a hash of its head
    bool is_near;                      // are all steps and exclusions among these?
    struct vocabulary_word other;      // the last one that is not
    size_t unseen;                     // names of steps that were not seen so far
    bool whole;                        // are all names kept, not only those of steps?
};

// The names of the plan's steps and exclusions; all further ones seen are kept with `whole`.
void vocabulary_open(struct vocabulary *vocabulary, const struct plan *plan, bool whole);
void vocabulary_free(struct vocabulary *vocabulary);

// Eight bytes of a name or, where it is shorter, all of them. Names are short and come in any order, so no branch may
// depend on each of their bytes.
static inline uint64_t vocabulary_head(struct slice name)
{
    if (name.length >= DIGITS_MOST) {
        return digits_load(name.data, DIGITS_MOST);
    }
    return name.length == 0 ? 0 : digits_load(name.data, name.length);
}

static inline bool vocabulary_is_near(const struct vocabulary_near *near, struct slice name, uint64_t head)
{
    return near->head == head && near->name.length == name.length &&
           (name.length <= sizeof head || memcmp(near->name.data, name.data, name.length) == 0);
}

// A name that is not the one seen last under the hash of its head.
struct vocabulary_word *vocabulary_see_another(struct vocabulary *vocabulary, struct slice name, uint64_t head,
                                               uint8_t *recent);

// An event of this name, trimmed, was seen. What is given lives until the next one.
static inline struct vocabulary_word *vocabulary_see(struct vocabulary *vocabulary, struct slice name)
{
    uint64_t head = vocabulary_head(name);
    uint8_t *recent = &vocabulary->recent[(head * UINT64_C(0x9E3779B97F4A7C15)) >> 58];
    struct vocabulary_near *near = &vocabulary->near[*recent];
    bool is_found = near->seen && vocabulary_is_near(near, name, head);
    return is_found ? &near->word : vocabulary_see_another(vocabulary, name, head, recent);
}

// The number of a name without having seen it.
uint32_t vocabulary_number(const struct vocabulary *vocabulary, struct slice name);

bool vocabulary_is_seen(const struct vocabulary *vocabulary, uint32_t number);

// The steps of that name, bits as in attempt.h.
uint64_t vocabulary_steps(const struct vocabulary *vocabulary, uint32_t number);

struct slice vocabulary_name(const struct vocabulary *vocabulary, uint32_t number);

// A message for the name of that number, empty unless a step or an exclusion has it and no event: "no row has the event
// 'ordr' (did you mean 'order'?)".
void vocabulary_missed(const struct vocabulary *vocabulary, uint32_t number, struct text *message);

#endif
