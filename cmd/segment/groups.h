// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * groups: a built-in rule set over scores made into a table: which rule labels each combination of scores.
 *
 * The rules are tested once for every combination, so that a row costs one look-up and the borders stand in one place,
 * the text that --dump prints.
 */
#ifndef GROUPS_H
#define GROUPS_H

#include <stddef.h>

#include "clock.h"
#include "rule.h"

enum {
    GROUPS_BEST = 5,   // scores go from 1 to this; 0 stands for a blank one
    GROUPS_SCORES = 3, // of recency, frequency, monetary value
};

// The names of the columns that the rules speak of.
extern const char *const groups_columns[GROUPS_SCORES];

struct groups;

// Learns the set called `name` (builtin.h), which must be there. The clock is borrowed. Freed by groups_free.
struct groups *groups_create(const char *name, const struct clock *clock);
void groups_free(struct groups *groups);

// The rules behind the groups, for their names and lines.
const struct rules *groups_rules(const struct groups *groups);

// The number of the rule for these scores, each 0 to GROUPS_BEST; RULE_NONE where none is true of them.
size_t groups_find(const struct groups *groups, const unsigned scores[GROUPS_SCORES]);

#endif
