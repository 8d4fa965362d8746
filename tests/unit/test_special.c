// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * special: rises of ln Gamma against 40-digit arithmetic (mpmath), both ways of computing them, and known points of
 * the others.
 */
#include "../../cmd/score/special.h"

#include <math.h>

#include "tap.h"

int main(void)
{
    special_prepare();
    static const double rises[][5] = {
        {0.25, 3, -0.352220593589352099, 5.24444444444444444, -16.8375308641975309},
        {1e6, 5, 69.0775627898063706, 4.9999900000299999e-6, -4.9999800000899996e-12},
        {0.01, 40, 102.069044921990188, 104.237465950906321, -10001.5959048310526},
        {300, 2000, 14091.3746995033725, 2.03833211279526319, -0.00290401792136235915},
        {1e-8, 1, -18.4206807439523655, 99999999.9999999979, -9999999999999999.58},
    };
    for (size_t i = 0; i < sizeof rises / sizeof rises[0]; i++) {
        struct special_rise rise = special_rise(rises[i][0], rises[i][1]);
        CHECK_NEAR(rise.value / rises[i][2], 1, 1e-14);
        CHECK_NEAR(rise.first / rises[i][3], 1, 1e-14);
        CHECK_NEAR(rise.second / rises[i][4], 1, 1e-13);
        CHECK(special_rise_value(rises[i][0], rises[i][1]) == rise.value);
    }
    CHECK(special_rise(3, 0).value == 0 && special_rise(3, 0).first == 0);
    CHECK_NEAR(special_digamma(1), -0.57721566490153286, 1e-15);
    CHECK_NEAR(special_trigamma(1), 1.6449340668482264, 1e-15);
    CHECK_NEAR(special_normal_quantile(0.975), 1.9599639845400545, 1e-14);
    CHECK_NEAR(special_normal_quantile(0.5), 0, 1e-15);
    return tap_done();
}
