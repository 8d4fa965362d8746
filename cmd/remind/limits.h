// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * limits: what holds over all contacts of a run: the order in which they are printed, how many a customer gets (caps),
 * and how many, or how many minutes, an owner gets (workload).
 *
 * What is beyond a limit is put off, never dropped. Limits of customers count the contacts of the ledger, those made
 * elsewhere and those of this run that come earlier in the order; limits of owners the ledger's and this run's.
 */
#ifndef LIMITS_H
#define LIMITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "candidate.h"
#include "entry.h"
#include "history.h"
#include "policy.h"
#include "provisions.h"
#include "touches.h"

struct limits_options {
    const struct history *history; // NULL: no ledger
    size_t contacts;               // of an owner in a day, whatever the provisions say; 0: any
    int32_t today;
    struct provisions *provisions; // NULL: none, then the others are not used
    const struct policy *policy;   // all rules of candidates are of it
    const struct touches *touches; // NULL: none
};

struct limits;

// All is borrowed.
struct limits *limits_create(const struct limits_options *options);
void limits_free(struct limits *limits); // NULL is allowed

// Tells whose contacts will be asked about: candidates that are due, with their keys. *begins is the first day of the
// ledger that matters; false when none of it does.
bool limits_expect(struct limits *limits, struct candidate *const *items, size_t count, int32_t *begins);

// Then takes the entries of the ledger since that day, in their order.
void limits_play(struct limits *limits, const struct entry *entry);

// Puts candidates, which come in the order of the input, into the order of printing, and defers those beyond a limit,
// and those whose verdict says that they are put off already: they stand behind the others, which are counted.
size_t limits_apply(struct limits *limits, struct candidate **items, size_t count);

#endif
