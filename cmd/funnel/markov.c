// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * markov: with Q the moves between states, N = (I - Q)^-1 and c the chances of converting from each state, the chance
 * of ever coming to state i is f = (start N)_i / N_ii, and f c_i of all conversions pass through it (Kemeny and Snell,
 * "Finite Markov Chains", 1960). So one inverse gives all effects; nothing is drawn at random.
 */
#include "markov.h"

#include <math.h>
#include <stdlib.h>

#include "heap.h"

static double row_sum(const double *row, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += row[i];
    }
    return sum;
}

static void swap_rows(double *a, double *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        double kept = a[i];
        a[i] = b[i];
        b[i] = kept;
    }
}

static size_t find_pivot(const double *matrix, size_t n, size_t column)
{
    size_t best = column;
    for (size_t row = column + 1; row < n; row++) {
        if (fabs(matrix[row * n + column]) > fabs(matrix[best * n + column])) {
            best = row;
        }
    }
    return best;
}

static void subtract_row(double *row, const double *from, double factor, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        row[i] -= factor * from[i];
    }
}

// Turns `inverse`, the unit matrix, into the inverse of `matrix`, which is used up (Gauss and Jordan, partial pivots).
static void invert(double *matrix, double *inverse, size_t n)
{
    for (size_t column = 0; column < n; column++) {
        size_t pivot = find_pivot(matrix, n, column);
        swap_rows(matrix + pivot * n, matrix + column * n, pivot == column ? 0 : n);
        swap_rows(inverse + pivot * n, inverse + column * n, pivot == column ? 0 : n);
        double scale = 1 / matrix[column * n + column];
        for (size_t i = 0; i < n; i++) {
            matrix[column * n + i] *= scale;
            inverse[column * n + i] *= scale;
        }
        for (size_t row = 0; row < n; row++) {
            double factor = matrix[row * n + column];
            if (row != column && factor != 0) {
                subtract_row(matrix + row * n, matrix + column * n, factor, n);
                subtract_row(inverse + row * n, inverse + column * n, factor, n);
            }
        }
    }
}

// (I - Q)^-1, to be freed.
static double *visits_expected(size_t n, const double *counts)
{
    double *matrix = heap_allocate(n * n, sizeof *matrix);
    double *inverse = heap_allocate(n * n, sizeof *inverse);
    for (size_t i = 0; i < n; i++) {
        const double *row = counts + (i + 1) * (n + 2);
        double total = row_sum(row, n + 2);
        for (size_t j = 0; j < n; j++) {
            matrix[i * n + j] = (i == j ? 1.0 : 0.0) - (total > 0 ? row[j] / total : 0.0);
        }
        inverse[i * n + i] = 1;
    }
    invert(matrix, inverse, n);
    free(matrix);
    return inverse;
}

// The chance of converting from state i.
static double chance(size_t n, const double *counts, const double *visits, size_t i)
{
    double sum = 0;
    for (size_t j = 0; j < n; j++) {
        const double *row = counts + (j + 1) * (n + 2);
        double total = row_sum(row, n + 2);
        sum += total > 0 ? visits[i * n + j] * (row[n] / total) : 0;
    }
    return sum;
}

void markov_removal_effects(size_t n, const double *counts, double *effects)
{
    double *visits = visits_expected(n, counts);
    double start = row_sum(counts, n + 2);
    double converting = 0; // of those who start
    for (size_t i = 0; i < n; i++) {
        converting += start > 0 ? counts[i] / start * chance(n, counts, visits, i) : 0;
    }
    for (size_t i = 0; i < n; i++) {
        double coming = 0;
        for (size_t j = 0; j < n; j++) {
            coming += start > 0 ? counts[j] / start * visits[j * n + i] : 0;
        }
        double through = coming / visits[i * n + i] * chance(n, counts, visits, i);
        effects[i] = converting > 0 ? through / converting : 0;
    }
    free(visits);
}
