// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * coverage: a square of counters, by the rule that is true and the rule that wins.
 */
#include "coverage.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "heap.h"

struct coverage {
    size_t rules;
    size_t conditions;
    uint64_t *taken; // [rule][winner]: rows of which `rule` is true and that `winner` takes
    uint64_t *alone;
    uint64_t none;
    uint64_t several;
};

struct coverage *coverage_create(size_t rules, size_t conditions)
{
    struct coverage *coverage = heap_allocate(1, sizeof *coverage);
    coverage->rules = rules;
    coverage->conditions = conditions;
    coverage->taken = heap_allocate(rules * rules, sizeof *coverage->taken);
    coverage->alone = heap_allocate(rules, sizeof *coverage->alone);
    return coverage;
}

void coverage_free(struct coverage *coverage)
{
    free(coverage->taken);
    free(coverage->alone);
    free(coverage);
}

static void add_rest(struct coverage *coverage)
{
    size_t rest = coverage->conditions;
    if (rest == coverage->rules) {
        coverage->none++;
        return;
    }
    coverage->taken[rest * coverage->rules + rest]++;
    coverage->alone[rest]++;
}

void coverage_add(struct coverage *coverage, const bool *truths)
{
    size_t winner = coverage->rules;
    size_t count = 0;
    for (size_t i = 0; i < coverage->conditions; i++) {
        if (truths[i]) {
            winner = count == 0 ? i : winner;
            coverage->taken[i * coverage->rules + winner]++;
            count++;
        }
    }
    if (count == 0) {
        add_rest(coverage);
    } else if (count == 1) {
        coverage->alone[winner]++;
    } else {
        coverage->several++;
    }
}

uint64_t coverage_matched(const struct coverage *coverage, size_t rule)
{
    uint64_t sum = 0;
    for (size_t winner = 0; winner <= rule; winner++) {
        sum += coverage->taken[rule * coverage->rules + winner];
    }
    return sum;
}

uint64_t coverage_alone(const struct coverage *coverage, size_t rule)
{
    return coverage->alone[rule];
}

size_t coverage_shadow(const struct coverage *coverage, size_t rule)
{
    const uint64_t *taken = coverage->taken + rule * coverage->rules;
    size_t shadow = COVERAGE_REACHED;
    if (taken[rule] > 0) {
        return COVERAGE_REACHED;
    }
    for (size_t winner = 0; winner < rule; winner++) {
        if (taken[winner] > (shadow == COVERAGE_REACHED ? 0 : taken[shadow])) {
            shadow = winner;
        }
    }
    return shadow;
}

uint64_t coverage_none(const struct coverage *coverage)
{
    return coverage->none;
}

uint64_t coverage_several(const struct coverage *coverage)
{
    return coverage->several;
}
