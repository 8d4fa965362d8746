// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * purchase_rate: see purchase_rate.h.
 */
#include "purchase_rate.h"

#include <math.h>

static const double NEGLIGIBLE = 1e-18;
static const double MOST_CANCELLED = 1e3;
static const double LARGEST_SUM = 1e280;

void purchase_rate_set(struct purchase_rate *rate, double c, double a, double b)
{
    if (rate->c == c && rate->a == a && rate->b == b) {
        return;
    }
    if (rate->quadrature.count == 0) {
        outlook_prepare(&rate->quadrature);
    }
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

static double mean_over_chances(const struct purchase_rate *rate, double z)
{
    const struct chances *chances = &rate->chances;
    size_t first = chances_from(chances, NEGLIGIBLE / (rate->c * z));
    double sum = chances->below[first] + chances->above * exp(-rate->c * log1p(z));
    for (size_t i = first; i < chances->count; i++) {
        if (chances->masses[i] > 0) {
            sum += chances->masses[i] * exp(-rate->c * log1p(chances->p[i] * z));
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
    chances_set(&rate->chances, rate->a, rate->b, rate->c);
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
    chances_free(&rate->chances);
}
