// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * trails: a map from persons to their trails.
 *
 * People of a large log are all over the memory, so an event waits in a queue while the memory it needs is asked for:
 * first the slot of its person in the map, a batch later the entry there, then the end of his trail. A batch is asked
 * for at once, as even the addresses of pages are waited for, several as long as one.
 */
#include "trails.h"

#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "map.h"
#include "trail.h"
#include "word.h"

enum {
    BATCH = 8,  // events that are looked at one right after the other
    QUEUE = 32, // a power of two, four batches
    AHEAD = 8,  // people whose memory is asked for before they are looked at
    KEY_SIZE = 40,
};

// An event whose person is still to be looked up.
struct waiting {
    char key[KEY_SIZE];
    size_t key_length;
    uint64_t hash;
    uint64_t word;
    uint64_t steps;
    struct trail *trail; // at first a guess, as map_prefetch_entry gave it
};

struct trails {
    struct trail_ground ground;
    struct map *people; // struct trail
    struct waiting queue[QUEUE];
    size_t begun;  // events that came into the queue, all in all
    size_t hashed; // of these, those whose slot was asked for,
    size_t looked; // whose entry was,
    size_t found;  // whose trail is known,
    size_t ended;  // and that are in their trail
};

struct trails *trails_create(const struct trails_options *options)
{
    struct trails *trails = heap_allocate(1, sizeof *trails);
    bool forgets = options->sorted && !options->whole && attempt_is_plain(&options->rules);
    trail_open_ground(&trails->ground, &options->rules, forgets, options->follow, TRAILS_KINDS);
    trails->people = map_create(sizeof(struct trail));
    return trails;
}

void trails_free(struct trails *trails)
{
    if (trails == NULL) {
        return;
    }
    map_free(trails->people);
    trail_free_ground(&trails->ground);
    free(trails);
}

static const struct kind *kind_of(const struct trails *trails, uint64_t word)
{
    return &trails->ground.kinds.all[word_kind(word)];
}

static struct trails_step step_of(const struct trails *trails, uint64_t word)
{
    const struct kind *kind = kind_of(trails, word);
    return (struct trails_step){word_time(word), word_has_time(word), (uint32_t)kind->label, kind->amount};
}

static void look_for_slot(struct trails *trails)
{
    struct waiting *waiting = &trails->queue[trails->hashed++ % QUEUE];
    waiting->hash = map_hash(trails->people, (struct slice){waiting->key, waiting->key_length});
    map_prefetch(trails->people, waiting->hash);
}

static void look_for_entry(struct trails *trails)
{
    struct waiting *waiting = &trails->queue[trails->looked++ % QUEUE];
    waiting->trail = map_prefetch_entry(trails->people, waiting->hash);
}

static void find_trail(struct trails *trails)
{
    struct waiting *waiting = &trails->queue[trails->found++ % QUEUE];
    struct slice key = {waiting->key, waiting->key_length};
    if (!map_is_value_of(waiting->trail, key)) {
        waiting->trail = map_add_hashed(trails->people, key, waiting->hash, NULL);
    }
    trail_prefetch(&trails->ground, waiting->trail, waiting->word, waiting->steps);
}

static void end_waiting(struct trails *trails)
{
    const struct waiting *waiting = &trails->queue[trails->ended++ % QUEUE];
    trail_append(&trails->ground, waiting->trail, waiting->word, waiting->steps);
}

// Brings each stage of the queue up to `behind` events behind the one before.
static void move_queue(struct trails *trails, size_t behind)
{
    while (trails->hashed < trails->begun) {
        look_for_slot(trails);
    }
    while (trails->looked + behind < trails->hashed) {
        look_for_entry(trails);
    }
    while (trails->found + behind < trails->looked) {
        find_trail(trails);
    }
    while (trails->ended + behind < trails->found) {
        end_waiting(trails);
    }
}

static void empty_queue(struct trails *trails)
{
    move_queue(trails, 0);
}

void trails_meet(struct trails *trails, struct slice person)
{
    empty_queue(trails);
    map_add(trails->people, person, NULL);
}

static uint32_t kind_number(struct trails *trails, const struct trails_event *event)
{
    struct kind kind = {event->steps, event->ends, event->amount, event->label};
    return kinds_number(&trails->ground.kinds, &kind);
}

// Keys are short, and of lengths that cannot be foreseen: most are two words that overlap.
static void copy_key(char *to, struct slice key)
{
    enum { WORD = sizeof(uint64_t) };
    if (key.length < WORD || key.length > 2 * WORD) {
        memcpy(to, key.data, key.length);
        return;
    }
    uint64_t first;
    uint64_t last;
    memcpy(&first, key.data, WORD);
    memcpy(&last, key.data + key.length - WORD, WORD);
    memcpy(to, &first, WORD);
    memcpy(to + key.length - WORD, &last, WORD);
}

void trails_add_word(struct trails *trails, struct slice person, uint64_t word, uint64_t steps)
{
    if (person.length > KEY_SIZE) {
        empty_queue(trails);
        trail_append(&trails->ground, map_add(trails->people, person, NULL), word, steps);
        return;
    }
    struct waiting *waiting = &trails->queue[trails->begun++ % QUEUE];
    copy_key(waiting->key, person);
    waiting->key_length = person.length;
    waiting->word = word;
    waiting->steps = steps;
    if (trails->begun % BATCH == 0) {
        move_queue(trails, BATCH);
    }
}

uint32_t trails_add(struct trails *trails, struct slice person, const struct trails_event *event)
{
    uint32_t kind = kind_number(trails, event);
    if (kind != TRAILS_NO_KIND) {
        trails_add_word(trails, person, word_of(event->time, event->has_time, kind), event->steps);
    }
    return kind;
}

void trails_end(struct trails *trails)
{
    empty_queue(trails);
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

static void tell_remembered(const struct trails *trails, struct trail *trail, struct trails_attempt *found)
{
    const uint64_t *words = trail_words(trail);
    found->level = trail->level;
    found->taken = found->level == ATTEMPT_STEPS ? UINT64_MAX : (UINT64_C(1) << found->level) - 1;
    for (size_t i = 0; i < found->level; i++) {
        found->steps[i] = step_of(trails, words[i]);
        found->served[i] = (uint8_t)i;
    }
    found->has_next = trail->has_next;
    found->next = found->has_next ? (uint32_t)kind_of(trails, words[found->level])->label : 0;
}

static void tell(const struct trails *trails, const struct attempt *attempt, size_t count, struct trails_attempt *found)
{
    size_t next = 0;
    found->level = attempt->level;
    found->taken = attempt->taken;
    found->has_next = false;
    for (size_t i = 0; i < attempt->level; i++) {
        if ((attempt->taken >> i & 1) != 0) {
            found->steps[i] = step_of(trails, trails->ground.words[attempt->positions[i]]);
            found->served[i] = attempt->served[i];
            next = attempt->positions[i] >= next ? attempt->positions[i] + 1 : next;
        }
    }
    if (trails->ground.follow && attempt->level > 0) {
        found->has_next = next < count;
        found->next = found->has_next ? (uint32_t)kind_of(trails, trails->ground.words[next])->label : 0;
    }
}

// People are asked for one after the other as a rule.
static void look_ahead(const struct trails *trails, size_t index)
{
    if (index + 2 * AHEAD < map_count(trails->people)) {
        __builtin_prefetch(map_value(trails->people, (uint32_t)(index + 2 * AHEAD)));
        const struct trail *trail = map_value(trails->people, (uint32_t)(index + AHEAD));
        __builtin_prefetch(trail->size > 0 ? trail->at.words : NULL);
    }
}

static void find(struct trails *trails, struct trail *trail, size_t count, int64_t now, struct trails_attempt *found)
{
    const struct attempt_rules *rules = &trails->ground.rules;
    struct attempt attempt;
    attempt_find(rules, trails->ground.events, count, &attempt);
    if (trail->level > 0 && !attempt_replaces(rules, attempt.level, trail->level)) {
        tell_remembered(trails, trail, found);
    } else {
        tell(trails, &attempt, count, found);
    }
    bool is_over = trail->level > 0 && rules->start == ATTEMPT_FIRST;
    found->open = !is_over && attempt_is_open(rules, trails->ground.events, count, now);
}

void trails_find(struct trails *trails, size_t index, int64_t now, struct trails_attempt *found)
{
    struct trail *trail = map_value(trails->people, (uint32_t)index);
    look_ahead(trails, index);
    find(trails, trail, trail_unpack(&trails->ground, trail), now, found);
}

// May the event of one step of an attempt be where it is, `before` being that of the step taken before it?
static bool may_follow(const struct attempt_rules *rules, const struct trails_attempt *attempt, size_t step,
                       int64_t before)
{
    int64_t time = attempt->steps[step].time;
    int64_t least = rules->ties == ATTEMPT_WITHIN ? before - rules->within : before + (rules->ties == ATTEMPT_STRICT);
    return time >= least && time <= attempt_window_end(rules, attempt->steps[0].time) &&
           time <= attempt_step_end(rules, step, before);
}

bool trails_is_sound(const struct trails *trails, const struct trails_attempt *attempt)
{
    const struct attempt_rules *rules = &trails->ground.rules;
    size_t last = 0;
    for (size_t i = 0; i < attempt->level && i < ATTEMPT_STEPS; i++) {
        bool is_taken = (attempt->taken >> i & 1) != 0;
        bool may_miss = (rules->optional >> i & 1) != 0 && i + 1 < attempt->level;
        bool fits = !is_taken || i == 0 || may_follow(rules, attempt, i, attempt->steps[last].time);
        if (!fits || (!is_taken && !may_miss)) {
            return false;
        }
        last = is_taken ? i : last;
    }
    return attempt->level <= rules->steps;
}

static void visit_each(struct trails *trails, size_t count, int64_t now, const struct trails_visitor *visitor)
{
    struct attempt attempt = {.level = 0};
    struct trails_attempt found;
    size_t position = 0;
    while (attempt_next(&trails->ground.rules, trails->ground.events, count, now, &position, &attempt, &found.open)) {
        tell(trails, &attempt, count, &found);
        visitor->visit(visitor->context, &found);
    }
}

static void visit_events(struct trails *trails, struct trail *trail, size_t count, int64_t now,
                         const struct trails_visitor *visitor)
{
    if (visitor->each) {
        visit_each(trails, count, now, visitor);
        return;
    }
    struct trails_attempt found;
    find(trails, trail, count, now, &found);
    if (found.level > 0) {
        visitor->visit(visitor->context, &found);
    }
}

// Was the label of this event that of one before it which matches a step?
static bool is_label_known(const struct trails *trails, size_t position)
{
    uint64_t label = kind_of(trails, trails->ground.words[position])->label;
    for (size_t i = 0; i < position; i++) {
        const struct kind *kind = kind_of(trails, trails->ground.words[i]);
        if (kind->steps != 0 && kind->label == label) {
            return true;
        }
    }
    return false;
}

static void leave_label(struct trails *trails, size_t count, uint64_t label)
{
    for (size_t i = 0; i < count; i++) {
        const struct kind *kind = kind_of(trails, trails->ground.words[i]);
        trails->ground.events[i].steps = kind->label == label ? kind->steps : 0;
    }
}

void trails_visit(struct trails *trails, size_t index, int64_t now, const struct trails_visitor *visitor)
{
    struct trail *trail = map_value(trails->people, (uint32_t)index);
    look_ahead(trails, index);
    size_t count = trail_unpack(&trails->ground, trail);
    if (!visitor->apart) {
        visit_events(trails, trail, count, now, visitor);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const struct kind *kind = kind_of(trails, trails->ground.words[i]);
        if (kind->steps != 0 && !is_label_known(trails, i)) {
            leave_label(trails, count, kind->label);
            visit_events(trails, trail, count, now, visitor);
        }
    }
}

void trails_tell_kept(struct trails *trails, size_t index,
                      void (*visit)(void *context, const struct trails_event *event, enum trails_place place),
                      void *context)
{
    struct trail *trail = map_value(trails->people, (uint32_t)index);
    if (!trails->ground.sorted) {
        trail_sort(&trails->ground, trail);
    }
    const uint64_t *words = trail_words(trail);
    for (size_t i = 0; i < trail->count; i++) {
        const struct kind *kind = kind_of(trails, words[i]);
        struct trails_event event = {.time = word_time(words[i]),
                                     .has_time = word_has_time(words[i]),
                                     .steps = kind->steps,
                                     .ends = kind->ends,
                                     .label = (uint32_t)kind->label,
                                     .amount = kind->amount};
        bool is_event = i >= trail_head(trail);
        visit(context, &event, i < trail->level ? TRAILS_REACHED : is_event ? TRAILS_EVENT : TRAILS_NEXT);
    }
}

bool trails_restore(struct trails *trails, struct slice person, const struct trails_event *events, size_t count,
                    size_t reached, bool has_next)
{
    struct trail *trail = map_add(trails->people, person, NULL);
    trail_restore(&trails->ground, trail, count, reached, has_next);
    for (size_t i = 0; i < count; i++) {
        uint32_t kind = kind_number(trails, &events[i]);
        if (kind == TRAILS_NO_KIND) {
            return false;
        }
        trail_words(trail)[i] = word_of(events[i].time, events[i].has_time, kind);
    }
    trail_await(&trails->ground, trail);
    return true;
}
