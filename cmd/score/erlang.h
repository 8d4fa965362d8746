// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * erlang: the outlook of customers whose every k-th tick of a clock is a purchase (betageometric.h).
 *
 * The clock ticks at a rate lambda ~ gamma(power + j, time), j of its k ticks having passed since the last
 * purchase, with probability in proportion to (power)_j / j! v^j. The n-th purchase from now is the tick m = nk -
 * j, and happens if the customer survived the n - 1 before it: B(a, b+n-1) / B(a, b). So the expected rate is a sum
 * over m of these times the density of the m-th tick, m/z times a negative binomial probability; it is added up
 * from the mode outwards, all terms positive, to 1e-18 of the sum. Over an endless horizon the sum over ticks is
 * geometric for a known rate; the mean over rates is taken by the trapezoidal rule (purchase_rate.h). Relative
 * error below 1e-12. Own derivation; with k = 1 it is the MBG/NBD, against which it is tested.
 */
#ifndef ERLANG_H
#define ERLANG_H

#include "outlook.h"

struct erlang {
    unsigned k;
    double power;
    double time;
    double v; // silence / time, 0 to 1
    double a;
    double b;
};

// Sum over j < k of (power)_j / j! v^j.
double erlang_quiet(unsigned k, double power, double v);

// The probability that an alive customer buys nothing within `length`.
double erlang_silent(const struct erlang *clock, double length);

// What customers of one x share for an endless horizon. The zero value is empty; erlang_free gives its memory back.
struct erlang_table {
    double a;
    double b;
    unsigned k;
    double step;
    double discount;
    long reach;
    double *means; // by the rate, 0: not known yet
};

// Expected purchases of an alive customer within `length`, and discounted at `discount`; units of `time`.
struct outlook_sums erlang_orders(const struct erlang *clock, double length, double discount,
                                  struct erlang_table *table);

void erlang_free(struct erlang_table *table);

#endif
