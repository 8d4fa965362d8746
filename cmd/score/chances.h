// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * chances: means over a chance p ~ beta(a, b) by the trapezoidal rule in s = ln(p / (1-p)).
 *
 * There the density is analytic and falls exponentially on both sides, for which the rule converges exponentially
 * in its step (Trefethen, Weideman 2014, "The Exponentially Convergent Trapezoidal Rule"). The table goes from p =
 * e^-60 / c to 1 - p = e^-40; both tails beyond are geometric and known in closed form. Masses add up to 1.
 */
#ifndef CHANCES_H
#define CHANCES_H

#include <stddef.h>

// The zero value is empty.
struct chances {
    double a;
    double b;
    double c;
    size_t count;
    double *p;       // ascending
    double *log_not; // ln(1 - p)
    double *masses;
    double *below; // mass of all chances before, where p may count as 0
    double above;  // mass beyond the last one, where p may count as 1
};

// `c` tells how small a p still matters: c p does. Keeps the table while these stay. To be freed.
void chances_set(struct chances *chances, double a, double b, double c);

// The first of the table that is at least `p`.
size_t chances_from(const struct chances *chances, double p);

void chances_free(struct chances *chances);

#endif
