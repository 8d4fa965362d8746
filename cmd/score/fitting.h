// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fitting: the parameters of a model under which the histories are most likely, and how well they are known.
 *
 * Maximum likelihood in the logarithms of the parameters (newton.h), so that they stay above 0 and the unit of time
 * or money is a mere shift. The best of the model's starts is found on at most 1500 of the histories, evenly
 * spread; from there all are used. The same histories give the same digits, whatever the order of the rows they
 * came from.
 *
 * Standard errors and covariances are those of the parameters themselves, from the inverse of the exact negative
 * Hessian.
 */
#ifndef FITTING_H
#define FITTING_H

#include <stddef.h>

#include "derivatives.h"
#include "histories.h"
#include "model.h"

enum fitting_outcome {
    FITTING_DONE,
    FITTING_NO_DATA,    // there is nothing to learn from (no customer bought a second time)
    FITTING_NO_DROPOUT, // nobody seems to drop out: a model without dropout is as likely
    FITTING_UNBOUNDED,  // a parameter grows or shrinks without bound
    FITTING_STUCK,      // no top was found
};

struct fitting {
    const struct model *model;
    enum fitting_outcome outcome;
    struct model_parameters parameters;
    double loglik;
    double immortal_loglik; // without dropout, of FITTING_NO_DROPOUT
    double customers;
    size_t unbounded; // the parameter, of FITTING_UNBOUNDED
    size_t evaluations;
    double slope; // the largest derivative of the log-likelihood by the logarithm of a parameter
    double errors[DERIVATIVES_MOST];
    double covariance[DERIVATIVES_MOST][DERIVATIVES_MOST];
};

struct fitting fitting_run(const struct model *model, const struct histories *histories);

// Parameters that were estimated, the shape among them.
size_t fitting_count(const struct fitting *fitting);

double fitting_aic(const struct fitting *fitting);
double fitting_bic(const struct fitting *fitting);

#endif
