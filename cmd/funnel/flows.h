// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * flows: growth accounting: who was there in each period, and how that came from the period before.
 *
 * Sees numbers only; memory is the caller's.
 */
#ifndef FLOWS_H
#define FLOWS_H

#include <stddef.h>
#include <stdint.h>

#include "visits.h"

struct flow {
    uint64_t active;      // who was there
    uint64_t fresh;       // of these, who was there for the first time
    uint64_t retained;    // of these, who was there in the period before too
    uint64_t resurrected; // of these, who was there earlier, but not in the period before
    uint64_t churned;     // who was there in the period before and is not now
};

// Counts a person in flows[0] to flows[count - 1], the first of which is period `first`. Each of his visits lies there.
void flows_add(struct flow *flows, size_t count, int32_t first, struct visits_page page);

// The first period for which the identity does not hold: active is that of the period before, with the new and the
// resurrected, without the churned; and active is new, retained and resurrected together. `count` when all is well.
size_t flows_breach(const struct flow *flows, size_t count);

// (new + resurrected) / churned; NaN when nobody churned.
double flows_quick_ratio(const struct flow *flow);

#endif
