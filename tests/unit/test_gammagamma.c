// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * gammagamma: densities against 40-digit arithmetic (mpmath), slopes against differences, published expectations,
 * and the corner where there is no mean.
 */
#include "../../cmd/score/gammagamma.h"

#include <math.h>

#include "../../cmd/score/special.h"
#include "reference.h"
#include "tap.h"

// p, q, v, x, m and the logarithm of the density.
static const double densities[][6] = {
    {6.25, 3.74, 15.44, 2, 22.35, -3.55131675973170471},
    {0.3, 1.2, 800, 40, 0.01, -83.5351872403712206},
    {50, 30, 2, 1, 3.5, -0.731731768495700183},
};

int main(void)
{
    special_prepare();
    for (size_t i = 0; i < 3; i++) {
        const double *row = densities[i];
        struct model_parameters parameters = {{row[0], row[1], row[2]}, 1};
        struct histories histories = {0};
        struct history history = {.x = row[3], .m = row[4]};
        histories_add(&histories, &history, 2);
        history.m *= 1.5;
        histories_add(&histories, &history, 1);
        histories_settle(&histories);
        reference_check_slopes(&gammagamma_model, &parameters, &histories);
        histories_free(&histories);
        histories = (struct histories){0};
        history.m = row[4];
        histories_add(&histories, &history, 1);
        histories_settle(&histories);
        CHECK_NEAR(gammagamma_model.evaluate(&parameters, &histories, true).value / row[5], 1, 1e-12);
        histories_free(&histories);
    }
    // The first ten customers of the CDNOW sample (lifetimes, tests/test_estimation.py, from Fader and Hardie 2013).
    struct model_parameters fitted = {{6.25, 3.74, 15.44}, 1};
    static const double customers[][3] = {{2, 22.35, 24.65}, {1, 11.77, 18.91}, {0, 0, 35.17},
                                          {7, 73.74, 71.46}, {1, 11.77, 18.91}, {2, 25.55, 27.28}};
    for (size_t i = 0; i < 6; i++) {
        CHECK_NEAR(gammagamma_expected(&fitted, customers[i][0], customers[i][1]), customers[i][2], 0.1);
    }
    // Worth nothing so far: still something is expected, but less than of a new customer.
    CHECK(gammagamma_expected(&fitted, 3, 0) > 0);
    CHECK(gammagamma_expected(&fitted, 3, 0) < gammagamma_expected(&fitted, 0, 0));
    fitted.values[1] = 1;
    CHECK(isnan(gammagamma_expected(&fitted, 2, 5)));
    return tap_done();
}
