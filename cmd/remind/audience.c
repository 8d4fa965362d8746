// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * audience: a set of rules, as bits, for each label; those of a customer's labels have in common the rules that speak
 * to him.
 */
#include "audience.h"

#include <stdlib.h>

#include "heap.h"
#include "labels.h"
#include "map.h"

static void fill(struct audience *audience, const struct policy *policy, enum policy_dimension dimension)
{
    struct audience_sets *sets = &audience->dimensions[dimension];
    sets->labels = map_count(policy->labels[dimension].named);
    sets->sets = heap_allocate((sets->labels + 1) * audience->words, sizeof *sets->sets);
    for (size_t label = 0; label <= sets->labels; label++) {
        uint32_t number = label == sets->labels ? LABELS_OTHER : (uint32_t)label;
        uint64_t *set = &sets->sets[label * audience->words];
        for (size_t i = 0; i < policy->count; i++) {
            const struct policy_rule *rule = &policy->rules[i];
            bool speaks = rule->enabled && labels_match(&rule->wanted[dimension], number);
            set[i / AUDIENCE_WORD_BITS] |= (uint64_t)speaks << i % AUDIENCE_WORD_BITS;
        }
    }
}

void audience_make(struct audience *audience, const struct policy *policy)
{
    // One more word than is full, so that the count of rules is a place too.
    *audience = (struct audience){.count = policy->count, .words = policy->count / AUDIENCE_WORD_BITS + 1};
    audience->begun = heap_allocate(audience->words, sizeof *audience->begun);
    for (size_t i = 0; i < POLICY_DIMENSIONS; i++) {
        fill(audience, policy, (enum policy_dimension)i);
    }
}

void audience_free(struct audience *audience)
{
    for (size_t i = 0; i < POLICY_DIMENSIONS; i++) {
        free(audience->dimensions[i].sets);
    }
    free(audience->begun);
}

void audience_begin(struct audience *audience, const uint32_t labels[POLICY_DIMENSIONS])
{
    const uint64_t *sets[POLICY_DIMENSIONS];
    for (size_t i = 0; i < POLICY_DIMENSIONS; i++) {
        const struct audience_sets *all = &audience->dimensions[i];
        size_t label = labels[i] == LABELS_OTHER ? all->labels : labels[i];
        sets[i] = &all->sets[label * audience->words];
    }
    for (size_t word = 0; word < audience->words; word++) {
        audience->begun[word] = sets[POLICY_SEGMENT][word] & sets[POLICY_STAGE][word] & sets[POLICY_TIER][word];
    }
}
