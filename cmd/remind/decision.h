// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * decision: which contacts are due today, in steps: due, stop, ledger, grace, quiet hours for each candidate as it
 * comes, then limits over all that are left, in the order in which they will be printed.
 *
 * A candidate is a customer and a rule that match. It is offered once; what it needs of its row is copied only when it
 * is kept. So memory grows with the contacts of today (and those that wait for a median), not with the customers.
 * Knows nothing of files, tables and output.
 */
#ifndef DECISION_H
#define DECISION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "candidate.h"
#include "candidates.h"
#include "gaps.h"
#include "history.h"
#include "limits.h"
#include "person.h"
#include "provisions.h"
#include "slice.h"

struct decision_options {
    int32_t today;                  // of candidates that have no place of their own
    const struct history *history;  // NULL: no ledger
    struct gaps *gaps;              // NULL when no rule is a win-back
    struct limits *limits;          // NULL: none
    bool of_today;                  // keep only contacts whose day is today, none of an earlier one
    struct provisions *provisions;  // NULL: no quiet hours but those of rules
    struct candidates_texts *texts; // shared by decisions of the same rows, or NULL
    struct slice explain;           // the customer of whom everything is kept; empty: none
};

struct decision;

struct decision *decision_create(const struct decision_options *options);
void decision_free(struct decision *decision);

// Candidates of this person will come: what the ledger knows of him is fetched meanwhile. Half way to them it is
// approached. Worth while a few rows ahead; without a ledger both may be left out.
void decision_expect(const struct decision *decision, struct person *person);
void decision_approach(const struct decision *decision, const struct person *person);

// The next candidates are of this person, who was expected. He is borrowed for them.
void decision_begin(struct decision *decision, const struct person *person);

// Takes a candidate through the steps, which it is used up by. One whose verdict is not CANDIDATE_DUE when it comes
// (match) is only remembered for the explanation.
void decision_offer(struct decision *decision, struct candidate *candidate);

// This customer, in whatever row, is not to be contacted: CANDIDATE_OPTED_OUT or, which gives way to it,
// CANDIDATE_PAUSED.
void decision_hold(struct decision *decision, struct slice customer, enum candidate_verdict held);

// How many customers are so held.
size_t decision_held_count(const struct decision *decision, enum candidate_verdict held);

// After the last offer: decides those that waited. Then decision_all gives, in the order of the input, all
// decision_count that the limits will be asked about.
void decision_gather(struct decision *decision);
struct candidate *const *decision_all(const struct decision *decision);

// Gathers, where that was not done, puts all in order, and applies the limits.
void decision_settle(struct decision *decision);

// What came of it. Contacts due, then (from decision_due_count on) deferred ones, in the order of printing.
size_t decision_due_count(const struct decision *decision);
size_t decision_count(const struct decision *decision);
const struct candidate *decision_at(const struct decision *decision, size_t index);

// Occurrences whose day went by without a contact, to be recorded.
size_t decision_missed_count(const struct decision *decision);
const struct candidate *decision_missed(const struct decision *decision, size_t index);

// Everything about the explained customer, in the order of the rules.
size_t decision_explained_count(const struct decision *decision);
const struct candidate *decision_explained(const struct decision *decision, size_t index);

// Contacts left out because another row of the same customer gave them already.
size_t decision_twice_count(const struct decision *decision);

#endif
