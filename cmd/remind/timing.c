// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * timing: one function a kind of rule.
 */
#include "timing.h"

#include "occurrence.h"
#include "period.h"

typedef enum candidate_verdict kind(const struct timing *timing, struct candidate *candidate);

static int32_t earlier(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static enum candidate_verdict due_once(const struct timing *timing, struct candidate *candidate)
{
    (void)timing;
    candidate->times = 1;
    candidate->nominal = period_add_days(candidate->anchor, candidate->rule->period, 1);
    return CANDIDATE_DUE;
}

// A series that begins on a date falls on that date too; one that counts from a day of the customer's begins a period
// later.
static int64_t first_time(const struct policy_rule *rule)
{
    return rule->anchor_slot == TABLE_NO_COLUMN ? 0 : 1;
}

static enum candidate_verdict due_periodic(const struct timing *timing, struct candidate *candidate)
{
    const struct policy_rule *rule = candidate->rule;
    int64_t first = first_time(rule);
    int32_t limit = rule->has_until ? earlier(rule->until, timing->today) : timing->today;
    if (!occurrence_latest(candidate->anchor, rule->period, first, limit, &candidate->times)) {
        candidate->times = first;
    }
    candidate->nominal = period_add_days(candidate->anchor, rule->period, candidate->times);
    return CANDIDATE_DUE;
}

// Counts from the later of the anchor and the day the last one was done; one that is not done yet stands in the way.
static enum candidate_verdict due_chained(const struct timing *timing, struct candidate *candidate)
{
    const struct history_thread *thread = candidate->thread;
    const struct history_occurrence *newest = thread == NULL ? NULL : history_newest(timing->history, thread);
    candidate->times = 1;
    if (thread != NULL && thread->closed_on != HISTORY_NO_DAY && thread->closed_on > candidate->since) {
        candidate->since = thread->closed_on;
        candidate->since_done = true;
    }
    candidate->nominal = period_add_days(candidate->since, candidate->rule->period, 1);
    if (newest != NULL && !newest->closed && !newest->missed) {
        candidate->nominal = newest->nominal;
    }
    return CANDIDATE_DUE;
}

static int32_t bounded(struct candidate *candidate, int32_t day)
{
    const struct policy_rule *rule = candidate->rule;
    int32_t least = rule->has_min ? period_add_days(candidate->anchor, rule->min, 1) : day;
    int32_t most = rule->has_max ? period_add_days(candidate->anchor, rule->max, 1) : day;
    candidate->bound_by_min = day < least;
    candidate->bound_by_max = day > most;
    return day < least ? least : earlier(day, most);
}

static enum candidate_verdict due_winback(const struct timing *timing, struct candidate *candidate)
{
    const struct policy_rule *rule = candidate->rule;
    candidate->times = 1;
    candidate->nominal = candidate->anchor;
    if (candidate->gap <= 0 && !timing->gaps_complete) {
        int32_t least = rule->has_min ? period_add_days(candidate->anchor, rule->min, 1) : candidate->anchor;
        return least > timing->today ? CANDIDATE_NOT_YET : CANDIDATE_NEEDS_GAP;
    }
    if (candidate->gap <= 0) {
        candidate->gap = gaps_usual(timing->gaps, candidate->gap_group, &candidate->gap_source);
    }
    candidate->nominal = bounded(candidate, occurrence_after(candidate->anchor, rule->factor * candidate->gap));
    return CANDIDATE_DUE;
}

enum candidate_verdict timing_decide(const struct timing *timing, struct candidate *candidate)
{
    static kind *const kinds[] = {
        [POLICY_ONCE] = due_once,
        [POLICY_PERIODIC] = due_periodic,
        [POLICY_CHAINED] = due_chained,
        [POLICY_WINBACK] = due_winback,
    };
    const struct policy_rule *rule = candidate->rule;
    if (candidate->anchor == CANDIDATE_NO_DAY) {
        return CANDIDATE_NO_ANCHOR;
    }
    candidate->since = candidate->anchor;
    enum candidate_verdict verdict = kinds[rule->kind](timing, candidate);
    candidate->due = candidate->nominal;
    if (verdict != CANDIDATE_DUE) {
        return verdict;
    }
    if ((rule->has_from && candidate->nominal < rule->from) || (rule->has_until && candidate->nominal > rule->until)) {
        return CANDIDATE_OUTSIDE;
    }
    return candidate->nominal > timing->today ? CANDIDATE_NOT_YET : CANDIDATE_DUE;
}

bool timing_step_back(struct candidate *candidate)
{
    if (--candidate->times < first_time(candidate->rule)) {
        return false;
    }
    candidate->nominal = period_add_days(candidate->anchor, candidate->rule->period, candidate->times);
    candidate->due = candidate->nominal;
    return true;
}
