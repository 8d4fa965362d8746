// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * nbd: see nbd.h. Parameters are r, alpha in that order.
 */
#include "nbd.h"

#include <math.h>

#include "rates.h"

enum {
    R,
    ALPHA,
};

static struct derivatives row_likelihood(const double *values, const struct history *row)
{
    double power = values[R] + row->x;
    double time = values[ALPHA] + row->T;
    struct derivatives term = {.value = -power * log(time)};
    term.gradient[R] = -log(time);
    term.gradient[ALPHA] = -power / time;
    term.hessian[R][ALPHA] = -1 / time;
    term.hessian[ALPHA][ALPHA] = power / (time * time);
    return term;
}

static struct derivatives evaluate(const struct model_parameters *parameters, const struct histories *histories,
                                   bool fine)
{
    (void)fine;
    const double *values = parameters->values;
    struct derivatives sum = {0};
    for (size_t start = 0; start < histories->count;) {
        struct rates_run run = rates_run(histories, start);
        rates_add_common(&sum, values[R], values[ALPHA], run.x, run.weight);
        for (size_t i = start; i < run.end; i++) {
            struct derivatives row = row_likelihood(values, &histories->rows[i]);
            derivatives_add(&sum, &row, histories->weights[i]);
        }
        start = run.end;
    }
    return sum;
}

static void find_starts(const struct histories *histories, double starts[MODEL_STARTS][DERIVATIVES_MOST])
{
    static const double shapes[MODEL_STARTS] = {0.3, 1, 0.1, 5};
    for (size_t i = 0; i < MODEL_STARTS; i++) {
        starts[i][R] = shapes[i];
        starts[i][ALPHA] = shapes[i] / rates_overall(histories);
    }
}

// The integral of e^(-discount y) over the horizon.
static double discounted_time(const struct horizon *horizon)
{
    return horizon->discount > 0 ? -expm1(-horizon->discount * horizon->length) / horizon->discount : horizon->length;
}

static void predict(const struct model_parameters *parameters, const struct histories *histories,
                    const struct horizon *horizon, struct prediction *predictions)
{
    bool ends = isfinite(horizon->length);
    for (size_t i = 0; i < histories->count; i++) {
        double power = parameters->values[R] + histories->rows[i].x;
        double time = parameters->values[ALPHA] + histories->rows[i].T;
        predictions[i] = (struct prediction){
            .p_alive = 1,
            .p_no_order = ends ? exp(-power * log1p(horizon->length / time)) : NAN,
            .orders = ends ? power / time * horizon->length : NAN,
            .discounted = power / time * discounted_time(horizon),
        };
    }
}

const struct model nbd_model = {
    .name = "nbd",
    .kind = MODEL_CONTINUOUS,
    .parameters = {"r", "alpha"},
    .count = 2,
    .scaled = {false, true},
    .starts = find_starts,
    .evaluate = evaluate,
    .predict = predict,
};
