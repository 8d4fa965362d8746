// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * nbd: nobody ever drops out; purchases at a rate lambda ~ gamma(r, alpha) (Ehrenberg 1959).
 *
 * The benchmark that a model with dropout must beat. Likelihood Gamma(r+x)/Gamma(r) alpha^r (alpha+T)^-(r+x);
 * expected orders (r+x)/(alpha+T) a unit of time for ever. Closed forms, exact to rounding.
 */
#ifndef NBD_H
#define NBD_H

#include "model.h"

extern const struct model nbd_model;

#endif
