// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * timing: on which day a rule falls for a customer: once, periodic, chained, or win-back.
 *
 * Calculates the nominal day of a candidate and fills in what the reason says of it. Keeps nothing.
 */
#ifndef TIMING_H
#define TIMING_H

#include <stdbool.h>
#include <stdint.h>

#include "candidate.h"
#include "gaps.h"
#include "history.h"

struct timing {
    int32_t today;
    const struct history *history; // NULL: no ledger
    struct gaps *gaps;             // NULL when no rule is a win-back
    bool gaps_complete;            // no customer's own gap will be added any more: medians may be asked for
};

// Sets the nominal day of a candidate, and `due` to the same. CANDIDATE_DUE when that day is not after today;
// CANDIDATE_NEEDS_GAP when it depends on a median that is not known yet. The thread of a chained rule's candidate must
// be known.
enum candidate_verdict timing_decide(const struct timing *timing, struct candidate *candidate);

// Moves a candidate of a periodic rule to the occurrence before its own; false when there is none.
bool timing_step_back(struct candidate *candidate);

#endif
