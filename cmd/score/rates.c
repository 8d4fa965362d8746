// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rates: see rates.h.
 */
#include "rates.h"

#include <math.h>

#include "special.h"

struct rates_run rates_run(const struct histories *histories, size_t start)
{
    struct rates_run run = {.start = start, .end = start, .x = histories->rows[start].x};
    while (run.end < histories->count && histories->rows[run.end].x == run.x) {
        run.weight += histories->weights[run.end++];
    }
    return run;
}

void rates_add_common(struct derivatives *sum, double r, double alpha, double n, double weight)
{
    struct special_rise rise = special_rise(r, n);
    struct derivatives term = {.value = rise.value + r * log(alpha)};
    term.gradient[0] = rise.first + log(alpha);
    term.gradient[1] = r / alpha;
    term.hessian[0][0] = rise.second;
    term.hessian[0][1] = 1 / alpha;
    term.hessian[1][1] = -r / (alpha * alpha);
    derivatives_add(sum, &term, weight);
}

double rates_overall(const struct histories *histories)
{
    double purchases = 0;
    double time = 0;
    for (size_t i = 0; i < histories->count; i++) {
        purchases += histories->weights[i] * histories->rows[i].x;
        time += histories->weights[i] * histories->rows[i].T;
    }
    return purchases > 0 && time > 0 ? purchases / time : 1;
}

double rates_mean_time(const struct histories *histories)
{
    double time = 0;
    for (size_t i = 0; i < histories->count; i++) {
        time += histories->weights[i] * histories->rows[i].T;
    }
    return time > 0 ? time / histories->customers : 1;
}
