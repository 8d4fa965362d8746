// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * renewals: see renewals.h.
 */
#include "renewals.h"

#include <math.h>

static const double NEGLIGIBLE = 1e-17;

struct outlook_sums renewals_sum(double a, double b, double length, double discount)
{
    struct outlook_sums sums = {0};
    double term = 1;
    double factor = exp(-discount);
    double weight = 1;
    for (double i = 0; i < length; i++) {
        term *= (b + i) / (a + b + i);
        weight *= factor;
        sums.plain += term;
        sums.discounted += term * weight;
        // What is left is at most a geometric series of the discount.
        if (isinf(length) && term * weight <= NEGLIGIBLE * (1 - factor) * sums.discounted) {
            break;
        }
    }
    sums.plain = isinf(length) ? NAN : sums.plain;
    sums.discounted = discount > 0 ? sums.discounted : sums.plain;
    return sums;
}
