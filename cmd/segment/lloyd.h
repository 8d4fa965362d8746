// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lloyd: Lloyd's iteration: every point goes to the nearest centre, of equals the first; every centre becomes the mean
 * of its points; until no point moves.
 *
 * A cluster that loses all its points gets the point that is farthest from its own centre, of equals the one with the
 * lowest coordinates, so that no cluster ends empty. The result depends on the points as a set and on the first
 * centres, not on the order of the points (points.h).
 */
#ifndef LLOYD_H
#define LLOYD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "points.h"

#define LLOYD_MOST_CLUSTERS 1000

struct lloyd {
    size_t clusters;
    double *centres;   // clusters x dimensions: in, where to begin; out, where it ended
    uint16_t *labels;  // out: the cluster of each point, from 0
    size_t iterations; // out
    bool settled;      // out: no point moved any more
};

// The nearest centre, of equals the first; *square gets its squared distance, when not NULL.
size_t lloyd_nearest(const double *centres, size_t clusters, const double *point, size_t dimensions, double *square);

// The point with the greatest distance to its nearest centre, of equals the one with the lowest coordinates.
size_t lloyd_farthest(const struct points *points, const double *centres, size_t clusters, double *square);

// At most `most` iterations. There must be at least as many distinct points as clusters, and no more of those than
// LLOYD_MOST_CLUSTERS. Where it does not settle the labels are those of the nearest centres, but the centres no means.
void lloyd_run(struct lloyd *lloyd, const struct points *points, size_t most);

// Squared distances from points to their centres, added up exactly: the inertia, in squares of the grid's step.
double lloyd_inertia(const struct lloyd *lloyd, const struct points *points);

#endif
