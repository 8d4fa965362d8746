// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * renewals: how many of the next occasions somebody will still be there for, who leaves before each with chance
 * theta ~ beta(a, b): the sum over occasions i of b (b+1) ... (b+i-1) / ((a+b) (a+b+1) ... (a+b+i-1)).
 *
 * Positive terms, added up one by one; with a discount each is weighed by e^-(discount i), and without an end the sum
 * goes on until what is left is below 1e-17 of it.
 */
#ifndef RENEWALS_H
#define RENEWALS_H

#include "outlook.h"

// `length` is a whole number, or INFINITY with a discount above 0: then the plain sum is NaN.
struct outlook_sums renewals_sum(double a, double b, double length, double discount);

#endif
