// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * person: what a row says of a customer whatever the rule, and all his candidates share.
 */
#ifndef PERSON_H
#define PERSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "cap.h"
#include "policy.h"
#include "slice.h"
#include "zones.h"

#define PERSON_NO_DAY INT32_MIN

// A limit that stands in a customer's row.
struct person_cap {
    struct cap cap;
    struct slice text; // "max_contacts 1/14d"
};

// Texts may be views of the row. What stands below is known once a rule matches the row.
struct person {
    size_t order; // of the row in the input, which tells rows apart
    struct slice customer;
    struct slice encoded; // the same as in keys
    uint64_t hash;        // by which the ledger looks for him, once it was told to expect him
    bool opted_out;
    int32_t paused_until;            // PERSON_NO_DAY: not paused
    const struct zones_place *place; // where he lives; NULL: where the run is made
    bool place_unknown;              // his zone is not known, so it is the run's

    uint32_t labels[POLICY_DIMENSIONS];    // their numbers by the provisions, where there are some
    const struct person_cap *max_contacts; // NULL: none
    const struct slice *kept;              // cells to be printed with his contacts
    size_t kept_count;
};

// Copies his texts into the arena.
void person_keep(struct person *person, struct arena *arena);

#endif
