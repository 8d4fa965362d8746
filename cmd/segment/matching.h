// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * matching: the rows of a table handed to what labels them by rules, and what is said of cells that rules cannot read.
 *
 * Rows stream, but where a rule asks of a whole column (pct, rank, q, mean, sd, share) they are kept, and looked at
 * twice.
 */
#ifndef MATCHING_H
#define MATCHING_H

#include <stdbool.h>
#include <stddef.h>

#include "program.h"
#include "rule.h"
#include "sheet.h"

// The caller sets what it is about; matching_free frees the rules and the rows kept.
struct matching {
    struct program *program;
    struct table *table;
    struct rules *rules;
    struct sheet sheet;
};

void matching_free(struct matching *matching);

// Hands every row to `use` until that returns false or the table stops.
void matching_each(struct matching *matching, bool (*use)(void *state, const struct row *row), void *state);

// Refuses a row for the cell that a rule could not read; RULE_NONE: a function over the whole column.
void matching_refuse(struct matching *matching, const struct row *row, const struct expression_fault *fault,
                     size_t rule);

// Says how many cells --bad=missing passed over, if any.
void matching_tell_missed(const struct matching *matching);

#endif
