// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * occurrence: on which day a length of time has passed that is counted in days with fractions. Pure calculation; days
 * as in date.h.
 */
#ifndef OCCURRENCE_H
#define OCCURRENCE_H

#include <stdint.h>

// The first day on which at least `days` (0 or more, fractions allowed) have passed since `anchor`.
int32_t occurrence_after(int32_t anchor, double days);

#endif
