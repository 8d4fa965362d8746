// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rhythms: how many days usually lie between two orders of a customer, by the columns that win-back rules ask.
 *
 * A rule has a column of its own for it, or it is usual_gap, else t_x / x. What customers have is gathered by segment
 * for those who have none (gaps.h).
 */
#ifndef RHYTHMS_H
#define RHYTHMS_H

#include <stdbool.h>
#include <stdint.h>

#include "cell.h"
#include "gaps.h"
#include "policy.h"
#include "row.h"
#include "table.h"

struct rhythms;

// NULL when no rule is a win-back. All is borrowed.
struct rhythms *rhythms_create(struct table *table, const struct policy *policy, const struct cell_forms *forms);
void rhythms_free(struct rhythms *rhythms); // NULL is allowed

// Reads and gathers what a row says. False when it was refused.
bool rhythms_read(struct rhythms *rhythms, const struct row *row);

// What the row has for a win-back rule, 0 when nothing; and the group whose median stands in.
double rhythms_days(const struct rhythms *rhythms, const struct policy_rule *rule, uint32_t *group);

// The gaps of all rows read so far.
struct gaps *rhythms_gaps(const struct rhythms *rhythms);

#endif
