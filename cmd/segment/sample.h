// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * sample: points drawn by a seeded hash of their coordinates, so that the same points are drawn in whatever order they
 * come. Equal points have equal chances, each on its own: the hash also takes in how many equal ones came before.
 *
 * Two different points with one hash of 64 bits would be taken for equal; of a million points any two have one in less
 * than one of ten million tables, and then only their order may depend on the rows'.
 */
#ifndef SAMPLE_H
#define SAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include "points.h"

// The indices of at most `most` points, in an order that depends on the points and the seed alone; a smaller sample is
// the beginning of a larger one. All points, where there are no more. *count gets their number; freed by the caller.
size_t *sample_draw(const struct points *points, uint64_t seed, size_t most, size_t *count);

#endif
