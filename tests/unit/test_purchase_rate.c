// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * purchase_rate and outlook: E[(1+pz)^-c] against 40-digit arithmetic (mpmath), by the series and by the
 * trapezoidal rule, and integrals with a closed form.
 */
#include "../../cmd/score/purchase_rate.h"

#include <math.h>

#include "tap.h"

// c, a, b, z and the mean.
static const double means[][5] = {
    {1.243, 0.793, 2.426, 0.1, 0.970758860885426459}, {1.243, 0.793, 2.426, 1000, 0.0163175269123718343},
    {41, 0.8, 2.4, 13.5, 0.0126660266630252623},      {41, 0.8, 2.4, 100, 0.00255683554139018832},
    {5001, 1, 5003, 13, 0.0714683650725939118},       {5001, 1, 5003, 900, 0.00111054310048945168},
    {1.5, 0.02, 0.05, 10000, 0.588093360591048409},   {30, 200, 300, 0.7, 0.000649568686037000963},
    {30, 0.5, 900, 50, 0.615350802693353879},
};

// The mean at one point, and at the same point beside a far one for which the series will not do.
static void test_means(void)
{
    struct purchase_rate rate = {0};
    for (size_t i = 0; i < sizeof means / sizeof means[0]; i++) {
        const double *row = means[i];
        double got;
        purchase_rate_set(&rate, row[0], row[1], row[2]);
        purchase_rate_at(&rate, &row[3], &got, 1);
        CHECK_NEAR(got / row[4], 1, 1e-13);
        const double points[] = {row[3], 1e7};
        double both[2];
        purchase_rate_at(&rate, points, both, 2);
        CHECK_NEAR(both[0] / row[4], 1, 1e-13);
    }
    purchase_rate_free(&rate);
}

static void exponential(void *context, const double *points, double *rates, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        rates[i] = exp(-*(const double *)context * points[i]);
    }
}

static void test_integrals(void)
{
    struct quadrature quadrature;
    outlook_prepare(&quadrature);
    const double steepness[] = {1e-3, 1, 70, 5e4};
    const double lengths[] = {1e-9, 0.3, 40, 1e5};
    for (size_t i = 0; i < 4; i++) {
        double steep = steepness[i];
        struct outlook_rate rate = {.at = exponential, .context = &steep, .falling = true, .steepness = steep};
        for (size_t j = 0; j < 4; j++) {
            struct outlook_sums sums = outlook_integrate(&rate, &quadrature, lengths[j], 0.8);
            CHECK_NEAR(sums.plain / (-expm1(-steep * lengths[j]) / steep), 1, 1e-13);
            CHECK_NEAR(sums.discounted / (-expm1(-(steep + 0.8) * lengths[j]) / (steep + 0.8)), 1, 1e-13);
        }
        struct outlook_sums endless = outlook_integrate(&rate, &quadrature, INFINITY, 0.8);
        CHECK(isnan(endless.plain));
        CHECK_NEAR(endless.discounted * (steep + 0.8), 1, 1e-13);
    }
}

int main(void)
{
    test_means();
    test_integrals();
    return tap_done();
}
