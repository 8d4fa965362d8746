// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * gathering: from each start, event by event, a matching of events and steps that grows along a path which may give
 * steps taken before to other events (Kuhn 1955). An event that adds nothing when it comes never adds anything later,
 * so the events taken are the earliest there can be. Where times must differ, the events of one time are one.
 */
#include "gathering.h"

struct member {
    size_t position; // the event with which it came in
    int64_t time;
    uint64_t steps; // of all events of that time when times must differ
};

struct gathering {
    const struct attempt_rules *rules;
    struct member members[ATTEMPT_STEPS + 1]; // one more for the one that is tried
    size_t count;
    size_t holders[ATTEMPT_STEPS]; // of each step that is held, the member
    uint64_t held;
};

// Can this member have one of its steps, others giving way?
static bool find_place(struct gathering *gathering, size_t member, uint64_t *tried)
{
    for (size_t step = 0; step < gathering->rules->steps; step++) {
        uint64_t bit = UINT64_C(1) << step;
        if ((gathering->members[member].steps & bit) == 0 || (*tried & bit) != 0) {
            continue;
        }
        *tried |= bit;
        if ((gathering->held & bit) == 0 || find_place(gathering, gathering->holders[step], tried)) {
            gathering->held |= bit;
            gathering->holders[step] = member;
            return true;
        }
    }
    return false;
}

// Takes the event if it lets the attempt have a step more.
static bool take(struct gathering *gathering, const struct attempt_event *event, size_t position)
{
    uint64_t tried = 0;
    if (gathering->rules->ties == ATTEMPT_STRICT && gathering->count > 0) {
        struct member *last = &gathering->members[gathering->count - 1];
        if (last->time == event->time) {
            last->steps |= gathering->count > 1 ? event->steps : 0; // the start itself stays what it is
            return false;
        }
    }
    gathering->members[gathering->count] = (struct member){position, event->time, event->steps};
    if (!find_place(gathering, gathering->count, &tried)) {
        return false;
    }
    gathering->count++;
    return true;
}

static size_t position_of(const struct gathering *gathering, const struct attempt_event *events, size_t member,
                          size_t step)
{
    size_t position = gathering->members[member].position;
    while ((events[position].steps >> step & 1) == 0) {
        position++;
    }
    return position;
}

static void tell(const struct gathering *gathering, const struct attempt_event *events, struct attempt *found)
{
    found->level = gathering->count;
    found->taken = gathering->count == ATTEMPT_STEPS ? UINT64_MAX : (UINT64_C(1) << gathering->count) - 1;
    for (size_t step = 0; step < gathering->rules->steps; step++) {
        if ((gathering->held >> step & 1) != 0) {
            size_t member = gathering->holders[step];
            found->positions[member] = position_of(gathering, events, member, step);
            found->served[member] = (uint8_t)step;
        }
    }
}

// Gathers from a start on. False when an event ended the attempt.
static bool gather(struct gathering *gathering, const struct attempt_rules *rules, const struct attempt_event *events,
                   size_t count, size_t start)
{
    int64_t end = attempt_window_end(rules, events[start].time);
    *gathering = (struct gathering){.rules = rules};
    take(gathering, &events[start], start);
    for (size_t i = start + 1; i < count && gathering->count < rules->steps && events[i].time <= end; i++) {
        bool ends = (events[i].ends >> gathering->count & 1) != 0;
        if (!take(gathering, &events[i], i) && ends) {
            return false;
        }
    }
    return true;
}

void gathering_find(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                    const bool *barred, struct attempt *found)
{
    found->level = 0;
    for (size_t i = 0; i < count; i++) {
        if (!attempt_is_start(rules, &events[i])) {
            continue;
        }
        struct gathering gathering;
        if (barred == NULL || !barred[i]) {
            gather(&gathering, rules, events, count, i);
            bool latest = rules->start == ATTEMPT_LATEST && gathering.count == found->level;
            if (gathering.count > found->level || latest) {
                tell(&gathering, events, found);
            }
        }
        bool is_enough = rules->start != ATTEMPT_LATEST && (found->level == rules->steps || attempt_is_settled(rules));
        if (is_enough) {
            return;
        }
    }
}

// May what is gathered from this start come further at `now`?
static bool goes_on(const struct attempt_rules *rules, const struct attempt_event *events, size_t count, size_t start,
                    int64_t now)
{
    struct gathering gathering;
    return now <= attempt_window_end(rules, events[start].time) && gather(&gathering, rules, events, count, start) &&
           gathering.count < rules->steps;
}

bool gathering_is_open(const struct attempt_rules *rules, const struct attempt_event *events, size_t count, int64_t now)
{
    for (size_t i = 0; i < count && rules->start == ATTEMPT_FIRST; i++) {
        if (attempt_is_start(rules, &events[i])) {
            return goes_on(rules, events, count, i, now);
        }
    }
    for (size_t i = count; i > 0; i--) {
        if (!attempt_is_start(rules, &events[i - 1])) {
            continue;
        }
        if (now > attempt_window_end(rules, events[i - 1].time)) {
            return false;
        }
        if (goes_on(rules, events, count, i - 1, now)) {
            return true;
        }
    }
    return false;
}
