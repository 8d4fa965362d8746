// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * steps: one function a step, in their order.
 */
#include "steps.h"

#include <stdbool.h>
#include <stdlib.h>

#include "heap.h"
#include "hours.h"
#include "timing.h"
#include "trail.h"
#include "workdays.h"

// A year of days: enough for any pause, and no ledger is filled where a clock, or a first date, is thousands of years
// off.
enum { MISSED_MOST = 366 };

struct steps {
    struct steps_options options;
    int32_t ledger_begins;
    struct timing timing;
    struct trail *trail;
};

struct steps *steps_create(const struct steps_options *options)
{
    struct steps *steps = heap_allocate(1, sizeof *steps);
    int64_t last;
    steps->options = *options;
    steps->ledger_begins = options->today;
    if (options->history != NULL) {
        history_span(options->history, &steps->ledger_begins, &last);
    }
    steps->timing = (struct timing){.history = options->history, .gaps = options->gaps};
    steps->trail = trail_create(options->history);
    return steps;
}

void steps_free(struct steps *steps)
{
    trail_free(steps->trail);
    free(steps);
}

void steps_expect(const struct steps *steps, struct person *person)
{
    trail_expect(steps->trail, person);
}

void steps_approach(const struct steps *steps, const struct person *person)
{
    trail_approach(steps->trail, person);
}

void steps_begin(struct steps *steps, const struct person *person)
{
    trail_begin(steps->trail, person);
}

void steps_know_gaps(struct steps *steps)
{
    steps->timing.gaps_complete = true;
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
    bool stays = rule->shift == WORKDAYS_STAY;
    candidate->shifted = stays ? candidate->nominal : workdays_shift(rule->workdays, candidate->nominal, rule->shift);
    candidate->due = candidate->shifted;
}

static bool is_explained(const struct steps *steps, const struct candidate *candidate)
{
    struct slice explain = steps->options.explain;
    return explain.length > 0 && slice_equal(explain, candidate->person->customer);
}

// No day is moved before it is known that it counts: a year far off may be unknown without harm.
static enum candidate_verdict is_due(struct steps *steps, struct candidate *candidate)
{
    steps->timing.today = last_nominal(candidate);
    if (candidate->rule->kind == POLICY_CHAINED) {
        trail_thread(steps->trail, candidate);
    }
    enum candidate_verdict verdict = timing_decide(&steps->timing, candidate);
    candidate->shifted = candidate->nominal;
    if (verdict != CANDIDATE_DUE && verdict != CANDIDATE_NO_ANCHOR && is_explained(steps, candidate)) {
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
static enum candidate_verdict is_shifted(struct steps *steps, struct candidate *candidate)
{
    shift(candidate);
    if (candidate->due <= candidate->today) {
        return is_outside(candidate);
    }
    struct candidate latest = *candidate;
    while (candidate->due > candidate->today && trail_recorded(steps->trail, candidate) == NULL) {
        if (candidate->rule->kind != POLICY_PERIODIC || !timing_step_back(candidate)) {
            *candidate = latest;
            return CANDIDATE_NOT_YET;
        }
        shift(candidate);
    }
    return is_outside(candidate);
}

static enum candidate_verdict goes_on(const struct steps *steps, const struct candidate *candidate)
{
    enum candidate_verdict verdict = held_verdict(steps->options.held, candidate->person->customer);
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
        if (period_after(candidate->due, rule->levels[i].after) <= candidate->today) {
            candidate->level = (int)i + 1;
        }
    }
}

// Nobody saw it, so it did not rise to any level.
static void miss(struct steps *steps, const struct candidate *candidate)
{
    struct candidate missed = *candidate;
    missed.level = 0;
    if (steps->options.history != NULL) {
        candidates_keep(steps->options.missed, &missed);
    }
}

// Was it recorded, but not printed, or not since it was snoozed?
static bool waits(const struct history_occurrence *occurrence)
{
    return occurrence->levels == 0 && !occurrence->closed && !occurrence->missed;
}

// The occurrences before this one that no run printed are missed, those that a limit or the staff put off too: back to
// the last one that is over or printed, never further than the ledger goes, and the latest MISSED_MOST at most.
static void miss_older(struct steps *steps, const struct candidate *candidate)
{
    const struct policy_rule *rule = candidate->rule;
    struct candidate older = *candidate;
    for (int i = 0; i < MISSED_MOST; i++) {
        if (!timing_step_back(&older) || (rule->has_from && older.nominal < rule->from)) {
            return;
        }
        shift(&older);
        const struct history_occurrence *occurrence = trail_recorded(steps->trail, &older);
        if (occurrence == NULL ? older.due < steps->ledger_begins : !waits(occurrence)) {
            return;
        }
        miss(steps, &older);
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

static enum candidate_verdict is_new(struct steps *steps, struct candidate *candidate)
{
    const struct history_thread *thread = trail_thread(steps->trail, candidate);
    if (thread != NULL && thread->stopped) {
        return CANDIDATE_STOPPED;
    }
    const struct history_occurrence *occurrence = trail_recorded(steps->trail, candidate);
    set_level(candidate);
    if (occurrence != NULL) {
        enum candidate_verdict verdict = ask_occurrence(candidate, occurrence);
        if (verdict != CANDIDATE_DUE) {
            return verdict;
        }
    }
    if (candidate->rule->kind == POLICY_PERIODIC && occurrence == NULL) {
        miss_older(steps, candidate);
    }
    return CANDIDATE_DUE;
}

// Grace counts from the due day; of a contact that was printed at a lower level, from the day of its level. What was
// over before the ledger began is not recorded: a first run would fill it with all that ever was. Only a chained rule
// needs the record, as the day from which it goes on.
static enum candidate_verdict is_in_time(struct steps *steps, struct candidate *candidate)
{
    const struct policy_rule *rule = candidate->rule;
    if (!rule->has_grace || candidate->put_off) {
        return CANDIDATE_DUE;
    }
    const struct history_occurrence *occurrence = trail_recorded(steps->trail, candidate);
    bool printed_before = occurrence != NULL && occurrence->levels != 0;
    int32_t from = candidate->due;
    if (printed_before && candidate->level > 0) {
        from = period_after(from, rule->levels[candidate->level - 1].after);
    }
    int32_t last = period_after(from, rule->grace);
    if (last >= candidate->today) {
        return CANDIDATE_DUE;
    }
    if (!printed_before && (last >= steps->ledger_begins || rule->kind == POLICY_CHAINED)) {
        miss(steps, candidate);
    }
    return CANDIDATE_LATE;
}

static bool passes(struct candidate *candidate, enum candidate_verdict verdict)
{
    candidate->verdict = verdict;
    return verdict == CANDIDATE_DUE;
}

void steps_take(struct steps *steps, struct candidate *candidate)
{
    const struct zones_place *place = candidate->person->place;
    candidate->today = place == NULL ? steps->options.today : place->today;
    if (passes(candidate, is_due(steps, candidate)) && passes(candidate, is_shifted(steps, candidate)) &&
        passes(candidate, goes_on(steps, candidate)) && passes(candidate, is_new(steps, candidate))) {
        // Grace counts from the day that quiet hours may have moved it to.
        hours_plan(steps->options.provisions, candidate);
        if (passes(candidate, is_in_time(steps, candidate))) {
            passes(candidate, hours_decide(steps->options.provisions, candidate));
        }
    }
}
