// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * outlook: see outlook.h.
 */
#include "outlook.h"

#include <math.h>

enum {
    NODES = 16,
};

static const double LONGEST = 6.4;   // e^2 - 1
static const double STEEPEST = 10;   // e-folds of the rate
static const double SHORTEST = 10;   // e-folds of the discount
static const double WORTHLESS = 45;  // e-folds after which a discount leaves nothing
static const double NOTHING = 1e-18; // of the sum

void outlook_prepare(struct quadrature *quadrature)
{
    quadrature_set(quadrature, NODES);
}

static double stretch(const struct outlook_rate *rate, double z, double end, double discount)
{
    double length = fmin(end - z, LONGEST * (1 + z));
    if (rate->steepness > 0) {
        length = fmin(length, STEEPEST * (1 + rate->softening * z) / rate->steepness);
    }
    if (rate->oscillation > 0) {
        length = fmin(length, 2 * rate->oscillation + z / 3);
    }
    if (discount * z < WORTHLESS && discount > 0) {
        length = fmin(length, SHORTEST / discount);
    }
    return length;
}

// Adds a stretch from z on; gives the rate at its last node.
static double add_stretch(const struct outlook_rate *rate, const struct quadrature *quadrature, double z, double length,
                          double discount, struct outlook_sums *sums)
{
    double points[QUADRATURE_MOST];
    double rates[QUADRATURE_MOST];
    double width = log1p(length / (1 + z));
    for (size_t i = 0; i < quadrature->count; i++) {
        points[i] = z + (1 + z) * expm1(width * quadrature->nodes[i]);
    }
    rate->at(rate->context, points, rates, quadrature->count);
    double plain = 0;
    double discounted = 0;
    for (size_t i = 0; i < quadrature->count; i++) {
        double part = quadrature->weights[i] * width * (1 + points[i]) * rates[i];
        plain += part;
        discounted += discount > 0 ? part * exp(-discount * points[i]) : part;
    }
    sums->plain += plain;
    sums->discounted += discounted;
    return rates[quadrature->count - 1];
}

struct outlook_sums outlook_integrate(const struct outlook_rate *rate, const struct quadrature *quadrature,
                                      double length, double discount)
{
    struct outlook_sums sums = {0};
    bool endless = isinf(length);
    double end = endless ? WORTHLESS / discount : length;
    for (double z = 0; z < end;) {
        double step = stretch(rate, z, end, discount);
        double last = add_stretch(rate, quadrature, z, step, discount, &sums);
        double next = z + step;
        bool finished = rate->falling && last * (end - next) <= NOTHING * sums.discounted;
        z = finished || next == z ? end : next;
    }
    sums.plain = endless ? NAN : sums.plain;
    return sums;
}
