// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * steps_count: everybody told of once, or once an attempt, then the rows of each group, which are checked.
 */
#include <stdlib.h>

#include "groups.h"
#include "heap.h"
#include "map.h"
#include "program.h"
#include "significance.h"
#include "steps.h"

static void count_attempt(void *context, const struct trails_attempt *attempt)
{
    struct steps *steps = context;
    struct tally_person person; // not all of it is cleared: it has room for as many times as there may be steps
    uint32_t group;
    person.level = attempt->level;
    person.taken = attempt->taken;
    person.open = attempt->open;
    person.value = 0;
    if (!whose_group(&steps->whose, &steps->intake->groups, attempt, &group)) {
        return;
    }
    for (size_t i = 0; i < attempt->level; i++) {
        if ((attempt->taken >> i & 1) != 0) {
            person.times[i] = attempt->steps[i].time - attempt->steps[0].time;
            person.value += attempt->steps[i].amount;
        }
    }
    tally_add(&steps->tally, group, &person);
}

void steps_count(struct steps *steps)
{
    struct trails_visitor visitor = {.each = steps->settings->count == STEPS_ATTEMPTS,
                                     .apart = steps->whose.kind == WHOSE_ALL,
                                     .visit = count_attempt,
                                     .context = steps};
    for (size_t i = 0; i < trails_count(steps->intake->trails); i++) {
        trails_visit(steps->intake->trails, i, steps->intake->now, &visitor);
    }
}

const struct money_sum *steps_cost(const struct steps *steps, uint32_t group)
{
    bool by = steps->intake->groups.count > 0;
    return by ? spend_on(&steps->spend, groups_value(&steps->intake->groups, group, 0)) : &steps->spend.total;
}

size_t steps_group_count(const struct steps *steps)
{
    return steps->intake->groups.count > 0 ? steps->tally.count : 1;
}

bool steps_has_rows(const struct steps *steps, uint32_t group)
{
    bool by = steps->intake->groups.count > 0;
    return !by || tally_people(&steps->tally, group) > 0 ||
           (steps->settings->costs != NULL && steps_cost(steps, group) != NULL);
}

// Each group's share of a step against that of all others together.
static void compare_step(struct steps *steps, size_t step)
{
    size_t groups = steps_group_count(steps);
    size_t step_count = steps->tally.steps;
    double *values = heap_allocate(groups, sizeof *values);
    uint64_t people = 0;
    uint64_t hits = 0;
    for (size_t i = 0; i < groups; i++) {
        people += steps->rows[i * step_count].people;
        hits += steps->rows[i * step_count + step].people;
    }
    size_t tests = 0;
    for (size_t i = 0; i < groups; i++) {
        uint64_t own = steps->rows[i * step_count].people;
        uint64_t own_hits = steps->rows[i * step_count + step].people;
        if (own > 0 && own < people) {
            values[tests++] = significance_fisher(own_hits, own, hits - own_hits, people - own);
        }
    }
    significance_holm(values, tests);
    for (size_t i = groups; i > 0; i--) {
        uint64_t own = steps->rows[(i - 1) * step_count].people;
        steps->p_values[(i - 1) * step_count + step] = own > 0 && own < people ? values[--tests] : -1;
    }
    free(values);
}

void steps_add_idle_channels(struct steps *steps)
{
    struct money_sum idle = {.micros = 0};
    size_t channels = 0;
    for (uint32_t i = 0; i < map_count(steps->spend.channels); i++) {
        uint32_t group = groups_add(&steps->intake->groups, map_key(steps->spend.channels, i));
        if (tally_people(&steps->tally, group) == 0) {
            const struct money_sum *cost = map_value(steps->spend.channels, i);
            money_add_sum(&idle, *cost);
            channels++;
            tally_step(&steps->tally, group, 0);
        }
    }
    if (channels > 0) {
        char amount[MONEY_SIZE];
        amount[money_print(amount, idle)] = '\0';
        diag_note(program_diag(steps->intake->program), "%s of the costs is for %zu channel%s that nobody began with",
                  amount, channels, channels == 1 ? "" : "s");
    }
}

bool steps_tell(struct steps *steps)
{
    size_t step_count = steps->tally.steps;
    size_t groups = steps_group_count(steps);
    steps->rows = heap_allocate(groups * step_count, sizeof *steps->rows);
    steps->p_values = heap_allocate(groups * step_count, sizeof *steps->p_values);
    for (size_t i = 0; i < groups; i++) {
        struct tally_row *rows = &steps->rows[i * step_count];
        for (size_t step = 0; step < step_count; step++) {
            rows[step] = tally_step(&steps->tally, i, step);
        }
        size_t breach = tally_breach(&steps->tally, rows);
        if (breach < step_count) {
            diag_error("step %zu: people are not conserved (a fault of this program)", breach + 1);
            return false;
        }
    }
    for (size_t step = 1; step < step_count && steps->settings->compare; step++) {
        compare_step(steps, step);
    }
    return true;
}

void steps_free(struct steps *steps)
{
    spend_free(&steps->spend);
    tally_free(&steps->tally);
    free(steps->rows);
    free(steps->p_values);
}
