// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * ln(1 + x) by additions, multiplications and divisions only, which IEEE 754 rounds in one way: 1 + x is m x 2^e with m
 * near 1, and ln m is 2 artanh((m - 1) / (m + 1)), a series that the twelfth term ends.
 */
#include "logarithm.h"

#include <math.h>

#define TERMS 12
#define SQUARE_ROOT_OF_HALF 0.70710678118654752
// ln 2 in two parts: e times the first is exact.
#define LN_2_HIGH 0x1.62e42fefap-1
#define LN_2_LOW 0x1.cf79abc9e3b39p-40

double logarithm_of_one_more(double x)
{
    double whole = 1 + x;
    double lost = x < 1 ? x - (whole - 1) : 1 - (whole - x); // what rounding took from 1 + x
    int exponent = 0;
    double mantissa = frexp(whole, &exponent);
    if (mantissa < SQUARE_ROOT_OF_HALF) {
        mantissa *= 2;
        exponent--;
    }
    double ratio = (mantissa - 1) / (mantissa + 1);
    double square = ratio * ratio;
    double series = 0;
    for (int term = TERMS - 1; term > 0; term--) {
        series = (series + 1.0 / (2 * term + 1)) * square;
    }
    double small = 2 * ratio * series + (lost / whole + exponent * LN_2_LOW);
    return exponent * LN_2_HIGH + (2 * ratio + small);
}
