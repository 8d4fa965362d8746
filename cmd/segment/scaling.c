// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * scaling: see scaling.h. Sums are exact (sum.h), so the order of the rows does not matter.
 */
#include "scaling.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "heap.h"
#include "logarithm.h"
#include "sum.h"

void scaling_prepare(struct scaling *scaling, size_t columns)
{
    scaling->columns = columns;
    scaling->means = heap_allocate(columns, sizeof *scaling->means);
    scaling->scales = heap_allocate(columns, sizeof *scaling->scales);
    scaling->step = 1;
}

void scaling_free(struct scaling *scaling)
{
    free(scaling->means);
    free(scaling->scales);
    scaling->means = NULL;
    scaling->scales = NULL;
}

// Mean and, when wanted, standard deviation of one column, `stride` numbers apart.
static void learn_column(const double *numbers, size_t rows, size_t stride, bool z, double *mean, double *scale)
{
    struct sum sum = {0};
    struct sum squares = {0};
    for (size_t i = 0; i < rows; i++) {
        sum_add(&sum, numbers[i * stride]);
    }
    *mean = sum_value(&sum) / (double)rows;
    *scale = 1;
    for (size_t i = 0; z && i < rows; i++) {
        double deviation = numbers[i * stride] - *mean;
        sum_add(&squares, deviation * deviation);
    }
    double deviation = sqrt(sum_value(&squares) / (double)rows);
    // What is left of equal numbers is the rounding of their mean.
    if (deviation > fabs(*mean) * DBL_EPSILON) {
        *scale = deviation;
    }
}

// Gives the largest coordinate, either way.
static double scale_column(double *numbers, size_t rows, size_t stride, double mean, double scale)
{
    double largest = 0;
    for (size_t i = 0; i < rows; i++) {
        double *number = &numbers[i * stride];
        *number = (*number - mean) / scale;
        largest = fabs(*number) > largest ? fabs(*number) : largest;
    }
    return largest;
}

// A power of two that keeps the sum of `rows` coordinates as large as `largest` within 2^53.
static double find_step(double largest, size_t rows)
{
    int size = 0;
    int count = 0;
    frexp(largest, &size);
    frexp((double)rows, &count);
    return ldexp(1, largest > 0 ? size + count - DBL_MANT_DIG : 0);
}

static double to_grid(double coordinate, double step)
{
    return rint(coordinate / step) + 0.0; // no zero below zero: equal points have equal bytes
}

void scaling_learn(struct scaling *scaling, bool z, const double *numbers, size_t rows, double *points)
{
    size_t columns = scaling->columns;
    double largest = 0;
    for (size_t i = 0; i < rows * columns; i++) {
        points[i] = scaling->logarithm ? logarithm_of_one_more(numbers[i]) : numbers[i];
    }
    for (size_t i = 0; i < columns; i++) {
        learn_column(points + i, rows, columns, z, &scaling->means[i], &scaling->scales[i]);
        double furthest = scale_column(points + i, rows, columns, scaling->means[i], scaling->scales[i]);
        largest = furthest > largest ? furthest : largest;
    }
    scaling->step = find_step(largest, rows);
    for (size_t i = 0; i < rows * columns; i++) {
        points[i] = to_grid(points[i], scaling->step);
    }
}

void scaling_place(const struct scaling *scaling, const double *numbers, double *point)
{
    for (size_t i = 0; i < scaling->columns; i++) {
        double number = scaling->logarithm ? logarithm_of_one_more(numbers[i]) : numbers[i];
        point[i] = to_grid((number - scaling->means[i]) / scaling->scales[i], scaling->step);
    }
}
