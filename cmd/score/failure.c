// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * failure: see failure.h.
 */
#include "failure.h"

#include "diag.h"

static bool grows(const struct fitting *fitting)
{
    return fitting->parameters.values[fitting->unbounded] > 1;
}

void failure_tell(const struct fitting *fitting, const char *label)
{
    const char *name = fitting->model->name;
    switch (fitting->outcome) {
    case FITTING_NO_DATA:
        diag_error(
            "%s%s: nobody came back after the day of the first purchase, so there is nothing to learn from: take "
            "a log of a longer time, or a later --today",
            label, name);
        break;
    case FITTING_NO_DROPOUT:
        diag_error("%s%s: no dropout can be found: that nobody ever leaves is as likely (log-likelihood %.9g against "
                   "%.9g); try %sa longer time",
                   label, name, fitting->immortal_loglik, fitting->loglik,
                   fitting->model->kind == MODEL_DISCRETE ? "" : "--model=nbd, or ");
        break;
    case FITTING_UNBOUNDED:
        diag_error(
            "%s%s: does not converge: '%s' %s without bound, so the customers are too few or too much alike; try "
            "another --model",
            label, name, fitting->model->parameters[fitting->unbounded], grows(fitting) ? "grows" : "shrinks");
        break;
    default:
        diag_error("%s%s: does not converge; try more customers, a longer time, or another --model", label, name);
    }
}

// What a purchase is worth, whoever makes it.
static double mean_worth(const struct histories *histories)
{
    double worth = 0;
    double purchases = 0;
    for (size_t i = 0; i < histories->count; i++) {
        double count = histories->weights[i] * histories->rows[i].x;
        purchases += count;
        worth += count * histories->rows[i].m;
    }
    return worth / purchases;
}

// With q, customers become alike.
static bool are_alike(const struct fitting *fitting)
{
    return fitting->outcome == FITTING_UNBOUNDED && *fitting->model->parameters[fitting->unbounded] == 'q' &&
           grows(fitting);
}

void failure_tell_spend(const struct fitting *fitting, const struct histories *histories, const char *label)
{
    const char *name = fitting->model->name;
    if (fitting->outcome == FITTING_NO_DATA) {
        diag_error(
            "%s%s: fewer than two customers differ in repeat purchases of a value above 0, so there is no spend to "
            "learn from (--spend=none does without)",
            label, name);
    } else if (are_alike(fitting)) {
        diag_error(
            "%s%s: does not converge: what a purchase is worth differs too little from customer to customer; take "
            "%.6g, the mean of all, for everybody (--spend=none does without)",
            label, name, mean_worth(histories));
    } else {
        diag_error("%s%s: does not converge: the customers are too few, or amounts are out of all proportion "
                   "(--spend=none does "
                   "without)",
                   label, name);
    }
}
