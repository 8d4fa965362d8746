// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * forecast: predictions for every distinct history of a group, and how sure they are.
 *
 * Intervals come from the delta method: the variance of a prediction is g'Cg, g its slopes in the parameters (central
 * differences in their logarithms, relative error about 1e-7) and C their covariances. They are taken for the logit of
 * probabilities and the logarithm of sizes, so that no bound is below 0 or a probability above 1.
 */
#ifndef FORECAST_H
#define FORECAST_H

#include <stdbool.h>
#include <stddef.h>

#include "fitting.h"
#include "histories.h"
#include "model.h"

// Standard errors of one prediction.
struct forecast_errors {
    double p_alive; // of its logit, also the next
    double p_no_order;
    double orders; // of its logarithm, also the next
    double discounted;
};

struct forecast {
    struct prediction *predictions; // one a row of the histories
    struct forecast_errors *errors; // NULL unless asked for
};

// `with_errors` needs the covariances of the fit. To be freed.
void forecast_make(struct forecast *forecast, const struct fitting *fitting, const struct histories *histories,
                   const struct horizon *horizon, bool with_errors);
void forecast_free(struct forecast *forecast);

// The standard error of the logarithm of the expected spend (gammagamma.h).
double forecast_spend_error(const struct fitting *spend, double x, double m);

struct forecast_interval {
    double low;
    double high;
};

// Where a value lies whose logarithm, or logit, has this standard error; `z` standard errors on both sides.
struct forecast_interval forecast_size(double value, double error, double z);
struct forecast_interval forecast_probability(double value, double error, double z);

#endif
