// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * strata: the levels of each group of rows, learnt from the values of its rows, or given.
 *
 * Costs 20 bytes a value until they are learnt, and an entry a group. Groups are numbered in order of first appearance.
 */
#ifndef STRATA_H
#define STRATA_H

#include <stddef.h>

#include "levels.h"
#include "money.h"
#include "slice.h"

struct strata;

struct strata *strata_create(void);
void strata_free(struct strata *strata);

// One value of a group; those not above 0 do not matter.
void strata_add(struct strata *strata, struct slice group, money_wide value);

// Learns the levels of all groups and forgets the values.
void strata_learn(struct strata *strata, void (*learn)(struct levels *levels, money_wide *values, size_t count));

// The levels of a group, NULL where none are known: none were given, and it had no value above 0.
const struct levels *strata_find(const struct strata *strata, struct slice group);

// The levels of a group, for the caller to give.
struct levels *strata_give(struct strata *strata, struct slice group);

size_t strata_count(const struct strata *strata);
struct slice strata_group(const struct strata *strata, size_t index);

#endif
