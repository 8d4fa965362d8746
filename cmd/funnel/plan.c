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

// Parts "text" + "?" from its end. Gives the part before.
static struct slice take_question(struct slice mark, bool *found)
{
    bool has = slice_ends(mark, slice_of("?"));
    *found = *found || has;
    return has ? slice_trim_value(slice_part(mark, 0, mark.length - 1)) : mark;
}

// What stands behind a name: "?", "@7d", or both in either order.
static bool read_mark(struct slice mark, struct plan_step *step)
{
    mark = take_question(slice_trim_value(mark), &step->optional);
    if (slice_starts(mark, slice_of("?"))) {
        step->optional = true;
        mark = slice_trim_value(slice_part(mark, 1, mark.length));
    }
    if (mark.length == 0) {
        return true;
    }
    step->has_window = slice_starts(mark, slice_of("@")) &&
                       period_read(slice_trim_value(slice_part(mark, 1, mark.length)), &step->window) &&
                       period_positive(step->window);
    return step->has_window;
}

// An unquoted name ends where its marks begin.
static struct slice part_mark(struct name *name)
{
    if (name->quoted) {
        return name->mark;
    }
    size_t at = slice_find(name->text, '@', 0);
    size_t end = at;
    while (end > 0 && (name->text.data[end - 1] == '?' || name->text.data[end - 1] == ' ')) {
        end--;
    }
    struct slice mark = slice_part(name->text, end, name->text.length);
    name->text = slice_trim_value(slice_part(name->text, 0, end));
    return mark;
}

static bool take_name(struct plan *plan, struct slice *rest, char end, const char *option, struct plan_step *step,
                      struct text *problem)
{
    const char *fault;
    struct name name;
    if (!names_take_marked(rest, end, &plan->arena, &name, &fault)) {
        text_format(problem, "%s: %s", option, fault);
        return false;
    }
    struct slice whole = name.text;
    struct slice mark = part_mark(&name);
    if (name.text.length == 0) {
        text_format(problem, "%s: a name is empty", option);
    } else if (!read_mark(mark, step) && name.quoted) {
        text_format(problem, "%s: text after a closing quote is not '?' or a window like '@7d'", option);
    } else if (mark.length > 0 && !step->optional && !step->has_window) {
        text_format(problem, "%s: put '%.*s' in quotes, since what follows its '@' is not a window like '@7d'", option,
                    (int)whole.length, whole.data);
    } else if (step->optional && plan->count == 0) {
        text_format(problem, "%s: the first step cannot be optional ('%.*s')", option, (int)whole.length, whole.data);
    } else if (step->has_window && plan->count == 0) {
        text_format(problem, "%s: the first step has no step before it to be within a window of ('%.*s')", option,
                    (int)whole.length, whole.data);
    } else {
        step->name = name.text;
        return true;
    }
    return false;
}

static bool add_list(struct plan *plan, const char *list, enum plan_kind kind, const char *option, struct text *problem)
{
    struct slice rest = slice_of(list);
    do {
        struct plan_step step = {.kind = kind};
        if (!take_name(plan, &rest, ',', option, &step, problem) || !add_step(plan, step, problem)) {
            return false;
        }
    } while (names_take_end(&rest, ','));
    return true;
}

static bool add_expression(struct plan *plan, const char *value, struct text *problem)
{
    struct slice rest = slice_of(value);
    struct plan_step step = {.kind = PLAN_EVENT, .option = rest};
    if (!take_name(plan, &rest, ':', "-s", &step, problem)) {
        return false;
    }
    if (names_take_end(&rest, ':')) {
        step.expression = slice_trim_value(rest);
        if (step.expression.length == 0) {
            text_format(problem, "-s: no expression behind the colon");
            return false;
        }
        if (slice_equal_fold(step.expression, slice_of("else"))) {
            text_format(problem, "-s: 'else' has no place here, as steps are no rules of which the first wins");
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

// "2-4", both steps of the plan, the second behind the first.
static bool read_range(struct slice text, size_t steps, struct plan_exclusion *exclusion)
{
    size_t values[2] = {0, 0};
    size_t part = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '-' && part == 0 && i > 0) {
            part = 1;
        } else if (text.data[i] >= '0' && text.data[i] <= '9' && values[part] < ATTEMPT_STEPS) {
            values[part] = values[part] * 10 + (size_t)(text.data[i] - '0');
        } else {
            return false;
        }
    }
    exclusion->from = values[0];
    exclusion->to = values[1];
    return values[0] > 0 && values[0] < values[1] && values[1] <= steps;
}

// NAME or NAME@i-j; without a range it is that of all steps.
static bool read_exclusion(struct plan *plan, struct name *name, struct text *problem)
{
    struct plan_exclusion exclusion = {.from = 1, .to = plan->count};
    struct slice mark = part_mark(name);
    mark = slice_part(mark, slice_starts(mark, slice_of("@")) ? 1 : 0, mark.length);
    if (name->text.length == 0) {
        text_format(problem, "--exclude: a name is empty");
        return false;
    }
    if (mark.length > 0 && !read_range(mark, plan->count, &exclusion)) {
        text_format(problem, "--exclude: '%.*s' is no range of two of the %zu steps, as in '@1-2'", (int)mark.length,
                    mark.data, plan->count);
        return false;
    }
    exclusion.name = name->text;
    plan->exclusions =
        heap_grow(plan->exclusions, &plan->exclusion_capacity, plan->exclusion_count + 1, sizeof *plan->exclusions);
    plan->exclusions[plan->exclusion_count++] = exclusion;
    return true;
}

bool plan_exclude(struct plan *plan, const struct option_list *values, struct text *problem)
{
    for (size_t i = 0; i < values->count; i++) {
        struct slice rest = slice_of(values->values[i]);
        do {
            const char *fault;
            struct name name;
            if (!names_take_marked(&rest, ',', &plan->arena, &name, &fault)) {
                text_format(problem, "--exclude: %s", fault);
                return false;
            }
            if (!read_exclusion(plan, &name, problem)) {
                return false;
            }
        } while (names_take_end(&rest, ','));
    }
    return true;
}

void plan_free(struct plan *plan)
{
    free(plan->exclusions);
    free(plan->steps);
    arena_free(&plan->arena);
    *plan = (struct plan){0};
}
