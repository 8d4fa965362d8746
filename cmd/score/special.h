// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * special: the few functions of probability that libm does not have.
 *
 * rise: ln Gamma(z + n) - ln Gamma(z) and its first two derivatives in z, for z > 0 and a whole n >= 0. Up to 32
 * steps they are sums of n positive terms, so that nothing cancels however large z is (relative error below 1e-15
 * n); beyond, differences of lgamma, gsl_sf_psi and gsl_sf_psi_1 (absolute error about 2e-16 times the larger of
 * the two). GSL's error handler must be off (special_prepare).
 */
#ifndef SPECIAL_H
#define SPECIAL_H

struct special_rise {
    double value;
    double first;
    double second;
};

// Once, before any model is used: errors of GSL become statuses.
void special_prepare(void);

struct special_rise special_rise(double z, double n);

// The same for the value alone.
double special_rise_value(double z, double n);

double special_digamma(double z);
double special_trigamma(double z);

// The point below which a standard normal variable lies with this probability, 0 < p < 1.
double special_normal_quantile(double p);

#endif
