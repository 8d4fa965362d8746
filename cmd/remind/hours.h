// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * hours: at what time of day a candidate is to be contacted, in the customer's own zone, and never in quiet hours.
 *
 * A contact is planned for the time of its rule on its day; one whose time is past, or that has none, is made now. The
 * one that counts is moved to the end of the quiet hours it lies in. Knows the zones of customers by their places.
 */
#ifndef HOURS_H
#define HOURS_H

#include <stdint.h>

#include "candidate.h"
#include "provisions.h"

// Sets the planned time of a candidate that is due; where that is quiet, `due` and the time move. `provisions` NULL:
// only rules have quiet hours.
void hours_plan(struct provisions *provisions, struct candidate *candidate);

// After hours_plan: CANDIDATE_DUE, or CANDIDATE_QUIET when it can only be made on a later day than the customer's
// today.
enum candidate_verdict hours_decide(struct provisions *provisions, struct candidate *candidate);

#endif
