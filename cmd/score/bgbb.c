// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * bgbb: see bgbb.h. Parameters are alpha, beta, gamma, delta in that order; a history's T is n.
 */
#include "bgbb.h"

#include <math.h>

#include "renewals.h"
#include "special.h"

enum {
    ALPHA,
    BETA,
    GAMMA,
    DELTA,
};

// value += sign x (a rise in the sum of two parameters, or in one when both are the same).
static void add_rise(struct derivatives *part, const struct special_rise *rise, size_t one, size_t other, double sign)
{
    part->value += sign * rise->value;
    part->gradient[one] += sign * rise->first;
    part->hessian[one][one] += sign * rise->second;
    if (one != other) {
        part->gradient[other] += sign * rise->first;
        part->hessian[other][other] += sign * rise->second;
        part->hessian[one][other] += sign * rise->second;
    }
}

// The rises of ln Gamma that change with the opportunity m at which a customer dropped out.
struct rises {
    struct special_rise bought;  // alpha, x
    struct special_rise refused; // beta, m - x
    struct special_rise asked;   // alpha + beta, m
    struct special_rise stayed;  // delta, m
    struct special_rise lived;   // gamma + delta, m
};

static struct rises rises_at(const double *values, const struct history *row)
{
    double m = row->t_x;
    return (struct rises){special_rise(values[ALPHA], row->x), special_rise(values[BETA], m - row->x),
                          special_rise(values[ALPHA] + values[BETA], m), special_rise(values[DELTA], m),
                          special_rise(values[GAMMA] + values[DELTA], m)};
}

static void climb(struct special_rise *rise, double z)
{
    rise->value += log(z);
    rise->first += 1 / z;
    rise->second -= 1 / (z * z);
}

// From m to m + 1.
static void next_opportunity(struct rises *rises, const double *values, double x, double m)
{
    climb(&rises->refused, values[BETA] + m - x);
    climb(&rises->asked, values[ALPHA] + values[BETA] + m);
    climb(&rises->stayed, values[DELTA] + m);
    climb(&rises->lived, values[GAMMA] + values[DELTA] + m);
}

// Alive after m opportunities.
static struct derivatives alive(const struct rises *rises)
{
    struct derivatives part = {0};
    add_rise(&part, &rises->bought, ALPHA, ALPHA, 1);
    add_rise(&part, &rises->refused, BETA, BETA, 1);
    add_rise(&part, &rises->asked, ALPHA, BETA, -1);
    add_rise(&part, &rises->stayed, DELTA, DELTA, 1);
    add_rise(&part, &rises->lived, GAMMA, DELTA, -1);
    return part;
}

// Dropped out after m opportunities: alive, times gamma / (gamma + delta + m).
static struct derivatives gone(const struct rises *rises, const double *values, double m)
{
    struct derivatives part = alive(rises);
    double gamma = values[GAMMA];
    double all = gamma + values[DELTA] + m;
    struct special_rise chosen = {log(gamma), 1 / gamma, -1 / (gamma * gamma)};
    struct special_rise among = {log(all), 1 / all, -1 / (all * all)};
    add_rise(&part, &chosen, GAMMA, GAMMA, 1);
    add_rise(&part, &among, GAMMA, DELTA, -1);
    return part;
}

static struct derivatives row_likelihood(const double *values, const struct history *row)
{
    struct derivatives_parts parts = {0};
    struct rises rises = rises_at(values, row);
    for (double m = row->t_x; m < row->T; m++) {
        struct derivatives dropped = gone(&rises, values, m);
        derivatives_part(&parts, &dropped);
        next_opportunity(&rises, values, row->x, m);
    }
    struct derivatives living = alive(&rises);
    derivatives_part(&parts, &living);
    return derivatives_log_sum(&parts);
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
    static const double shapes[MODEL_STARTS][DERIVATIVES_MOST] = {
        {1, 1, 0.5, 3}, {0.5, 2, 1, 1}, {3, 1, 0.3, 6}, {2, 8, 1, 20}};
    (void)histories;
    for (size_t i = 0; i < MODEL_STARTS; i++) {
        for (size_t j = 0; j < DERIVATIVES_MOST; j++) {
            starts[i][j] = shapes[i][j];
        }
    }
}

// The odds of having dropped out after n opportunities: the terms of the likelihood over that of being alive, from
// the last one back.
static double dead_odds(const double *values, const struct history *row)
{
    double ratio = 1;
    double sum = 0;
    for (double m = row->T - 1; m >= row->t_x; m--) {
        // alive(m) over alive(m + 1)
        ratio *= (values[ALPHA] + values[BETA] + m) / (values[BETA] + m - row->x) *
                 (values[GAMMA] + values[DELTA] + m) / (values[DELTA] + m);
        sum += ratio * values[GAMMA] / (values[GAMMA] + values[DELTA] + m);
    }
    return sum;
}

// Of an alive customer: all refusals up to the one after which he drops out, or to the horizon.
static double silent(const double *values, const struct history *row, double length)
{
    double share = 1;
    double sum = 0;
    double n = row->T;
    for (double i = 0; i < length && share > 0; i++) {
        double all = values[GAMMA] + values[DELTA] + n + i;
        sum += share * values[GAMMA] / all;
        share *=
            (values[DELTA] + n + i) / all * (values[BETA] + n - row->x + i) / (values[ALPHA] + values[BETA] + n + i);
    }
    return sum + share;
}

static void predict(const struct model_parameters *parameters, const struct histories *histories,
                    const struct horizon *horizon, struct prediction *predictions)
{
    const double *values = parameters->values;
    bool ends = isfinite(horizon->length);
    double length = floor(horizon->length);
    for (size_t i = 0; i < histories->count; i++) {
        const struct history *row = &histories->rows[i];
        double odds = dead_odds(values, row);
        double living = 1 / (1 + odds);
        double next = (values[DELTA] + row->T) / (values[GAMMA] + values[DELTA] + row->T);
        double chance = (values[ALPHA] + row->x) / (values[ALPHA] + values[BETA] + row->T);
        struct outlook_sums sums = renewals_sum(values[GAMMA], values[DELTA] + row->T, length, horizon->discount);
        predictions[i] = (struct prediction){
            .p_alive = living * next,
            .p_no_order = ends ? (isinf(odds) ? 1 : odds * living) + living * silent(values, row, length) : NAN,
            .orders = living * chance * sums.plain,
            .discounted = living * chance * sums.discounted,
        };
    }
}

const struct model bgbb_model = {
    .name = "bgbb",
    .kind = MODEL_DISCRETE,
    .parameters = {"alpha", "beta", "gamma", "delta"},
    .count = 4,
    .dropout = {false, false, true, true},
    .immortal = {0, 0, 1e-12, 1},
    .starts = find_starts,
    .evaluate = evaluate,
    .predict = predict,
};
