// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * special: see special.h.
 */
#include "special.h"

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_psi.h>

enum {
    MOST_STEPS = 32, // a sum is quicker and more exact up to here
};

void special_prepare(void)
{
    gsl_set_error_handler_off();
}

double special_digamma(double z)
{
    return gsl_sf_psi(z);
}

double special_trigamma(double z)
{
    return gsl_sf_psi_1(z);
}

struct special_rise special_rise(double z, double n)
{
    struct special_rise rise = {.value = special_rise_value(z, n)};
    if (n > MOST_STEPS) {
        rise.first = special_digamma(z + n) - special_digamma(z);
        rise.second = special_trigamma(z + n) - special_trigamma(z);
        return rise;
    }
    for (double i = 0; i < n; i++) {
        double inverse = 1 / (z + i);
        rise.first += inverse;
        rise.second -= inverse * inverse;
    }
    return rise;
}

double special_rise_value(double z, double n)
{
    if (n > MOST_STEPS) {
        return lgamma(z + n) - lgamma(z);
    }
    double value = 0;
    for (double i = 0; i < n; i++) {
        value += log(z + i);
    }
    return value;
}

double special_normal_quantile(double p)
{
    return gsl_cdf_ugaussian_Pinv(p);
}
