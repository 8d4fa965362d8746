// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * trails: an event is one 64-bit word, time above, then whether it had a time of day, then the number of its kind
 * (steps and label), so words sort by time. A person's words lie in one block of a size that is a power of two; blocks
 * given back wait in a list of their size.
 *
 * In a log in order of time a full block is settled before it grows: the attempt found so far is remembered at the
 * head of the block where its start is not kept, and behind it come the words that may still matter.
 */
#include "trails.h"

#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "heap.h"
#include "map.h"
#include "words.h"

enum {
    KIND_BITS = 24,
    TIME_SHIFT = KIND_BITS + 1,
    SIZES = 40,
    RECENT_BITS = 6,
    BATCH = 32, // events that wait for each other's memory together
    AHEAD = 8,  // people whose memory is asked for before they are looked at
    KEY_SIZE = 40,
};

#define TIME_BIAS (INT64_C(1) << 38)
#define HAS_TIME (UINT64_C(1) << KIND_BITS)

_Static_assert(TRAILS_KINDS == 1 << KIND_BITS, "a kind's number fills the low bits of a word");

struct kind {
    uint64_t steps;
    uint64_t ends;
    int64_t amount;
    uint64_t label;
};

struct person {
    uint64_t *words;
    uint32_t count; // words in use
    uint8_t size;   // of the block, 0 for none
    uint8_t level;  // of the attempt at the block's head, 0 for none
    bool has_next;  // does the event after it follow there?
};

// An event whose person is still to be looked up.
struct pending {
    char key[KEY_SIZE];
    size_t key_length;
    uint64_t hash;
    uint64_t word;
    uint64_t steps;
};

struct trails {
    struct trails_options options;
    struct map *people; // struct person
    struct map *kinds;  // no values
    struct kind *kind;  // by number
    size_t kind_capacity;
    uint32_t recent[1 << RECENT_BITS]; // kinds found again without the map
    struct arena blocks;
    uint64_t *spare[SIZES]; // lists of blocks given back, linked through their first word
    uint64_t *words;        // a person's while he is looked at
    struct attempt_event *events;
    bool *keep;
    size_t capacity; // of these three
    struct pending pending[BATCH];
    size_t pending_count;
};

struct trails *trails_create(const struct trails_options *options)
{
    struct trails *trails = heap_allocate(1, sizeof *trails);
    trails->options = *options;
    trails->options.sorted = options->sorted && !options->whole && attempt_is_plain(&options->rules);
    trails->people = map_create(sizeof(struct person));
    trails->kinds = map_create(0);
    return trails;
}

void trails_free(struct trails *trails)
{
    if (trails == NULL) {
        return;
    }
    map_free(trails->people);
    map_free(trails->kinds);
    arena_free(&trails->blocks);
    free(trails->kind);
    free(trails->words);
    free(trails->events);
    free(trails->keep);
    free(trails);
}

// The number of this kind, TRAILS_KINDS when there is no room for it.
static uint32_t add_kind(struct trails *trails, const struct kind *kind)
{
    struct slice key = {(const char *)kind, sizeof *kind};
    if (map_count(trails->kinds) == TRAILS_KINDS) {
        uint32_t known = map_find(trails->kinds, key);
        return known == MAP_NONE ? TRAILS_KINDS : known;
    }
    uint32_t number;
    map_add(trails->kinds, key, &number);
    trails->kind = heap_grow(trails->kind, &trails->kind_capacity, (size_t)number + 1, sizeof *trails->kind);
    trails->kind[number] = *kind;
    return number;
}

static uint32_t kind_number(struct trails *trails, const struct trails_event *event)
{
    struct kind kind = {event->steps, event->ends, event->amount, event->label};
    uint64_t mixed = (event->steps ^ event->ends << 7 ^ (uint64_t)event->amount << 20 ^ (uint64_t)event->label << 32) *
                     UINT64_C(0x9E3779B97F4A7C15);
    uint32_t *recent = &trails->recent[mixed >> (64 - RECENT_BITS)];
    bool is_known = *recent < map_count(trails->kinds) && memcmp(&trails->kind[*recent], &kind, sizeof kind) == 0;
    if (!is_known) {
        *recent = add_kind(trails, &kind);
    }
    return *recent;
}

static uint64_t word_of(const struct trails_event *event, uint32_t kind)
{
    return (uint64_t)(event->time + TIME_BIAS) << TIME_SHIFT | (event->has_time ? HAS_TIME : 0) | kind;
}

static int64_t word_time(uint64_t word)
{
    return (int64_t)(word >> TIME_SHIFT) - TIME_BIAS;
}

static const struct kind *word_kind(const struct trails *trails, uint64_t word)
{
    return &trails->kind[word & (TRAILS_KINDS - 1)];
}

static struct trails_step word_step(const struct trails *trails, uint64_t word)
{
    const struct kind *kind = word_kind(trails, word);
    return (struct trails_step){word_time(word), (word & HAS_TIME) != 0, (uint32_t)kind->label, kind->amount};
}

static size_t block_words(unsigned size)
{
    return size == 0 ? 0 : (size_t)2 << size;
}

static void give_block(struct trails *trails, uint64_t *words, unsigned size)
{
    if (size > 0) {
        memcpy(words, &trails->spare[size], sizeof(uint64_t *));
        trails->spare[size] = words;
    }
}

static uint64_t *take_block(struct trails *trails, unsigned size)
{
    uint64_t *words = trails->spare[size];
    if (words == NULL) {
        return arena_allocate(&trails->blocks, block_words(size) * sizeof *words);
    }
    memcpy(&trails->spare[size], words, sizeof(uint64_t *));
    return words;
}

// Makes room for `needed` words; what is there stays.
static void make_room(struct trails *trails, struct person *person, size_t needed)
{
    unsigned size = person->size;
    while (block_words(size) < needed) {
        size++;
    }
    if (size == person->size) {
        return;
    }
    uint64_t *words = take_block(trails, size);
    if (person->count > 0) {
        memcpy(words, person->words, person->count * sizeof *words);
    }
    give_block(trails, person->words, person->size);
    person->words = words;
    person->size = (uint8_t)size;
}

// Words at the head of the block that are no events of the trail itself.
static size_t head_words(const struct person *person)
{
    return (size_t)person->level + person->has_next;
}

static void reserve(struct trails *trails, size_t count)
{
    if (count > trails->capacity) {
        size_t capacity = trails->capacity < 64 ? 64 : trails->capacity;
        while (capacity < count) {
            capacity *= 2;
        }
        trails->words = heap_resize(trails->words, capacity, sizeof *trails->words);
        trails->events = heap_resize(trails->events, capacity, sizeof *trails->events);
        trails->keep = heap_resize(trails->keep, capacity, sizeof *trails->keep);
        trails->capacity = capacity;
    }
}

// Copies the words of a person's events to trails->words and what they say to trails->events. Returns their number.
static size_t unpack(struct trails *trails, const struct person *person)
{
    size_t head = head_words(person);
    size_t count = person->count - head;
    reserve(trails, count + ATTEMPT_STEPS + 1);
    for (size_t i = 0; i < count; i++) {
        uint64_t word = person->words[head + i];
        trails->words[i] = word;
        const struct kind *kind = word_kind(trails, word);
        trails->events[i] = (struct attempt_event){word_time(word), kind->steps, kind->ends};
    }
    return count;
}

// Can no later event change what is remembered?
static bool is_settled(const struct trails *trails, const struct person *person)
{
    const struct attempt_rules *rules = &trails->options.rules;
    return person->level > 0 &&
           (rules->start == ATTEMPT_FIRST || (rules->start == ATTEMPT_BEST && person->level == rules->steps));
}

// Chooses what is kept of `count` events in trails->keep. The event after a kept one is kept too where it is asked for.
static void choose(struct trails *trails, size_t count, int64_t now)
{
    attempt_keep(&trails->options.rules, trails->events, count, now, trails->keep);
    for (size_t i = count; trails->options.follow && i > 1; i--) {
        trails->keep[i - 1] = trails->keep[i - 1] || trails->keep[i - 2];
    }
}

// Takes the attempt found among the events, and the event after it, as the one remembered.
static void remember(struct trails *trails, struct person *person, const struct attempt *found, uint64_t *head)
{
    for (size_t i = 0; i < found->level; i++) {
        head[i] = trails->words[found->positions[i]];
    }
    person->level = (uint8_t)found->level;
    person->has_next = trails->options.follow;
    if (person->has_next) {
        head[found->level] = trails->words[found->positions[found->level - 1] + 1];
    }
}

// Forgets what cannot matter any more. Where the event after an attempt is asked for, the last event so far is only
// looked at as such and stays.
static void settle(struct trails *trails, struct person *person)
{
    const struct attempt_rules *rules = &trails->options.rules;
    uint64_t head[ATTEMPT_STEPS + 1];
    size_t all = unpack(trails, person);
    size_t count = trails->options.follow && all > 0 ? all - 1 : all;
    if (count == 0) {
        return;
    }
    memcpy(head, person->words, head_words(person) * sizeof *head);
    struct attempt found;
    attempt_find(rules, trails->events, count, &found);
    choose(trails, count, trails->events[all - 1].time);
    if (found.level > 0 && attempt_replaces(rules, found.level, person->level)) {
        person->level = 0;
        person->has_next = false;
        bool final = found.level == rules->steps && rules->start == ATTEMPT_BEST;
        if (final || !trails->keep[found.positions[0]]) {
            remember(trails, person, &found, head);
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < all && !is_settled(trails, person); i++) {
        if (i >= count || trails->keep[i]) {
            trails->words[kept++] = trails->words[i];
        }
    }
    size_t head_count = head_words(person);
    person->count = 0;
    make_room(trails, person, head_count + kept);
    memcpy(person->words, head, head_count * sizeof *head);
    memcpy(person->words + head_count, trails->words, kept * sizeof *head);
    person->count = (uint32_t)(head_count + kept);
}

// In a log in order of time: an event that no attempt waits for, because none has begun or the matter is settled.
static bool is_idle(const struct trails *trails, const struct person *person, uint64_t steps)
{
    return is_settled(trails, person) || ((steps & 1) == 0 && person->count == head_words(person));
}

static void make_room_for_one(struct trails *trails, struct person *person)
{
    if (person->count < block_words(person->size)) {
        return;
    }
    if (trails->options.sorted && person->size > 0) {
        settle(trails, person);
    }
    size_t capacity = block_words(person->size);
    if (person->count >= capacity / 4 * 3) {
        make_room(trails, person, capacity + 1);
    }
}

static void append(struct trails *trails, struct person *person, uint64_t word, uint64_t steps)
{
    if (trails->options.sorted && is_idle(trails, person, steps)) {
        return;
    }
    make_room_for_one(trails, person);
    if (trails->options.sorted && is_idle(trails, person, steps)) {
        return;
    }
    person->words[person->count++] = word;
}

// People of a large log are all over the memory, so a batch of events asks for what it needs before it is used.
static void append_pending(struct trails *trails)
{
    struct person *people[BATCH];
    for (size_t i = 0; i < trails->pending_count; i++) {
        map_prefetch_entry(trails->people, trails->pending[i].hash);
    }
    for (size_t i = 0; i < trails->pending_count; i++) {
        const struct pending *pending = &trails->pending[i];
        struct slice key = {pending->key, pending->key_length};
        people[i] = map_add_hashed(trails->people, key, pending->hash, NULL);
        __builtin_prefetch(people[i]->words + people[i]->count);
    }
    for (size_t i = 0; i < trails->pending_count; i++) {
        append(trails, people[i], trails->pending[i].word, trails->pending[i].steps);
    }
    trails->pending_count = 0;
}

void trails_meet(struct trails *trails, struct slice person)
{
    append_pending(trails);
    map_add(trails->people, person, NULL);
}

bool trails_add(struct trails *trails, struct slice person, const struct trails_event *event)
{
    uint32_t kind = kind_number(trails, event);
    if (kind == TRAILS_KINDS) {
        return false;
    }
    uint64_t word = word_of(event, kind);
    if (person.length > KEY_SIZE) {
        append_pending(trails);
        append(trails, map_add(trails->people, person, NULL), word, event->steps);
        return true;
    }
    struct pending *pending = &trails->pending[trails->pending_count++];
    memcpy(pending->key, person.data, person.length);
    pending->key_length = person.length;
    pending->hash = map_hash(trails->people, person);
    pending->word = word;
    pending->steps = event->steps;
    map_prefetch(trails->people, pending->hash);
    if (trails->pending_count == BATCH) {
        append_pending(trails);
    }
    return true;
}

void trails_end(struct trails *trails)
{
    append_pending(trails);
}

size_t trails_count(const struct trails *trails)
{
    return map_count(trails->people);
}

struct slice trails_person(const struct trails *trails, size_t index)
{
    return map_key(trails->people, (uint32_t)index);
}

size_t trails_number(const struct trails *trails, struct slice person)
{
    uint32_t index = map_find(trails->people, person);
    return index == MAP_NONE ? SIZE_MAX : index;
}

static void sort_person(struct trails *trails, struct person *person)
{
    reserve(trails, person->count);
    words_sort(person->words, person->count, TIME_SHIFT, trails->words);
}

static void tell_remembered(const struct trails *trails, const struct person *person, struct trails_attempt *found)
{
    found->level = person->level;
    found->taken = found->level == ATTEMPT_STEPS ? UINT64_MAX : (UINT64_C(1) << found->level) - 1;
    for (size_t i = 0; i < found->level; i++) {
        found->steps[i] = word_step(trails, person->words[i]);
        found->served[i] = (uint8_t)i;
    }
    found->has_next = person->has_next;
    found->next = found->has_next ? (uint32_t)word_kind(trails, person->words[found->level])->label : 0;
}

static void tell(const struct trails *trails, const struct attempt *attempt, size_t count, struct trails_attempt *found)
{
    size_t next = 0;
    found->level = attempt->level;
    found->taken = attempt->taken;
    found->has_next = false;
    for (size_t i = 0; i < attempt->level; i++) {
        if ((attempt->taken >> i & 1) != 0) {
            found->steps[i] = word_step(trails, trails->words[attempt->positions[i]]);
            found->served[i] = attempt->served[i];
            next = attempt->positions[i] >= next ? attempt->positions[i] + 1 : next;
        }
    }
    if (trails->options.follow && attempt->level > 0) {
        found->has_next = next < count;
        found->next = found->has_next ? (uint32_t)word_kind(trails, trails->words[next])->label : 0;
    }
}

// People are asked for one after the other as a rule.
static void look_ahead(const struct trails *trails, size_t index)
{
    if (index + 2 * AHEAD < map_count(trails->people)) {
        __builtin_prefetch(map_value(trails->people, (uint32_t)(index + 2 * AHEAD)));
        const struct person *person = map_value(trails->people, (uint32_t)(index + AHEAD));
        __builtin_prefetch(person->words);
    }
}

// Unpacks a person's events in order of time.
static size_t unpack_sorted(struct trails *trails, struct person *person)
{
    if (!trails->options.sorted) {
        sort_person(trails, person);
    }
    return unpack(trails, person);
}

static void find(struct trails *trails, const struct person *person, size_t count, int64_t now,
                 struct trails_attempt *found)
{
    const struct attempt_rules *rules = &trails->options.rules;
    struct attempt attempt;
    attempt_find(rules, trails->events, count, &attempt);
    if (person->level > 0 && !attempt_replaces(rules, attempt.level, person->level)) {
        tell_remembered(trails, person, found);
    } else {
        tell(trails, &attempt, count, found);
    }
    bool is_over = person->level > 0 && rules->start == ATTEMPT_FIRST;
    found->open = !is_over && attempt_is_open(rules, trails->events, count, now);
}

void trails_find(struct trails *trails, size_t index, int64_t now, struct trails_attempt *found)
{
    struct person *person = map_value(trails->people, (uint32_t)index);
    look_ahead(trails, index);
    find(trails, person, unpack_sorted(trails, person), now, found);
}

static void visit_each(struct trails *trails, size_t count, int64_t now, const struct trails_visitor *visitor)
{
    struct attempt attempt = {.level = 0};
    struct trails_attempt found;
    size_t position = 0;
    while (attempt_next(&trails->options.rules, trails->events, count, now, &position, &attempt, &found.open)) {
        tell(trails, &attempt, count, &found);
        visitor->visit(visitor->context, &found);
    }
}

static void visit_events(struct trails *trails, const struct person *person, size_t count, int64_t now,
                         const struct trails_visitor *visitor)
{
    if (visitor->each) {
        visit_each(trails, count, now, visitor);
        return;
    }
    struct trails_attempt found;
    find(trails, person, count, now, &found);
    if (found.level > 0) {
        visitor->visit(visitor->context, &found);
    }
}

// Was the label of this event that of one before it which matches a step?
static bool is_label_known(const struct trails *trails, size_t position)
{
    uint64_t label = word_kind(trails, trails->words[position])->label;
    for (size_t i = 0; i < position; i++) {
        const struct kind *kind = word_kind(trails, trails->words[i]);
        if (kind->steps != 0 && kind->label == label) {
            return true;
        }
    }
    return false;
}

static void leave_label(struct trails *trails, size_t count, uint64_t label)
{
    for (size_t i = 0; i < count; i++) {
        const struct kind *kind = word_kind(trails, trails->words[i]);
        trails->events[i].steps = kind->label == label ? kind->steps : 0;
    }
}

void trails_visit(struct trails *trails, size_t index, int64_t now, const struct trails_visitor *visitor)
{
    struct person *person = map_value(trails->people, (uint32_t)index);
    look_ahead(trails, index);
    size_t count = unpack_sorted(trails, person);
    if (!visitor->apart) {
        visit_events(trails, person, count, now, visitor);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const struct kind *kind = word_kind(trails, trails->words[i]);
        if (kind->steps != 0 && !is_label_known(trails, i)) {
            leave_label(trails, count, kind->label);
            visit_events(trails, person, count, now, visitor);
        }
    }
}

void trails_tell_kept(struct trails *trails, size_t index,
                      void (*visit)(void *context, const struct trails_event *event, bool is_reached), void *context)
{
    struct person *person = map_value(trails->people, (uint32_t)index);
    if (!trails->options.sorted) {
        sort_person(trails, person);
    }
    for (size_t i = 0; i < person->count; i++) {
        const struct kind *kind = word_kind(trails, person->words[i]);
        struct trails_event event = {.time = word_time(person->words[i]),
                                     .has_time = (person->words[i] & HAS_TIME) != 0,
                                     .steps = kind->steps,
                                     .ends = kind->ends,
                                     .label = (uint32_t)kind->label,
                                     .amount = kind->amount};
        visit(context, &event, i < person->level);
    }
}

bool trails_restore(struct trails *trails, struct slice person, const struct trails_event *events, size_t count,
                    size_t reached)
{
    struct person *restored = map_add(trails->people, person, NULL);
    restored->count = 0;
    restored->level = 0;
    make_room(trails, restored, count);
    for (size_t i = 0; i < count; i++) {
        uint32_t kind = kind_number(trails, &events[i]);
        if (kind == TRAILS_KINDS) {
            return false;
        }
        restored->words[i] = word_of(&events[i], kind);
    }
    restored->count = (uint32_t)count;
    restored->level = (uint8_t)reached;
    return true;
}
