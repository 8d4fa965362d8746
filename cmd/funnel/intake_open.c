// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * intake_open: the tables opened, and the steps, groups and amounts found in each header.
 */
#include "arena.h"
#include "clock.h"
#include "complaints.h"
#include "heap.h"
#include "intake_parts.h"
#include "operand.h"
#include "slice.h"
#include "table.h"
#include "text.h"
#include "zone.h"

static bool open_source(struct intake *intake, struct table *table, struct slice word)
{
    struct source *source = &intake->sources[intake->source_count++];
    source->table = table;
    source->word = word;
    return source_open(source, &intake->plan, &intake->settings->columns, &intake->arena);
}

// A column that the user names need not be in every export, but in one of them.
static bool names_are_somewhere(const struct intake *intake)
{
    const struct source_columns *columns = &intake->settings->columns;
    bool customer = columns->customer == NULL;
    bool time = columns->time == NULL;
    for (size_t i = 0; i < intake->source_count; i++) {
        customer = customer || source_has(&intake->sources[i], columns->customer);
        time = time || source_has(&intake->sources[i], columns->time);
    }
    size_t index;
    struct table *first = intake->sources[0].table;
    return (customer || table_column(first, columns->customer, "--customer", &index)) &&
           (time || table_column(first, columns->time, "--time", &index));
}

static bool open_exports(struct intake *intake)
{
    for (size_t i = 0; i < program_operand_count(intake->program); i++) {
        const char *operand = program_operand(intake->program, i);
        struct slice word = operand_word(operand);
        const char *path = operand_path(operand);
        if (!open_source(intake, program_input_files(intake->program, &path, 1), word)) {
            return false;
        }
        vocabulary_see(&intake->vocabulary, word); // known without a row
    }
    return names_are_somewhere(intake);
}

static bool has_words(const struct program *program)
{
    return program_operand_count(program) > 0 && operand_word(program_operand(program, 0)).length > 0;
}

// Every table is opened before any is read, so that a wrong header is told at once.
static bool open_sources(struct intake *intake)
{
    intake->sources = heap_allocate(program_operand_count(intake->program) + 1, sizeof *intake->sources);
    if (has_words(intake->program)) {
        return open_exports(intake);
    }
    return open_source(intake, program_input(intake->program), (struct slice){NULL, 0});
}

// The column of --amount, which must be in one of the tables.
static bool find_amounts(struct intake *intake)
{
    const char *name = intake->settings->amount;
    bool found = name == NULL;
    for (size_t i = 0; i < intake->source_count && name != NULL; i++) {
        struct source *source = &intake->sources[i];
        if (source_has(source, name)) {
            found = table_column(source->table, name, "--amount", &source->amount);
        }
    }
    size_t index;
    return found || table_column(intake->sources[0].table, name, "--amount", &index);
}

// A step's expression must fit one of the tables; in the others no row matches it.
static void compile_step(struct intake *intake, size_t step, struct complaints *complaints)
{
    const struct clock *clock = program_clock(intake->program);
    bool fits = false;
    for (size_t i = 0; i < intake->source_count; i++) {
        struct complaints unused = {0};
        fits = source_compile(&intake->sources[i], &intake->plan, step, clock, &intake->arena, &unused) || fits;
        complaints_free(&unused);
    }
    if (!fits) {
        source_compile(&intake->sources[0], &intake->plan, step, clock, &intake->arena, complaints);
    }
}

static bool compile_steps(struct intake *intake)
{
    struct complaints complaints = {0};
    for (size_t i = 0; i < intake->plan.count; i++) {
        if (intake->plan.steps[i].kind == PLAN_EXPRESSION) {
            compile_step(intake, i, &complaints);
        } else if (intake->plan.steps[i].kind == PLAN_EVERY) {
            intake->every |= UINT64_C(1) << i;
        }
    }
    bool right = complaints.count == 0;
    complaints_print(&complaints);
    complaints_free(&complaints);
    return right;
}

// The name of a column of --by as a header has it. False, said, when no table has the column.
static bool name_group(struct intake *intake, size_t column)
{
    struct slice *name = &intake->groups.names[column];
    for (size_t i = 0; i < intake->source_count; i++) {
        const struct source *source = &intake->sources[i];
        if (source->groups[column] != TABLE_NO_COLUMN) {
            *name = slice_trim_value(table_columns(source->table)->names[source->groups[column]]);
            return true;
        }
    }
    size_t index;
    return table_column(intake->sources[0].table, arena_copy(&intake->arena, *name).data, "--by", &index);
}

static bool find_groups(struct intake *intake, const char *by)
{
    const char *problem;
    if (!groups_read(&intake->groups, by, &intake->arena, &problem)) {
        program_wrong(intake->program, "--by: %s", problem);
        return false;
    }
    for (size_t i = 0; i < intake->source_count; i++) {
        source_find_groups(&intake->sources[i], intake->groups.names, intake->groups.count, &intake->arena);
    }
    for (size_t i = 0; i < intake->groups.count; i++) {
        if (!name_group(intake, i)) {
            return false;
        }
    }
    return true;
}

static void create_trails(struct intake *intake)
{
    struct trails_options options = {.rules = intake->rules,
                                     .sorted = intake->settings->sorted,
                                     .follow = intake->wishes.follow,
                                     .whole = intake->wishes.whole};
    intake->keeps_all = intake->wishes.follow || intake->rules.order == ATTEMPT_ADJACENT;
    intake->trails = trails_create(&options);
}

enum status intake_open(struct intake *intake, const struct intake_settings *settings, struct program *program,
                        const char *by, bool follow)
{
    return intake_open_for(intake, settings, program, &(struct intake_wishes){.by = by, .follow = follow});
}

enum status intake_open_for(struct intake *intake, const struct intake_settings *settings, struct program *program,
                            const struct intake_wishes *wishes)
{
    const struct clock *clock = program_clock(program);
    *intake = (struct intake){.settings = settings, .program = program, .wishes = *wishes};
    intake->now = zone_to_instant(clock->zone, clock->now);
    if (!intake_read_terms(settings, program, &intake->plan, &intake->rules)) {
        return STATUS_USAGE;
    }
    vocabulary_open(&intake->vocabulary, &intake->plan, wishes->follow);
    intake->nameless.number = VOCABULARY_NONE;
    create_trails(intake);
    if (!open_sources(intake)) {
        return intake_fault(intake);
    }
    bool fits =
        (wishes->by == NULL || find_groups(intake, wishes->by)) && find_amounts(intake) && compile_steps(intake);
    return fits ? STATUS_DONE : STATUS_USAGE;
}
