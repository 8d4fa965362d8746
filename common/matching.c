// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * matching: see matching.h.
 */
#include "matching.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "complaints.h"
#include "heap.h"
#include "text.h"

void matching_free(struct matching *matching)
{
    rules_free(matching->rules);
    sheet_free(&matching->sheet);
    arena_free(&matching->arena);
}

// "-e", "-e[2]": what a rule is called in messages.
static const char *name_of_text(struct matching *matching, size_t index)
{
    char name[48] = "-e";
    if (index > 0) {
        snprintf(name, sizeof name, "-e[%zu]", index + 1);
    }
    return arena_copy(&matching->arena, slice_of(name)).data;
}

static bool read_files(struct matching *matching, const struct option_list *files, struct slice *sources)
{
    for (size_t i = 0; i < files->count; i++) {
        if (!program_file(matching->program, files->values[i], &sources[i])) {
            return false;
        }
    }
    return true;
}

// False, with all that is wrong with the rules said and the table stopped.
static bool compile(struct matching *matching, const struct matching_rules *wanted, const struct slice *sources)
{
    struct complaints complaints = {0};
    matching->rules = rules_create(&matching->scope);
    if (wanted->points) {
        rules_expect_points(matching->rules);
    }
    for (size_t i = 0; i < wanted->files->count; i++) {
        const char *path = wanted->files->values[i];
        rules_add(matching->rules, sources[i], strcmp(path, "-") == 0 ? "stdin" : path, &complaints);
    }
    for (size_t i = 0; i < wanted->texts->count; i++) {
        rules_add(matching->rules, slice_of(wanted->texts->values[i]), name_of_text(matching, i), &complaints);
    }
    bool good = complaints.count == 0;
    complaints_print(&complaints);
    complaints_free(&complaints);
    if (!good) {
        table_stop(matching->table, STATUS_USAGE);
    } else if (rules_count(matching->rules) == 0) {
        good = false;
        table_stop(matching->table, program_wrong(matching->program, "there is no rule in what -f and -e give"));
    }
    return good;
}

static bool open_table(struct matching *matching, const struct matching_rules *wanted, const struct slice *sources)
{
    matching->table = program_input(matching->program);
    if (table_stopped(matching->table)) {
        return false;
    }
    matching->scope = (struct expression_scope){
        .columns = table_columns(matching->table),
        .forms = table_forms(matching->table),
        .clock = program_clock(matching->program),
        .whole_column = true,
        .bad_is_missing = wanted->bad_is_missing,
    };
    return compile(matching, wanted, sources);
}

bool matching_open(struct matching *matching, const struct matching_rules *wanted, enum status *status)
{
    struct slice *sources = heap_allocate(wanted->files->count, sizeof *sources);
    bool good = false;
    if (!read_files(matching, wanted->files, sources)) {
        *status = STATUS_SYSTEM;
    } else {
        good = open_table(matching, wanted, sources);
        *status = table_status(matching->table);
    }
    free(sources);
    return good;
}

void matching_refuse(struct matching *matching, const struct row *row, const struct expression_fault *fault,
                     size_t rule)
{
    struct text reason = {0};
    text_append_string(&reason, fault->reason);
    if (rule == RULE_NONE) {
        text_append_string(&reason, ", as a function over the whole column asks");
    } else {
        struct slice name = rules_name(matching->rules, rule);
        text_format(&reason, ", as rule '%.*s' asks (%s:%llu)", (int)name.length, name.data,
                    rules_file(matching->rules, rule), (unsigned long long)rules_line(matching->rules, rule));
    }
    table_refuse(matching->table, row, fault->column, text_string(&reason));
    text_free(&reason);
}

// The first pass of rules that ask of whole columns.
static void gather(struct matching *matching)
{
    struct row row;
    struct expression_fault fault;
    diag_detail(program_diag(matching->program), "rules ask of whole columns: the rows are kept in memory");
    while (table_next(matching->table, &row)) {
        if (rules_gather_row(matching->rules, &row, &fault)) {
            sheet_add(&matching->sheet, &row);
        } else {
            matching_refuse(matching, &row, &fault, RULE_NONE);
        }
    }
    rules_settle(matching->rules);
}

void matching_each(struct matching *matching, bool (*use)(void *state, const struct row *row), void *state)
{
    struct row row;
    if (!rules_gather(matching->rules)) {
        while (table_next(matching->table, &row) && use(state, &row)) {
        }
        return;
    }
    gather(matching);
    for (size_t i = 0; i < matching->sheet.count && !table_stopped(matching->table); i++) {
        sheet_row(&matching->sheet, i, &row);
        if (!use(state, &row)) {
            return;
        }
    }
}

void matching_tell_missed(const struct matching *matching)
{
    size_t missed = rules_missed(matching->rules);
    if (missed > 0) {
        struct rules_miss first = rules_first_missed(matching->rules);
        struct slice column = table_columns(matching->table)->names[first.column];
        diag_note(program_diag(matching->program),
                  "cells that could not be read count as missing: %zu (first: %s:%llu, column '%.*s')", missed,
                  first.file, (unsigned long long)first.line, (int)column.length, column.data);
    }
}
