// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * matching: rules that the user gives with -f and -e, the rows of a table handed to what goes by them, and what is said
 * of cells that rules cannot read.
 *
 * Rows stream, but where a rule asks of a whole column (pct, rank, q, mean, sd, share) they are kept, and looked at
 * twice.
 */
#ifndef MATCHING_H
#define MATCHING_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "diag.h"
#include "expression.h"
#include "options.h"
#include "program.h"
#include "row.h"
#include "rule.h"
#include "sheet.h"
#include "table.h"

// The caller sets the program, and, when he does not use matching_open, table and rules; matching_free frees the rules
// and the rows kept.
struct matching {
    struct program *program;
    struct table *table;
    struct rules *rules;
    struct sheet sheet;
    struct expression_scope scope; // of rules that matching_open read
    struct arena arena;
};

// The rules asked for: the sources of -f, then those of -e.
struct matching_rules {
    const struct option_list *files;
    const struct option_list *texts;
    bool bad_is_missing; // --bad=missing
    bool points;         // rules_expect_points
};

// Opens the table of the run and compiles the rules against it; there is at least one. False, with all that is wrong
// said: *status is what to return.
bool matching_open(struct matching *matching, const struct matching_rules *wanted, enum status *status);

void matching_free(struct matching *matching);

// Hands every row to `use` until that returns false or the table stops.
void matching_each(struct matching *matching, bool (*use)(void *state, const struct row *row), void *state);

// Refuses a row for the cell that a rule could not read; RULE_NONE: a function over the whole column.
void matching_refuse(struct matching *matching, const struct row *row, const struct expression_fault *fault,
                     size_t rule);

// Says how many cells --bad=missing passed over, if any.
void matching_tell_missed(const struct matching *matching);

#endif
