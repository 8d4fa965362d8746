// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * past: the contacts that customers had, for caps to count: by the ledger, elsewhere, and in this run.
 *
 * Keeps only customers that were asked for. A contact counts on the day it was printed, or done if that is later; one
 * that was skipped or snoozed was not made and does not count. At whatever levels it was printed, it is one contact.
 */
#ifndef PAST_H
#define PAST_H

#include <stdbool.h>
#include <stdint.h>

#include "candidate.h"
#include "entry.h"
#include "map.h"
#include "policy.h"
#include "provisions.h"
#include "slice.h"
#include "touches.h"

struct past_contact {
    const struct past_contact *older;        // of the same customer
    uint32_t numbers[PROVISIONS_DIMENSIONS]; // labels of the contact; those of the customer are not set
    int32_t day;                             // in the customer's zone
    int32_t second;
    bool has_time;
    bool counts;
    bool known; // not new
};

struct past;

// All is borrowed. `touches` may be NULL.
struct past *past_create(struct provisions *provisions, const struct policy *policy, const struct touches *touches);
void past_free(struct past *past); // NULL is allowed

// From now on this customer's contacts are kept.
void past_expect(struct past *past, struct slice customer);

// Takes an entry of the ledger, in its order. The first may be one whose contact was printed before.
void past_play(struct past *past, const struct entry *entry);

// A contact of this run, which has its key.
void past_add(struct past *past, const struct candidate *candidate);

// The customer's contacts, NULL for none; and which of them is the candidate's own contact, NULL if none.
const struct past_contact *past_of(const struct past *past, struct slice customer);
const struct past_contact *past_own(const struct past *past, const struct candidate *candidate);

// When the contact of a candidate is made: its time where it has one that is still to come, else its customer's today.
// *second is 0 without a time.
int32_t past_moment(const struct candidate *candidate, bool *has_time, int32_t *second);

// The rule of this id, or NULL when the policy has it no more.
const struct policy_rule *past_rule(const struct past *past, struct slice id);

#endif
