// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * vocabulary: a map of names, those of the steps first.
 */
#include "vocabulary.h"

#include <stdlib.h>

#include "diag.h"
#include "heap.h"

enum {
    SUGGESTIONS_MOST = 1000, // names kept for "did you mean"
};

struct entry {
    uint64_t steps;
    uint64_t ends;
    bool seen;
};

static struct entry *entry_of(const struct vocabulary *vocabulary, uint32_t number)
{
    return map_value(vocabulary->names, number);
}

static bool is_missed(const struct entry *entry)
{
    return (entry->steps | entry->ends) != 0 && !entry->seen;
}

static void add_exclusion(struct vocabulary *vocabulary, const struct plan_exclusion *exclusion)
{
    struct entry *entry = map_add(vocabulary->names, slice_trim_value(exclusion->name), NULL);
    vocabulary->unseen += !is_missed(entry);
    for (size_t level = exclusion->from; level < exclusion->to; level++) {
        entry->ends |= UINT64_C(1) << level;
    }
}

// Once the steps and exclusions have their names.
static void note_near(struct vocabulary *vocabulary)
{
    size_t names = map_count(vocabulary->names);
    vocabulary->is_near = names <= VOCABULARY_NEAR;
    for (uint32_t i = 0; i < names && i < VOCABULARY_NEAR; i++) {
        struct slice name = map_key(vocabulary->names, i);
        const struct entry *entry = entry_of(vocabulary, i);
        struct vocabulary_word word = {.number = i, .steps = entry->steps, .ends = entry->ends};
        vocabulary->near[i] = (struct vocabulary_near){name, vocabulary_head(name), false, word};
        vocabulary->near_count = i + 1;
    }
}

void vocabulary_open(struct vocabulary *vocabulary, const struct plan *plan, bool whole)
{
    *vocabulary = (struct vocabulary){.names = map_create(sizeof(struct entry)), .whole = whole};
    for (size_t i = 0; i < plan->count; i++) {
        struct entry *entry = map_add(vocabulary->names, slice_trim_value(plan->steps[i].name), NULL);
        if (plan->steps[i].kind == PLAN_EVENT) {
            vocabulary->unseen += entry->steps == 0;
            entry->steps |= UINT64_C(1) << i;
        }
    }
    for (size_t i = 0; i < plan->exclusion_count; i++) {
        add_exclusion(vocabulary, &plan->exclusions[i]);
    }
    note_near(vocabulary);
}

void vocabulary_free(struct vocabulary *vocabulary)
{
    if (vocabulary->names != NULL) {
        map_free(vocabulary->names);
    }
    *vocabulary = (struct vocabulary){0};
}

uint32_t vocabulary_number(const struct vocabulary *vocabulary, struct slice name)
{
    return map_find(vocabulary->names, name);
}

static uint32_t find_near(const struct vocabulary *vocabulary, struct slice name, uint64_t head)
{
    uint32_t i = 0;
    while (i < vocabulary->near_count && !vocabulary_is_near(&vocabulary->near[i], name, head)) {
        i++;
    }
    return i;
}

static void note_seen(struct vocabulary *vocabulary, uint32_t number)
{
    struct entry *entry = entry_of(vocabulary, number);
    vocabulary->unseen -= is_missed(entry);
    entry->seen = true;
}

// One that is not near, added where such names are kept.
static uint32_t find_far(struct vocabulary *vocabulary, struct slice name)
{
    if (vocabulary->is_near && vocabulary->unseen == 0 && !vocabulary->whole) {
        return VOCABULARY_NONE;
    }
    uint32_t number = map_find(vocabulary->names, name);
    bool suggests = vocabulary->unseen > 0 && map_count(vocabulary->names) < SUGGESTIONS_MOST;
    if (number == VOCABULARY_NONE && (vocabulary->whole || suggests)) {
        map_add(vocabulary->names, name, &number);
    }
    return number;
}

// Puts a name that is not near beside those that are, as long as there is room.
static struct vocabulary_word *come_near(struct vocabulary *vocabulary, struct slice name, uint64_t head,
                                         const struct vocabulary_word *word)
{
    bool is_kept = word->number != VOCABULARY_NONE;
    if (vocabulary->near_count == VOCABULARY_NEAR || (!is_kept && name.length > sizeof head)) {
        vocabulary->other = *word;
        return &vocabulary->other;
    }
    struct vocabulary_near *near = &vocabulary->near[vocabulary->near_count++];
    struct slice kept = is_kept ? vocabulary_name(vocabulary, word->number) : (struct slice){NULL, name.length};
    *near = (struct vocabulary_near){kept, head, true, *word};
    return &near->word;
}

struct vocabulary_word *vocabulary_see_another(struct vocabulary *vocabulary, struct slice name, uint64_t head,
                                               uint8_t *recent)
{
    uint32_t place = find_near(vocabulary, name, head);
    struct vocabulary_near *near = &vocabulary->near[place];
    struct vocabulary_word word = {.number = VOCABULARY_NONE};
    if (place < vocabulary->near_count) {
        if (!near->seen) {
            note_seen(vocabulary, near->word.number);
        }
        near->seen = true;
        *recent = (uint8_t)place;
        return &near->word;
    }
    word.number = find_far(vocabulary, name);
    if (word.number != VOCABULARY_NONE) {
        note_seen(vocabulary, word.number);
        word.steps = vocabulary_steps(vocabulary, word.number);
        word.ends = entry_of(vocabulary, word.number)->ends;
    }
    return come_near(vocabulary, name, head, &word);
}

bool vocabulary_is_seen(const struct vocabulary *vocabulary, uint32_t number)
{
    return entry_of(vocabulary, number)->seen;
}

uint64_t vocabulary_steps(const struct vocabulary *vocabulary, uint32_t number)
{
    return entry_of(vocabulary, number)->steps;
}

struct slice vocabulary_name(const struct vocabulary *vocabulary, uint32_t number)
{
    return map_key(vocabulary->names, number);
}

// The name that an event had and that is nearest to this one, or an empty slice.
static struct slice nearest_seen(const struct vocabulary *vocabulary, struct slice name)
{
    size_t all = map_count(vocabulary->names);
    struct slice *seen = heap_allocate(all, sizeof *seen);
    size_t count = 0;
    for (uint32_t i = 0; i < all; i++) {
        if (entry_of(vocabulary, i)->seen) {
            seen[count++] = vocabulary_name(vocabulary, i);
        }
    }
    long nearest = diag_nearest(name, seen, count);
    struct slice found = nearest < 0 ? (struct slice){NULL, 0} : seen[nearest];
    free(seen);
    return found;
}

void vocabulary_missed(const struct vocabulary *vocabulary, uint32_t number, struct text *message)
{
    if (!is_missed(entry_of(vocabulary, number))) {
        return;
    }
    struct slice name = vocabulary_name(vocabulary, number);
    struct slice nearest = nearest_seen(vocabulary, name);
    text_format(message, "no row has the event '%.*s'", (int)name.length, name.data);
    if (nearest.length > 0) {
        text_format(message, " (did you mean '%.*s'?)", (int)nearest.length, nearest.data);
    }
}
