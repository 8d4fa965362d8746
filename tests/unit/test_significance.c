// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * significance: Fisher's test against published values and against the sum over all tables; Holm's correction.
 */
#include "../../cmd/funnel/significance.h"

#include <math.h>

#include "tap.h"

// Values of R's fisher.test: Fisher's tea tasting, convictions of like-sex twins, and others worked out by hand.
static void test_known_values(void)
{
    CHECK_NEAR(significance_fisher(3, 4, 1, 4), 34.0 / 70, 1e-12);
    CHECK_NEAR(significance_fisher(2, 17, 10, 13), 0.0005367241, 1e-10);
    CHECK_NEAR(significance_fisher(0, 5, 5, 5), 2.0 / 252, 1e-12);
    CHECK_NEAR(significance_fisher(1, 2, 1, 2), 1, 0);
}

static double choose(unsigned n, unsigned k)
{
    double value = 1;
    for (unsigned i = 0; i < k; i++) {
        value = value * (n - i) / (i + 1);
    }
    return value;
}

static double by_listing(unsigned hits, unsigned n, unsigned other_hits, unsigned other_n)
{
    unsigned both = hits + other_hits;
    double own = choose(n, hits) * choose(other_n, other_hits);
    double unlikely = 0;
    double all = 0;
    for (unsigned k = 0; k <= n && k <= both; k++) {
        double weight = both - k <= other_n ? choose(n, k) * choose(other_n, both - k) : 0;
        all += weight;
        unlikely += weight <= own * 1.0000001 ? weight : 0;
    }
    return unlikely / all;
}

static void test_all_small_tables(void)
{
    double worst = 0;
    for (unsigned n = 0; n <= 9; n++) {
        for (unsigned other = 0; other <= 8; other++) {
            for (unsigned hits = 0; hits <= n; hits++) {
                for (unsigned other_hits = 0; other_hits <= other; other_hits++) {
                    double difference =
                        significance_fisher(hits, n, other_hits, other) - by_listing(hits, n, other_hits, other);
                    worst = fabs(difference) > worst ? fabs(difference) : worst;
                }
            }
        }
    }
    CHECK(worst < 1e-12);
}

static void test_edges(void)
{
    CHECK_NEAR(significance_fisher(0, 0, 0, 0), 1, 0);
    CHECK_NEAR(significance_fisher(5, 5, 7, 7), 1, 0);
    double far = significance_fisher(400000, 1000000, 600000, 1000000);
    CHECK(far >= 0 && far < 1e-300);
    double near = significance_fisher(500000, 1000000, 500500, 1000000);
    CHECK(near > 0.47 && near < 0.49); // the two-proportion test has 0.4795
}

static void test_holm(void)
{
    double values[] = {0.01, 0.04, 0.03, 0.005};
    significance_holm(values, 4);
    CHECK_NEAR(values[3], 0.02, 1e-15);
    CHECK_NEAR(values[0], 0.03, 1e-15);
    CHECK_NEAR(values[2], 0.06, 1e-15);
    CHECK_NEAR(values[1], 0.06, 1e-15); // never less than a smaller one's
    double high[] = {0.9, 0.8};
    significance_holm(high, 2);
    CHECK(high[0] <= 1 && high[1] <= 1);
    significance_holm(high, 0);
}

int main(void)
{
    test_known_values();
    test_all_small_tables();
    test_edges();
    test_holm();
    return tap_done();
}
