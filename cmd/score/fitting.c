// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fitting: see fitting.h.
 */
#include "fitting.h"

#include <math.h>
#include <string.h>

#include "newton.h"
#include "rates.h"

enum {
    FIRST_LOOK = 1500,
    MOST_SHAPES = 12,
};

static const double WIDEST = 16; // a parameter may be e^16 times its usual size, or its inverse
static const double FAR = 9;
static const double SUSPICIOUS = 7;        // beyond e^7 dropout may be none at all
static const double DROPOUT_WORTH = 0.001; // of log-likelihood, that dropout must gain

// What newton.h asks for: the model in the logarithms of its parameters.
struct problem {
    const struct model *model;
    const struct histories *histories;
    unsigned shape;
};

static void read_parameters(const struct problem *problem, const double *at, struct model_parameters *parameters)
{
    *parameters = (struct model_parameters){.shape = problem->shape};
    for (size_t i = 0; i < problem->model->count; i++) {
        parameters->values[i] = exp(at[i]);
    }
}

// d/d ln x = x d/dx
static struct derivatives evaluate(const void *context, const double *at, bool fine)
{
    const struct problem *problem = context;
    struct model_parameters parameters;
    read_parameters(problem, at, &parameters);
    struct derivatives value = problem->model->evaluate(&parameters, problem->histories, fine);
    for (size_t i = 0; i < problem->model->count; i++) {
        value.gradient[i] *= parameters.values[i];
        for (size_t j = i; j < problem->model->count; j++) {
            value.hessian[i][j] *= parameters.values[i] * parameters.values[j];
        }
        value.hessian[i][i] += value.gradient[i];
    }
    return value;
}

static double mean_value(const struct histories *histories)
{
    double sum = 0;
    for (size_t i = 0; i < histories->count; i++) {
        sum += histories->weights[i] * histories->rows[i].m;
    }
    return sum > 0 ? sum / histories->customers : 1;
}

static struct newton_problem newton_of(const struct problem *problem)
{
    const struct model *model = problem->model;
    double usual = model->kind == MODEL_SPEND ? mean_value(problem->histories) : rates_mean_time(problem->histories);
    struct newton_problem newton = {.count = model->count, .evaluate = evaluate, .context = problem};
    for (size_t i = 0; i < model->count; i++) {
        double size = model->scaled[i] ? log(usual) : 0;
        newton.lowest[i] = size - WIDEST;
        newton.highest[i] = size + WIDEST;
    }
    return newton;
}

static void take_logarithms(double *to, const double *from, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        to[i] = log(from[i]);
    }
}

// The best of the starts, climbed to the top of some of the histories.
static void first_look(const struct problem *problem, double *start)
{
    double starts[MODEL_STARTS][DERIVATIVES_MOST];
    struct histories some = {0};
    struct problem small = *problem;
    size_t step = (problem->histories->count + FIRST_LOOK - 1) / FIRST_LOOK;
    if (step > 1) {
        histories_thin(&some, problem->histories, step);
        small.histories = &some;
    }
    struct newton_problem newton = newton_of(&small);
    double best = -INFINITY;
    problem->model->starts(problem->histories, starts);
    take_logarithms(start, starts[0], problem->model->count);
    for (size_t i = 0; i < MODEL_STARTS; i++) {
        double at[DERIVATIVES_MOST];
        take_logarithms(at, starts[i], problem->model->count);
        struct newton_result result = newton_maximise(&newton, at, true);
        if (result.outcome == NEWTON_DONE && result.value.value > best) {
            best = result.value.value;
            memcpy(start, result.at, problem->model->count * sizeof *start);
        }
    }
    histories_free(&some);
}

static bool has_dropout(const struct model *model)
{
    bool found = false;
    for (size_t i = 0; i < model->count; i++) {
        found = found || model->dropout[i];
    }
    return found;
}

// The log-likelihood when nobody drops out.
static double immortal_loglik(const struct problem *problem, const double *near)
{
    struct newton_problem newton = newton_of(problem);
    double at[DERIVATIVES_MOST];
    memcpy(at, near, sizeof at);
    for (size_t i = 0; i < problem->model->count; i++) {
        newton.fixed[i] = problem->model->dropout[i];
        if (newton.fixed[i]) {
            at[i] = log(problem->model->immortal[i]);
        }
    }
    return newton_maximise(&newton, at, true).value.value;
}

// Is a parameter of dropout far from its usual size?
static bool is_suspicious(const struct problem *problem, const struct newton_problem *newton, const double *at)
{
    bool found = false;
    for (size_t i = 0; i < problem->model->count; i++) {
        double middle = (newton->lowest[i] + newton->highest[i]) / 2;
        found = found || (problem->model->dropout[i] && fabs(at[i] - middle) > SUSPICIOUS);
    }
    return found;
}

// A parameter that went far on the way to where nothing was found, or count.
static size_t strayed(const struct newton_problem *newton, const double *at)
{
    size_t i = 0;
    while (i < newton->count && fabs(at[i] - (newton->lowest[i] + newton->highest[i]) / 2) < FAR) {
        i++;
    }
    return i;
}

static enum fitting_outcome judge(const struct problem *problem, const struct newton_problem *newton,
                                  const struct newton_result *result, struct fitting *fitting)
{
    bool done = result->outcome == NEWTON_DONE;
    if (has_dropout(problem->model) && (!done || is_suspicious(problem, newton, result->at))) {
        fitting->immortal_loglik = immortal_loglik(problem, result->at);
        if (!(result->value.value > fitting->immortal_loglik + DROPOUT_WORTH)) {
            return FITTING_NO_DROPOUT;
        }
    }
    fitting->unbounded = result->outcome == NEWTON_OUTSIDE ? result->outside : strayed(newton, result->at);
    return done ? FITTING_DONE : fitting->unbounded < problem->model->count ? FITTING_UNBOUNDED : FITTING_STUCK;
}

// False when the top is flat.
static bool learn_errors(struct fitting *fitting, const struct newton_problem *newton, const struct derivatives *value)
{
    double inverse[DERIVATIVES_MOST][DERIVATIVES_MOST];
    size_t count = fitting->model->count;
    if (!newton_inverse(value->hessian, count, newton->fixed, inverse)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++) {
            fitting->covariance[i][j] = inverse[i][j] * fitting->parameters.values[i] * fitting->parameters.values[j];
        }
        fitting->errors[i] = sqrt(fitting->covariance[i][i]);
        fitting->slope = fmax(fitting->slope, fabs(value->gradient[i]));
    }
    return true;
}

static struct fitting fit_shape(const struct model *model, const struct histories *histories, unsigned shape)
{
    struct problem problem = {model, histories, shape};
    struct newton_problem newton = newton_of(&problem);
    struct fitting fitting = {.model = model, .customers = histories->customers};
    double start[DERIVATIVES_MOST] = {0};
    first_look(&problem, start);
    struct newton_result result = newton_maximise(&newton, start, false);
    read_parameters(&problem, result.at, &fitting.parameters);
    fitting.loglik = result.value.value;
    fitting.evaluations = result.evaluations;
    fitting.outcome = judge(&problem, &newton, &result, &fitting);
    if (fitting.outcome == FITTING_DONE && !learn_errors(&fitting, &newton, &result.value)) {
        fitting.outcome = FITTING_STUCK;
    }
    return fitting;
}

// Is there anything to learn from? Purchases, a loss and a stay, or amounts that differ.
static bool is_enough(const struct model *model, const struct histories *histories)
{
    const struct history *rows = histories->rows;
    bool any = false;
    for (size_t i = 0; i < histories->count; i++) {
        any = any || (rows[i].x > 0 && (model->kind == MODEL_SPEND || rows[i].T > 0));
    }
    return any && (model->kind != MODEL_SPEND || histories->count > 1);
}

struct fitting fitting_run(const struct model *model, const struct histories *histories)
{
    if (!is_enough(model, histories)) {
        return (struct fitting){.model = model, .outcome = FITTING_NO_DATA, .customers = histories->customers};
    }
    struct fitting best = fit_shape(model, histories, 1);
    // A regular rhythm makes the likelihood rise with the shape and fall after the best one (Platzer, Reutterer
    // 2016).
    unsigned falls = 0;
    for (unsigned shape = 2; model->shaped && shape <= MOST_SHAPES && falls < 2; shape++) {
        struct fitting next = fit_shape(model, histories, shape);
        bool better = next.outcome == FITTING_DONE && (best.outcome != FITTING_DONE || next.loglik > best.loglik);
        falls = better ? 0 : falls + 1;
        best = better ? next : best;
    }
    return best;
}

size_t fitting_count(const struct fitting *fitting)
{
    return fitting->model->count + fitting->model->shaped;
}

double fitting_aic(const struct fitting *fitting)
{
    return -2 * fitting->loglik + 2 * (double)fitting_count(fitting);
}

double fitting_bic(const struct fitting *fitting)
{
    return -2 * fitting->loglik + (double)fitting_count(fitting) * log(fitting->customers);
}
