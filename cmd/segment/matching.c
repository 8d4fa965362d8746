// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * matching: see matching.h.
 */
#include "matching.h"

#include "text.h"

void matching_free(struct matching *matching)
{
    rules_free(matching->rules);
    sheet_free(&matching->sheet);
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
