// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * policy_timing: the columns of a policy that say when: anchor, after, every, repeat_from. Used by policy_row.c alone.
 */
#ifndef POLICY_TIMING_H
#define POLICY_TIMING_H

#include "policy_reading.h"
#include "slice.h"

// These read the cell of a field, which is not empty.
void policy_read_anchor(struct policy_reading *reading, enum policy_field field, struct slice cell);
void policy_read_after(struct policy_reading *reading, enum policy_field field, struct slice cell);
void policy_read_every(struct policy_reading *reading, enum policy_field field, struct slice cell);
void policy_read_repeat_from(struct policy_reading *reading, enum policy_field field, struct slice cell);

// Once all cells of a row are read: what they say of each other, and the anchor of a row that names none.
void policy_check_timing(struct policy_reading *reading);

#endif
