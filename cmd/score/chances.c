// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * chances: see chances.h.
 */
#include "chances.h"

#include <math.h>
#include <stdlib.h>

#include "heap.h"

static const double WIDEST_STEP = 0.25; // the rule's error is below e^-39
static const double LEFT_END = 60;      // e-folds of p below 1/c
static const double RIGHT_END = 40;     // e-folds of 1 - p

static void make_room(struct chances *chances, size_t count)
{
    chances_free(chances);
    chances->count = count;
    chances->p = heap_allocate(count, sizeof *chances->p);
    chances->log_not = heap_allocate(count, sizeof *chances->log_not);
    chances->masses = heap_allocate(count, sizeof *chances->masses);
    chances->below = heap_allocate(count, sizeof *chances->below);
}

// Makes the masses add up to 1. A lattice of step h goes on beyond the table, where masses fall by e^-ah or e^-bh.
static void normalise(struct chances *chances, double step)
{
    size_t last = chances->count - 1;
    double below = chances->masses[0] / expm1(chances->a * step);
    chances->above = chances->masses[last] / expm1(chances->b * step);
    double whole = chances->above;
    for (size_t i = 0; i < chances->count; i++) {
        chances->below[i] = below;
        below += chances->masses[i];
    }
    whole += below;
    for (size_t i = 0; i < chances->count; i++) {
        chances->masses[i] /= whole;
        chances->below[i] /= whole;
    }
    chances->above /= whole;
}

void chances_set(struct chances *chances, double a, double b, double c)
{
    if (chances->p != NULL && chances->a == a && chances->b == b && chances->c == c) {
        return;
    }
    double step = fmin(WIDEST_STEP, 0.6 / sqrt(1 + 2 * a));
    double start = -LEFT_END - log(c + 1);
    make_room(chances, (size_t)((RIGHT_END - start) / step));
    chances->a = a;
    chances->b = b;
    chances->c = c;
    double constant = lgamma(a + b) - lgamma(a) - lgamma(b);
    for (size_t i = 0; i < chances->count; i++) {
        double s = start + step * (double)i;
        double log_p = s > 0 ? -log1p(exp(-s)) : s - log1p(exp(s));
        chances->p[i] = exp(log_p);
        chances->log_not[i] = log_p - s;
        chances->masses[i] = exp(constant + a * log_p + b * chances->log_not[i]);
    }
    normalise(chances, step);
}

size_t chances_from(const struct chances *chances, double p)
{
    size_t first = 0;
    size_t last = chances->count - 1;
    while (first < last) {
        size_t middle = first + (last - first) / 2;
        if (chances->p[middle] < p) {
            first = middle + 1;
        } else {
            last = middle;
        }
    }
    return first;
}

void chances_free(struct chances *chances)
{
    free(chances->p);
    free(chances->log_not);
    free(chances->masses);
    free(chances->below);
    *chances = (struct chances){0};
}
