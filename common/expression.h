// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * expression: one expression of the rule language over the cells of a row (regulars-rules(5)).
 *
 * Compiled once against a header, then tested per row without allocating. Beside a number, date or period a cell is
 * read as that; beside text it is text. A blank is unknown beside a number or date (three-valued logic) and the empty
 * text beside text. Functions over the whole column (pct rank q mean sd share) need a first pass: when
 * expression_gathers says so, give every row to expression_gather, then call expression_settle, then test the rows
 * again. Buffers belong to the expression, so it is one thread's at a time.
 *
 * Expressions that are asked about the same rows make a set: what one of them read of a row serves the others.
 */
#ifndef EXPRESSION_H
#define EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "cell.h"
#include "clock.h"
#include "columns.h"
#include "complaints.h"
#include "row.h"
#include "slice.h"

// What an expression may refer to. columns, forms and clock are needed. All is borrowed and must outlive the
// expression.
struct expression_scope {
    const struct columns *columns;
    const struct cell_forms *forms;
    const struct clock *clock;
    bool whole_column;   // may it use functions over the whole column?
    bool bad_is_missing; // --bad=missing: a cell that cannot be read counts as blank, and is counted
    const char *event; // name of the column with which a name that stands as a condition is compared (funnel), or NULL
};

// Where the expression stands, for complaints. Without a `whole_line` the source begins its line.
struct expression_place {
    const char *file;
    uint64_t line;
    uint64_t column;         // of the first byte, from 1
    struct slice whole_line; // the source line it is part of
};

enum expression_truth {
    EXPRESSION_FALSE,
    EXPRESSION_TRUE,
    EXPRESSION_UNKNOWN,
    EXPRESSION_BAD, // a cell is neither blank nor of the kind asked for
};

// After EXPRESSION_BAD: which column, and what was wanted of it ("not a number").
struct expression_fault {
    size_t column;
    const char *reason;
};

struct expression;

// NULL when it does not compile; everything wrong with it was added to `complaints`. Lives in `arena`, but for compiled
// regular expressions and gathered columns, which expression_free gives back.
struct expression *expression_compile(struct slice source, const struct expression_place *place,
                                      const struct expression_scope *scope, struct arena *arena,
                                      struct complaints *complaints);

// NULL is allowed.
void expression_free(struct expression *expression);

// A set and its expressions live in the arena; expression_set_free gives back what else they have, and none of them is
// freed by itself. NULL is allowed there. The scope and the sources are borrowed until then. Two equal sources are one
// expression, which is tested once a row.
struct expression_set;

struct expression_set *expression_set_create(const struct expression_scope *scope, struct arena *arena);
void expression_set_free(struct expression_set *set);
struct expression *expression_set_compile(struct expression_set *set, struct slice source,
                                          const struct expression_place *place, struct complaints *complaints);

// The next questions are about this row; then as expression_test. A cell that one expression found bad makes the row
// bad for those asked after it.
void expression_set_begin(struct expression_set *set, const struct row *row);
enum expression_truth expression_ask(struct expression *expression, struct expression_fault *fault);

bool expression_gathers(const struct expression *expression);
// False (and *fault) on a bad cell.
bool expression_gather(struct expression *expression, const struct row *row, struct expression_fault *fault);
void expression_settle(struct expression *expression);

enum expression_truth expression_test(const struct expression *expression, const struct row *row,
                                      struct expression_fault *fault);

// Cells that --bad=missing passed over so far, each counted once.
size_t expression_missed(const struct expression *expression);

#endif
