// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * attempt: for each step the latest start whose attempt has reached it. That start has the most time left, so if it
 * cannot go on no other can; and an earlier start is never behind a later one while its window lasts. From both
 * follows which start counts: the deepest step is first reached at some event, and the first start whose window
 * reaches that event reaches the step there too. Its events are then taken in a second walk.
 */
#include "attempt.h"

// What a walk over the events finds out.
struct survey {
    size_t level;                 // the deepest step reached
    size_t reached;               // the event that reached it first
    size_t starts[ATTEMPT_STEPS]; // of each step reached, the latest start
    int64_t ends[ATTEMPT_STEPS];  // the ends of their windows
};

static int64_t civil_end(const struct attempt_rules *rules, int64_t start)
{
    if (rules->zone == NULL) {
        return period_add(start, rules->window, 1);
    }
    return zone_to_instant(rules->zone, period_add(zone_to_local(rules->zone, start), rules->window, 1));
}

int64_t attempt_window_end(const struct attempt_rules *rules, int64_t start)
{
    if (!rules->has_window) {
        return INT64_MAX;
    }
    if (rules->window.months != 0) {
        return civil_end(rules, start);
    }
    return start > INT64_MAX - rules->window.seconds ? INT64_MAX : start + rules->window.seconds;
}

// Does the person's first start decide alone? Without a window no later one comes further.
static bool is_first_start_enough(const struct attempt_rules *rules)
{
    return rules->start == ATTEMPT_FIRST || (rules->start == ATTEMPT_BEST && !rules->has_window);
}

static bool is_start(const struct attempt_event *event)
{
    return (event->steps & 1) != 0;
}

static size_t next_start(const struct attempt_event *events, size_t from, size_t count)
{
    while (from < count && !is_start(&events[from])) {
        from++;
    }
    return from;
}

static void reach(struct survey *survey, size_t step, size_t position)
{
    if (step == survey->level) {
        survey->level = step + 1;
        survey->reached = position;
    }
}

// From the last step to the first, so that an event that matches several serves one of each attempt.
static void survey_event(const struct attempt_rules *rules, const struct attempt_event *events, size_t position,
                         struct survey *survey)
{
    const struct attempt_event *event = &events[position];
    size_t last = survey->level < rules->steps ? survey->level : rules->steps - 1;
    for (size_t step = last; step > 0; step--) {
        if ((event->steps >> step & 1) != 0 && event->time <= survey->ends[step - 1]) {
            survey->starts[step] = survey->starts[step - 1];
            survey->ends[step] = survey->ends[step - 1];
            reach(survey, step, position);
        }
    }
    if (is_start(event)) {
        survey->starts[0] = position;
        survey->ends[0] = attempt_window_end(rules, event->time);
        reach(survey, 0, position);
    }
}

static void survey_events(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                          struct survey *survey)
{
    survey->level = 0;
    for (size_t i = 0; i < count; i++) {
        survey_event(rules, events, i, survey);
        if (survey->level == rules->steps && rules->start == ATTEMPT_BEST) {
            return;
        }
    }
}

static void follow(const struct attempt_rules *rules, const struct attempt_event *events, size_t count, size_t start,
                   struct attempt *found)
{
    int64_t end = attempt_window_end(rules, events[start].time);
    found->positions[0] = start;
    found->level = 1;
    for (size_t i = start + 1; i < count && found->level < rules->steps && events[i].time <= end; i++) {
        if ((events[i].steps >> found->level & 1) != 0) {
            found->positions[found->level++] = i;
        }
    }
}

// The first start whose window reaches the event that first reached the deepest step.
static size_t first_to_reach(const struct attempt_rules *rules, const struct attempt_event *events,
                             const struct survey *survey)
{
    size_t start = next_start(events, 0, survey->reached);
    while (start < survey->reached && attempt_window_end(rules, events[start].time) < events[survey->reached].time) {
        start = next_start(events, start + 1, survey->reached);
    }
    return start;
}

void attempt_find(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                  struct attempt *found)
{
    found->level = 0;
    size_t start = next_start(events, 0, count);
    if (start == count) {
        return;
    }
    if (!is_first_start_enough(rules)) {
        struct survey survey;
        survey_events(rules, events, count, &survey);
        start =
            rules->start == ATTEMPT_LATEST ? survey.starts[survey.level - 1] : first_to_reach(rules, events, &survey);
    }
    follow(rules, events, count, start, found);
}

bool attempt_is_open(const struct attempt_rules *rules, const struct attempt_event *events, size_t count, int64_t now)
{
    size_t start = next_start(events, 0, count);
    if (start == count) {
        return false;
    }
    if (!is_first_start_enough(rules)) {
        for (start = count - 1; !is_start(&events[start]); start--) {
        }
    }
    return now <= attempt_window_end(rules, events[start].time);
}

// Marks in keep[] the starts whose attempts may still come further, and returns the first of them.
static size_t mark_open_starts(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                               int64_t now, bool *keep)
{
    size_t first = count;
    for (size_t i = next_start(events, 0, count); i < count; i = next_start(events, i + 1, count)) {
        keep[i] = now <= attempt_window_end(rules, events[i].time);
        first = keep[i] && first == count ? i : first;
        if (is_first_start_enough(rules)) {
            break;
        }
    }
    return first;
}

// The same when the latest start counts: of each step only the latest that reached it can be passed on.
static size_t mark_latest_starts(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                                 int64_t now, bool *keep)
{
    struct survey survey;
    size_t first = count;
    survey_events(rules, events, count, &survey);
    for (size_t step = 0; step < survey.level; step++) {
        if (now <= survey.ends[step]) {
            size_t start = survey.starts[step];
            keep[start] = true;
            first = start < first ? start : first;
        }
    }
    return first;
}

size_t attempt_keep(const struct attempt_rules *rules, const struct attempt_event *events, size_t count, int64_t now,
                    bool *keep)
{
    for (size_t i = 0; i < count; i++) {
        keep[i] = false;
    }
    size_t first = rules->start == ATTEMPT_LATEST ? mark_latest_starts(rules, events, count, now, keep)
                                                  : mark_open_starts(rules, events, count, now, keep);
    uint64_t known = rules->steps == ATTEMPT_STEPS ? UINT64_MAX : (UINT64_C(1) << rules->steps) - 1;
    uint64_t waiting = 0; // bit i: an attempt waits for step i + 1
    size_t kept = 0;
    for (size_t i = first; i < count; i++) {
        uint64_t hit = (events[i].steps & waiting) | (keep[i] ? 1 : 0);
        waiting = ((waiting & ~hit) | hit << 1) & known;
        keep[i] = hit != 0;
        kept += keep[i];
    }
    return kept;
}

bool attempt_replaces(const struct attempt_rules *rules, size_t level, size_t before)
{
    if (rules->start == ATTEMPT_FIRST) {
        return before == 0;
    }
    return level > before || (rules->start == ATTEMPT_LATEST && level == before && level > 0);
}
