// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * plan: the steps of a funnel as the user gave them.
 */
#ifndef PLAN_H
#define PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "options.h"
#include "period.h"
#include "slice.h"
#include "text.h"

enum plan_kind {
    PLAN_EVENT,      // rows whose event has the step's name
    PLAN_EXPRESSION, // rows of which the expression is true
    PLAN_EVERY,      // every row: the expression is just 'true'
    PLAN_COLUMN,     // a date in the column of the step's name
};

struct plan_step {
    struct slice name;
    enum plan_kind kind;
    struct slice option;     // PLAN_EXPRESSION: the whole value of -s
    struct slice expression; // and the part of it behind the colon
    bool optional;           // NAME?
    bool has_window;         // NAME@7d
    struct period window;    // above zero
};

// Events of this name end attempts that are at a step from `from` up to, not including, `to`, both from 1.
struct plan_exclusion {
    struct slice name;
    size_t from;
    size_t to;
};

// The zero value has no steps.
struct plan {
    struct plan_step *steps;
    size_t count;
    size_t capacity;
    struct plan_exclusion *exclusions;
    size_t exclusion_count;
    size_t exclusion_capacity;
    struct arena arena;
};

// Reads --steps, then every -s, or else --wide-steps; NULL where not given. All must outlive the plan. False, and
// *problem says why, when that gives no plan of 1 to ATTEMPT_STEPS steps.
bool plan_read(struct plan *plan, const char *steps, const struct option_list *expressions, const char *wide,
               struct text *problem);

// Reads the values of --exclude, NAME or NAME@i-j, several parted by commas, into a plan that has its steps. False, and
// *problem says why, when they are none or name steps that are not there.
bool plan_exclude(struct plan *plan, const struct option_list *values, struct text *problem);

void plan_free(struct plan *plan);

#endif
