// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * proportion: the Wilson score interval of a share (Wilson 1927), without continuity correction.
 */
#ifndef PROPORTION_H
#define PROPORTION_H

// The 95 % interval of hits out of n, 0 <= hits <= n, n > 0 (else both bounds are NaN). Exactly 0 at hits = 0 below and
// exactly 1 at hits = n above.
void proportion_wilson(double hits, double n, double *low, double *high);

#endif
