// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * P. J. Rousseeuw, "Silhouettes: a graphical aid to the interpretation and validation of cluster analysis", Journal of
 * Computational and Applied Mathematics 20, 1987.
 */
#include "silhouette.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "heap.h"

// Room for the work on one partition.
struct work {
    size_t *sizes; // of its clusters
    double *sums;  // distances from the point in hand to the points of each
};

// The silhouette of one point, from the sums of its distances.
static double measure_point(const struct work *work, size_t clusters, size_t own)
{
    if (work->sizes[own] < 2) {
        return 0;
    }
    double inner = work->sums[own] / (double)(work->sizes[own] - 1);
    double outer = INFINITY;
    for (size_t i = 0; i < clusters; i++) {
        if (i != own && work->sizes[i] > 0) {
            outer = fmin(outer, work->sums[i] / (double)work->sizes[i]);
        }
    }
    double larger = fmax(inner, outer);
    return larger > 0 ? (outer - inner) / larger : 0;
}

static size_t count_sizes(const struct partition *partition, size_t points, size_t *sizes)
{
    size_t filled = 0;
    for (size_t i = 0; i < points; i++) {
        filled += sizes[partition->labels[i]]++ == 0;
    }
    return filled;
}

static void find_distances(const struct points *points, size_t from, double *distances)
{
    for (size_t i = 0; i < points->count; i++) {
        distances[i] = sqrt(points_square(points_at(points, from), points_at(points, i), points->dimensions));
    }
}

// Adds the silhouette of one point to that of the partition.
static void add_point(struct partition *partition, const struct work *work, size_t point, const double *distances,
                      size_t count)
{
    memset(work->sums, 0, partition->clusters * sizeof *work->sums);
    for (size_t i = 0; i < count; i++) {
        work->sums[partition->labels[i]] += distances[i];
    }
    partition->silhouette += measure_point(work, partition->clusters, partition->labels[point]);
}

void silhouette_measure(const struct points *points, struct partition *partitions, size_t count)
{
    struct work *work = heap_allocate(count, sizeof *work);
    double *distances = heap_allocate(points->count, sizeof *distances);
    for (size_t i = 0; i < count; i++) {
        work[i].sizes = heap_allocate(partitions[i].clusters, sizeof *work[i].sizes);
        work[i].sums = heap_allocate(partitions[i].clusters, sizeof *work[i].sums);
        size_t filled = count_sizes(&partitions[i], points->count, work[i].sizes);
        partitions[i].silhouette = filled > 1 ? 0 : NAN;
    }
    for (size_t point = 0; point < points->count; point++) {
        find_distances(points, point, distances);
        for (size_t i = 0; i < count; i++) {
            add_point(&partitions[i], &work[i], point, distances, points->count);
        }
    }
    for (size_t i = 0; i < count; i++) {
        partitions[i].silhouette /= (double)points->count;
        free(work[i].sizes);
        free(work[i].sums);
    }
    free(work);
    free(distances);
}
