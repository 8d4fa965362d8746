// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * trail: the customer asked about, and his number in the ledger once that is needed.
 */
#include "trail.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "heap.h"

enum { RULES = 64 };

// A rule of the policy, and its number in the ledger.
struct known_rule {
    const struct policy_rule *rule;
    uint32_t number;
};

struct trail {
    const struct history *history;
    const struct person *person;
    bool found;      // is his number known?
    uint32_t number; // in the ledger
    struct known_rule rules[RULES];
};

struct trail *trail_create(const struct history *history)
{
    struct trail *trail = heap_allocate(1, sizeof *trail);
    trail->history = history;
    return trail;
}

void trail_free(struct trail *trail)
{
    free(trail);
}

void trail_expect(const struct trail *trail, struct person *person)
{
    if (trail->history != NULL) {
        person->hash = history_expect(trail->history, person->encoded);
    }
}

void trail_approach(const struct trail *trail, const struct person *person)
{
    if (trail->history != NULL) {
        history_approach(trail->history, person->hash);
    }
}

void trail_begin(struct trail *trail, const struct person *person)
{
    trail->person = person;
    trail->found = false;
}

static uint32_t number(struct trail *trail)
{
    if (!trail->found) {
        trail->found = true;
        trail->number = history_expected(trail->history, trail->person->encoded, trail->person->hash);
    }
    return trail->number;
}

// The rules of a policy stand side by side, so up to RULES of them do not meet: each is looked up once.
static uint32_t number_of_rule(struct trail *trail, const struct policy_rule *rule)
{
    struct known_rule *known = &trail->rules[(uintptr_t)rule / sizeof *rule % RULES];
    if (known->rule != rule) {
        *known = (struct known_rule){rule, history_rule(trail->history, rule->encoded)};
    }
    return known->number;
}

const struct history_thread *trail_find(struct trail *trail, struct candidate *candidate)
{
    candidate->thread_known = true;
    uint32_t rule = trail->history == NULL ? HISTORY_NO_RULE : number_of_rule(trail, candidate->rule);
    if (rule != HISTORY_NO_RULE) {
        candidate->thread = history_thread(trail->history, number(trail), rule);
    }
    return candidate->thread;
}

const struct history_occurrence *trail_follow(const struct trail *trail, const struct candidate *candidate)
{
    if (candidate->rule->kind != POLICY_WINBACK) {
        return history_find(trail->history, candidate->thread, candidate->nominal);
    }
    const struct history_occurrence *occurrence = history_newest(trail->history, candidate->thread);
    while (occurrence != NULL && occurrence->nominal <= candidate->anchor) {
        occurrence = history_older(trail->history, occurrence);
    }
    return occurrence;
}
