// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * whose: whose value of --by counts for an attempt, as --attribute says.
 */
#ifndef WHOSE_H
#define WHOSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "groups.h"
#include "trails.h"

enum whose_kind {
    WHOSE_START, // the event of the first step
    WHOSE_FIRST, // the first event that has a value
    WHOSE_LAST,  // the last one that has
    WHOSE_ALL,   // each value by itself: attempts are then of one value anyway
    WHOSE_STEP,  // the event that serves one step
};

struct whose {
    enum whose_kind kind;
    size_t step; // from 0
};

// "start", "first", "last", "all" or "step:N"; NULL is "start". False when it is nothing of these.
bool whose_read(const char *text, struct whose *whose);

// The group of an attempt of level 1 at least. False when it did not come to the step whose value counts.
bool whose_group(const struct whose *whose, const struct groups *groups, const struct trails_attempt *attempt,
                 uint32_t *group);

#endif
