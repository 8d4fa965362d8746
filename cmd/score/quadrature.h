// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * quadrature: Gauss-Legendre nodes and weights on 0 to 1.
 *
 * With m nodes polynomials up to degree 2m - 1 are exact; for an integrand that is analytic within the ellipse with
 * foci at the ends of the interval and semi-axes that add up to rho (half the interval being 1), the error falls as
 * rho^-2m (Trefethen 2008, "Is Gauss Quadrature Better than Clenshaw-Curtis?", theorem 4.5).
 */
#ifndef QUADRATURE_H
#define QUADRATURE_H

#include <stddef.h>

enum {
    QUADRATURE_MOST = 32,
};

struct quadrature {
    size_t count;
    double nodes[QUADRATURE_MOST]; // ascending
    double weights[QUADRATURE_MOST];
};

// `count` is 1 to QUADRATURE_MOST.
void quadrature_set(struct quadrature *quadrature, size_t count);

#endif
