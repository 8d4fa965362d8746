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
#include "person.h"
#include "policy.h"
#include "provisions.h"
#include "row.h"
#include "slice.h"
#include "table.h"
#include "touches.h"
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

// Rows whose zone is not known.
size_t people_unknown_zones(const struct people *people);

// The gaps of all rows begun so far; NULL when no rule is a win-back.
struct gaps *people_gaps(const struct people *people);

// Takes a row: its customer, labels and gaps. False when it was refused or left out.
bool people_begin(struct people *people, const struct row *row);

// Whose row it is, which lives until the next, and whether he may be contacted: CANDIDATE_DUE, CANDIDATE_OPTED_OUT or
// CANDIDATE_PAUSED.
const struct person *people_person(const struct people *people);
enum candidate_verdict people_held(const struct people *people);
enum candidate_verdict people_held_on(const struct people *people, int32_t day);

enum people_result {
    PEOPLE_CANDIDATE,
    PEOPLE_END,     // of the rules
    PEOPLE_REFUSED, // the row; what its rules gave before counts no more
};

// The next candidate that the row and a rule make, in the order of the rules; with everything its steps ask for when
// its verdict is CANDIDATE_DUE. Its texts are views of the row.
enum people_result people_next(struct people *people, struct candidate *candidate);

#endif
