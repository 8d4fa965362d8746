// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * gaps: how many days usually lie between two purchases of a customer, for the win-back rules.
 *
 * Gathers the customers' own gaps by segment; who has none of his own gets the median of his segment, and where nobody
 * there has one 90 days. Keeps 8 bytes a customer with a gap.
 */
#ifndef GAPS_H
#define GAPS_H

#include <stddef.h>
#include <stdint.h>

#include "slice.h"

#define GAPS_UNKNOWN_DAYS 90.0

struct gaps;

enum gaps_source {
    GAPS_OWN,
    GAPS_MEDIAN,  // of the segment
    GAPS_DEFAULT, // GAPS_UNKNOWN_DAYS
};

struct gaps *gaps_create(void);
void gaps_free(struct gaps *gaps);

// The number of a segment.
uint32_t gaps_group(struct gaps *gaps, struct slice segment);

// Adds a customer's own gap, above 0.
void gaps_add(struct gaps *gaps, uint32_t group, double days);

// The gap of those in the group who have none of their own. No gap may be added after this.
double gaps_usual(struct gaps *gaps, uint32_t group, enum gaps_source *source);

#endif
