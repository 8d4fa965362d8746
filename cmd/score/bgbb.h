// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * bgbb: the BG/BB of Fader, Hardie, Shang 2010 ("Customer-Base Analysis in a Discrete-Time Noncontractual Setting").
 *
 * At each of n opportunities a customer who is alive buys with chance p ~ beta(alpha, beta), having dropped out
 * before it with chance theta ~ beta(gamma, delta). x is the number of purchases, t_x the opportunity of the last
 * one. The likelihood (eq. 5) is the sum over the opportunity at which he dropped out, all terms positive:
 *
 *     B(alpha+x, beta+n-x)/B(alpha, beta) B(gamma, delta+n)/B(gamma, delta)
 *     + sum over m from t_x to n-1 of B(alpha+x, beta+m-x)/B(alpha, beta) B(gamma+1, delta+m)/B(gamma, delta)
 *
 * P(alive) is that of being alive at the next opportunity (eq. 11); expected purchases are sums over opportunities of
 * it times the mean of p (eq. 13, 14), discounted by e^-(discount i) at the i-th from now. A horizon counts whole
 * opportunities. Finite sums, relative error below 1e-14 n.
 */
#ifndef BGBB_H
#define BGBB_H

#include "model.h"

extern const struct model bgbb_model;

#endif
