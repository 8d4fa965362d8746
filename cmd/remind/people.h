// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * people: the customers' rows as the rules of a policy see them.
 *
 * Finds columns once, zones too, reads a cell only when a rule that matches asks for it, and a date once a row however
 * many rules count from it. A cell that cannot be read refuses the row, by the table's rules for bad records.
 */
#ifndef PEOPLE_H
#define PEOPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "candidate.h"
#include "cell.h"
#include "gaps.h"
#include "policy.h"
#include "provisions.h"
#include "row.h"
#include "slice.h"
#include "table.h"
#include "touches.h"
#include "turn.h"
#include "zones.h"

struct people_options {
    struct table *table;
    size_t customer;     // column
    size_t opt_out;      // columns, TABLE_NO_COLUMN where there is none
    size_t paused_until; // the same
    int32_t today;
    struct policy *policy;
    const struct cell_forms *forms;
    struct provisions *provisions; // may be NULL, as may the next two
    struct zones *zones;
    const struct touches *touches;
    size_t zone;        // column, or TABLE_NO_COLUMN
    const size_t *kept; // columns to be printed with each contact
    size_t kept_count;
    bool every_rule; // candidates of rules that do not match too, whose verdicts say why
};

struct people;

// The options and all they point to are borrowed.
struct people *people_create(const struct people_options *options);
void people_free(struct people *people);

// The gaps of all rows begun so far; NULL when no rule is a win-back.
struct gaps *people_gaps(const struct people *people);

// Takes a row: its customer, his gaps, and all candidates that he and the rules make, into a turn with room for them.
// Candidates have all that their steps ask for when their verdict is CANDIDATE_DUE. False when the row was refused or
// left out before anything is known of the customer. One that a rule's cell refused (turn->refused) has no candidates,
// though it may still tell that he opted out.
bool people_take(struct people *people, const struct row *row, struct turn *turn);

#endif
