// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * proportion: Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
 */
#include "proportion.h"

#include <math.h>

#define Z 1.959963984540054 // the 0.975 quantile of the normal distribution

void proportion_wilson(double hits, double n, double *low, double *high)
{
    if (!(n > 0)) {
        *low = NAN;
        *high = NAN;
        return;
    }
    double misses = n - hits;
    double centre = hits + Z * Z / 2;
    double half = Z * sqrt(hits * misses / n + Z * Z / 4);
    double whole = n + Z * Z;
    // At the ends rounding would leave something like 1e-17.
    *low = hits <= 0 ? 0 : (centre - half) / whole;
    *high = misses <= 0 ? 1 : (centre + half) / whole;
}
