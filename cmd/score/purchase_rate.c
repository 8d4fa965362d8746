// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * purchase_rate: see purchase_rate.h.
 */
#include "purchase_rate.h"

#include <math.h>
#include <stdlib.h>

#include "heap.h"

static const double NEGLIGIBLE = 1e-18;
static const double MOST_CANCELLED = 1e3;
static const double LARGEST_SUM = 1e280;
static const double WIDEST_STEP = 0.25; // of the trapezoidal rule: its error is below e^-39
static const double LEFT_END = 60;      // e-folds of p below 1/c
static const double RIGHT_END = 40;     // e-folds of 1 - p

static void forget_table(struct purchase_rate *rate)
{
    free(rate->chances);
    free(rate->masses);
    free(rate->below);
    rate->chances = NULL;
    rate->masses = NULL;
    rate->below = NULL;
}

void purchase_rate_set(struct purchase_rate *rate, double c, double a, double b)
{
    if (rate->c == c && rate->a == a && rate->b == b) {
        return;
    }
    if (rate->quadrature.count == 0) {
        outlook_prepare(&rate->quadrature);
    }
    forget_table(rate);
    rate->c = c;
    rate->a = a;
    rate->b = b;
    double term = 1;
    for (size_t k = 0; k < PURCHASE_RATE_TERMS; k++) {
        rate->terms[k] = term;
        double n = (double)k;
        term *= (a + b - c + n) / (a + b + n) * (a + n) / (n + 1);
    }
}

// How many terms of Euler's series are needed at w and below it; 0 when the series will not do.
static size_t terms_needed(const struct purchase_rate *rate, double w)
{
    double power = 1;
    double sum = 0;
    double sizes = 0;
    for (size_t k = 0; k + 1 < PURCHASE_RATE_TERMS; k++) {
        double term = rate->terms[k] * power;
        sum += term;
        sizes += fabs(term);
        if (!(sizes < LARGEST_SUM)) {
            return 0;
        }
        // Later terms fall at least as fast as this bound says once their ratio is below 1.
        double ratio = term == 0 ? 0 : fabs(rate->terms[k + 1] / rate->terms[k]) * w;
        double limit = fmax(ratio, w);
        if (limit < 1 && (term == 0 || fabs(term) * ratio / (1 - limit) < NEGLIGIBLE * sizes)) {
            return sizes > MOST_CANCELLED * fabs(sum) ? 0 : k + 1;
        }
        power *= w;
    }
    return 0;
}

static void add_series(const struct purchase_rate *rate, const double *points, double *rates, size_t count,
                       size_t needed)
{
    for (size_t i = 0; i < count; i++) {
        double w = points[i] / (1 + points[i]);
        double sum = 0;
        for (size_t k = needed; k-- > 0;) {
            sum = sum * w + rate->terms[k];
        }
        rates[i] = sum * exp(-rate->a * log1p(points[i]));
    }
}

// The mass at s of the rule, p = 1 / (1 + e^-s).
static double mass_at(const struct purchase_rate *rate, double s, double constant)
{
    double logit = s > 0 ? -log1p(exp(-s)) : s - log1p(exp(s));
    return exp(constant + rate->a * logit + rate->b * (logit - s));
}

static void make_table(struct purchase_rate *rate)
{
    double step = fmin(WIDEST_STEP, 0.6 / sqrt(1 + 2 * rate->a));
    double start = -LEFT_END - log(rate->c + 1);
    // Any constant will do that keeps the masses within range: they are made to add up to 1.
    double constant = lgamma(rate->a + rate->b) - lgamma(rate->a) - lgamma(rate->b);
    rate->count = (size_t)((RIGHT_END - start) / step);
    rate->chances = heap_allocate(rate->count, sizeof *rate->chances);
    rate->masses = heap_allocate(rate->count, sizeof *rate->masses);
    rate->below = heap_allocate(rate->count, sizeof *rate->below);
    // What the rule adds before the first point: a geometric series of ratio e^(-a step).
    double below = mass_at(rate, start, constant) / expm1(rate->a * step);
    for (size_t i = 0; i < rate->count; i++) {
        double s = start + step * (double)i;
        rate->chances[i] = 1 / (1 + exp(-s));
        rate->masses[i] = mass_at(rate, s, constant);
        rate->below[i] = below;
        below += rate->masses[i];
    }
    rate->above = rate->masses[rate->count - 1] / expm1(rate->b * step);
    double whole = below + rate->above;
    for (size_t i = 0; i < rate->count; i++) {
        rate->masses[i] /= whole;
        rate->below[i] /= whole;
    }
    rate->above /= whole;
}

static double mean_over_chances(const struct purchase_rate *rate, double z)
{
    size_t first = 0;
    size_t last = rate->count;
    double harmless = NEGLIGIBLE / (rate->c * z);
    while (first < last) {
        size_t middle = first + (last - first) / 2;
        if (rate->chances[middle] < harmless) {
            first = middle + 1;
        } else {
            last = middle;
        }
    }
    first = first < rate->count ? first : rate->count - 1;
    double sum = rate->below[first] + rate->above * exp(-rate->c * log1p(z));
    for (size_t i = first; i < rate->count; i++) {
        if (rate->masses[i] > 0) {
            sum += rate->masses[i] * exp(-rate->c * log1p(rate->chances[i] * z));
        }
    }
    return sum;
}

void purchase_rate_at(struct purchase_rate *rate, const double *points, double *rates, size_t count)
{
    double farthest = points[count - 1];
    size_t needed = terms_needed(rate, farthest / (1 + farthest));
    if (needed > 0) {
        add_series(rate, points, rates, count, needed);
        return;
    }
    if (rate->chances == NULL) {
        make_table(rate);
    }
    for (size_t i = 0; i < count; i++) {
        rates[i] = mean_over_chances(rate, points[i]);
    }
}

static void at(void *context, const double *points, double *rates, size_t count)
{
    purchase_rate_at(context, points, rates, count);
}

struct outlook_sums purchase_rate_integrate(struct purchase_rate *rate, double length, double discount)
{
    // The rate falls by c E[p/(1+pz)] at most, which by Jensen's inequality is at most c m/(1+mz) for the mean m of
    // p.
    double mean = rate->a / (rate->a + rate->b);
    struct outlook_rate outlook = {
        .at = at, .context = rate, .falling = true, .steepness = rate->c * mean, .softening = mean};
    return outlook_integrate(&outlook, &rate->quadrature, length, discount);
}

void purchase_rate_free(struct purchase_rate *rate)
{
    forget_table(rate);
}
