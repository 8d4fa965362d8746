// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * estimates: the fitted models of one group of customers, and what is said when one cannot be fitted.
 */
#ifndef ESTIMATES_H
#define ESTIMATES_H

#include <stdbool.h>
#include <stddef.h>

#include "buyers.h"
#include "diag.h"
#include "fitting.h"
#include "wanted.h"

struct estimates {
    struct fitting models[WANTED_MOST];
    size_t count;
    struct fitting spend;
    bool has_spend; // there are parameters of the spend model; its mean may still have no meaning
};

// Fits the wanted models to a group, or the best of them (by BIC). False when one of them, or of the best all, could
// not be fitted, which was said.
bool estimates_learn(struct estimates *estimates, const struct wanted *wanted, const struct buyers *buyers,
                     size_t group, const struct diag *diag);

// Fits the spend model. False when there is no mean spend to be had, which was said.
bool estimates_learn_spend(struct estimates *estimates, const struct buyers *buyers, size_t group,
                           const struct diag *diag);

// Is q above 1, so that the mean spend means something?
bool estimates_spend_has_mean(const struct estimates *estimates);

#endif
