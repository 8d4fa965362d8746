// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * limits: what holds over all contacts of a run: the order in which they are printed, and how many an owner gets.
 */
#ifndef LIMITS_H
#define LIMITS_H

#include <stddef.h>

#include "candidate.h"
#include "history.h"

struct limits {
    const struct history *history; // NULL: no ledger
    size_t contacts;               // of an owner in a day; 0: any
};

// Puts candidates that are due into the order of printing, and defers those beyond a limit: they stand behind the
// others, which are counted. What earlier runs of the day printed counts too.
size_t limits_apply(const struct limits *limits, struct candidate *items, size_t count);

#endif
