// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * decision: the steps from a rule that matches to a contact that is due.
 *
 * Cheap questions first: the day is calculated before the ledger is asked, and a candidate is copied only when all
 * steps let it pass. What the ledger holds of a contact is found by thread and nominal day; a win-back is one for each
 * absence, so any occurrence recorded after its anchor is the same one, even when the median it was calculated from has
 * moved.
 */
#include "decision.h"

#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "hours.h"
#include "key.h"
#include "map.h"
#include "text.h"
#include "timing.h"
#include "workdays.h"

// A year of days: enough for any pause, and no ledger is filled where a clock, or a first date, is thousands of years
// off.
enum { MISSED_MOST = 366 };

struct candidates {
    struct candidate *items;
    size_t count;
    size_t capacity;
};

struct decision {
    struct decision_options options;
    int32_t ledger_begins;
    struct candidates kept; // due, deferred, and those that need a gap
    struct candidates missed;
    struct candidates explained;
    size_t due_count;
    size_t twice;
    bool settling;
    struct map *held;     // customers not to be contacted, enum candidate_verdict
    bool expects;         // a customer
    struct text customer; // the last one; what follows is of him
    struct text encoded;  // as in keys
    uint64_t hash;        // of history_expect
    bool found;           // is his number known?
    uint32_t number;      // in the ledger
    struct map *taken;    // keys of this run, which the candidates point into
    struct text key;      // scratch
    struct arena arena;
};

typedef enum candidate_verdict step(struct decision *decision, struct candidate *candidate);

struct decision *decision_create(const struct decision_options *options)
{
    struct decision *decision = heap_allocate(1, sizeof *decision);
    int64_t last;
    decision->options = *options;
    decision->ledger_begins = options->today;
    if (options->history != NULL) {
        history_span(options->history, &decision->ledger_begins, &last);
    }
    decision->taken = map_create(0);
    decision->held = map_create(sizeof(enum candidate_verdict));
    return decision;
}

void decision_free(struct decision *decision)
{
    if (decision == NULL) {
        return;
    }
    free(decision->kept.items);
    free(decision->missed.items);
    free(decision->explained.items);
    map_free(decision->taken);
    map_free(decision->held);
    text_free(&decision->key);
    text_free(&decision->customer);
    text_free(&decision->encoded);
    arena_free(&decision->arena);
    free(decision);
}

// The texts of a candidate that is kept outlive its row.
static void keep(struct decision *decision, struct candidates *list, const struct candidate *candidate)
{
    list->items = heap_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    struct candidate *copy = &list->items[list->count++];
    *copy = *candidate;
    copy->customer = arena_copy(&decision->arena, candidate->customer);
    copy->owner = arena_copy(&decision->arena, candidate->owner);
    copy->channel = arena_copy(&decision->arena, candidate->channel);
    if (candidate->kept_count > 0) {
        copy->kept = arena_allocate(&decision->arena, candidate->kept_count * sizeof *copy->kept);
    }
    for (size_t i = 0; i < candidate->kept_count; i++) {
        copy->kept[i] = arena_copy(&decision->arena, candidate->kept[i]);
    }
}

void decision_expect(struct decision *decision, struct slice customer)
{
    if (decision->options.history == NULL ||
        (decision->expects && slice_equal(text_slice(&decision->customer), customer))) {
        return;
    }
    decision->expects = true;
    text_clear(&decision->customer);
    text_append(&decision->customer, customer);
    text_clear(&decision->encoded);
    key_append_part(&decision->encoded, customer);
    decision->hash = history_expect(decision->options.history, text_slice(&decision->encoded));
    decision->found = false;
}

// The number of the candidate's customer in the ledger: looked up once for all rules of a row.
static uint32_t customer_of(struct decision *decision, const struct candidate *candidate)
{
    decision_expect(decision, candidate->customer);
    if (!decision->found) {
        decision->found = true;
        decision->number = history_expected(decision->options.history, text_slice(&decision->encoded), decision->hash);
    }
    return decision->number;
}

// What the ledger knows of this customer and rule; NULL when nothing.
static const struct history_thread *thread_of(struct decision *decision, struct candidate *candidate)
{
    if (candidate->thread_known || decision->options.history == NULL) {
        return candidate->thread;
    }
    uint32_t customer = customer_of(decision, candidate);
    candidate->thread_known = true;
    if (customer != HISTORY_NOBODY) {
        text_clear(&decision->key);
        key_append_part(&decision->key, candidate->rule->id);
        candidate->thread = history_thread(decision->options.history, customer, text_slice(&decision->key));
    }
    return candidate->thread;
}

// The recorded occurrence that this candidate is, or NULL.
static const struct history_occurrence *recorded(struct decision *decision, struct candidate *candidate)
{
    const struct history *history = decision->options.history;
    const struct history_thread *thread = thread_of(decision, candidate);
    if (thread == NULL) {
        return NULL;
    }
    if (candidate->rule->kind != POLICY_WINBACK) {
        return history_find(history, thread, candidate->nominal);
    }
    const struct history_occurrence *occurrence = history_newest(history, thread);
    while (occurrence != NULL && occurrence->nominal <= candidate->anchor) {
        occurrence = history_older(history, occurrence);
    }
    return occurrence;
}

// The latest day that a rule may give for a contact that is due today: one moved to a day of work before it lies ahead.
static int32_t last_nominal(const struct candidate *candidate)
{
    const struct policy_rule *rule = candidate->rule;
    bool ahead = rule->shift == WORKDAYS_BEFORE || rule->shift == WORKDAYS_NEAREST;
    return candidate->today + (ahead ? workdays_longest_rest(rule->workdays) : 0);
}

static void shift(struct candidate *candidate)
{
    const struct policy_rule *rule = candidate->rule;
    candidate->shifted = workdays_shift(rule->workdays, candidate->nominal, rule->shift);
    candidate->due = candidate->shifted;
}

static bool is_explained(const struct decision *decision, const struct candidate *candidate)
{
    return decision->options.explain.length > 0 && slice_equal(decision->options.explain, candidate->customer);
}

// No day is moved before it is known that it counts: a year far off may be unknown without harm.
static enum candidate_verdict is_due(struct decision *decision, struct candidate *candidate)
{
    struct timing timing = {
        .today = last_nominal(candidate),
        .history = decision->options.history,
        .gaps = decision->options.gaps,
        .gaps_complete = decision->settling,
    };
    if (candidate->rule->kind == POLICY_CHAINED) {
        thread_of(decision, candidate);
    }
    enum candidate_verdict verdict = timing_decide(&timing, candidate);
    candidate->shifted = candidate->nominal;
    if (verdict != CANDIDATE_DUE && verdict != CANDIDATE_NO_ANCHOR && is_explained(decision, candidate)) {
        shift(candidate);
    }
    return verdict;
}

static enum candidate_verdict is_outside(const struct candidate *candidate)
{
    bool outside = candidate->rule->has_from && candidate->nominal < candidate->rule->from;
    return outside ? CANDIDATE_OUTSIDE : CANDIDATE_DUE;
}

// Of a rule that repeats the latest time counts whose day of work has come, or that was made already.
static enum candidate_verdict is_shifted(struct decision *decision, struct candidate *candidate)
{
    shift(candidate);
    if (candidate->due <= candidate->today) {
        return is_outside(candidate);
    }
    struct candidate latest = *candidate;
    while (candidate->due > candidate->today && recorded(decision, candidate) == NULL) {
        if (candidate->rule->kind != POLICY_PERIODIC || !timing_step_back(candidate)) {
            *candidate = latest;
            return CANDIDATE_NOT_YET;
        }
        shift(candidate);
    }
    return is_outside(candidate);
}

void decision_hold(struct decision *decision, struct slice customer, enum candidate_verdict held)
{
    enum candidate_verdict *known = map_add(decision->held, customer, NULL);
    *known = *known == CANDIDATE_OPTED_OUT ? *known : held;
}

size_t decision_held_count(const struct decision *decision, enum candidate_verdict held)
{
    size_t count = 0;
    for (uint32_t i = 0; i < map_count(decision->held); i++) {
        count += *(const enum candidate_verdict *)map_value(decision->held, i) == held;
    }
    return count;
}

// May the customer be contacted, as far as his rows are known?
static enum candidate_verdict held(const struct decision *decision, struct slice customer)
{
    uint32_t index = map_count(decision->held) == 0 ? MAP_NONE : map_find(decision->held, customer);
    return index == MAP_NONE ? CANDIDATE_DUE : *(const enum candidate_verdict *)map_value(decision->held, index);
}

static enum candidate_verdict goes_on(struct decision *decision, struct candidate *candidate)
{
    enum candidate_verdict verdict = held(decision, candidate->customer);
    if (verdict != CANDIDATE_DUE) {
        return verdict;
    }
    bool stopped = candidate->stop != CANDIDATE_NO_DAY && candidate->stop > candidate->anchor &&
                   candidate->stop <= candidate->today;
    return stopped ? CANDIDATE_STOP_EVENT : CANDIDATE_DUE;
}

// The level of escalation that its age calls for.
static void set_level(struct candidate *candidate)
{
    const struct policy_rule *rule = candidate->rule;
    candidate->level = 0;
    for (size_t i = 0; i < rule->level_count; i++) {
        if (period_add_days(candidate->due, rule->levels[i].after, 1) <= candidate->today) {
            candidate->level = (int)i + 1;
        }
    }
}

// Nobody saw it, so it did not rise to any level.
static void miss(struct decision *decision, const struct candidate *candidate)
{
    struct candidate missed = *candidate;
    missed.level = 0;
    if (decision->options.history != NULL) {
        keep(decision, &decision->missed, &missed);
    }
}

// Was it recorded, but not printed, or not since it was snoozed?
static bool waits(const struct history_occurrence *occurrence)
{
    return occurrence->levels == 0 && !occurrence->closed && !occurrence->missed;
}

// The occurrences before this one that no run printed are missed, those that a limit or the staff put off too: back to
// the last one that is over or printed, never further than the ledger goes, and the latest MISSED_MOST at most.
static void miss_older(struct decision *decision, const struct candidate *candidate)
{
    const struct policy_rule *rule = candidate->rule;
    struct candidate older = *candidate;
    for (int i = 0; i < MISSED_MOST; i++) {
        if (!timing_step_back(&older) || (rule->has_from && older.nominal < rule->from)) {
            return;
        }
        shift(&older);
        const struct history_occurrence *occurrence = recorded(decision, &older);
        if (occurrence == NULL ? older.due < decision->ledger_begins : !waits(occurrence)) {
            return;
        }
        miss(decision, &older);
    }
}

// What a recorded occurrence says of itself; moves the candidate where the staff put it.
static enum candidate_verdict ask_occurrence(struct candidate *candidate, const struct history_occurrence *occurrence)
{
    bool snoozed = occurrence->snoozed_to != HISTORY_NO_DAY;
    candidate->nominal = occurrence->nominal;
    shift(candidate);
    candidate->due = snoozed ? occurrence->snoozed_to : candidate->shifted;
    candidate->snoozed = snoozed;
    candidate->snoozed_to = occurrence->snoozed_to;
    candidate->deferred_before = occurrence->deferred;
    candidate->put_off = occurrence->deferred || snoozed;
    set_level(candidate);
    if (occurrence->closed) {
        return CANDIDATE_CLOSED;
    }
    if (occurrence->missed) {
        return CANDIDATE_RECORDED;
    }
    if (occurrence->levels >> candidate->level != 0) {
        return CANDIDATE_RECORDED;
    }
    if (candidate->due > candidate->today) {
        return snoozed ? CANDIDATE_SNOOZED : CANDIDATE_NOT_YET;
    }
    return CANDIDATE_DUE;
}

static enum candidate_verdict is_new(struct decision *decision, struct candidate *candidate)
{
    const struct history_thread *thread = thread_of(decision, candidate);
    if (thread != NULL && thread->stopped) {
        return CANDIDATE_STOPPED;
    }
    const struct history_occurrence *occurrence = recorded(decision, candidate);
    set_level(candidate);
    if (occurrence != NULL) {
        enum candidate_verdict verdict = ask_occurrence(candidate, occurrence);
        if (verdict != CANDIDATE_DUE) {
            return verdict;
        }
    }
    if (candidate->rule->kind == POLICY_PERIODIC && occurrence == NULL) {
        miss_older(decision, candidate);
    }
    return CANDIDATE_DUE;
}

// At what time of day; before grace, which counts from the day that quiet hours may have moved it to.
static enum candidate_verdict is_planned(struct decision *decision, struct candidate *candidate)
{
    hours_plan(decision->options.provisions, candidate);
    return CANDIDATE_DUE;
}

// Grace counts from the due day; of a contact that was printed at a lower level, from the day of its level. What was
// over before the ledger began is not recorded: a first run would fill it with all that ever was. Only a chained rule
// needs the record, as the day from which it goes on.
static enum candidate_verdict is_in_time(struct decision *decision, struct candidate *candidate)
{
    const struct policy_rule *rule = candidate->rule;
    if (!rule->has_grace || candidate->put_off) {
        return CANDIDATE_DUE;
    }
    const struct history_occurrence *occurrence = recorded(decision, candidate);
    bool printed_before = occurrence != NULL && occurrence->levels != 0;
    int32_t from = candidate->due;
    if (printed_before && candidate->level > 0) {
        from = period_add_days(from, rule->levels[candidate->level - 1].after, 1);
    }
    int32_t last = period_add_days(from, rule->grace, 1);
    if (last >= candidate->today) {
        return CANDIDATE_DUE;
    }
    if (!printed_before && (last >= decision->ledger_begins || rule->kind == POLICY_CHAINED)) {
        miss(decision, candidate);
    }
    return CANDIDATE_LATE;
}

static enum candidate_verdict is_awake(struct decision *decision, struct candidate *candidate)
{
    return hours_decide(decision->options.provisions, candidate);
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

// The steps each candidate takes by itself. Limits over all of them follow in decision_settle.
static void decide(struct decision *decision, struct candidate *candidate)
{
    static step *const steps[] = {is_due, is_shifted, goes_on, is_new, is_planned, is_in_time, is_awake};
    candidate->today = candidate->place == NULL ? decision->options.today : candidate->place->today;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && candidate->verdict == CANDIDATE_DUE; i++) {
        candidate->verdict = steps[i](decision, candidate);
    }
}

static void explain(struct decision *decision, const struct candidate *candidate)
{
    if (is_explained(decision, candidate)) {
        keep(decision, &decision->explained, candidate);
    }
}

void decision_offer(struct decision *decision, const struct candidate *offered)
{
    struct candidate candidate = *offered;
    decide(decision, &candidate);
    if (goes_further(decision, &candidate)) {
        keep(decision, &decision->kept, &candidate);
    } else {
        explain(decision, &candidate);
    }
}

struct decision_mark decision_mark(const struct decision *decision)
{
    return (struct decision_mark){decision->kept.count, decision->missed.count, decision->explained.count};
}

void decision_forget(struct decision *decision, struct decision_mark mark)
{
    decision->kept.count = mark.kept;
    decision->missed.count = mark.missed;
    decision->explained.count = mark.explained;
}

// Decides again those that waited for a gap; the others keep their place.
static void decide_waiting(struct decision *decision)
{
    size_t count = 0;
    decision->settling = true;
    for (size_t i = 0; i < decision->kept.count; i++) {
        struct candidate candidate = decision->kept.items[i];
        if (candidate.verdict == CANDIDATE_NEEDS_GAP) {
            candidate.verdict = CANDIDATE_DUE;
            decide(decision, &candidate);
        }
        if (goes_further(decision, &candidate)) {
            decision->kept.items[count++] = candidate;
        } else {
            explain(decision, &candidate);
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
        enum candidate_verdict verdict = held(decision, candidate->customer);
        if (verdict == CANDIDATE_DUE) {
            list->items[count++] = *candidate;
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
        key_append_thread(&decision->key, candidate->customer, candidate->rule->id);
        key_append_occurrence(&decision->key, candidate->nominal, candidate->level);
        map_add(taken, text_slice(&decision->key), &number);
        if (number == known) {
            candidate->key = map_key(taken, number);
            list->items[count++] = *candidate;
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
    int order = (a->order > b->order) - (a->order < b->order);
    return order != 0 ? order : (a->rule->line > b->rule->line) - (a->rule->line < b->rule->line);
}

// Without limits all that may be contacted today are, in the same order.
static void apply_limits(struct decision *decision)
{
    struct limits_options none = {0};
    struct limits *own = decision->options.limits == NULL ? limits_create(&none) : NULL;
    struct limits *limits = own == NULL ? decision->options.limits : own;
    decision->due_count = limits_apply(limits, decision->kept.items, decision->kept.count);
    limits_free(own);
}

void decision_gather(struct decision *decision)
{
    if (!decision->settling) {
        decide_waiting(decision);
        if (map_count(decision->held) > 0) {
            drop_held(decision, &decision->kept);
            drop_held(decision, &decision->missed);
        }
        drop_twice(decision, &decision->kept, decision->taken);
        drop_twice(decision, &decision->missed, decision->taken);
    }
}

void decision_settle(struct decision *decision)
{
    decision_gather(decision);
    apply_limits(decision);
    for (size_t i = 0; i < decision->kept.count; i++) {
        explain(decision, &decision->kept.items[i]);
    }
    if (decision->explained.count > 0) {
        qsort(decision->explained.items, decision->explained.count, sizeof *decision->explained.items, by_rule);
    }
}

size_t decision_due_count(const struct decision *decision)
{
    return decision->due_count;
}

size_t decision_count(const struct decision *decision)
{
    return decision->kept.count;
}

const struct candidate *decision_at(const struct decision *decision, size_t index)
{
    return &decision->kept.items[index];
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
