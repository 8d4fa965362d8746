// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * purchase_rate: E[(1 + p z)^-c] for p ~ beta(a, b): how the expected rate of purchases falls with the time z from
 * now, when a customer may drop out after each of them (Fader, Hardie, Lee 2005, appendix: it is 2F1(c, a; a+b;
 * -z)).
 *
 * Two ways, no general 2F1:
 *  - Euler's transformation, (1+z)^-a F(a+b-c, a; a+b; w) with w = z/(1+z), its series added up. Taken where at most
 *    400 terms are needed and, when a+b < c makes signs alternate, where the sum is above a thousandth of the sum of
 *    sizes. Relative error below 1e-13.
 *  - else the mean over p by the trapezoidal rule (chances.h), all terms positive. Relative error below 1e-13.
 */
#ifndef PURCHASE_RATE_H
#define PURCHASE_RATE_H

#include <stdbool.h>
#include <stddef.h>

#include "chances.h"
#include "outlook.h"

enum {
    PURCHASE_RATE_TERMS = 400,
};

// The zero value is ready for purchase_rate_set. Keeps its tables while c, a and b stay.
struct purchase_rate {
    double c;
    double a;
    double b;
    double terms[PURCHASE_RATE_TERMS]; // of Euler's series
    struct chances chances;            // made when it is needed
    struct quadrature quadrature;
};

void purchase_rate_set(struct purchase_rate *rate, double c, double a, double b);

// At these z > 0, ascending.
void purchase_rate_at(struct purchase_rate *rate, const double *points, double *rates, size_t count);

// Integrals from now to `length` (in z), plain and with exp(-discount z).
struct outlook_sums purchase_rate_integrate(struct purchase_rate *rate, double length, double discount);

void purchase_rate_free(struct purchase_rate *rate);

#endif
