// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * scaling: how the columns of a table become the coordinates of points: logarithm, mean, scale, grid.
 *
 * A number x becomes (x - mean) / scale, x being ln(1 + x) before that where logarithms are asked for, and is then put
 * on the grid: divided by `step` and rounded to a whole number. The step, one for all columns, is a power of two so
 * small that the number of rows times the largest coordinate is within 2^53 (points.h) and just no smaller. So a
 * coordinate is off by at most rows x 2^-52 of the largest one: 2^-32 of it for a million rows.
 */
#ifndef SCALING_H
#define SCALING_H

#include <stdbool.h>
#include <stddef.h>

struct scaling {
    size_t columns;
    bool logarithm;
    double *means;
    double *scales; // standard deviations of the population; 1 where z-scores are not wanted, or all rows are equal
    double step;
};

// Numbers beyond this are not for scaling_learn.
#define SCALING_FARTHEST 1e100

// An empty scaling for so many columns; its arrays are freed by scaling_free.
void scaling_prepare(struct scaling *scaling, size_t columns);
void scaling_free(struct scaling *scaling);

// Learns means, scales (all 1 unless `z`) and the step from `rows` x columns numbers, row by row, whose order does not
// matter, and writes the points of these rows to `points`, which may be where the numbers are.
void scaling_learn(struct scaling *scaling, bool z, const double *numbers, size_t rows, double *points);

// The point of one row.
void scaling_place(const struct scaling *scaling, const double *numbers, double *point);

#endif
