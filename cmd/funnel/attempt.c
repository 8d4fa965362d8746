// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * attempt: for each step the latest start whose attempt has reached it. That start has the most time left, so if it
 * cannot go on no other can; and an earlier start is never behind a later one while its window lasts. From both
 * follows which start counts: the deepest step is first reached at some event, and the first start whose window
 * reaches that event reaches the step there too. Its events are then taken in a second walk.
 */
#include "attempt.h"

#include <stdlib.h>

#include "chain.h"
#include "gathering.h"
#include "heap.h"

// What a walk over the events finds out.
struct survey {
    size_t level;                 // the deepest step reached
    size_t reached;               // the event that reached it first
    size_t starts[ATTEMPT_STEPS]; // of each step reached, the latest start
    int64_t ends[ATTEMPT_STEPS];  // the ends of their windows
};

static int64_t months_end(const struct attempt_rules *rules, int64_t start, struct period window)
{
    if (rules->zone == NULL) {
        return period_add(start, window, 1);
    }
    return zone_to_instant(rules->zone, period_add(zone_to_local(rules->zone, start), window, 1));
}

static inline int64_t period_end(const struct attempt_rules *rules, int64_t start, const struct period *window)
{
    if (window->months != 0) {
        return months_end(rules, start, *window);
    }
    return start > INT64_MAX - window->seconds ? INT64_MAX : start + window->seconds;
}

static inline int64_t window_end(const struct attempt_rules *rules, int64_t start)
{
    return rules->has_window ? period_end(rules, start, &rules->window) : INT64_MAX;
}

int64_t attempt_window_end(const struct attempt_rules *rules, int64_t start)
{
    return window_end(rules, start);
}

int64_t attempt_step_end(const struct attempt_rules *rules, size_t step, int64_t before)
{
    bool has_window = (rules->has_window_of_its_own >> step & 1) != 0;
    return has_window ? period_end(rules, before, &rules->step_windows[step]) : INT64_MAX;
}

bool attempt_is_plain(const struct attempt_rules *rules)
{
    return rules->order == ATTEMPT_GAPS && rules->ties == ATTEMPT_FILE && rules->optional == 0 &&
           rules->has_window_of_its_own == 0 && !rules->has_endings;
}

// Without a window no later start comes further, unless the first one is in the way of others of its time.
bool attempt_is_settled(const struct attempt_rules *rules)
{
    return rules->start == ATTEMPT_FIRST ||
           (rules->start == ATTEMPT_BEST && !rules->has_window && !rules->has_endings && rules->ties != ATTEMPT_STRICT);
}

bool attempt_is_start(const struct attempt_rules *rules, const struct attempt_event *event)
{
    bool matches = rules->order == ATTEMPT_ANY ? event->steps != 0 : (event->steps & 1) != 0;
    return matches && (!rules->has_range || (event->time >= rules->from && event->time <= rules->to));
}

static size_t next_start(const struct attempt_rules *rules, const struct attempt_event *events, size_t from,
                         size_t count)
{
    while (from < count && !attempt_is_start(rules, &events[from])) {
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
    uint64_t reachable = event->steps & ((UINT64_C(2) << last) - 2);
    while (reachable != 0) {
        size_t step = 63 - (size_t)__builtin_clzll(reachable);
        reachable ^= UINT64_C(1) << step;
        if (event->time <= survey->ends[step - 1]) {
            survey->starts[step] = survey->starts[step - 1];
            survey->ends[step] = survey->ends[step - 1];
            reach(survey, step, position);
        }
    }
    if (attempt_is_start(rules, event)) {
        survey->starts[0] = position;
        survey->ends[0] = window_end(rules, event->time);
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
    int64_t end = window_end(rules, events[start].time);
    found->positions[0] = start;
    found->served[0] = 0;
    found->level = 1;
    for (size_t i = start + 1; i < count && found->level < rules->steps && events[i].time <= end; i++) {
        if ((events[i].steps >> found->level & 1) != 0) {
            found->served[found->level] = (uint8_t)found->level;
            found->positions[found->level++] = i;
        }
    }
    found->taken = found->level == ATTEMPT_STEPS ? UINT64_MAX : (UINT64_C(1) << found->level) - 1;
}

// The first start whose window reaches the event that first reached the deepest step.
static size_t first_to_reach(const struct attempt_rules *rules, const struct attempt_event *events,
                             const struct survey *survey)
{
    size_t start = next_start(rules, events, 0, survey->reached);
    while (start < survey->reached && window_end(rules, events[start].time) < events[survey->reached].time) {
        start = next_start(rules, events, start + 1, survey->reached);
    }
    return start;
}

static void find_plain(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                       struct attempt *found)
{
    found->level = 0;
    size_t start = next_start(rules, events, 0, count);
    if (start == count) {
        return;
    }
    if (!attempt_is_settled(rules)) {
        struct survey survey;
        survey_events(rules, events, count, &survey);
        start =
            rules->start == ATTEMPT_LATEST ? survey.starts[survey.level - 1] : first_to_reach(rules, events, &survey);
    }
    follow(rules, events, count, start, found);
}

static void find_one(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                     const bool *barred, struct attempt *found)
{
    if (attempt_is_plain(rules)) {
        find_plain(rules, events, count, found);
    } else if (rules->order == ATTEMPT_ANY) {
        gathering_find(rules, events, count, barred, found);
    } else {
        chain_find(rules, events, count, barred, found);
    }
}

// The last instant at which an attempt may take one more step. The step after the deepest may be optional ones and the
// first that is not.
static int64_t last_chance(const struct attempt_rules *rules, const struct attempt_event *events,
                           const struct attempt *found)
{
    int64_t end = window_end(rules, events[found->positions[0]].time);
    if (rules->order == ATTEMPT_ANY) {
        return end;
    }
    int64_t before = events[found->positions[found->level - 1]].time;
    int64_t latest = INT64_MIN;
    for (size_t next = found->level; next < rules->steps; next++) {
        int64_t step_end = attempt_step_end(rules, next, before);
        latest = step_end > latest ? step_end : latest;
        if ((rules->optional >> next & 1) == 0) {
            break;
        }
    }
    return latest < end ? latest : end;
}

// The event that ended an attempt, or the number of events.
static size_t find_ending(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                          const struct attempt *found)
{
    if (!rules->has_endings || found->level == rules->steps) {
        return count;
    }
    int64_t end = last_chance(rules, events, found);
    for (size_t i = found->positions[found->level - 1] + 1; i < count && events[i].time <= end; i++) {
        if ((events[i].ends >> found->level & 1) != 0) {
            return i;
        }
    }
    return count;
}

// Start by start those are barred whose attempt, the best there is, was ended.
static void find_unended(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                         struct attempt *found)
{
    bool *barred = heap_allocate(count + 1, sizeof *barred);
    find_one(rules, events, count, barred, found);
    while (found->level > 0 && find_ending(rules, events, count, found) < count) {
        barred[found->positions[0]] = true;
        find_one(rules, events, count, barred, found);
    }
    free(barred);
}

void attempt_find(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                  struct attempt *found)
{
    if (rules->is_void && rules->has_endings) {
        find_unended(rules, events, count, found);
    } else {
        find_one(rules, events, count, NULL, found);
    }
}

// The first event behind an attempt that is not complete, from which the next may begin; INT64_MAX in *end when it has
// none because the attempt goes on for ever.
static size_t find_end(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                       const struct attempt *found, int64_t *end)
{
    size_t last = found->positions[found->level - 1];
    size_t ending = find_ending(rules, events, count, found);
    *end = last_chance(rules, events, found);
    if (ending < count) {
        *end = INT64_MIN;
        return ending + 1;
    }
    if (rules->order == ATTEMPT_ADJACENT && last + 1 < count) {
        *end = INT64_MIN;
        return last + 1;
    }
    for (last++; last < count && events[last].time <= *end; last++) {
    }
    return last;
}

static size_t last_position(const struct attempt *found)
{
    size_t last = 0;
    for (size_t i = 0; i < found->level; i++) {
        bool is_later = (found->taken >> i & 1) != 0 && found->positions[i] > last;
        last = is_later ? found->positions[i] : last;
    }
    return last;
}

// Is an attempt that is complete among the first events the one that all events would give? It is where what is taken
// earlier is never in the way of anything.
static bool is_prefix_enough(const struct attempt_rules *rules)
{
    return rules->order == ATTEMPT_GAPS && rules->optional == 0 && rules->has_window_of_its_own == 0 &&
           !rules->has_endings;
}

// The attempt of the first of these events, looking at no more of them than it takes.
static void find_from_first(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                            struct attempt *found)
{
    int64_t last = window_end(rules, events[0].time);
    size_t most = rules->order == ATTEMPT_ADJACENT && rules->steps < count ? rules->steps : count;
    size_t some = is_prefix_enough(rules) ? 32 : most;
    size_t end = 0;
    do {
        some = some < most ? some : most;
        end = last == INT64_MAX || rules->order == ATTEMPT_ANY ? some : end;
        while (end < some && events[end].time <= last) {
            end++;
        }
        find_one(rules, events, end, NULL, found);
        some *= 2;
    } while (found->level < rules->steps && end < most && end == some / 2);
}

bool attempt_next(const struct attempt_rules *rules, const struct attempt_event *events, size_t count, int64_t now,
                  size_t *position, struct attempt *found, bool *open)
{
    struct attempt_rules first = *rules;
    size_t start = next_start(rules, events, *position, count);
    if (start == count) {
        return false;
    }
    first.start = ATTEMPT_FIRST;
    find_from_first(&first, events + start, count - start, found);
    for (size_t i = 0; i < found->level; i++) {
        found->positions[i] += (found->taken >> i & 1) != 0 ? start : 0;
    }
    *open = false;
    *position = last_position(found) + 1;
    if (found->level < rules->steps) {
        int64_t last;
        *position = find_end(rules, events, count, found, &last);
        *open = now <= last;
    }
    return true;
}

bool attempt_is_open(const struct attempt_rules *rules, const struct attempt_event *events, size_t count, int64_t now)
{
    if (rules->order == ATTEMPT_ANY) {
        return gathering_is_open(rules, events, count, now);
    }
    if (!attempt_is_plain(rules)) {
        return chain_is_open(rules, events, count, now);
    }
    size_t start = next_start(rules, events, 0, count);
    if (start == count) {
        return false;
    }
    if (!attempt_is_settled(rules)) {
        for (start = count - 1; !attempt_is_start(rules, &events[start]); start--) {
        }
    }
    return now <= window_end(rules, events[start].time);
}

// Marks in keep[] the starts whose attempts may still come further, and returns the first of them.
static size_t mark_open_starts(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                               int64_t now, bool *keep)
{
    size_t first = count;
    for (size_t i = next_start(rules, events, 0, count); i < count; i = next_start(rules, events, i + 1, count)) {
        keep[i] = now <= window_end(rules, events[i].time);
        first = keep[i] && first == count ? i : first;
        if (attempt_is_settled(rules)) {
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
        keep[i] = !attempt_is_plain(rules);
    }
    if (!attempt_is_plain(rules)) {
        return count;
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
