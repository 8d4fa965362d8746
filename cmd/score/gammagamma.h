// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * gammagamma: what a customer spends on a purchase (Fader, Hardie 2013, "The Gamma-Gamma Model of Monetary Value").
 *
 * A purchase is worth gamma(p, nu), nu ~ gamma(q, v) over customers. The density of the mean m of x purchases (eq.
 * 1a):
 *
 *     Gamma(px+q) / (Gamma(px) Gamma(q)) v^q m^(px-1) x^px / (v + m x)^(px+q)
 *
 * Only customers with x > 0 and m > 0 are for a fit. The mean over customers is p v / (q - 1), which has no meaning
 * for q <= 1. Closed forms, exact to the rounding of lgamma.
 */
#ifndef GAMMAGAMMA_H
#define GAMMAGAMMA_H

#include "model.h"

extern const struct model gammagamma_model;

// The expected value of a purchase of somebody whose x purchases had the mean m (eq. 5), NaN for q <= 1.
double gammagamma_expected(const struct model_parameters *parameters, double x, double m);

#endif
