// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * pnbd: the Pareto/NBD of Schmittlein, Morrison, Colombo 1987 ("Counting Your Customers").
 *
 * While alive a customer buys at a rate lambda ~ gamma(r, alpha); he drops out at a rate mu ~ gamma(s, beta), at
 * any time. The likelihood, as an integral over the time y of dropping out rather than by 2F1 (Fader, Hardie 2005,
 * "A Note on Deriving the Pareto/NBD Model", eq. 17 to 20, before the integral is done):
 *
 *     Gamma(r+x)/Gamma(r) alpha^r beta^s [ (alpha+T)^-(r+x) (beta+T)^-s + s J(t_x, T) ]
 *     J(from, to) = integral of (alpha+y)^-(r+x) (beta+y)^-(s+1) dy
 *
 * J's integrand is positive and smooth. It is integrated in w = ln(min(alpha, beta) + y), over the part where it is
 * above e^-40 of its peak, by Gauss-Legendre: 16 nodes while a fit searches (relative error of J below 1e-7), 32 in
 * the end (below 1e-13, over parameters of three decades, x to 20,000). Derivatives are taken under the integral.
 * P(alive) = 1 / (1 + D), D = s J(t_x, T) over the alive part. Given that he is alive, lambda and mu are
 * independent gammas, so that
 *
 *     expected orders = P(alive) (r+x)/(alpha+T) integral over the horizon of ((beta+T)/(beta+T+y))^s dy,
 *
 * which is (beta+T) (1 - q^(s-1)) / (s-1), q = (beta+T)/(beta+T+horizon), through expm1, so that s = 1 is no
 * special case. With a discount over an endless horizon it is (beta+T) e^z E_s(z), z = discount (beta+T), the
 * generalised exponential integral, by its continued fraction (DLMF 8.19.17) for z > 1 and by quadrature up to
 * there below (Fader, Hardie, Lee 2005, "RFM and CLV", eq. 2, has it as a Kummer function); over a finite one by
 * quadrature (outlook.h).
 */
#ifndef PNBD_H
#define PNBD_H

#include "model.h"

extern const struct model pnbd_model;

// The probability that a new customer makes `count` repeat purchases within `time` (Fader, Hardie 2006, "Deriving an
// Expression for P(X(t) = x) under the Pareto/NBD Model", as an integral over the time of dropping out).
double pnbd_pmf(const struct model_parameters *parameters, double time, double count);

// ln J(t_x, T) of one history.
double pnbd_log_integral(const struct model_parameters *parameters, const struct history *history);

#endif
