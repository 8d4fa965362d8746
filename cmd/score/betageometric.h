// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * betageometric: the models in which a customer may drop out after each purchase.
 *
 * While alive a customer buys at a rate lambda ~ gamma(r, alpha); after each chance he drops out with probability p
 * ~ beta(a, b). Chances are the repeat purchases (BG/NBD: Fader, Hardie, Lee 2005, "Counting Your Customers" the
 * Easy Way, eq. 6) or all purchases, the first too (MBG/NBD: Batislam, Denizel, Filiztekin 2007; Hoppe, Wagner
 * 2007), so that who never came back need not be alive. With k > 1 the times between purchases are Erlang-k, more
 * regular than chance (MBG/CNBD-k: Platzer, Reutterer 2016; Reutterer, Platzer, Schroeder 2021): every k-th tick of
 * a clock of rate lambda is a purchase.
 *
 * With n chances survived, A = alpha + T, v = (T - t_x) / A and R = r + k x, the likelihood is
 *
 *     Gamma(R)/Gamma(r) alpha^r B(a,b+n)/B(a,b) e^((k-1) litt) / Gamma(k)^x [ S A^-R + a/(b+n-1) (alpha+t_x)^-R ]
 *     S = sum over j < k of R (R+1) ... (R+j-1) / j! v^j,    which is 1 for k = 1,
 *
 * the second part being 0 while n = 0. All parts are positive, so nothing cancels. P(alive) = 1 / (1 + D), D being
 * the second part over the first, whose logarithm uses log1p((T-t_x)/(alpha+t_x)): relative error below 1e-15 (R +
 * 10), also where P(alive) is 1e-40 or t_x = T. Expected orders: purchase_rate.h (k = 1) and erlang.h.
 */
#ifndef BETAGEOMETRIC_H
#define BETAGEOMETRIC_H

#include "model.h"

extern const struct model betageometric_bgnbd;
extern const struct model betageometric_mbgnbd;
extern const struct model betageometric_mbgcnbd;

// The probability that a new customer of the BG/NBD makes `count` repeat purchases within `time` (eq. 8 of Fader,
// Hardie, Lee 2005). The tail of the negative binomial is added up from positive terms: relative error below 1e-13.
double betageometric_bgnbd_pmf(const struct model_parameters *parameters, double time, double count);

#endif
