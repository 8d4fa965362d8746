// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * gammagamma: see gammagamma.h. Parameters are p, q, v in that order.
 */
#include "gammagamma.h"

#include <math.h>

#include "rates.h"
#include "special.h"

enum {
    P,
    Q,
    V,
};

// What depends on x alone.
static struct derivatives run_likelihood(const double *values, double x)
{
    double n = values[P] * x;
    double q = values[Q];
    double both = special_digamma(n + q);
    double both_slope = special_trigamma(n + q);
    struct derivatives term = {.value = lgamma(n + q) - lgamma(n) - lgamma(q) + q * log(values[V]) + n * log(x)};
    term.gradient[P] = x * (both - special_digamma(n) + log(x));
    term.gradient[Q] = both - special_digamma(q) + log(values[V]);
    term.gradient[V] = q / values[V];
    term.hessian[P][P] = x * x * (both_slope - special_trigamma(n));
    term.hessian[P][Q] = x * both_slope;
    term.hessian[Q][Q] = both_slope - special_trigamma(q);
    term.hessian[Q][V] = 1 / values[V];
    term.hessian[V][V] = -q / (values[V] * values[V]);
    return term;
}

static struct derivatives row_likelihood(const double *values, const struct history *row)
{
    double x = row->x;
    double power = values[P] * x + values[Q];
    double total = values[V] + row->m * x;
    double logarithm = log(total);
    struct derivatives term = {.value = (values[P] * x - 1) * log(row->m) - power * logarithm};
    term.gradient[P] = x * (log(row->m) - logarithm);
    term.gradient[Q] = -logarithm;
    term.gradient[V] = -power / total;
    term.hessian[P][V] = -x / total;
    term.hessian[Q][V] = -1 / total;
    term.hessian[V][V] = power / (total * total);
    return term;
}

static struct derivatives evaluate(const struct model_parameters *parameters, const struct histories *histories,
                                   bool fine)
{
    (void)fine;
    struct derivatives sum = {0};
    for (size_t start = 0; start < histories->count;) {
        struct rates_run run = rates_run(histories, start);
        struct derivatives common = run_likelihood(parameters->values, run.x);
        derivatives_add(&sum, &common, run.weight);
        for (size_t i = start; i < run.end; i++) {
            struct derivatives row = row_likelihood(parameters->values, &histories->rows[i]);
            derivatives_add(&sum, &row, histories->weights[i]);
        }
        start = run.end;
    }
    return sum;
}

// From the mean value of all, p v / (q - 1).
static void find_starts(const struct histories *histories, double starts[MODEL_STARTS][DERIVATIVES_MOST])
{
    static const double shapes[MODEL_STARTS][2] = {{2, 4}, {6, 3}, {1, 2}, {30, 10}};
    double mean = 0;
    for (size_t i = 0; i < histories->count; i++) {
        mean += histories->weights[i] / histories->customers * histories->rows[i].m;
    }
    for (size_t i = 0; i < MODEL_STARTS; i++) {
        starts[i][P] = shapes[i][0];
        starts[i][Q] = shapes[i][1];
        starts[i][V] = mean * (shapes[i][1] - 1) / shapes[i][0];
    }
}

double gammagamma_expected(const struct model_parameters *parameters, double x, double m)
{
    double p = parameters->values[P];
    double q = parameters->values[Q];
    return q > 1 ? p * (parameters->values[V] + x * m) / (p * x + q - 1) : NAN;
}

const struct model gammagamma_model = {
    .name = "gg",
    .kind = MODEL_SPEND,
    .parameters = {"p", "q", "v"},
    .count = 3,
    .scaled = {false, false, true},
    .starts = find_starts,
    .evaluate = evaluate,
};
