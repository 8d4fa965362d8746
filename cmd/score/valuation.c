// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * valuation: see valuation.h.
 */
#include "valuation.h"

#include <math.h>
#include <stdlib.h>

#include "gammagamma.h"
#include "heap.h"
#include "parameters.h"

// The columns, in the order of their names.
enum {
    P_ALIVE,
    P_NO_ORDER,
    ORDERS,
    SPEND,
    FUTURE,
    PAST,
    LIFETIME = VALUATION_LIFETIME,
    VALUES,
};

static const char *const value_names[VALUES] = {
    "p_alive", "p_no_order", "expected_orders", "expected_spend", "future_value", "past_value", "lifetime_value",
};

// All values but the past one have bounds.
static const char *const bound_names[] = {
    "p_alive_low",         "p_alive_high",         "p_no_order_low",     "p_no_order_high",
    "expected_orders_low", "expected_orders_high", "expected_spend_low", "expected_spend_high",
    "future_value_low",    "future_value_high",    "lifetime_value_low", "lifetime_value_high",
};
enum {
    BOUND_NAMES = sizeof bound_names / sizeof bound_names[0],
};

// A value and its bounds; NaN where it is not known.
struct value {
    double value;
    struct forecast_interval interval;
};

static const struct value unknown = {NAN, {NAN, NAN}};

static bool has_spend(const struct valuation *valuation, size_t group)
{
    return valuation->spend && estimates_spend_has_mean(&valuation->estimates[group]);
}

static struct value size_of(const struct valuation *valuation, double value, double error)
{
    return (struct value){value, valuation->z > 0 ? forecast_size(value, error, valuation->z) : unknown.interval};
}

static struct value probability_of(const struct valuation *valuation, double value, double error)
{
    return (struct value){value,
                          valuation->z > 0 ? forecast_probability(value, error, valuation->z) : unknown.interval};
}

// What a purchase will be worth, and all of them.
static void value_spend(const struct valuation *valuation, const struct buyer *buyer, double x, double discounted,
                        double error, struct value *values)
{
    const struct fitting *spend = &valuation->estimates[buyer->group].spend;
    double expected = gammagamma_expected(&spend->parameters, x, buyer->m);
    double spend_error = valuation->z > 0 ? forecast_spend_error(spend, x, buyer->m) : 0;
    values[SPEND] = size_of(valuation, expected, spend_error);
    values[FUTURE] = size_of(valuation, valuation->margin * discounted * expected, hypot(error, spend_error));
}

static void value_buyer(const struct valuation *valuation, const struct buyer *buyer, struct value values[VALUES])
{
    for (size_t i = 0; i < VALUES; i++) {
        values[i] = unknown;
    }
    values[PAST].value = valuation->margin * buyer->revenue;
    if (buyer->number == BUYERS_NOTHING) {
        return;
    }
    const struct histories *visits = &valuation->buyers->groups[buyer->group].visits;
    size_t row = histories_position(visits, buyer->number);
    const struct forecast *forecast = &valuation->forecasts[buyer->group];
    const struct prediction *prediction = &forecast->predictions[row];
    struct forecast_errors errors = forecast->errors != NULL ? forecast->errors[row] : (struct forecast_errors){0};
    values[P_ALIVE] = probability_of(valuation, prediction->p_alive, errors.p_alive);
    values[P_NO_ORDER] = probability_of(valuation, prediction->p_no_order, errors.p_no_order);
    values[ORDERS] = isinf(valuation->horizon.length) ? size_of(valuation, prediction->discounted, errors.discounted)
                                                      : size_of(valuation, prediction->orders, errors.orders);
    if (has_spend(valuation, buyer->group)) {
        value_spend(valuation, buyer, visits->rows[row].x, prediction->discounted, errors.discounted, values);
    }
    double past = values[PAST].value;
    values[LIFETIME] = (struct value){past + values[FUTURE].value,
                                      {past + values[FUTURE].interval.low, past + values[FUTURE].interval.high}};
}

void valuation_write(const struct valuation *valuation, const struct buyer *buyer, struct writer *writer)
{
    struct value values[VALUES];
    value_buyer(valuation, buyer, values);
    for (size_t i = 0; i < VALUES; i++) {
        writer_number(writer, values[i].value);
    }
    for (size_t i = 0; valuation->z > 0 && i < VALUES; i++) {
        if (i != PAST) {
            writer_number(writer, values[i].interval.low);
            writer_number(writer, values[i].interval.high);
        }
    }
    writer_end(writer);
}

size_t valuation_names(bool intervals, const char *names[VALUATION_NAMES])
{
    size_t count = 0;
    for (size_t i = 0; i < VALUES; i++) {
        names[count++] = value_names[i];
    }
    for (size_t i = 0; intervals && i < BOUND_NAMES; i++) {
        names[count++] = bound_names[i];
    }
    return count;
}

static bool have_errors(const struct valuation *valuation, size_t group)
{
    const struct estimates *estimates = &valuation->estimates[group];
    return parameters_have_errors(&estimates->models[0]) &&
           (!has_spend(valuation, group) || parameters_have_errors(&estimates->spend));
}

bool valuation_prepare(struct valuation *valuation)
{
    const struct buyers *buyers = valuation->buyers;
    valuation->forecasts = heap_allocate(buyers->group_count, sizeof *valuation->forecasts);
    for (size_t i = 0; i < buyers->group_count; i++) {
        if (valuation->z > 0 && !have_errors(valuation, i)) {
            return false;
        }
        forecast_make(&valuation->forecasts[i], &valuation->estimates[i].models[0], &buyers->groups[i].visits,
                      &valuation->horizon, valuation->z > 0);
    }
    return true;
}

void valuation_free(struct valuation *valuation)
{
    for (size_t i = 0; valuation->forecasts != NULL && i < valuation->buyers->group_count; i++) {
        forecast_free(&valuation->forecasts[i]);
    }
    free(valuation->forecasts);
}
