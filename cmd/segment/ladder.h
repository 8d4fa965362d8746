// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * ladder: the stages that stand one above the other, and how a customer moves on them: up at once, down only after a
 * full look-back without the deed.
 *
 * The ladder is prospect, interested, new, repeat, loyal, advocate, core, host. Whoever stands on it keeps the stage
 * while the last day on which the rules gave it is less than a look-back ago. All other labels (paused, lapsed, lost,
 * and a rule set's own) stand beside the ladder: their rules measure the time themselves, so they come and go at once.
 * No input or output here.
 */
#ifndef LADDER_H
#define LADDER_H

#include <stdint.h>

#include "period.h"
#include "slice.h"

// The stages from the lowest up, NULL-terminated.
extern const char *const ladder_stages[];

#define LADDER_BESIDE (-1)

// Position among the stages, LADDER_BESIDE for any other label.
int ladder_position(struct slice label);

struct ladder_standing {
    struct slice stage; // empty: none
    int32_t since;      // the day on which it was given first, without another in between
    int32_t seen;       // the last day on which the rules gave it
};

// Where a customer stands today: `before` is the last standing (NULL: none is known), `found` the label that the rules
// give today (empty: none). Falling is possible on the day on which the look-back, whole days, is over.
struct ladder_standing ladder_step(const struct ladder_standing *before, struct slice found, int32_t today,
                                   struct period look_back);

#endif
