// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * forecast: see forecast.h.
 */
#include "forecast.h"

#include <math.h>
#include <stdlib.h>

#include "heap.h"

static const double STEP = 1e-4; // of the logarithm of a parameter

enum {
    P_ALIVE,
    P_NO_ORDER,
    ORDERS,
    DISCOUNTED,
    MEASURES,
};

static double logit(double p)
{
    return log(p) - log1p(-p);
}

// What errors are stated of.
static double measure(const struct prediction *prediction, int which)
{
    switch (which) {
    case P_ALIVE:
        return logit(prediction->p_alive);
    case P_NO_ORDER:
        return logit(prediction->p_no_order);
    case ORDERS:
        return log(prediction->orders);
    default:
        return log(prediction->discounted);
    }
}

static void predict_beside(const struct fitting *fitting, const struct histories *histories,
                           const struct horizon *horizon, size_t parameter, double step, struct prediction *predictions)
{
    struct model_parameters beside = fitting->parameters;
    beside.values[parameter] *= exp(step);
    fitting->model->predict(&beside, histories, horizon, predictions);
}

// A certainty stays one: of a probability of 0 or 1 the slope counts as 0.
static double slope(double above, double below)
{
    return isfinite(above) && isfinite(below) ? (above - below) / (2 * STEP) : 0;
}

// Slopes of all measures of all rows: slopes[(row * MEASURES + measure) * DERIVATIVES_MOST + parameter].
static double *find_slopes(const struct fitting *fitting, const struct histories *histories,
                           const struct horizon *horizon)
{
    size_t count = histories->count;
    double *slopes = heap_allocate(count, sizeof *slopes * MEASURES * DERIVATIVES_MOST);
    struct prediction *above = heap_allocate(count, sizeof *above);
    struct prediction *below = heap_allocate(count, sizeof *below);
    for (size_t parameter = 0; parameter < fitting->model->count; parameter++) {
        predict_beside(fitting, histories, horizon, parameter, STEP, above);
        predict_beside(fitting, histories, horizon, parameter, -STEP, below);
        for (size_t i = 0; i < count; i++) {
            for (int which = 0; which < MEASURES; which++) {
                slopes[(i * MEASURES + (size_t)which) * DERIVATIVES_MOST + parameter] =
                    slope(measure(&above[i], which), measure(&below[i], which));
            }
        }
    }
    free(above);
    free(below);
    return slopes;
}

// sqrt(g'Cg), g being slopes in the logarithms of the parameters.
static double error_of(const struct fitting *fitting, const double *slopes)
{
    double sum = 0;
    for (size_t i = 0; i < fitting->model->count; i++) {
        for (size_t j = 0; j < fitting->model->count; j++) {
            sum += slopes[i] * slopes[j] * fitting->covariance[i][j] /
                   (fitting->parameters.values[i] * fitting->parameters.values[j]);
        }
    }
    return sqrt(fmax(sum, 0));
}

static void find_errors(struct forecast *forecast, const struct fitting *fitting, const struct histories *histories,
                        const struct horizon *horizon)
{
    double *slopes = find_slopes(fitting, histories, horizon);
    forecast->errors = heap_allocate(histories->count, sizeof *forecast->errors);
    for (size_t i = 0; i < histories->count; i++) {
        const double *row = slopes + i * MEASURES * DERIVATIVES_MOST;
        forecast->errors[i] = (struct forecast_errors){
            .p_alive = error_of(fitting, row + P_ALIVE * DERIVATIVES_MOST),
            .p_no_order = error_of(fitting, row + P_NO_ORDER * DERIVATIVES_MOST),
            .orders = error_of(fitting, row + ORDERS * DERIVATIVES_MOST),
            .discounted = error_of(fitting, row + DISCOUNTED * DERIVATIVES_MOST),
        };
    }
    free(slopes);
}

void forecast_make(struct forecast *forecast, const struct fitting *fitting, const struct histories *histories,
                   const struct horizon *horizon, bool with_errors)
{
    *forecast = (struct forecast){.predictions = heap_allocate(histories->count, sizeof *forecast->predictions)};
    fitting->model->predict(&fitting->parameters, histories, horizon, forecast->predictions);
    if (with_errors) {
        find_errors(forecast, fitting, histories, horizon);
    }
}

void forecast_free(struct forecast *forecast)
{
    free(forecast->predictions);
    free(forecast->errors);
}

// ln E = ln p + ln(v + x m) - ln(p x + q - 1)
double forecast_spend_error(const struct fitting *spend, double x, double m)
{
    const double *values = spend->parameters.values;
    double purchases = values[0] * x;
    double divisor = purchases + values[1] - 1;
    const double slopes[DERIVATIVES_MOST] = {1 - purchases / divisor, -values[1] / divisor,
                                             values[2] / (values[2] + x * m)};
    return error_of(spend, slopes);
}

struct forecast_interval forecast_size(double value, double error, double z)
{
    return (struct forecast_interval){value * exp(-z * error), value * exp(z * error)};
}

struct forecast_interval forecast_probability(double value, double error, double z)
{
    if (value == 0 || value == 1) {
        return (struct forecast_interval){value, value};
    }
    double odds = value / (1 - value);
    double low = odds * exp(-z * error);
    double high = odds * exp(z * error);
    return (struct forecast_interval){low / (1 + low), isinf(high) ? 1 : high / (1 + high)};
}
