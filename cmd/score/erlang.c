// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * erlang: see erlang.h.
 */
#include "erlang.h"

#include <math.h>
#include <stdlib.h>

#include "chances.h"
#include "heap.h"
#include "purchase_rate.h"

static const double NEGLIGIBLE = 1e-18;
static const double MANY = 300; // ticks
static const double WIDEST_STEP = 0.25;
static const double FARTHEST = 700; // logarithms of rates that are looked at

// What the rate needs, and a growing table of the chances to survive n purchases.
struct state {
    const struct erlang *clock;
    struct chances chances;
    double *survival;
    size_t count;
    size_t capacity;
};

double erlang_quiet(unsigned k, double power, double v)
{
    double term = 1;
    double sum = 0;
    for (unsigned j = 0; j < k; j++) {
        sum += term;
        term *= (power + j) / (j + 1) * v;
    }
    return sum;
}

static double survival(struct state *state, size_t n)
{
    while (state->count <= n) {
        state->survival = heap_grow(state->survival, &state->capacity, state->count + 1, sizeof *state->survival);
        double before = (double)state->count - 1;
        double a = state->clock->a;
        double b = state->clock->b;
        state->survival[state->count] =
            state->count == 0 ? 1 : state->survival[state->count - 1] * (b + before) / (a + b + before);
        state->count++;
    }
    return state->survival[n];
}

// The sum of m Pr(m ticks) survival over the ticks m that are purchases, from the mode up or down.
static double add_ticks(struct state *state, unsigned j, double power, double q, double mode, double top, bool up)
{
    unsigned k = state->clock->k;
    double sum = 0;
    double term = top;
    for (double m = mode; m >= 1; m += up ? 1 : -1) {
        if (m != mode || up) {
            size_t ticks = (size_t)m + j;
            double part = ticks % k == 0 ? m * term * survival(state, ticks / k - 1) : 0;
            sum += part;
            if (m > mode + k && m * term < NEGLIGIBLE * sum) {
                break;
            }
            if (m + k < mode && m * term < NEGLIGIBLE * sum) {
                break;
            }
        }
        if (term == 0) {
            break;
        }
        term *= up ? (power + m) / (m + 1) * q : m / ((power + m - 1) * q);
    }
    return sum;
}

// The expected rate j ticks after the last purchase.
static double rate_after(struct state *state, unsigned j, double z)
{
    double power = state->clock->power + j;
    double q = z / (1 + z);
    double mode = fmax(1, floor((power - 1) * z));
    double top = exp(lgamma(power + mode) - lgamma(power) - lgamma(mode + 1) + mode * log(q) - power * log1p(z));
    double sum = add_ticks(state, j, power, q, mode, top, true);
    return (sum + add_ticks(state, j, power, q, mode, top, false)) / z;
}

// One of the k terms of rate_of_many at one chance; its twin of the negative angle makes two of all but the first.
static double term_of_many(const struct chances *chances, size_t i, unsigned k, unsigned late, double angle,
                           double power, double z)
{
    double log_factor = chances->log_not[i] / k;
    double factor = exp(log_factor);
    // 1 - factor e^(i angle) without cancellation where the chance is small.
    double missing = -expm1(log_factor) + factor * 2 * sin(angle / 2) * sin(angle / 2);
    double real = 1 + z * missing;
    double imaginary = -z * factor * sin(angle);
    double size = -(power + 1) * log(hypot(real, imaginary)) - late * log_factor;
    return exp(size) * cos((power + 1) * atan2(imaginary, real) + late * angle);
}

// The expected rate j ticks after the last purchase where many ticks are expected. At a known lambda and p, with
// f^k = 1-p and w running through the k-th roots of 1, the sum over ticks is 1/k sum over w of (f w)^-(k-j-1)
// lambda e^(-lambda z (1 - f w)); its mean over lambda is a power of 1 + z (1 - f w).
static double rate_of_many(struct state *state, unsigned j, double z)
{
    static const double turn = 6.283185307179586;
    unsigned k = state->clock->k;
    double power = state->clock->power + j;
    struct chances *chances = &state->chances;
    chances_set(chances, state->clock->a, state->clock->b, state->clock->power + k);
    size_t first = chances_from(chances, NEGLIGIBLE / (power * z));
    double sum = chances->below[first];
    for (size_t i = first; i < chances->count; i++) {
        double terms = 0;
        for (unsigned l = 0; chances->masses[i] > 0 && l <= k / 2; l++) {
            bool alone = l == 0 || 2 * l == k;
            terms += (alone ? 1 : 2) * term_of_many(chances, i, k, k - j - 1, turn * l / k, power, z);
        }
        sum += chances->masses[i] * terms;
    }
    return sum * power / k;
}

static double mean_rate(struct state *state, double z)
{
    const struct erlang *clock = state->clock;
    double share = 1;
    double sum = 0;
    for (unsigned j = 0; j < clock->k && share > 0; j++) {
        sum += share * (clock->power * z > MANY ? rate_of_many(state, j, z) : rate_after(state, j, z));
        share *= (clock->power + j) / (j + 1) * clock->v;
    }
    return sum / erlang_quiet(clock->k, clock->power, clock->v);
}

static void at(void *context, const double *points, double *rates, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        rates[i] = mean_rate(context, points[i]);
    }
}

static struct outlook_sums orders_until(const struct erlang *clock, double length, double discount)
{
    struct state state = {.clock = clock};
    struct quadrature quadrature;
    outlook_prepare(&quadrature);
    double mean = clock->a / (clock->a + clock->b);
    struct outlook_rate rate = {.at = at,
                                .context = &state,
                                .steepness = (clock->power / clock->k + 1) * mean,
                                .softening = mean,
                                .oscillation = clock->k / (clock->power + clock->k)};
    struct outlook_sums sums = outlook_integrate(&rate, &quadrature, length / clock->time, discount * clock->time);
    free(state.survival);
    chances_free(&state.chances);
    return sums;
}

// Rates are whole powers of e^step, so that customers of one x share what is known of them.
static void set_table(struct erlang_table *table, const struct erlang *clock, double discount)
{
    double step = fmin(WIDEST_STEP, 0.6 / sqrt(1 + 2 * (clock->power + clock->k)));
    if (table->means != NULL && table->a == clock->a && table->b == clock->b && table->k == clock->k &&
        table->step == step && table->discount == discount) {
        return;
    }
    free(table->means);
    *table = (struct erlang_table){clock->a, clock->b, clock->k, step, discount, (long)(FARTHEST / step), NULL};
    table->means = heap_allocate(2 * (size_t)table->reach + 1, sizeof *table->means);
}

// The discounted sum of all purchases at a known rate, from a purchase on: each tick is worth t = rate / (rate +
// discount) of the one before, so it is E[1 / (1 - (1-p) t^k)], which is E[1 / (1 + p t^k / y)] / y with y = 1 -
// t^k.
static double worth_at_rate(struct erlang_table *table, struct purchase_rate *chances, long position)
{
    double *known = &table->means[position + table->reach];
    if (*known == 0) {
        double log_ticks = -log1p(table->discount / exp((double)position * table->step)) * table->k;
        double missing = -expm1(log_ticks);
        double point = exp(log_ticks) / missing;
        purchase_rate_set(chances, 1, table->a, table->b);
        purchase_rate_at(chances, &point, known, 1);
        *known /= missing;
    }
    return *known;
}

// The next purchase is k - j ticks away, and a rate that explains j ticks weighs the higher ones more.
static double first_ticks(const struct erlang *clock, double rate, double discount)
{
    double tick = rate / (rate + discount);
    double share = 1;
    double sum = 0;
    for (unsigned j = 0; j < clock->k; j++) {
        sum += share * pow(tick, clock->k - j);
        share *= rate * clock->time * clock->v / (j + 1);
    }
    return sum;
}

// The mean over rates by the trapezoidal rule in ln(rate): analytic, and falling exponentially on both sides.
static double orders_for_ever(const struct erlang *clock, double discount, struct erlang_table *table)
{
    struct purchase_rate chances = {0};
    set_table(table, clock, discount);
    long middle = lround(log((clock->power + clock->k) / clock->time) / table->step);
    double constant = clock->power * log(clock->time) - lgamma(clock->power);
    double sum = 0;
    for (int side = -1; side <= 1; side += 2) {
        double largest = 0;
        double part = 1;
        for (long i = side < 0 ? middle : middle + 1; part > NEGLIGIBLE * largest && labs(i) < table->reach;
             i += side) {
            double rate = exp((double)i * table->step);
            double mass = exp(constant + clock->power * (double)i * table->step - rate * clock->time);
            part = mass * first_ticks(clock, rate, discount) * worth_at_rate(table, &chances, i);
            largest = fmax(largest, part);
            sum += part;
        }
    }
    purchase_rate_free(&chances);
    return sum * table->step / erlang_quiet(clock->k, clock->power, clock->v);
}

struct outlook_sums erlang_orders(const struct erlang *clock, double length, double discount,
                                  struct erlang_table *table)
{
    if (isinf(length)) {
        return (struct outlook_sums){.plain = NAN, .discounted = orders_for_ever(clock, discount, table)};
    }
    return orders_until(clock, length, discount);
}

void erlang_free(struct erlang_table *table)
{
    free(table->means);
}

double erlang_silent(const struct erlang *clock, double length)
{
    double share = 1;
    double sum = 0;
    double q = length / (clock->time + length);
    for (unsigned j = 0; j < clock->k; j++) {
        double power = clock->power + j;
        sum += share * erlang_quiet(clock->k - j, power, q) * exp(-power * log1p(length / clock->time));
        share *= (clock->power + j) / (j + 1) * clock->v;
    }
    return sum / erlang_quiet(clock->k, clock->power, clock->v);
}
