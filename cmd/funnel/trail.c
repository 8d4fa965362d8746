// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * trail: words in a block that doubles, and in order of time the steps that somebody waits for, as far as a byte tells:
 * what it lets through is at worst needless, as attempt_keep decides when a block is full.
 */
#include "trail.h"

#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "word.h"
#include "words.h"

static size_t level_that_settles(const struct attempt_rules *rules)
{
    return rules->start == ATTEMPT_FIRST ? 1 : rules->start == ATTEMPT_BEST ? rules->steps : SIZE_MAX;
}

void trail_open_ground(struct trail_ground *ground, const struct attempt_rules *rules, bool sorted, bool follow,
                       uint32_t most_kinds)
{
    *ground = (struct trail_ground){.rules = *rules,
                                    .sorted = sorted,
                                    .follow = follow,
                                    .one_start = attempt_is_settled(rules),
                                    .settled_level = level_that_settles(rules)};
    kinds_open(&ground->kinds, most_kinds);
}

void trail_free_ground(struct trail_ground *ground)
{
    kinds_free(&ground->kinds);
    blocks_free(&ground->blocks);
    free(ground->words);
    free(ground->events);
    free(ground->keep);
}

static size_t room_of(const struct trail *trail)
{
    return trail->size == 0 ? TRAIL_OWN : blocks_words(trail->size);
}

// Makes room for `needed` words; what is there stays.
static void make_room(struct trail_ground *ground, struct trail *trail, size_t needed)
{
    unsigned size = trail->size + 1U;
    if (needed <= room_of(trail)) {
        return;
    }
    while (blocks_words(size) < needed) {
        size++;
    }
    uint64_t *words = blocks_take(&ground->blocks, size);
    memcpy(words, trail_words(trail), trail->count * sizeof *words);
    if (trail->size > 0) {
        blocks_give(&ground->blocks, trail->at.words, trail->size);
    }
    trail->at.words = words;
    trail->size = (uint8_t)size;
}

static void reserve(struct trail_ground *ground, size_t count)
{
    if (count > ground->capacity) {
        size_t capacity = ground->capacity < 64 ? 64 : ground->capacity;
        while (capacity < count) {
            capacity *= 2;
        }
        ground->words = heap_resize(ground->words, capacity, sizeof *ground->words);
        ground->events = heap_resize(ground->events, capacity, sizeof *ground->events);
        ground->keep = heap_resize(ground->keep, capacity, sizeof *ground->keep);
        ground->capacity = capacity;
    }
}

void trail_sort(struct trail_ground *ground, struct trail *trail)
{
    reserve(ground, trail->count);
    words_sort(trail_words(trail), trail->count, WORD_TIME_SHIFT, ground->words);
}

size_t trail_unpack(struct trail_ground *ground, struct trail *trail)
{
    if (!ground->sorted) {
        trail_sort(ground, trail);
    }
    const uint64_t *words = trail_words(trail) + trail_head(trail);
    size_t count = trail->count - trail_head(trail);
    reserve(ground, count + ATTEMPT_STEPS + 1);
    for (size_t i = 0; i < count; i++) {
        uint64_t word = words[i];
        const struct kind *kind = &ground->kinds.all[word_kind(word)];
        ground->words[i] = word;
        ground->events[i] = (struct attempt_event){word_time(word), kind->steps, kind->ends};
    }
    return count;
}

// Chooses what is kept of `count` events in ground->keep. The event after a kept one is kept too where it is asked for.
static void choose(struct trail_ground *ground, size_t count, int64_t now)
{
    attempt_keep(&ground->rules, ground->events, count, now, ground->keep);
    for (size_t i = count; ground->follow && i > 1; i--) {
        ground->keep[i - 1] = ground->keep[i - 1] || ground->keep[i - 2];
    }
}

// Takes the attempt found among the events, and the event after it, as the one remembered.
static void remember(struct trail_ground *ground, struct trail *trail, const struct attempt *found, uint64_t *head)
{
    for (size_t i = 0; i < found->level; i++) {
        head[i] = ground->words[found->positions[i]];
    }
    trail->level = (uint8_t)found->level;
    trail->has_next = ground->follow;
    if (trail->has_next) {
        head[found->level] = ground->words[found->positions[found->level - 1] + 1];
    }
}

// Remembers the best attempt of the first `count` events when it counts instead of the one at the head and some of it
// is about to be forgotten.
static void look_back(struct trail_ground *ground, struct trail *trail, size_t count, uint64_t *head)
{
    struct attempt found;
    attempt_find(&ground->rules, ground->events, count, &found);
    if (found.level == 0 || !attempt_replaces(&ground->rules, found.level, trail->level)) {
        return;
    }
    bool is_final = found.level == ground->rules.steps && ground->rules.start == ATTEMPT_BEST;
    trail->level = 0;
    trail->has_next = false;
    if (is_final || !ground->keep[found.positions[0]]) {
        remember(ground, trail, &found, head);
    }
}

void trail_await(const struct trail_ground *ground, struct trail *trail)
{
    const uint64_t *words = trail_words(trail);
    trail->awaited = 0;
    for (size_t i = trail_head(trail); i < trail->count; i++) {
        uint64_t steps = ground->kinds.all[word_kind(words[i])].steps;
        trail_take(trail, steps & (trail_awaited(trail) | 1));
    }
}

// Forgets what cannot matter any more. Where the event after an attempt is asked for, the last event so far is only
// looked at as such and stays.
static void settle(struct trail_ground *ground, struct trail *trail)
{
    uint64_t head[ATTEMPT_STEPS + 1];
    size_t all = trail_unpack(ground, trail);
    size_t count = ground->follow && all > 0 ? all - 1 : all;
    if (count == 0) {
        return;
    }
    memcpy(head, trail_words(trail), trail_head(trail) * sizeof *head);
    choose(ground, count, ground->events[all - 1].time);
    look_back(ground, trail, count, head);
    size_t kept = 0;
    for (size_t i = 0; i < all && !trail_is_settled(ground, trail); i++) {
        if (i >= count || ground->keep[i]) {
            ground->words[kept++] = ground->words[i];
        }
    }
    size_t head_count = trail_head(trail);
    trail->count = 0;
    make_room(ground, trail, head_count + kept);
    memcpy(trail_words(trail), head, head_count * sizeof *head);
    memcpy(trail_words(trail) + head_count, ground->words, kept * sizeof *head);
    trail->count = (uint32_t)(head_count + kept);
    trail_await(ground, trail);
}

bool trail_is_in_range(const struct trail_ground *ground, uint64_t word)
{
    struct attempt_event event = {.time = word_time(word), .steps = 1};
    return attempt_is_start(&ground->rules, &event);
}

// There is none left. Some is made by forgetting, or where that gives little, by a larger block.
static void make_room_for_more(struct trail_ground *ground, struct trail *trail)
{
    if (ground->sorted) {
        settle(ground, trail);
    }
    size_t room = room_of(trail);
    size_t least = trail->size == 0 ? room : room / 4 * 3; // a few words are settled again for less than a block costs
    if (trail->count >= least) {
        make_room(ground, trail, room + 1);
    }
}

void trail_append_far(struct trail_ground *ground, struct trail *trail, uint64_t word, uint64_t steps, uint64_t useful)
{
    if (trail->count >= room_of(trail)) {
        make_room_for_more(ground, trail);
        useful = ground->sorted ? trail_useful(ground, trail, word, steps) : steps;
        if (ground->sorted && useful == 0) {
            return;
        }
    }
    trail_take(trail, useful);
    trail_words(trail)[trail->count++] = word;
}

void trail_restore(struct trail_ground *ground, struct trail *trail, size_t count, size_t level, bool has_next)
{
    trail->count = 0;
    trail->has_next = has_next;
    make_room(ground, trail, count);
    trail->count = (uint32_t)count;
    trail->level = (uint8_t)level;
}
