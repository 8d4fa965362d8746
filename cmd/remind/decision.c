// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * decision: gathers what the steps let pass, then asks what only all of them together can tell: who is held in another
 * row, which contacts were given twice, and the limits.
 */
#include "decision.h"

#include <stdlib.h>

#include "candidates.h"
#include "heap.h"
#include "held.h"
#include "key.h"
#include "map.h"
#include "steps.h"
#include "text.h"

struct decision {
    struct decision_options options;
    struct steps *steps;
    struct held held;
    struct candidates kept; // due, deferred, and those that need a gap
    struct candidates missed;
    struct candidates explained;
    struct candidates_texts texts;           // of those kept and missed, where they are not shared
    struct candidates_texts explained_texts; // of persons of whom not all may be known
    struct candidate **order;                // of those kept, once they are gathered
    size_t due_count;
    size_t twice;
    bool gathered;
    struct map *taken; // keys of this run, which the candidates point into
    struct text key;   // scratch
};

struct decision *decision_create(const struct decision_options *options)
{
    struct decision *decision = heap_allocate(1, sizeof *decision);
    decision->options = *options;
    decision->kept.texts = options->texts == NULL ? &decision->texts : options->texts;
    decision->missed.texts = decision->kept.texts;
    decision->explained.texts = &decision->explained_texts;
    held_make(&decision->held);
    decision->taken = map_create(0);
    struct steps_options steps = {
        .today = options->today,
        .history = options->history,
        .gaps = options->gaps,
        .provisions = options->provisions,
        .explain = options->explain,
        .held = &decision->held,
        .missed = &decision->missed,
    };
    decision->steps = steps_create(&steps);
    return decision;
}

void decision_free(struct decision *decision)
{
    if (decision == NULL) {
        return;
    }
    steps_free(decision->steps);
    held_free(&decision->held);
    candidates_free(&decision->kept);
    candidates_free(&decision->missed);
    candidates_free(&decision->explained);
    candidates_free_texts(&decision->texts);
    candidates_free_texts(&decision->explained_texts);
    free(decision->order);
    map_free(decision->taken);
    text_free(&decision->key);
    free(decision);
}

void decision_expect(const struct decision *decision, struct person *person)
{
    steps_expect(decision->steps, person);
}

void decision_approach(const struct decision *decision, const struct person *person)
{
    steps_approach(decision->steps, person);
}

void decision_begin(struct decision *decision, const struct person *person)
{
    steps_begin(decision->steps, person);
}

void decision_hold(struct decision *decision, struct slice customer, enum candidate_verdict held)
{
    held_add(&decision->held, customer, held);
}

size_t decision_held_count(const struct decision *decision, enum candidate_verdict held)
{
    return held_count(&decision->held, held);
}

// Is the candidate asked about again, over all?
static bool goes_further(const struct decision *decision, const struct candidate *candidate)
{
    switch (candidate->verdict) {
    case CANDIDATE_NEEDS_GAP:
        return true;
    case CANDIDATE_DUE:
        return !decision->options.of_today || candidate->due == candidate->today;
    default:
        return candidate->verdict == CANDIDATE_QUIET && !decision->options.of_today;
    }
}

static void explain(struct decision *decision, const struct candidate *candidate)
{
    struct slice customer = decision->options.explain;
    if (customer.length > 0 && slice_equal(customer, candidate->person->customer)) {
        candidates_keep(&decision->explained, candidate);
    }
}

void decision_offer(struct decision *decision, struct candidate *candidate)
{
    if (candidate->verdict == CANDIDATE_DUE) {
        steps_take(decision->steps, candidate);
    }
    if (goes_further(decision, candidate)) {
        candidates_keep(&decision->kept, candidate);
    } else {
        explain(decision, candidate);
    }
}

// Decides again those that waited for a gap; the others keep their place.
static void decide_waiting(struct decision *decision)
{
    size_t count = 0;
    steps_know_gaps(decision->steps);
    for (size_t i = 0; i < decision->kept.count; i++) {
        struct candidate *candidate = &decision->kept.items[i];
        if (candidate->verdict == CANDIDATE_NEEDS_GAP) {
            steps_begin(decision->steps, candidate->person);
            steps_take(decision->steps, candidate);
        }
        if (goes_further(decision, candidate)) {
            candidates_move(&decision->kept, i, count++);
        } else {
            explain(decision, candidate);
        }
    }
    decision->kept.count = count;
}

// Takes out those of customers whom a later row held.
static void drop_held(struct decision *decision, struct candidates *list)
{
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        struct candidate *candidate = &list->items[i];
        enum candidate_verdict verdict = held_verdict(&decision->held, candidate->person->customer);
        if (verdict == CANDIDATE_DUE) {
            candidates_move(list, i, count++);
        } else {
            candidate->verdict = verdict;
            explain(decision, candidate);
        }
    }
    list->count = count;
}

// Gives each its key, and takes out those whose key another row gave already.
static void drop_twice(struct decision *decision, struct candidates *list, struct map *taken)
{
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        struct candidate *candidate = &list->items[i];
        size_t known = map_count(taken);
        uint32_t number;
        text_clear(&decision->key);
        text_append(&decision->key, candidate->person->encoded);
        text_append_byte(&decision->key, '/');
        text_append(&decision->key, candidate->rule->encoded);
        key_append_occurrence(&decision->key, candidate->nominal, candidate->level);
        map_add(taken, text_slice(&decision->key), &number);
        if (number == known) {
            candidate->key = map_key(taken, number);
            candidates_move(list, i, count++);
        } else {
            candidate->verdict = CANDIDATE_TWICE;
            decision->twice++;
            explain(decision, candidate);
        }
    }
    list->count = count;
}

static int by_rule(const void *left, const void *right)
{
    const struct candidate *a = left;
    const struct candidate *b = right;
    size_t first = a->person->order;
    size_t second = b->person->order;
    int order = (first > second) - (first < second);
    return order != 0 ? order : (a->rule->line > b->rule->line) - (a->rule->line < b->rule->line);
}

// Without limits all that may be contacted today are, in the same order.
static void apply_limits(struct decision *decision)
{
    struct limits_options none = {0};
    struct limits *own = decision->options.limits == NULL ? limits_create(&none) : NULL;
    struct limits *limits = own == NULL ? decision->options.limits : own;
    decision->due_count = limits_apply(limits, decision->order, decision->kept.count);
    limits_free(own);
}

// That of the input, which the limits change.
static void put_in_order(struct decision *decision)
{
    decision->order = heap_allocate(decision->kept.count, sizeof(struct candidate *));
    for (size_t i = 0; i < decision->kept.count; i++) {
        decision->order[i] = &decision->kept.items[i];
    }
}

void decision_gather(struct decision *decision)
{
    if (!decision->gathered) {
        decision->gathered = true;
        decide_waiting(decision);
        if (decision->held.any) {
            drop_held(decision, &decision->kept);
            drop_held(decision, &decision->missed);
        }
        drop_twice(decision, &decision->kept, decision->taken);
        drop_twice(decision, &decision->missed, decision->taken);
        put_in_order(decision);
    }
}

void decision_settle(struct decision *decision)
{
    decision_gather(decision);
    apply_limits(decision);
    for (size_t i = 0; i < decision->kept.count; i++) {
        explain(decision, decision->order[i]);
    }
    if (decision->explained.count > 0) {
        qsort(decision->explained.items, decision->explained.count, sizeof *decision->explained.items, by_rule);
    }
}

size_t decision_due_count(const struct decision *decision)
{
    return decision->due_count;
}

struct candidate *const *decision_all(const struct decision *decision)
{
    return decision->order;
}

size_t decision_count(const struct decision *decision)
{
    return decision->kept.count;
}

const struct candidate *decision_at(const struct decision *decision, size_t index)
{
    return decision->order[index];
}

size_t decision_missed_count(const struct decision *decision)
{
    return decision->missed.count;
}

const struct candidate *decision_missed(const struct decision *decision, size_t index)
{
    return &decision->missed.items[index];
}

size_t decision_explained_count(const struct decision *decision)
{
    return decision->explained.count;
}

const struct candidate *decision_explained(const struct decision *decision, size_t index)
{
    return &decision->explained.items[index];
}

size_t decision_twice_count(const struct decision *decision)
{
    return decision->twice;
}
