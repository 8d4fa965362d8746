// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * sbg: the shifted-beta-geometric of Fader, Hardie 2007 ("How to Project Customer Retention"), for contracts.
 *
 * Each customer leaves at the end of a period with a chance theta ~ beta(alpha, beta) of his own. Of those who left
 * at the end of period t the likelihood is B(alpha+1, beta+t-1)/B(alpha, beta), of those who are still there after
 * T periods B(alpha, beta+T)/B(alpha, beta) (eq. 5 and 6). Who is there after T periods renews in time to come as
 * Fader, Hardie 2010 ("Customer-Base Valuation in a Contractual Setting", eq. 6) have it: renewals.h, with beta +
 * T. Finite sums of logarithms, relative error below 1e-14 T.
 */
#ifndef SBG_H
#define SBG_H

#include "model.h"

extern const struct model sbg_model;

#endif
