// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * source: one table of events, and which steps its rows match: a log, the export of one event, or a wide sheet.
 */
#ifndef SOURCE_H
#define SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "complaints.h"
#include "expression.h"
#include "moment.h"
#include "plan.h"
#include "row.h"
#include "slice.h"
#include "table.h"

// The options that name columns; NULL where the user did not.
struct source_columns {
    const char *customer;
    const char *time;
    const char *event;
};

struct source {
    struct table *table;     // borrowed
    const struct plan *plan; // borrowed
    struct slice word;       // of an event's own export; empty otherwise
    size_t customer;         // positions of columns; TABLE_NO_COLUMN where there is none, also below
    size_t time;
    size_t event;
    size_t amount;
    size_t *dates;                 // of a wide sheet: the column of each step, else NULL
    size_t *groups;                // the columns of --by
    struct expression **tests;     // of each step, NULL where it has none or its columns are not here
    struct expression_scope scope; // of the tests
    size_t step_count;
    bool has_tests;
    bool names_tell;       // are all rows with one name of one kind? The intake's
    struct moment_day day; // of the row before
};

// Finds the columns the plan asks for in `table`, which is set, as is `word`. False, said and the table stopped, when
// one is missing. In an event's own export a column that is named but not there is found by its usual names. All of a
// source lives in `arena`, which outlives it.
bool source_open(struct source *source, const struct plan *plan, const struct source_columns *columns,
                 struct arena *arena);

// Is this column there?
bool source_has(const struct source *source, const char *name);

// Finds the columns of --by; one that is not here is noted as such, without a word.
void source_find_groups(struct source *source, const struct slice *names, size_t count, struct arena *arena);

// Compiles the expression of one step. False, and why among the complaints, when it does not fit this table.
bool source_compile(struct source *source, const struct plan *plan, size_t step, const struct clock *clock,
                    struct arena *arena, struct complaints *complaints);

// Sets in *steps the bits of the steps that expressions give this row. False when the row was refused for a cell that
// cannot be read.
bool source_test(struct source *source, const struct row *row, uint64_t *steps);

void source_close(struct source *source);

#endif
