// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * newton: see newton.h. Cholesky decompositions are GSL's.
 */
#include "newton.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>

enum {
    MOST_STEPS = 100,
    MOST_POLISHING = 4,
};

static const double LONGEST_STEP = 1;
static const double SMALL = 1e-12; // of the value: its rounding, about
static const double FIRST_DAMPING = 1e-3;
static const double STRONGEST_DAMPING = 1e12;

// The matrix of the free variables; fixed ones have a 1 on the diagonal.
static void arrange(const double hessian[DERIVATIVES_MOST][DERIVATIVES_MOST], size_t count, const bool *fixed,
                    double damping, double *matrix)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i; j < count; j++) {
            double value = fixed[i] || fixed[j] ? 0 : -hessian[i][j];
            matrix[i * count + j] = value;
            matrix[j * count + i] = value;
        }
        double size = fixed[i] ? 1 : fabs(hessian[i][i]);
        matrix[i * count + i] += fixed[i] ? 1 : damping * (size > 1e-300 ? size : 1e-300);
    }
}

// False when the damped matrix is not positive definite.
static bool solve(const struct newton_problem *problem, const struct derivatives *value, double damping, double *step)
{
    double matrix[DERIVATIVES_MOST * DERIVATIVES_MOST];
    double right[DERIVATIVES_MOST];
    arrange(value->hessian, problem->count, problem->fixed, damping, matrix);
    for (size_t i = 0; i < problem->count; i++) {
        right[i] = problem->fixed[i] ? 0 : value->gradient[i];
    }
    gsl_matrix_view left = gsl_matrix_view_array(matrix, problem->count, problem->count);
    gsl_vector_view given = gsl_vector_view_array(right, problem->count);
    gsl_vector_view found = gsl_vector_view_array(step, problem->count);
    return gsl_linalg_cholesky_decomp1(&left.matrix) == GSL_SUCCESS &&
           gsl_linalg_cholesky_solve(&left.matrix, &given.vector, &found.vector) == GSL_SUCCESS;
}

bool newton_inverse(const double hessian[DERIVATIVES_MOST][DERIVATIVES_MOST], size_t count, const bool *fixed,
                    double inverse[DERIVATIVES_MOST][DERIVATIVES_MOST])
{
    double matrix[DERIVATIVES_MOST * DERIVATIVES_MOST];
    arrange(hessian, count, fixed, 0, matrix);
    gsl_matrix_view view = gsl_matrix_view_array(matrix, count, count);
    if (gsl_linalg_cholesky_decomp1(&view.matrix) != GSL_SUCCESS ||
        gsl_linalg_cholesky_invert(&view.matrix) != GSL_SUCCESS) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++) {
            inverse[i][j] = fixed[i] || fixed[j] ? 0 : matrix[i * count + j];
        }
    }
    return true;
}

// A gain that is no more than what rounding does to the value.
static double rounding(double value)
{
    return SMALL * (fabs(value) + 100);
}

static double product(const double *a, const double *b, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

static void shorten(double *step, size_t count)
{
    double longest = 0;
    for (size_t i = 0; i < count; i++) {
        longest = fmax(longest, fabs(step[i]));
    }
    for (size_t i = 0; longest > LONGEST_STEP && i < count; i++) {
        step[i] *= LONGEST_STEP / longest;
    }
}

// The variable beyond its bounds, or count.
static size_t outside(const struct newton_problem *problem, const double *at)
{
    size_t i = 0;
    while (i < problem->count && (problem->fixed[i] || (at[i] >= problem->lowest[i] && at[i] <= problem->highest[i]))) {
        i++;
    }
    return i;
}

static struct derivatives evaluate(const struct newton_problem *problem, struct newton_result *result, const double *at,
                                   bool fine)
{
    result->evaluations++;
    return problem->evaluate(problem->context, at, fine);
}

static void move(double *to, const double *from, const double *step, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        to[i] = from[i] + step[i];
    }
}

// One step that gains, with as much damping as it takes. False when there is none.
static bool climb(const struct newton_problem *problem, struct newton_result *result, double *damping,
                  double *decrement, bool fine)
{
    double step[DERIVATIVES_MOST];
    double trial[DERIVATIVES_MOST] = {0};
    while (*damping <= STRONGEST_DAMPING) {
        if (solve(problem, &result->value, *damping, step)) {
            *decrement = product(result->value.gradient, step, problem->count);
            shorten(step, problem->count);
            move(trial, result->at, step, problem->count);
            struct derivatives value = evaluate(problem, result, trial, fine);
            // Near the top a gain is less than the rounding of the value.
            double slack = rounding(result->value.value);
            if (value.value >= result->value.value - (*decrement < slack ? slack : 0)) {
                memcpy(result->at, trial, sizeof trial);
                result->value = value;
                *damping = *damping < 1e-6 ? 0 : *damping / 10;
                return true;
            }
        }
        *damping = *damping == 0 ? FIRST_DAMPING : *damping * 10;
    }
    return false;
}

// Undamped steps as long as each promises less than a hundredth of the one before.
static void polish(const struct newton_problem *problem, struct newton_result *result, bool fine)
{
    double last = INFINITY;
    for (int i = 0; i < MOST_POLISHING; i++) {
        double step[DERIVATIVES_MOST];
        if (!solve(problem, &result->value, 0, step)) {
            return;
        }
        double decrement = product(result->value.gradient, step, problem->count);
        if (!(decrement < last / 100)) {
            return;
        }
        last = decrement;
        move(result->at, result->at, step, problem->count);
        result->value = evaluate(problem, result, result->at, fine);
    }
}

static bool ascend(const struct newton_problem *problem, struct newton_result *result, double damping, bool fine)
{
    result->value = evaluate(problem, result, result->at, fine);
    for (int i = 0; i < MOST_STEPS && isfinite(result->value.value); i++) {
        double before = result->value.value;
        double decrement = 0;
        if (!climb(problem, result, &damping, &decrement, fine)) {
            return false;
        }
        result->outside = outside(problem, result->at);
        if (result->outside < problem->count) {
            result->outcome = NEWTON_OUTSIDE;
            return false;
        }
        if (damping == 0 && decrement < rounding(before) && result->value.value - before <= rounding(before)) {
            return true;
        }
    }
    return false;
}

struct newton_result newton_maximise(const struct newton_problem *problem, const double *start, bool coarse)
{
    struct newton_result result = {.outcome = NEWTON_STUCK};
    memcpy(result.at, start, problem->count * sizeof *start);
    if (ascend(problem, &result, FIRST_DAMPING, false) && (coarse || ascend(problem, &result, 0, true))) {
        result.outcome = NEWTON_DONE;
        if (!coarse) {
            polish(problem, &result, true);
        }
    }
    return result;
}
