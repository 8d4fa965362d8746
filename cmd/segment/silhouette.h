// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * silhouette: how well points lie in their clusters, from -1 to 1 (Rousseeuw 1987).
 *
 * Of each point: (b - a) / max(a, b), a being its mean distance to the others of its cluster and b that to the points
 * of the nearest other cluster; 0 for a point alone in its cluster. Time grows with the square of the number of points,
 * so this is for samples; several partitions of the same points share the distances.
 */
#ifndef SILHOUETTE_H
#define SILHOUETTE_H

#include <stddef.h>
#include <stdint.h>

#include "points.h"

struct partition {
    const uint16_t *labels; // the cluster of each point, from 0
    size_t clusters;
    double silhouette; // out: the mean of all points; NaN when fewer than two clusters have points
};

void silhouette_measure(const struct points *points, struct partition *partitions, size_t count);

#endif
