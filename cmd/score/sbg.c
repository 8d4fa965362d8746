// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * sbg: see sbg.h. Parameters are alpha, beta in that order; a history's x is 1 for those who left at the end of
 * period T.
 */
#include "sbg.h"

#include <math.h>

#include "renewals.h"
#include "special.h"

enum {
    ALPHA,
    BETA,
};

static struct derivatives row_likelihood(const double *values, const struct history *row)
{
    bool left = row->x > 0;
    struct special_rise stayed = special_rise(values[BETA], left ? row->T - 1 : row->T);
    struct special_rise asked = special_rise(values[ALPHA] + values[BETA], row->T);
    struct derivatives term = {.value = stayed.value - asked.value};
    term.gradient[ALPHA] = -asked.first;
    term.gradient[BETA] = stayed.first - asked.first;
    term.hessian[ALPHA][ALPHA] = -asked.second;
    term.hessian[ALPHA][BETA] = -asked.second;
    term.hessian[BETA][BETA] = stayed.second - asked.second;
    if (left) {
        term.value += log(values[ALPHA]);
        term.gradient[ALPHA] += 1 / values[ALPHA];
        term.hessian[ALPHA][ALPHA] -= 1 / (values[ALPHA] * values[ALPHA]);
    }
    return term;
}

static struct derivatives evaluate(const struct model_parameters *parameters, const struct histories *histories,
                                   bool fine)
{
    (void)fine;
    struct derivatives sum = {0};
    for (size_t i = 0; i < histories->count; i++) {
        struct derivatives row = row_likelihood(parameters->values, &histories->rows[i]);
        derivatives_add(&sum, &row, histories->weights[i]);
    }
    return sum;
}

static void find_starts(const struct histories *histories, double starts[MODEL_STARTS][DERIVATIVES_MOST])
{
    static const double shapes[MODEL_STARTS][2] = {{1, 1}, {1, 5}, {0.3, 0.5}, {4, 20}};
    (void)histories;
    for (size_t i = 0; i < MODEL_STARTS; i++) {
        starts[i][ALPHA] = shapes[i][0];
        starts[i][BETA] = shapes[i][1];
    }
}

static void predict(const struct model_parameters *parameters, const struct histories *histories,
                    const struct horizon *horizon, struct prediction *predictions)
{
    bool ends = isfinite(horizon->length);
    double length = floor(horizon->length);
    for (size_t i = 0; i < histories->count; i++) {
        const struct history *row = &histories->rows[i];
        double there = row->x > 0 ? 0 : 1;
        double alpha = parameters->values[ALPHA];
        double beta = parameters->values[BETA] + row->T;
        struct outlook_sums sums = renewals_sum(alpha, beta, length, horizon->discount);
        predictions[i] = (struct prediction){
            .p_alive = there,
            .p_no_order = !ends                       ? NAN
                          : there == 0 || length == 0 ? 1
                                                      : alpha / (alpha + beta),
            .orders = there * sums.plain,
            .discounted = there * sums.discounted,
        };
    }
}

const struct model sbg_model = {
    .name = "sbg",
    .kind = MODEL_CONTRACT,
    .parameters = {"alpha", "beta"},
    .count = 2,
    .starts = find_starts,
    .evaluate = evaluate,
    .predict = predict,
};
