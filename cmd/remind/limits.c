// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * limits: sorts by urgency, then lets through one after the other what the limits allow.
 */
#include "limits.h"

#include <stdlib.h>
#include <string.h>

#include "candidates.h"
#include "cap.h"
#include "date.h"
#include "heap.h"
#include "map.h"
#include "past.h"

// What an owner has of one limit.
struct work {
    double done; // contacts or minutes
};

struct limits {
    struct limits_options options;
    struct past *past;        // NULL: no provisions
    struct map **works;       // one for each limit of the provisions that is of owners: struct work by owner
    struct map *owners_today; // size_t, for the limit of the options
    struct slice option;      // its name
    uint32_t *tags;           // numbers of the rules' tags
    int64_t *moments;         // scratch
    size_t capacity;
};

static uint32_t *number_tags(struct provisions *provisions, const struct policy *policy)
{
    uint32_t *numbers = heap_allocate(policy->count, sizeof *numbers);
    for (size_t i = 0; i < policy->count; i++) {
        numbers[i] = provisions_number(provisions, PROVISIONS_TAG, policy->rules[i].tag);
    }
    return numbers;
}

struct limits *limits_create(const struct limits_options *options)
{
    struct limits *limits = heap_allocate(1, sizeof *limits);
    const struct provisions *provisions = options->provisions;
    limits->options = *options;
    limits->owners_today = map_create(sizeof(size_t));
    limits->option = slice_of("--limit");
    if (provisions != NULL) {
        limits->past = past_create(options->provisions, options->policy, options->touches);
        limits->tags = number_tags(options->provisions, options->policy);
        limits->works = heap_allocate(provisions->limit_count, sizeof(struct map *));
        for (size_t i = 0; i < provisions->limit_count; i++) {
            limits->works[i] = provisions->limits[i].of_owner ? map_create(sizeof(struct work)) : NULL;
        }
    }
    return limits;
}

void limits_free(struct limits *limits)
{
    if (limits == NULL) {
        return;
    }
    for (size_t i = 0; limits->works != NULL && i < limits->options.provisions->limit_count; i++) {
        if (limits->works[i] != NULL) {
            map_free(limits->works[i]);
        }
    }
    free(limits->works);
    free(limits->tags);
    past_free(limits->past);
    map_free(limits->owners_today);
    free(limits->moments);
    free(limits);
}

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static void number(const struct limits *limits, const struct candidate *candidate,
                   uint32_t numbers[PROVISIONS_DIMENSIONS])
{
    struct provisions *provisions = limits->options.provisions;
    memcpy(numbers, candidate->person->labels, sizeof candidate->person->labels);
    numbers[PROVISIONS_CHANNEL] = provisions_number(provisions, PROVISIONS_CHANNEL, candidate->channel);
    numbers[PROVISIONS_TAG] = limits->tags[candidate->rule - limits->options.policy->rules];
    numbers[PROVISIONS_OWNER] = provisions_number(provisions, PROVISIONS_OWNER, candidate_owner(candidate));
}

static int32_t earlier(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

// Is there a cap for this candidate? *begins moves to the day from which on it counts.
static bool expect_caps(const struct limits *limits, const struct candidate *candidate, int32_t *begins)
{
    const struct provisions *provisions = limits->options.provisions;
    uint32_t numbers[PROVISIONS_DIMENSIONS];
    const struct person_cap *own = candidate->person->max_contacts;
    bool any = own != NULL;
    number(limits, candidate, numbers);
    if (any) {
        *begins = earlier(*begins, cap_begins(&own->cap, candidate->today));
    }
    for (size_t i = 0; i < provisions->limit_count; i++) {
        const struct provisions_limit *limit = &provisions->limits[i];
        if (!limit->of_owner && provisions_match(&limit->scope, numbers)) {
            *begins = earlier(*begins, cap_begins(&limit->cap, candidate->today));
            any = true;
        }
    }
    return any;
}

static bool expect_work(const struct limits *limits, int32_t *begins)
{
    const struct provisions *provisions = limits->options.provisions;
    bool any = false;
    for (size_t i = 0; i < provisions->limit_count; i++) {
        if (provisions->limits[i].of_owner) {
            *begins = earlier(*begins, cap_begins(&provisions->limits[i].cap, limits->options.today));
            any = true;
        }
    }
    return any;
}

bool limits_expect(struct limits *limits, struct candidate *const *items, size_t count, int32_t *begins)
{
    *begins = DATE_LAST;
    if (limits->past == NULL || count == 0) {
        return false;
    }
    bool any = expect_work(limits, begins);
    for (size_t i = 0; i < count; i++) {
        if (!items[i]->rule->uncapped && expect_caps(limits, items[i], begins)) {
            past_expect(limits->past, items[i]->person->customer);
            any = true;
        }
    }
    return any;
}

static double share_of(const struct provisions_limit *limit, const struct policy_rule *rule)
{
    if (!limit->minutes) {
        return 1;
    }
    return rule == NULL ? 0 : rule->minutes;
}

// Is a day in the window that today lies in, or ends with?
static bool is_current(const struct cap *cap, int32_t day, int32_t today)
{
    struct cap one = *cap;
    int64_t made = (int64_t)day * DATE_DAY_SECONDS;
    one.most = 1;
    return !cap_allows(&one, &made, 1, (int64_t)today * DATE_DAY_SECONDS);
}

static bool owner_matches(const struct limits *limits, const struct provisions_limit *limit, struct slice channel,
                          struct slice tag, struct slice owner)
{
    uint32_t numbers[PROVISIONS_DIMENSIONS] = {LABELS_OTHER, LABELS_OTHER, LABELS_OTHER};
    provisions_number_all(limits->options.provisions, channel, tag, owner, numbers);
    return provisions_match(&limit->scope, numbers);
}

// Each print counts as work, at whatever level.
static void play_work(struct limits *limits, const struct entry *entry)
{
    const struct provisions *provisions = limits->options.provisions;
    int32_t day = (int32_t)(entry->at / DATE_DAY_SECONDS - (entry->at % DATE_DAY_SECONDS < 0));
    struct slice owner = entry->contact[CONTACT_OWNER];
    const struct policy_rule *rule = past_rule(limits->past, entry->contact[CONTACT_RULE]);
    struct slice tag = rule == NULL ? (struct slice){"", 0} : rule->tag;
    for (size_t i = 0; i < provisions->limit_count; i++) {
        const struct provisions_limit *limit = &provisions->limits[i];
        if (limit->of_owner && is_current(&limit->cap, day, limits->options.today) &&
            owner_matches(limits, limit, entry->contact[CONTACT_CHANNEL], tag, owner)) {
            ((struct work *)map_add(limits->works[i], owner, NULL))->done += share_of(limit, rule);
        }
    }
}

void limits_play(struct limits *limits, const struct entry *entry)
{
    past_play(limits->past, entry);
    if (entry->event == ENTRY_DUE) {
        play_work(limits, entry);
    }
}

static int by_time(const void *left, const void *right)
{
    return compare(*(const int64_t *)left, *(const int64_t *)right);
}

// Collects when the customer's other contacts were that a scope is about; of a contact without a time only days matter.
static size_t collect(struct limits *limits, const struct candidate *candidate, const struct provisions_scope *scope,
                      bool timed)
{
    const struct past_contact *own = past_own(limits->past, candidate);
    size_t count = 0;
    for (const struct past_contact *at = past_of(limits->past, candidate->person->customer); at != NULL;
         at = at->older) {
        uint32_t numbers[PROVISIONS_DIMENSIONS];
        memcpy(numbers, at->numbers, sizeof numbers);
        memcpy(numbers, candidate->person->labels, sizeof candidate->person->labels);
        if (!at->counts || at == own || (scope != NULL && !provisions_match(scope, numbers))) {
            continue;
        }
        limits->moments = heap_grow(limits->moments, &limits->capacity, count + 1, sizeof *limits->moments);
        limits->moments[count++] = (int64_t)at->day * DATE_DAY_SECONDS + (timed ? at->second : 0);
    }
    if (count > 1) {
        qsort(limits->moments, count, sizeof *limits->moments, by_time);
    }
    return count;
}

// `scope` NULL: all contacts.
static bool cap_is_kept(struct limits *limits, const struct candidate *candidate, const struct cap *cap,
                        const struct provisions_scope *scope)
{
    bool timed;
    int32_t second;
    int32_t day = past_moment(candidate, &timed, &second);
    size_t count = collect(limits, candidate, scope, timed);
    return cap_allows(cap, limits->moments, count, (int64_t)day * DATE_DAY_SECONDS + second);
}

// The cap that puts the candidate off, or NULL.
static const struct slice *broken_cap(struct limits *limits, const struct candidate *candidate)
{
    const struct provisions *provisions = limits->options.provisions;
    uint32_t numbers[PROVISIONS_DIMENSIONS];
    if (limits->past == NULL || candidate->rule->uncapped) {
        return NULL;
    }
    const struct person_cap *own = candidate->person->max_contacts;
    if (own != NULL && !cap_is_kept(limits, candidate, &own->cap, NULL)) {
        return &own->text;
    }
    number(limits, candidate, numbers);
    for (size_t i = 0; i < provisions->limit_count; i++) {
        const struct provisions_limit *limit = &provisions->limits[i];
        if (!limit->of_owner && provisions_match(&limit->scope, numbers) &&
            !cap_is_kept(limits, candidate, &limit->cap, &limit->scope)) {
            return &limit->text;
        }
    }
    return NULL;
}

// One contact that is longer than the limit has to be made some day: it may be an owner's only one.
static bool has_room(const struct provisions_limit *limit, double done, double share)
{
    if (!limit->minutes) {
        return done + share <= (double)limit->cap.most;
    }
    return done + share <= limit->most + 1e-9 || (done <= 0 && limit->most > 0);
}

// The owner's limit that puts the candidate off, or NULL.
static const struct slice *broken_work(const struct limits *limits, const struct candidate *candidate)
{
    const struct provisions *provisions = limits->options.provisions;
    struct slice owner = candidate_owner(candidate);
    for (size_t i = 0; limits->past != NULL && i < provisions->limit_count; i++) {
        const struct provisions_limit *limit = &provisions->limits[i];
        if (!limit->of_owner || !owner_matches(limits, limit, candidate->channel, candidate->rule->tag, owner)) {
            continue;
        }
        uint32_t index = map_find(limits->works[i], owner);
        double done = index == MAP_NONE ? 0 : ((const struct work *)map_value(limits->works[i], index))->done;
        if (!has_room(limit, done, share_of(limit, candidate->rule))) {
            return &limit->text;
        }
    }
    return NULL;
}

// One more contact for an owner today, what earlier runs of the day printed included; false when he has enough.
static bool take_turn(struct limits *limits, struct slice owner)
{
    size_t known = map_count(limits->owners_today);
    size_t *contacts = map_add(limits->owners_today, owner, NULL);
    if (map_count(limits->owners_today) > known && limits->options.history != NULL) {
        *contacts = history_contacts_today(limits->options.history, owner);
    }
    if (*contacts >= limits->options.contacts) {
        return false;
    }
    (*contacts)++;
    return true;
}

static void book(struct limits *limits, const struct candidate *candidate)
{
    const struct provisions *provisions = limits->options.provisions;
    struct slice owner = candidate_owner(candidate);
    if (limits->past == NULL) {
        return;
    }
    past_add(limits->past, candidate);
    for (size_t i = 0; i < provisions->limit_count; i++) {
        const struct provisions_limit *limit = &provisions->limits[i];
        if (limit->of_owner && owner_matches(limits, limit, candidate->channel, candidate->rule->tag, owner)) {
            ((struct work *)map_add(limits->works[i], owner, NULL))->done += share_of(limit, candidate->rule);
        }
    }
}

static void defer(struct candidate *candidate, enum candidate_verdict verdict, const struct slice *by)
{
    candidate->verdict = verdict;
    candidate->put_off_by = by;
}

// The caps first, then the owner's work.
static void ask(struct limits *limits, struct candidate *candidate)
{
    const struct slice *broken = broken_cap(limits, candidate);
    if (broken != NULL) {
        defer(candidate, CANDIDATE_CAPPED, broken);
        return;
    }
    broken = broken_work(limits, candidate);
    if (broken != NULL) {
        defer(candidate, CANDIDATE_DEFERRED, broken);
        return;
    }
    if (limits->options.contacts > 0 && !take_turn(limits, candidate_owner(candidate))) {
        defer(candidate, CANDIDATE_DEFERRED, &limits->option);
        return;
    }
    book(limits, candidate);
}

// Due ones first, each part in its order.
static size_t part(struct candidate **items, size_t count)
{
    struct candidate **waiting = heap_allocate(count, sizeof(struct candidate *));
    size_t due = 0;
    size_t deferred = 0;
    for (size_t i = 0; i < count; i++) {
        if (items[i]->verdict == CANDIDATE_DUE) {
            items[due++] = items[i];
        } else {
            waiting[deferred++] = items[i];
        }
    }
    memcpy(items + due, waiting, deferred * sizeof(struct candidate *));
    free(waiting);
    return due;
}

// What decides the order, beside each other: candidates lie far apart.
struct urgency {
    int64_t priority;
    int32_t due;
    bool last; // it has no priority
    size_t index;
    struct candidate *candidate;
};

// Priority, lower first and none last; then the longest overdue; then the order of the input.
static int by_urgency(const void *left, const void *right)
{
    const struct urgency *a = left;
    const struct urgency *b = right;
    int order = a->last - b->last;
    order = order != 0 ? order : compare(a->priority, b->priority);
    order = order != 0 ? order : compare(a->due, b->due);
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

static void sort(struct candidate **items, size_t count)
{
    struct urgency *order = heap_allocate(count, sizeof *order);
    for (size_t i = 0; i < count; i++) {
        const struct policy_rule *rule = items[i]->rule;
        order[i] = (struct urgency){rule->priority, items[i]->due, !rule->has_priority, i, items[i]};
    }
    qsort(order, count, sizeof *order, by_urgency);
    for (size_t i = 0; i < count; i++) {
        items[i] = order[i].candidate;
    }
    free(order);
}

size_t limits_apply(struct limits *limits, struct candidate **items, size_t count)
{
    if (count == 0) {
        return 0;
    }
    sort(items, count);
    for (size_t i = 0; i < count; i++) {
        candidates_expect(items, i, count);
        if (items[i]->verdict == CANDIDATE_DUE) {
            ask(limits, items[i]);
        }
    }
    return part(items, count);
}
