// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * estimates: see estimates.h.
 */
#include "estimates.h"

#include <math.h>

#include "failure.h"
#include "gammagamma.h"

static const double NOTEWORTHY = 0.3; // a correlation

static void tell(const struct fitting *fitting, const char *label, const struct diag *diag)
{
    diag_detail(diag, "%s%s: log-likelihood %.10g, BIC %.10g, %zu evaluations, largest slope %.2g", label,
                fitting->model->name, fitting->loglik, fitting_bic(fitting), fitting->evaluations, fitting->slope);
}

static bool learn_best(struct estimates *estimates, const struct wanted *wanted, const struct buyers *buyers,
                       const struct histories *histories, const char *label, const struct diag *diag)
{
    struct fitting worst = {0};
    for (size_t i = 0; i < wanted->count; i++) {
        if (wanted->models[i]->uses_litt && !buyers->litt) {
            continue;
        }
        struct fitting fitting = fitting_run(wanted->models[i], histories);
        if (fitting.outcome != FITTING_DONE) {
            diag_detail(diag, "%s%s: could not be fitted", label, fitting.model->name);
            worst = worst.model == NULL ? fitting : worst;
            continue;
        }
        tell(&fitting, label, diag);
        if (estimates->count == 0 || fitting_bic(&fitting) < fitting_bic(&estimates->models[0])) {
            estimates->models[0] = fitting;
            estimates->count = 1;
        }
    }
    if (estimates->count == 0) {
        failure_tell(&worst, label);
        return false;
    }
    diag_note(diag, "%sthe best model by BIC is %s", label, estimates->models[0].model->name);
    return true;
}

bool estimates_learn(struct estimates *estimates, const struct wanted *wanted, const struct buyers *buyers,
                     size_t group, const struct diag *diag)
{
    char label[BUYERS_LABEL_SIZE];
    const struct histories *histories = &buyers->groups[group].visits;
    buyers_label(buyers, group, diag, label);
    *estimates = (struct estimates){0};
    if (wanted->best) {
        return learn_best(estimates, wanted, buyers, histories, label, diag);
    }
    bool good = true;
    for (size_t i = 0; i < wanted->count; i++) {
        struct fitting fitting = fitting_run(wanted->models[i], histories);
        if (fitting.outcome == FITTING_DONE) {
            tell(&fitting, label, diag);
            estimates->models[estimates->count++] = fitting;
        } else {
            failure_tell(&fitting, label);
            good = false;
        }
    }
    return good;
}

static double weighted_mean(const struct histories *spends, bool of_m)
{
    double sum = 0;
    for (size_t i = 0; i < spends->count; i++) {
        sum += spends->weights[i] * (of_m ? spends->rows[i].m : spends->rows[i].x);
    }
    return sum / spends->customers;
}

// Of the number of purchases and their mean value, over customers; NaN when one of them does not vary.
static double correlation(const struct histories *spends)
{
    double mean_x = weighted_mean(spends, false);
    double mean_m = weighted_mean(spends, true);
    double squares_x = 0;
    double squares_m = 0;
    double products = 0;
    for (size_t i = 0; i < spends->count; i++) {
        double x = spends->rows[i].x - mean_x;
        double m = spends->rows[i].m - mean_m;
        squares_x += spends->weights[i] * x * x;
        squares_m += spends->weights[i] * m * m;
        products += spends->weights[i] * x * m;
    }
    return products / sqrt(squares_x * squares_m);
}

static void tell_correlation(const struct histories *spends, const char *label, const struct diag *diag)
{
    double value = correlation(spends);
    if (!(fabs(value) >= NOTEWORTHY)) {
        diag_detail(diag, "%sgg: correlation of x and m: %.3f", label, value);
        return;
    }
    diag_note(
        diag,
        "%sgg: who buys %s often spends more on a purchase (correlation of x and m %.2f), but the model takes the two "
        "for independent: mind expected_spend at the extremes",
        label, value > 0 ? "more" : "less", value);
}

bool estimates_spend_has_mean(const struct estimates *estimates)
{
    return estimates->has_spend && isfinite(gammagamma_expected(&estimates->spend.parameters, 0, 0));
}

bool estimates_learn_spend(struct estimates *estimates, const struct buyers *buyers, size_t group,
                           const struct diag *diag)
{
    char label[BUYERS_LABEL_SIZE];
    const struct histories *spends = &buyers->groups[group].spends;
    buyers_label(buyers, group, diag, label);
    struct fitting fitting = fitting_run(&gammagamma_model, spends);
    if (fitting.outcome == FITTING_NO_DATA) {
        failure_tell_spend(&fitting, spends, label);
        return false;
    }
    tell_correlation(spends, label, diag);
    if (fitting.outcome != FITTING_DONE) {
        failure_tell_spend(&fitting, spends, label);
        return false;
    }
    tell(&fitting, label, diag);
    estimates->spend = fitting;
    estimates->has_spend = true;
    if (!estimates_spend_has_mean(estimates)) {
        diag_error(
            "%sgg: q is %.4g, and a mean spend needs it above 1: a few customers spend so much that there is no mean "
            "(--spend=none does without)",
            label, fitting.parameters.values[1]);
        return false;
    }
    return true;
}
