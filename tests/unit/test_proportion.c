// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Wilson intervals against published ones, and at the ends.
 */
#include "proportion.h"

#include "tap.h"

static bool is(double hits, double n, double low, double high, double tolerance)
{
    double got_low = -1;
    double got_high = -1;
    proportion_wilson(hits, n, &got_low, &got_high);
    return fabs(got_low - low) <= tolerance && fabs(got_high - high) <= tolerance;
}

// Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I,
// method 3.
static void agrees_with_newcombe(void)
{
    CHECK(is(81, 263, 0.2553, 0.3662, 0.00005));
    CHECK(is(15, 148, 0.0624, 0.1605, 0.00005));
    CHECK(is(0, 20, 0, 0.1611, 0.00005));
    CHECK(is(1, 29, 0.0061, 0.1718, 0.00005));
}

static void is_exact_at_the_ends(void)
{
    for (double n = 1; n < 1e16; n *= 3) {
        double low = -1;
        double high = -1;
        proportion_wilson(0, n, &low, &high);
        CHECK(low == 0 && high > 0 && high < 1);
        proportion_wilson(n, n, &low, &high);
        CHECK(high == 1 && low > 0 && low <= 1);
    }
}

static void is_symmetric_and_holds_the_share(void)
{
    int wrong = 0;
    for (double n = 1; n <= 60; n++) {
        for (double hits = 0; hits <= n; hits++) {
            double low = -1;
            double high = -1;
            double low_of_misses = -1;
            double high_of_misses = -1;
            proportion_wilson(hits, n, &low, &high);
            proportion_wilson(n - hits, n, &low_of_misses, &high_of_misses);
            wrong += !(low >= 0 && low <= hits / n && hits / n <= high && high <= 1);
            wrong += fabs(low - (1 - high_of_misses)) > 1e-15 || fabs(high - (1 - low_of_misses)) > 1e-15;
        }
    }
    CHECK(wrong == 0);
}

static void of_nothing_there_is_none(void)
{
    double low = 0;
    double high = 0;
    proportion_wilson(0, 0, &low, &high);
    CHECK(isnan(low) && isnan(high));
}

int main(void)
{
    agrees_with_newcombe();
    is_exact_at_the_ends();
    is_symmetric_and_holds_the_share();
    of_nothing_there_is_none();
    return tap_done();
}
