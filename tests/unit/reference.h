// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * reference: a history, and what 40-digit arithmetic (mpmath) makes of it by the defining integrals and densities,
 * which share no formula with the models but the likelihood's own. For the unit tests of models; to be included
 * after tap.h.
 */
#ifndef REFERENCE_H
#define REFERENCE_H

#include <math.h>
#include <stddef.h>
#include <stdio.h>

#include "../../cmd/score/model.h"
#include "tap.h"

struct reference {
    double parameters[4];
    double x;
    double t_x;
    double T;
    double length;
    double discount;
    double loglik;
    double p_alive;
    double p_no_order;
    double orders;
    double discounted;
    double endless; // discounted, without end
};

static inline bool reference_near(const char *what, double got, double wanted, double tolerance, size_t row)
{
    char label[96];
    snprintf(label, sizeof label, "row %zu: %s", row, what);
    bool good = tap_report(fabs(got - wanted) <= tolerance * fabs(wanted), label, __FILE__, __LINE__);
    if (!good) {
        printf("#      got: %.17g\n# expected: %.17g\n", got, wanted);
    }
    return good;
}

// The log-likelihood and every prediction, to a relative error of `tolerance`.
static inline void reference_check(const struct model *model, const struct reference *reference, unsigned shape,
                                   double litt, double tolerance, size_t row)
{
    struct model_parameters parameters = {.shape = shape};
    for (size_t i = 0; i < model->count; i++) {
        parameters.values[i] = reference->parameters[i];
    }
    struct histories histories = {0};
    struct history history = {.x = reference->x, .t_x = reference->t_x, .T = reference->T, .litt = litt};
    histories_add(&histories, &history, 1);
    histories_settle(&histories);
    double loglik = model->evaluate(&parameters, &histories, true).value;
    struct prediction prediction;
    struct horizon horizon = {reference->length, reference->discount};
    model->predict(&parameters, &histories, &horizon, &prediction);
    reference_near("log-likelihood", loglik - reference->loglik + 1, 1, tolerance * (1 + fabs(reference->loglik)), row);
    reference_near("P(alive)", prediction.p_alive, reference->p_alive, tolerance, row);
    reference_near("P(no order)", prediction.p_no_order, reference->p_no_order, tolerance, row);
    reference_near("expected orders", prediction.orders, reference->orders, tolerance, row);
    reference_near("discounted orders", prediction.discounted, reference->discounted, tolerance, row);
    horizon.length = INFINITY;
    if (reference->endless > 0) {
        model->predict(&parameters, &histories, &horizon, &prediction);
        reference_near("orders without end", prediction.discounted, reference->endless, tolerance, row);
    }
    histories_free(&histories);
}

// Derivatives against differences of the log-likelihood over a few histories.
static inline void reference_check_slopes(const struct model *model, const struct model_parameters *at,
                                          const struct histories *histories)
{
    struct derivatives here = model->evaluate(at, histories, true);
    for (size_t i = 0; i < model->count; i++) {
        double step = 1e-5 * at->values[i];
        struct model_parameters up = *at;
        struct model_parameters down = *at;
        up.values[i] += step;
        down.values[i] -= step;
        struct derivatives above = model->evaluate(&up, histories, true);
        struct derivatives below = model->evaluate(&down, histories, true);
        CHECK_NEAR((above.value - below.value) / (2 * step), here.gradient[i], 1e-6 * (1 + fabs(here.gradient[i])));
        for (size_t j = 0; j < model->count; j++) {
            double second = i < j ? here.hessian[i][j] : here.hessian[j][i];
            CHECK_NEAR((above.gradient[j] - below.gradient[j]) / (2 * step), second, 1e-6 * (1 + fabs(second)));
        }
    }
}

#endif
