// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * clusters: k-means: first centres by k-means++ on a sample, the best of several starts, then all points.
 *
 * Clusters are in the order of the first coordinate of their centres, highest first (of equals by the second, and so
 * on), and a point that is equally near to two is in the first of them. No row order and no machine changes anything;
 * another seed may, where there are several good partitions.
 */
#ifndef CLUSTERS_H
#define CLUSTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lloyd.h"
#include "points.h"

// The centres of the best of several starts: of that whose inertia is least, of equals the first. `sample` has to be in
// an order that does not depend on the rows' (sample.h). Gives how many centres were found: fewer than `wanted` where
// the sample has fewer distinct points.
size_t clusters_start(const struct points *sample, size_t wanted, size_t starts, uint64_t seed, double *centres);

// Goes on from so many centres with all points: centres still missing are begun at the farthest points. False when
// there are fewer distinct points than clusters.
bool clusters_finish(struct lloyd *lloyd, const struct points *points, size_t found);

#endif
