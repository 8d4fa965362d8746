// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * source: roles and columns are found once; a row is then looked at by position. Streams.
 */
#include "source.h"

#include "roles.h"
#include "text.h"

static bool needs_event(const struct plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        if (plan->steps[i].kind == PLAN_EVENT) {
            return true;
        }
    }
    return false;
}

static bool open_wide(struct source *source, const struct plan *plan, struct arena *arena)
{
    source->dates = arena_allocate(arena, plan->count * sizeof *source->dates);
    for (size_t i = 0; i < plan->count; i++) {
        const char *name = arena_copy(arena, plan->steps[i].name).data;
        if (!table_column(source->table, name, "--wide-steps", &source->dates[i])) {
            return false;
        }
    }
    return true;
}

static bool open_event(struct source *source, const struct plan *plan, const char *name)
{
    if (needs_event(plan)) {
        return table_role(source->table, ROLE_EVENT, name, &source->event);
    }
    return table_optional_role(source->table, ROLE_EVENT, name, &source->event);
}

bool source_has(const struct source *source, const char *name)
{
    size_t index;
    struct text problem = {0};
    bool found = columns_find(table_columns(source->table), slice_of(name), &index, &problem);
    text_free(&problem);
    return found;
}

static bool find_role(struct source *source, enum role role, const char *name, size_t *index)
{
    bool by_usual_names = name != NULL && source->word.length > 0 && !source_has(source, name);
    return table_role(source->table, role, by_usual_names ? NULL : name, index);
}

bool source_open(struct source *source, const struct plan *plan, const struct source_columns *columns,
                 struct arena *arena)
{
    source->time = TABLE_NO_COLUMN;
    source->event = TABLE_NO_COLUMN;
    source->amount = TABLE_NO_COLUMN;
    source->plan = plan;
    source->step_count = plan->count;
    source->tests = arena_allocate(arena, plan->count * sizeof *source->tests);
    for (size_t i = 0; i < plan->count; i++) {
        source->tests[i] = NULL;
    }
    if (table_stopped(source->table) || !find_role(source, ROLE_CUSTOMER, columns->customer, &source->customer)) {
        return false;
    }
    if (plan->steps[0].kind == PLAN_COLUMN) {
        return open_wide(source, plan, arena);
    }
    return find_role(source, ROLE_TIME, columns->time, &source->time) &&
           (source->word.length > 0 || open_event(source, plan, columns->event));
}

void source_find_groups(struct source *source, const struct slice *names, size_t count, struct arena *arena)
{
    struct text problem = {0};
    source->groups = arena_allocate(arena, count * sizeof *source->groups);
    for (size_t i = 0; i < count; i++) {
        if (!columns_find(table_columns(source->table), names[i], &source->groups[i], &problem)) {
            source->groups[i] = TABLE_NO_COLUMN;
        }
    }
    text_free(&problem);
}

bool source_compile(struct source *source, const struct plan *plan, size_t step, const struct clock *clock,
                    struct arena *arena, struct complaints *complaints)
{
    const struct plan_step *wanted = &plan->steps[step];
    struct expression_place place = {.file = "-s",
                                     .line = 1,
                                     .column = (uint64_t)(wanted->expression.data - wanted->option.data) + 1,
                                     .whole_line = wanted->option};
    const struct columns *columns = table_columns(source->table);
    source->scope = (struct expression_scope){.columns = columns, .forms = table_forms(source->table), .clock = clock};
    if (source->event != TABLE_NO_COLUMN) {
        source->scope.event = arena_copy(arena, columns->names[source->event]).data;
    }
    source->tests[step] = expression_compile(wanted->expression, &place, &source->scope, arena, complaints);
    source->has_tests = source->has_tests || source->tests[step] != NULL;
    return source->tests[step] != NULL;
}

static void refuse_step(struct source *source, const struct row *row, size_t step, const struct expression_fault *fault)
{
    struct slice name = source->plan->steps[step].name;
    struct text reason = {0};
    text_format(&reason, "%s, as step '%.*s' asks", fault->reason, (int)name.length, name.data);
    table_refuse(source->table, row, fault->column, text_string(&reason));
    text_free(&reason);
}

bool source_test(struct source *source, const struct row *row, uint64_t *steps)
{
    for (size_t i = 0; source->has_tests && i < source->step_count; i++) {
        if (source->tests[i] == NULL) {
            continue;
        }
        struct expression_fault fault;
        enum expression_truth truth = expression_test(source->tests[i], row, &fault);
        if (truth == EXPRESSION_BAD) {
            refuse_step(source, row, i, &fault);
            return false;
        }
        if (truth == EXPRESSION_TRUE) {
            *steps |= UINT64_C(1) << i;
        }
    }
    return true;
}

void source_close(struct source *source)
{
    for (size_t i = 0; i < source->step_count; i++) {
        if (source->tests[i] != NULL) {
            expression_free(source->tests[i]);
        }
    }
}
