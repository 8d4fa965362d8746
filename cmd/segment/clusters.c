// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * clusters: see clusters.h. k-means++: D. Arthur and S. Vassilvitskii, "k-means++: The advantages of careful seeding",
 * SODA 2007: each further centre is a point drawn with a chance in proportion to its squared distance to those before.
 */
#include "clusters.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "random.h"

enum {
    MOST_ITERATIONS = 1000,
    MOST_ORDERINGS = 10,
};

// Draws a point by its weight, the weights adding up to `total`.
static size_t draw(const double *weights, size_t count, double total, uint64_t *state)
{
    double rest = random_share(state) * total;
    size_t drawn = 0;
    for (size_t i = 0; i < count; i++) {
        if (weights[i] > 0) {
            drawn = i;
            rest -= weights[i];
            if (rest < 0) {
                break;
            }
        }
    }
    return drawn;
}

// Lowers the squared distances to the nearest centre now that there is one more; gives their sum.
static double lower_squares(const struct points *points, const double *centre, double *squares)
{
    double total = 0;
    for (size_t i = 0; i < points->count; i++) {
        double square = points_square(points_at(points, i), centre, points->dimensions);
        squares[i] = square < squares[i] ? square : squares[i];
        total += squares[i];
    }
    return total;
}

// Distinct points as first centres; gives how many there are.
static size_t sow(const struct points *points, size_t wanted, uint64_t *state, double *centres)
{
    size_t dimensions = points->dimensions;
    double *squares = heap_allocate(points->count, sizeof *squares);
    for (size_t i = 0; i < points->count; i++) {
        squares[i] = INFINITY;
    }
    size_t drawn = (size_t)(random_share(state) * (double)points->count);
    size_t found = 0;
    double total = 1;
    while (found < wanted && total > 0) {
        double *centre = centres + found * dimensions;
        memcpy(centre, points_at(points, drawn), dimensions * sizeof *centre);
        found++;
        total = lower_squares(points, centre, squares);
        drawn = draw(squares, points->count, total, state);
    }
    free(squares);
    return found;
}

size_t clusters_start(const struct points *sample, size_t wanted, size_t starts, uint64_t seed, double *centres)
{
    size_t size = wanted * sample->dimensions;
    struct lloyd lloyd = {.centres = heap_allocate(size, sizeof *lloyd.centres),
                          .labels = heap_allocate(sample->count, sizeof *lloyd.labels)};
    double least = INFINITY;
    size_t best = 0;
    for (size_t start = 0; start < starts && sample->count > 0; start++) {
        uint64_t state = random_mix(seed) + start;
        state = random_mix(state);
        lloyd.clusters = sow(sample, wanted, &state, lloyd.centres);
        lloyd_run(&lloyd, sample, MOST_ITERATIONS);
        double inertia = lloyd_inertia(&lloyd, sample);
        if (inertia < least) {
            least = inertia;
            best = lloyd.clusters;
            memcpy(centres, lloyd.centres, size * sizeof *centres);
        }
    }
    free(lloyd.centres);
    free(lloyd.labels);
    return best;
}

// Does the first centre come before the second?
static bool precedes(const double *a, const double *b, size_t dimensions)
{
    for (size_t i = 0; i < dimensions; i++) {
        if (a[i] != b[i]) {
            return a[i] > b[i];
        }
    }
    return false;
}

static void swap_centres(double *a, double *b, size_t dimensions)
{
    for (size_t i = 0; i < dimensions; i++) {
        double kept = a[i];
        a[i] = b[i];
        b[i] = kept;
    }
}

// Puts the centres in order; had any to be moved?
static bool put_in_order(double *centres, size_t clusters, size_t dimensions)
{
    bool moved = false;
    for (size_t i = 1; i < clusters; i++) {
        for (size_t j = i; j > 0; j--) {
            double *centre = centres + j * dimensions;
            if (!precedes(centre, centre - dimensions, dimensions)) {
                break;
            }
            swap_centres(centre, centre - dimensions, dimensions);
            moved = true;
        }
    }
    return moved;
}

bool clusters_finish(struct lloyd *lloyd, const struct points *points, size_t found)
{
    size_t dimensions = points->dimensions;
    for (; found < lloyd->clusters; found++) {
        double square;
        size_t farthest = lloyd_farthest(points, lloyd->centres, found, &square);
        if (square <= 0) {
            return false;
        }
        memcpy(lloyd->centres + found * dimensions, points_at(points, farthest), dimensions * sizeof(double));
    }
    // Points equally near to two clusters belong to the first in the order of the result: so order first, and again
    // where the order came to be another.
    put_in_order(lloyd->centres, lloyd->clusters, dimensions);
    bool moved;
    size_t iterations = 0;
    size_t orderings = 0;
    do {
        lloyd_run(lloyd, points, orderings < MOST_ORDERINGS ? MOST_ITERATIONS : 0);
        iterations += lloyd->iterations;
        moved = put_in_order(lloyd->centres, lloyd->clusters, dimensions);
    } while (moved && orderings++ < MOST_ORDERINGS);
    lloyd->iterations = iterations;
    return true;
}
