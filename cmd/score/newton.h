// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * newton: the largest value of a smooth function of up to four variables, by damped Newton steps.
 *
 * Each step solves (-H + l D) p = g with the exact Hessian H, D its diagonal's size and l raised until the matrix
 * is positive definite and the step gains (Levenberg 1944, Marquardt 1963); no variable moves by more than 1 at
 * once. It ends when g p, twice the gain that is still to be had, and the gain of the last step are below 1e-12 of
 * the value; then undamped steps follow, until they no longer shrink, so that what is left is rounding. No random
 * numbers, no state: the same input gives the same digits.
 */
#ifndef NEWTON_H
#define NEWTON_H

#include <stdbool.h>
#include <stddef.h>

#include "derivatives.h"

struct newton_problem {
    size_t count;                 // of variables
    bool fixed[DERIVATIVES_MOST]; // variables that stay where they are
    double lowest[DERIVATIVES_MOST];
    double highest[DERIVATIVES_MOST];
    struct derivatives (*evaluate)(const void *context, const double *at, bool fine);
    const void *context;
};

enum newton_outcome {
    NEWTON_DONE,
    NEWTON_OUTSIDE, // a variable went beyond its bounds, where the function still rises
    NEWTON_STUCK,   // no step gains, or too many were taken
};

struct newton_result {
    enum newton_outcome outcome;
    double at[DERIVATIVES_MOST];
    size_t outside; // the variable that went beyond its bounds
    struct derivatives value;
    size_t evaluations;
};

// From `start`. The last steps are taken, and the value at the end is, with `fine` evaluations unless `coarse`.
struct newton_result newton_maximise(const struct newton_problem *problem, const double *start, bool coarse);

// The inverse of -H, H being symmetric with its upper triangle given; rows and columns of fixed variables are 0.
// False when -H is not positive definite.
bool newton_inverse(const double hessian[DERIVATIVES_MOST][DERIVATIVES_MOST], size_t count, const bool *fixed,
                    double inverse[DERIVATIVES_MOST][DERIVATIVES_MOST]);

#endif
