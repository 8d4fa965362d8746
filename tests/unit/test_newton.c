// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * newton: tops that are known, from far away and from where the function curves upwards; bounds, fixed variables, and
 * functions without a top.
 */
#include "../../cmd/score/newton.h"

#include <math.h>

#include "../../cmd/score/special.h"
#include "tap.h"

// -(1 - x)^2 - 100 (y - x^2)^2, Rosenbrock's valley upside down; the top is 0 at 1, 1.
static struct derivatives valley(const void *context, const double *at, bool fine)
{
    (void)context;
    (void)fine;
    double x = at[0];
    double off = at[1] - x * x;
    struct derivatives value = {.value = -(1 - x) * (1 - x) - 100 * off * off};
    value.gradient[0] = 2 * (1 - x) + 400 * x * off;
    value.gradient[1] = -200 * off;
    value.hessian[0][0] = -2 + 400 * off - 800 * x * x;
    value.hessian[0][1] = 400 * x;
    value.hessian[1][1] = -200;
    return value;
}

// Rises for ever with x, by less and less.
static struct derivatives slope(const void *context, const double *at, bool fine)
{
    (void)context;
    (void)fine;
    struct derivatives value = {.value = -exp(-at[0]) - 3};
    value.gradient[0] = exp(-at[0]);
    value.hessian[0][0] = -exp(-at[0]);
    return value;
}

static struct derivatives broken(const void *context, const double *at, bool fine)
{
    (void)context;
    (void)fine;
    (void)at;
    return (struct derivatives){.value = NAN};
}

// A coarse function whose top is a little aside of the fine one.
static struct derivatives two_faced(const void *context, const double *at, bool fine)
{
    (void)context;
    double off = at[0] - (fine ? 2 : 2.001);
    struct derivatives value = {.value = -off * off};
    value.gradient[0] = -2 * off;
    value.hessian[0][0] = -2;
    return value;
}

int main(void)
{
    special_prepare();
    struct newton_problem problem = {.count = 2, .lowest = {-50, -50}, .highest = {50, 50}, .evaluate = valley};
    const double starts[][2] = {{-1.2, 1}, {3, -20}, {0, 30}, {1, 1}};
    for (size_t i = 0; i < 4; i++) {
        struct newton_result result = newton_maximise(&problem, starts[i], false);
        CHECK(result.outcome == NEWTON_DONE);
        CHECK_NEAR(result.at[0], 1, 1e-12);
        CHECK_NEAR(result.at[1], 1, 1e-12);
    }
    const double start[] = {-1.2, 4};
    problem.fixed[1] = true;
    struct newton_result held = newton_maximise(&problem, start, false);
    CHECK(held.outcome == NEWTON_DONE && held.at[1] == 4);
    CHECK_NEAR(400 * held.at[0] * (4 - held.at[0] * held.at[0]) + 2 * (1 - held.at[0]), 0, 1e-9);

    struct newton_problem rising = {.count = 1, .lowest = {-9}, .highest = {9}, .evaluate = slope};
    struct newton_result lost = newton_maximise(&rising, &(const double){0}, false);
    CHECK(lost.outcome == NEWTON_OUTSIDE && lost.outside == 0 && lost.at[0] > 9);

    struct newton_problem nowhere = {.count = 1, .lowest = {-9}, .highest = {9}, .evaluate = broken};
    CHECK(newton_maximise(&nowhere, &(const double){0}, false).outcome == NEWTON_STUCK);

    struct newton_problem both = {.count = 1, .lowest = {-9}, .highest = {9}, .evaluate = two_faced};
    CHECK_NEAR(newton_maximise(&both, &(const double){0}, false).at[0], 2, 1e-14);
    CHECK_NEAR(newton_maximise(&both, &(const double){0}, true).at[0], 2.001, 1e-14);

    const double hessian[DERIVATIVES_MOST][DERIVATIVES_MOST] = {{-4, -1, 5}, {0, -2, 5}, {0, 0, -8}};
    const double saddle[DERIVATIVES_MOST][DERIVATIVES_MOST] = {{1, -1, 5}, {0, -2, 5}, {0, 0, -8}};
    double inverse[DERIVATIVES_MOST][DERIVATIVES_MOST];
    const bool fixed[] = {false, false, true};
    CHECK(newton_inverse(hessian, 3, fixed, inverse));
    CHECK_NEAR(inverse[0][0], 2.0 / 7, 1e-15);
    CHECK_NEAR(inverse[1][0], -1.0 / 7, 1e-15);
    CHECK(inverse[2][2] == 0 && inverse[0][2] == 0);
    CHECK(!newton_inverse(saddle, 3, fixed, inverse));
    return tap_done();
}
