// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * derivatives: see derivatives.h.
 */
#include "derivatives.h"

#include <math.h>

void derivatives_add(struct derivatives *sum, const struct derivatives *term, double weight)
{
    sum->value += weight * term->value;
    for (size_t i = 0; i < DERIVATIVES_MOST; i++) {
        sum->gradient[i] += weight * term->gradient[i];
        for (size_t j = i; j < DERIVATIVES_MOST; j++) {
            sum->hessian[i][j] += weight * term->hessian[i][j];
        }
    }
}

// What was added so far shrinks when a larger part sets the scale.
static void rescale(struct derivatives_parts *parts, double factor)
{
    parts->sum *= factor;
    for (size_t i = 0; i < DERIVATIVES_MOST; i++) {
        parts->moments.gradient[i] *= factor;
        for (size_t j = i; j < DERIVATIVES_MOST; j++) {
            parts->moments.hessian[i][j] *= factor;
        }
    }
}

void derivatives_part(struct derivatives_parts *parts, const struct derivatives *part)
{
    double share = 1;
    if (parts->count++ == 0) {
        parts->largest = part->value;
    } else if (part->value > parts->largest) {
        rescale(parts, exp(parts->largest - part->value));
        parts->largest = part->value;
    } else {
        share = exp(part->value - parts->largest);
    }
    parts->sum += share;
    for (size_t i = 0; i < DERIVATIVES_MOST; i++) {
        double slope = share * part->gradient[i];
        parts->moments.gradient[i] += slope;
        for (size_t j = i; j < DERIVATIVES_MOST; j++) {
            parts->moments.hessian[i][j] += share * part->hessian[i][j] + slope * part->gradient[j];
        }
    }
}

struct derivatives derivatives_log_sum(const struct derivatives_parts *parts)
{
    struct derivatives result = {.value = parts->largest + log(parts->sum)};
    double inverse = 1 / parts->sum;
    for (size_t i = 0; i < DERIVATIVES_MOST; i++) {
        result.gradient[i] = parts->moments.gradient[i] * inverse;
    }
    for (size_t i = 0; i < DERIVATIVES_MOST; i++) {
        for (size_t j = i; j < DERIVATIVES_MOST; j++) {
            result.hessian[i][j] = parts->moments.hessian[i][j] * inverse - result.gradient[i] * result.gradient[j];
        }
    }
    return result;
}
