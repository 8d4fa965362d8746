// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Quantiles of type 7, and the sorting under them.
 */
#include "quantile.h"

#include <float.h>
#include <stdint.h>
#include <stdlib.h>

#include "tap.h"

// R: quantile(c(1, 2, 3, 4, 10), type = 7); Excel: PERCENTILE.INC.
static void agrees_with_r_and_excel(void)
{
    const double values[] = {1, 2, 3, 4, 10};
    CHECK(quantile_at(values, 5, 0, 4) == 1);
    CHECK(quantile_at(values, 5, 1, 4) == 2);
    CHECK(quantile_at(values, 5, 1, 2) == 3);
    CHECK(quantile_at(values, 5, 3, 4) == 4);
    CHECK(quantile_at(values, 5, 4, 4) == 10);
    CHECK_NEAR(quantile_at(values, 5, 9, 10), 7.6, 1e-12);
    CHECK_NEAR(quantile_at(values, 5, 1, 3), 2 + 1.0 / 3, 1e-12);
    CHECK(quantile_at(values, 4, 1, 2) == 2.5);
    CHECK(quantile_at(values, 1, 3, 7) == 1);
    CHECK(quantile_at(values, 2, 1, 2) == 1.5);
}

static void a_quantile_on_a_value_is_that_value(void)
{
    static double values[1001];
    for (size_t i = 0; i < 1001; i++) {
        values[i] = (double)i * 0.1;
    }
    int wrong = 0;
    for (size_t i = 0; i <= 1000; i++) {
        wrong += quantile_at(values, 1001, i, 1000) != values[i];
    }
    CHECK(wrong == 0);
    CHECK(quantile_at(values, 1001, SIZE_MAX / 1001, SIZE_MAX / 1001) == values[1000]);
}

static void stays_finite_between_the_largest_numbers(void)
{
    const double values[] = {-DBL_MAX, DBL_MAX};
    CHECK(quantile_at(values, 2, 1, 2) == 0);
}

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}

enum shape { SHAPE_RANDOM, SHAPE_ASCENDING, SHAPE_DESCENDING, SHAPE_EQUAL, SHAPE_FEW, SHAPE_ORGAN, SHAPE_COUNT };

static double value_of(enum shape shape, size_t i, size_t count, uint64_t random)
{
    switch (shape) {
    case SHAPE_RANDOM:
        return (double)(random >> 11) - 1e15;
    case SHAPE_ASCENDING:
        return (double)i;
    case SHAPE_DESCENDING:
        return -(double)i;
    case SHAPE_EQUAL:
        return 7;
    case SHAPE_FEW:
        return (double)(random >> 62);
    default:
        return (double)(i < count / 2 ? i : count - i);
    }
}

static void sorts_whatever_the_order(void)
{
    const size_t counts[] = {0, 1, 2, 3, 24, 25, 26, 100, 1000, 65537};
    static double values[65537];
    static double expected[65537];
    uint64_t random = 1;
    int wrong = 0;
    for (int shape = 0; shape < SHAPE_COUNT; shape++) {
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
            for (size_t j = 0; j < counts[i]; j++) {
                random = random * 6364136223846793005u + 1442695040888963407u;
                values[j] = expected[j] = value_of((enum shape)shape, j, counts[i], random);
            }
            qsort(expected, counts[i], sizeof *expected, compare);
            quantile_sort(values, counts[i]);
            wrong += counts[i] > 0 && memcmp(values, expected, counts[i] * sizeof *values) != 0;
        }
    }
    CHECK(wrong == 0);
}

// The median of three is nearly the least again and again (Musser 1997), so that heapsort has to take over.
static void bad_pivots_do_not_slow_it_down(void)
{
    static double values[200000];
    const size_t count = sizeof values / sizeof *values;
    for (size_t i = 0; i < count / 2; i++) {
        values[i] = (double)(i % 2 == 0 ? i + 1 : count / 2 + i + (i % 2));
        values[count / 2 + i] = (double)(2 * (i + 1));
    }
    quantile_sort(values, count);
    bool ascending = true;
    for (size_t i = 1; i < count; i++) {
        ascending = ascending && values[i - 1] <= values[i];
    }
    CHECK(ascending);
}

// Values with many equals and few, in chance order: what is parted says the same as what is sorted.
static void test_parted(void)
{
    enum { MOST = 700 };
    static double sorted[MOST];
    static double parted[MOST];
    unsigned state = 1;
    long wrong = 0;
    for (size_t round = 0; round < 2000; round++) {
        size_t count = 1 + round % MOST;
        size_t parts = 2 + round % 9;
        for (size_t i = 0; i < count; i++) {
            state = state * 1664525 + 1013904223;
            sorted[i] = parted[i] = (double)((state >> 8) % (round % 3 == 0 ? 5 : 1000000));
        }
        quantile_sort(sorted, count);
        quantile_part(parted, count, parts);
        for (size_t part = 1; part < parts; part++) {
            wrong += quantile_at(sorted, count, part, parts) != quantile_at(parted, count, part, parts);
        }
    }
    CHECK(wrong == 0);
}

int main(void)
{
    agrees_with_r_and_excel();
    a_quantile_on_a_value_is_that_value();
    stays_finite_between_the_largest_numbers();
    sorts_whatever_the_order();
    bad_pivots_do_not_slow_it_down();
    test_parted();
    return tap_done();
}
