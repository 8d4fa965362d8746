// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * steps: what a candidate goes through by itself: due, stop, ledger, grace, quiet hours. What holds over all of them
 * (limits) comes later.
 *
 * Cheap questions first: the day is calculated before the ledger is asked, and the first step that says no is the last.
 */
#ifndef STEPS_H
#define STEPS_H

#include <stdint.h>

#include "candidate.h"
#include "candidates.h"
#include "gaps.h"
#include "held.h"
#include "history.h"
#include "person.h"
#include "provisions.h"
#include "slice.h"

struct steps_options {
    int32_t today;                 // of candidates that have no place of their own
    const struct history *history; // NULL: no ledger
    struct gaps *gaps;             // NULL when no rule is a win-back
    struct provisions *provisions; // NULL: no quiet hours but those of rules
    struct slice explain;          // the customer whose every day is calculated; empty: none
    const struct held *held;       // those known so far
    struct candidates *missed; // gets the occurrences whose day went by without a contact; of no use without a ledger
};

struct steps;

// All is borrowed.
struct steps *steps_create(const struct steps_options *options);
void steps_free(struct steps *steps);

// As in trail.h.
void steps_expect(const struct steps *steps, struct person *person);
void steps_approach(const struct steps *steps, const struct person *person);
void steps_begin(struct steps *steps, const struct person *person);

// No customer's own gap will be added any more: those that wait for a median can be decided.
void steps_know_gaps(struct steps *steps);

// Takes a candidate whose verdict is CANDIDATE_DUE as far as it goes, and sets its verdict.
void steps_take(struct steps *steps, struct candidate *candidate);

#endif
