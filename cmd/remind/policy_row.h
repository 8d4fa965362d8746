// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * policy_row: one row of a policy made into a rule. Used by policy.c alone.
 */
#ifndef POLICY_ROW_H
#define POLICY_ROW_H

#include "policy_reading.h"

// Fills reading->rule from reading->row, complaining of all that is wrong.
void policy_row_read(struct policy_reading *reading);

#endif
