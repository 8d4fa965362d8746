// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * occurrence: on which days a rule falls, counted from an anchor day. Pure calculation; days as in date.h.
 */
#ifndef OCCURRENCE_H
#define OCCURRENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "period.h"

// The greatest `times` from `first` on for which anchor + times x period is not after `limit`; false when even the
// first one is. `period` is positive and of whole days.
bool occurrence_latest(int32_t anchor, struct period period, int64_t first, int32_t limit, int64_t *times);

// The first day on which at least `days` (0 or more, fractions allowed) have passed since `anchor`.
int32_t occurrence_after(int32_t anchor, double days);

#endif
