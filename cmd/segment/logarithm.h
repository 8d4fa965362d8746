// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * logarithm: ln(1 + x), the same to the last digit on every machine; libraries differ in theirs.
 */
#ifndef LOGARITHM_H
#define LOGARITHM_H

// For x >= 0, finite. Within a few units of the last digit.
double logarithm_of_one_more(double x);

#endif
