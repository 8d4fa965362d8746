// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * points: rows as points of a space, one dimension a column, on a grid of whole numbers.
 *
 * A coordinate is a whole number kept in a double, and so small that the number of points times the largest is at most
 * 2^53. Sums of coordinates are then exact, in whatever order they are added up and taken back: that is why neither the
 * order of the rows nor the machine can change a cluster, and a sum follows the points that move instead of being made
 * anew. scaling.h puts numbers on the grid and says what that costs.
 */
#ifndef POINTS_H
#define POINTS_H

#include <stddef.h>

struct points {
    const double *values; // one point after the other
    size_t count;
    size_t dimensions;
};

static inline const double *points_at(const struct points *points, size_t index)
{
    return points->values + index * points->dimensions;
}

// The square of the distance between two points. Every distance is reckoned by this one function, so that equal ones
// are equal to the last digit.
static inline double points_square(const double *a, const double *b, size_t dimensions)
{
    double square = 0;
    for (size_t i = 0; i < dimensions; i++) {
        double difference = a[i] - b[i];
        square += difference * difference;
    }
    return square;
}

#endif
