// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * model: what a customer model is to the rest: its parameters, its likelihood and its predictions.
 *
 * All parameters are above 0. A model is a constant (model_find). Times are in one unit, that of the parameters.
 * Predictions are exact to a relative error of 1e-9 unless the model's header says something better.
 */
#ifndef MODEL_H
#define MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "derivatives.h"
#include "histories.h"
#include "slice.h"

enum {
    MODEL_STARTS = 4,
};

struct model_parameters {
    double values[DERIVATIVES_MOST]; // in the model's order
    unsigned shape;                  // k of mbgcnbd, else 1
};

// How far predictions look, from today.
struct horizon {
    double length;   // in the unit; INFINITY with a discount above 0
    double discount; // continuous, a unit; 0 is none
};

struct prediction {
    double p_alive;    // today
    double p_no_order; // within the horizon; NaN when that has no end
    double orders;     // expected within the horizon; NaN when that has no end
    double discounted; // the same, each weighed by exp(-discount x its distance)
};

enum model_kind {
    MODEL_CONTINUOUS, // purchases at any time: x, t_x, T
    MODEL_DISCRETE,   // purchases at opportunities: x, t_x, and T is their number
    MODEL_CONTRACT,   // one row a number of customers: T periods, x = 1 when they left in the last of them, else 0
    MODEL_SPEND,      // x and m
};

struct model {
    const char *name;
    enum model_kind kind;
    const char *parameters[DERIVATIVES_MOST];
    size_t count;                      // of parameters, the shape not among them
    bool shaped;                       // has k, a whole number from 1, before them
    bool uses_litt;                    // needs the sum of logarithms
    bool scaled[DERIVATIVES_MOST];     // parameters that are times (of a spend model, amounts), not mere numbers
    bool dropout[DERIVATIVES_MOST];    // parameters that say how customers drop out
    double immortal[DERIVATIVES_MOST]; // values of those at which nobody does
    // Fixed points to start from, the best to be found by trying.
    void (*starts)(const struct histories *histories, double starts[MODEL_STARTS][DERIVATIVES_MOST]);
    // The log-likelihood of all histories and its derivatives in the parameters. `fine` asks for the last digits.
    struct derivatives (*evaluate)(const struct model_parameters *parameters, const struct histories *histories,
                                   bool fine);
    // One prediction a row.
    void (*predict)(const struct model_parameters *parameters, const struct histories *histories,
                    const struct horizon *horizon, struct prediction *predictions);
};

// The model of a name ("bgnbd"), or NULL.
const struct model *model_find(struct slice name);

// All of them, in the order in which they are listed, NULL-terminated.
const struct model *const *model_all(void);

#endif
