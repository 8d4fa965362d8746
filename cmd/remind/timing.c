// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * timing: one function a kind of rule.
 */
#include "timing.h"

#include "date.h"
#include "occurrence.h"
#include "period.h"
#include "series.h"

static int32_t earlier(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static enum candidate_verdict due_once(struct candidate *candidate)
{
    const struct policy_rule *rule = candidate->rule;
    candidate->times = 1;
    candidate->nominal = series_after(rule->period, rule->series.leap, candidate->anchor);
    return CANDIDATE_DUE;
}

static enum candidate_verdict due_periodic(const struct timing *timing, struct candidate *candidate)
{
    const struct policy_rule *rule = candidate->rule;
    int32_t limit = rule->has_until ? earlier(rule->until, timing->today) : timing->today;
    struct series_day found;
    if (!series_latest(&rule->series, candidate->anchor, limit, &found) &&
        !series_next(&rule->series, candidate->anchor, DATE_FIRST, &found)) {
        candidate->nominal = candidate->anchor;
        return CANDIDATE_OUTSIDE;
    }
    candidate->times = found.times;
    candidate->nominal = found.day;
    return CANDIDATE_DUE;
}

// The next day after the last one was done: a period later, or the next one that a recurrence rule has.
static bool next_after(const struct candidate *candidate, int32_t *day)
{
    const struct series *series = &candidate->rule->series;
    struct series_day found;
    if (series->kind == SERIES_PERIOD) {
        *day = series_after(series->period, series->leap, candidate->since);
        return true;
    }
    bool there = series_next(series, candidate->anchor, candidate->since + candidate->since_done, &found);
    *day = there ? found.day : candidate->since;
    return there;
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
    bool there = next_after(candidate, &candidate->nominal);
    if (newest != NULL && !newest->closed && !newest->missed) {
        candidate->nominal = newest->nominal;
        return CANDIDATE_DUE;
    }
    return there ? CANDIDATE_DUE : CANDIDATE_OUTSIDE;
}

static int32_t bounded(struct candidate *candidate, int32_t day)
{
    const struct policy_rule *rule = candidate->rule;
    int32_t least = rule->has_min ? period_after(candidate->anchor, rule->min) : day;
    int32_t most = rule->has_max ? period_after(candidate->anchor, rule->max) : day;
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
        int32_t least = rule->has_min ? period_after(candidate->anchor, rule->min) : candidate->anchor;
        return least > timing->today ? CANDIDATE_NOT_YET : CANDIDATE_NEEDS_GAP;
    }
    if (candidate->gap <= 0) {
        candidate->gap = gaps_usual(timing->gaps, candidate->gap_group, &candidate->gap_source);
    }
    candidate->nominal = bounded(candidate, occurrence_after(candidate->anchor, rule->factor * candidate->gap));
    return CANDIDATE_DUE;
}

static enum candidate_verdict due_by_kind(const struct timing *timing, struct candidate *candidate)
{
    switch (candidate->rule->kind) {
    case POLICY_ONCE:
        return due_once(candidate);
    case POLICY_PERIODIC:
        return due_periodic(timing, candidate);
    case POLICY_CHAINED:
        return due_chained(timing, candidate);
    default:
        return due_winback(timing, candidate);
    }
}

enum candidate_verdict timing_decide(const struct timing *timing, struct candidate *candidate)
{
    const struct policy_rule *rule = candidate->rule;
    if (candidate->anchor == CANDIDATE_NO_DAY) {
        return CANDIDATE_NO_ANCHOR;
    }
    candidate->since = candidate->anchor;
    enum candidate_verdict verdict = due_by_kind(timing, candidate);
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
    struct series_day found;
    if (!series_latest(&candidate->rule->series, candidate->anchor, candidate->nominal - 1, &found)) {
        return false;
    }
    candidate->times = found.times;
    candidate->nominal = found.day;
    candidate->due = candidate->nominal;
    return true;
}
