// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * betageometric: see betageometric.h. Parameters are r, alpha, a, b in that order.
 */
#include "betageometric.h"

#include <math.h>

#include "erlang.h"
#include "purchase_rate.h"
#include "rates.h"
#include "special.h"

enum {
    R,
    ALPHA,
    A,
    B,
};

// One of the models at given parameters.
struct family {
    double r;
    double alpha;
    double a;
    double b;
    unsigned k;
    double first; // chances to drop out at the first purchase
};

static struct family family_of(const struct model_parameters *parameters, double first)
{
    const double *values = parameters->values;
    return (struct family){values[R], values[ALPHA], values[A], values[B], parameters->shape, first};
}

// ln B(a, b + n) / B(a, b)
static void add_survival(struct derivatives *sum, const struct family *family, double n, double weight)
{
    struct special_rise survived = special_rise(family->b, n);
    struct special_rise all = special_rise(family->a + family->b, n);
    struct derivatives term = {.value = survived.value - all.value};
    term.gradient[A] = -all.first;
    term.gradient[B] = survived.first - all.first;
    term.hessian[A][A] = -all.second;
    term.hessian[A][B] = -all.second;
    term.hessian[B][B] = survived.second - all.second;
    derivatives_add(sum, &term, weight);
}

// What depends on x alone.
static void add_run(struct derivatives *sum, const struct family *family, const struct rates_run *run)
{
    rates_add_common(sum, family->r, family->alpha, family->k * run->x, run->weight);
    add_survival(sum, family, run->x + family->first, run->weight);
    sum->value -= run->weight * run->x * lgamma(family->k);
}

// time^-power, a power of r and a time of alpha in it.
static struct derivatives decay(double power, double time)
{
    struct derivatives term = {.value = -power * log(time)};
    term.gradient[R] = -log(time);
    term.gradient[ALPHA] = -power / time;
    term.hessian[R][ALPHA] = -1 / time;
    term.hessian[ALPHA][ALPHA] = power / (time * time);
    return term;
}

static struct derivatives dead(const struct family *family, const struct history *row, double n)
{
    struct derivatives term = decay(family->r + family->k * row->x, family->alpha + row->t_x);
    term.value += log(family->a / (family->b + n - 1));
    term.gradient[A] = 1 / family->a;
    term.gradient[B] = -1 / (family->b + n - 1);
    term.hessian[A][A] = -1 / (family->a * family->a);
    term.hessian[B][B] = 1 / ((family->b + n - 1) * (family->b + n - 1));
    return term;
}

// Alive, the clock having ticked j times since the last purchase.
static void add_ticks(struct derivatives_parts *parts, const struct family *family, const struct history *row)
{
    double power = family->r + family->k * row->x;
    double silence = row->T - row->t_x;
    struct special_rise rise = {0};
    double factorial = 0;
    for (unsigned j = 1; j < family->k && silence > 0; j++) {
        double before = power + j - 1;
        rise.value += log(before);
        rise.first += 1 / before;
        rise.second -= 1 / (before * before);
        factorial += log(j);
        struct derivatives term = decay(power + j, family->alpha + row->T);
        term.value += rise.value + j * log(silence) - factorial;
        term.gradient[R] += rise.first;
        term.hessian[R][R] += rise.second;
        derivatives_part(parts, &term);
    }
}

// `alive` is the part of those who are alive and whose clock has not ticked.
static struct derivatives row_likelihood(const struct family *family, const struct history *row,
                                         const struct derivatives *alive)
{
    struct derivatives_parts parts = {0};
    double n = row->x + family->first;
    if (n == 0 && family->k == 1) {
        return *alive;
    }
    derivatives_part(&parts, alive);
    add_ticks(&parts, family, row);
    if (n > 0) {
        struct derivatives gone = dead(family, row, n);
        derivatives_part(&parts, &gone);
    }
    return derivatives_log_sum(&parts);
}

static struct derivatives evaluate(const struct family *family, const struct histories *histories)
{
    struct derivatives sum = {0};
    for (size_t start = 0; start < histories->count;) {
        struct rates_run run = rates_run(histories, start);
        add_run(&sum, family, &run);
        struct derivatives alive = {0};
        for (size_t i = start; i < run.end; i++) {
            const struct history *row = &histories->rows[i];
            if (i == start || row->T != row[-1].T) {
                alive = decay(family->r + family->k * row->x, family->alpha + row->T);
            }
            struct derivatives likelihood = row_likelihood(family, row, &alive);
            likelihood.value += (family->k - 1) * row->litt;
            derivatives_add(&sum, &likelihood, histories->weights[i]);
        }
        start = run.end;
    }
    return sum;
}

static struct derivatives evaluate_bg(const struct model_parameters *parameters, const struct histories *histories,
                                      bool fine)
{
    (void)fine;
    struct family family = family_of(parameters, 0);
    return evaluate(&family, histories);
}

static struct derivatives evaluate_mbg(const struct model_parameters *parameters, const struct histories *histories,
                                       bool fine)
{
    (void)fine;
    struct family family = family_of(parameters, 1);
    return evaluate(&family, histories);
}

static void find_starts(const struct histories *histories, double starts[MODEL_STARTS][DERIVATIVES_MOST])
{
    static const double shapes[MODEL_STARTS][3] = {{0.3, 0.8, 2.5}, {1, 1, 3}, {0.5, 0.2, 2}, {3, 2, 20}};
    double rate = 2 * rates_overall(histories);
    for (size_t i = 0; i < MODEL_STARTS; i++) {
        starts[i][R] = shapes[i][0];
        starts[i][ALPHA] = shapes[i][0] / rate;
        starts[i][A] = shapes[i][1];
        starts[i][B] = shapes[i][2];
    }
}

// The odds of being dead.
static double dead_odds(const struct family *family, const struct history *row)
{
    double n = row->x + family->first;
    if (n == 0) {
        return 0;
    }
    double power = family->r + family->k * row->x;
    double longer = power * log1p((row->T - row->t_x) / (family->alpha + row->t_x));
    double quiet = log(erlang_quiet(family->k, power, (row->T - row->t_x) / (family->alpha + row->T)));
    return exp(log(family->a / (family->b + n - 1)) + longer - quiet);
}

// What customers of one x share.
struct tables {
    struct purchase_rate rate;
    struct erlang_table ticks;
};

// Expected orders of a customer who is alive, plain and discounted.
static struct outlook_sums look_ahead(const struct family *family, const struct history *row,
                                      const struct horizon *horizon, struct tables *tables)
{
    double n = row->x + family->first;
    double time = family->alpha + row->T;
    double power = family->r + family->k * row->x;
    if (family->k > 1) {
        struct erlang clock = {family->k, power, time, (row->T - row->t_x) / time, family->a, family->b + n};
        return erlang_orders(&clock, horizon->length, horizon->discount, &tables->ticks);
    }
    purchase_rate_set(&tables->rate, power + 1, family->a, family->b + n);
    struct outlook_sums sums = purchase_rate_integrate(&tables->rate, horizon->length / time, horizon->discount * time);
    sums.plain *= power;
    sums.discounted *= power;
    return sums;
}

// The probability that a customer who is alive does not buy within the horizon.
static double silent(const struct family *family, const struct history *row, double length)
{
    double time = family->alpha + row->T;
    double power = family->r + family->k * row->x;
    if (family->k > 1) {
        struct erlang clock = {family->k, power, time, (row->T - row->t_x) / time, family->a, family->b};
        return erlang_silent(&clock, length);
    }
    return exp(-power * log1p(length / time));
}

static void predict(const struct family *family, const struct histories *histories, const struct horizon *horizon,
                    struct prediction *predictions)
{
    struct tables tables = {0};
    struct outlook_sums outlook = {0};
    const struct history *last = NULL;
    for (size_t i = 0; i < histories->count; i++) {
        const struct history *row = &histories->rows[i];
        // Rows of one x and T stand together; with k = 1 their outlook is the same.
        if (last == NULL || family->k > 1 || last->x != row->x || last->T != row->T) {
            outlook = look_ahead(family, row, horizon, &tables);
            last = row;
        }
        double odds = dead_odds(family, row);
        double alive = 1 / (1 + odds);
        bool ends = isfinite(horizon->length);
        predictions[i] = (struct prediction){
            .p_alive = alive,
            .p_no_order = ends ? (isinf(odds) ? 1 : odds * alive) + alive * silent(family, row, horizon->length) : NAN,
            .orders = alive * outlook.plain,
            .discounted = alive * outlook.discounted,
        };
    }
    purchase_rate_free(&tables.rate);
    erlang_free(&tables.ticks);
}

static void predict_bg(const struct model_parameters *parameters, const struct histories *histories,
                       const struct horizon *horizon, struct prediction *predictions)
{
    struct family family = family_of(parameters, 0);
    predict(&family, histories, horizon, predictions);
}

static void predict_mbg(const struct model_parameters *parameters, const struct histories *histories,
                        const struct horizon *horizon, struct prediction *predictions)
{
    struct family family = family_of(parameters, 1);
    predict(&family, histories, horizon, predictions);
}

// The probability of at least `count` events where a count is negative binomial: (r)_j / j! q^j (1 - q)^r, added up
// from the first term that counts.
static double upper_tail(double r, double q, double count)
{
    double term = exp(special_rise_value(r, count) - lgamma(count + 1) + count * log(q) + r * log1p(-q));
    double sum = 0;
    for (double j = count; term > sum * 1e-17; j++) {
        sum += term;
        term *= (r + j) / (j + 1) * q;
    }
    return sum;
}

double betageometric_bgnbd_pmf(const struct model_parameters *parameters, double time, double count)
{
    struct family family = family_of(parameters, 0);
    double q = time / (family.alpha + time);
    double survival = special_rise_value(family.b, count) - special_rise_value(family.a + family.b, count);
    double chance = special_rise_value(family.r, count) - lgamma(count + 1) + count * log(q) + family.r * log1p(-q);
    double alive = exp(survival + (count == 0 ? family.r * log1p(-q) : chance));
    if (count == 0) {
        return alive;
    }
    double gone = exp(survival) * family.a / (family.b + count - 1);
    return alive + gone * upper_tail(family.r, q, count);
}

const struct model betageometric_bgnbd = {
    .name = "bgnbd",
    .kind = MODEL_CONTINUOUS,
    .parameters = {"r", "alpha", "a", "b"},
    .count = 4,
    .scaled = {false, true, false, false},
    .dropout = {false, false, true, true},
    .immortal = {0, 0, 1e-12, 1},
    .starts = find_starts,
    .evaluate = evaluate_bg,
    .predict = predict_bg,
};

const struct model betageometric_mbgnbd = {
    .name = "mbgnbd",
    .kind = MODEL_CONTINUOUS,
    .parameters = {"r", "alpha", "a", "b"},
    .count = 4,
    .scaled = {false, true, false, false},
    .dropout = {false, false, true, true},
    .immortal = {0, 0, 1e-12, 1},
    .starts = find_starts,
    .evaluate = evaluate_mbg,
    .predict = predict_mbg,
};

const struct model betageometric_mbgcnbd = {
    .name = "mbgcnbd",
    .kind = MODEL_CONTINUOUS,
    .parameters = {"r", "alpha", "a", "b"},
    .count = 4,
    .shaped = true,
    .uses_litt = true,
    .scaled = {false, true, false, false},
    .dropout = {false, false, true, true},
    .immortal = {0, 0, 1e-12, 1},
    .starts = find_starts,
    .evaluate = evaluate_mbg,
    .predict = predict_mbg,
};
