// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * plan: NAME,NAME of --steps and --wide-steps, NAME or NAME: EXPR of -s.
 */
#include "plan.h"

#include <stdlib.h>

#include "attempt.h"
#include "heap.h"
#include "names.h"

static bool add_step(struct plan *plan, struct plan_step step, struct text *problem)
{
    if (plan->count == ATTEMPT_STEPS) {
        text_format(problem, "more than %d steps", ATTEMPT_STEPS);
        return false;
    }
    plan->steps = heap_grow(plan->steps, &plan->capacity, plan->count + 1, sizeof *plan->steps);
    plan->steps[plan->count++] = step;
    return true;
}

// `NAME?` and `NAME@7d` are kept for optional steps and windows of their own.
static bool is_reserved(const struct name *name)
{
    return !name->quoted &&
           (slice_ends(name->text, slice_of("?")) || slice_find(name->text, '@', 0) < name->text.length);
}

static bool take_name(struct plan *plan, struct slice *rest, char end, const char *option, struct slice *text,
                      struct text *problem)
{
    const char *fault;
    struct name name;
    if (!names_take(rest, end, &plan->arena, &name, &fault)) {
        text_format(problem, "%s: %s", option, fault);
        return false;
    }
    if (is_reserved(&name)) {
        text_format(problem, "%s: put '%.*s' in quotes, since it ends in '?' or has an '@'", option,
                    (int)name.text.length, name.text.data);
        return false;
    }
    *text = name.text;
    return true;
}

static bool add_list(struct plan *plan, const char *list, enum plan_kind kind, const char *option, struct text *problem)
{
    struct slice rest = slice_of(list);
    do {
        struct plan_step step = {.kind = kind};
        if (!take_name(plan, &rest, ',', option, &step.name, problem) || !add_step(plan, step, problem)) {
            return false;
        }
    } while (names_take_end(&rest, ','));
    return true;
}

static bool add_expression(struct plan *plan, const char *value, struct text *problem)
{
    struct slice rest = slice_of(value);
    struct plan_step step = {.kind = PLAN_EVENT, .option = rest};
    if (!take_name(plan, &rest, ':', "-s", &step.name, problem)) {
        return false;
    }
    if (names_take_end(&rest, ':')) {
        step.expression = slice_trim_value(rest);
        if (step.expression.length == 0) {
            text_format(problem, "-s: no expression behind the colon");
            return false;
        }
        step.kind = slice_is(step.expression, "true") ? PLAN_EVERY : PLAN_EXPRESSION;
    }
    return add_step(plan, step, problem);
}

bool plan_read(struct plan *plan, const char *steps, const struct option_list *expressions, const char *wide,
               struct text *problem)
{
    if (wide != NULL) {
        if (steps != NULL || expressions->count > 0) {
            text_format(problem, "--wide-steps names all the steps: leave --steps and -s away");
            return false;
        }
        return add_list(plan, wide, PLAN_COLUMN, "--wide-steps", problem);
    }
    if (steps != NULL && !add_list(plan, steps, PLAN_EVENT, "--steps", problem)) {
        return false;
    }
    for (size_t i = 0; i < expressions->count; i++) {
        if (!add_expression(plan, expressions->values[i], problem)) {
            return false;
        }
    }
    if (plan->count == 0) {
        text_format(problem, "which steps? name them with --steps=NAME,NAME or -s 'NAME: EXPR'");
    }
    return plan->count > 0;
}

void plan_free(struct plan *plan)
{
    free(plan->steps);
    arena_free(&plan->arena);
    *plan = (struct plan){0};
}
