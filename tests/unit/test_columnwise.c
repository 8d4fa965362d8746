// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * columnwise: ranks and percentages with ties, quantiles at odd percentages, sums and deviations that neither order nor
 * cancellation can change, and nothing where there is nothing to tell.
 */
#include "columnwise.h"

#include <stdlib.h>

#include "tap.h"

static struct columnwise settled(const double *values, size_t count)
{
    struct columnwise column = {.keeps = true};
    for (size_t i = 0; i < count; i++) {
        columnwise_add(&column, values[i]);
    }
    columnwise_settle(&column);
    return column;
}

static void test_ties(void)
{
    static const double values[] = {20, NAN, 10, 40, 20, 110};
    struct columnwise column = settled(values, 6);
    CHECK(column.count == 5);
    CHECK_NEAR(columnwise_percent(&column, 20), 60, 0);
    CHECK_NEAR(columnwise_percent(&column, 110), 100, 0);
    CHECK_NEAR(columnwise_percent(&column, 5), 0, 0);
    CHECK_NEAR(columnwise_percent(&column, 30), 60, 0);
    CHECK_NEAR(columnwise_rank(&column, 110), 1, 0);
    CHECK_NEAR(columnwise_rank(&column, 20), 3, 0);
    CHECK_NEAR(columnwise_rank(&column, 10), 5, 0);
    CHECK(isnan(columnwise_percent(&column, NAN)) && isnan(columnwise_rank(&column, NAN)));
    columnwise_free(&column);
}

static void test_quantiles(void)
{
    static const double values[] = {5, 1, 2, 4, 3};
    struct columnwise column = settled(values, 5);
    CHECK_NEAR(columnwise_quantile(&column, 0), 1, 0);
    CHECK_NEAR(columnwise_quantile(&column, 50), 3, 0);
    CHECK_NEAR(columnwise_quantile(&column, 100), 5, 0);
    CHECK_NEAR(columnwise_quantile(&column, 80), 4.2, 1e-15);
    CHECK_NEAR(columnwise_quantile(&column, 12.5), 1.5, 0);
    CHECK_NEAR(columnwise_quantile(&column, 99.999999), 4.99999996, 1e-12);
    columnwise_free(&column);
}

// R: sd(c(2,4,4,4,5,5,7,9)) is 2.138090.
static void test_deviation(void)
{
    static const double values[] = {2, 4, 4, 4, 5, 5, 7, 9};
    static const double shifted[] = {1e9 + 2, 1e9 + 4, 1e9 + 4, 1e9 + 4, 1e9 + 5, 1e9 + 5, 1e9 + 7, 1e9 + 9};
    struct columnwise column = settled(values, 8);
    CHECK_NEAR(columnwise_deviation(&column), 2.138089935299395, 1e-15);
    CHECK_NEAR(columnwise_mean(&column), 5, 0);
    CHECK_NEAR(columnwise_share(&column, 4), 0.1, 0);
    columnwise_free(&column);
    column = settled(shifted, 8);
    CHECK_NEAR(columnwise_deviation(&column), 2.138089935299395, 1e-12);
    columnwise_free(&column);
}

static void test_order(void)
{
    enum { COUNT = 1000 };
    double forth[COUNT];
    double back[COUNT];
    srand(5);
    for (size_t i = 0; i < COUNT; i++) {
        forth[i] = ((double)rand() - 1e9) * pow(10, rand() % 20 - 10);
        back[COUNT - 1 - i] = forth[i];
    }
    struct columnwise one = settled(forth, COUNT);
    struct columnwise other = settled(back, COUNT);
    CHECK(columnwise_mean(&one) == columnwise_mean(&other));
    CHECK(columnwise_deviation(&one) == columnwise_deviation(&other));
    CHECK(columnwise_share(&one, 3) == columnwise_share(&other, 3));
    CHECK(columnwise_quantile(&one, 37.5) == columnwise_quantile(&other, 37.5));
    columnwise_free(&one);
    columnwise_free(&other);
}

static void test_nothing(void)
{
    static const double values[] = {5, -5};
    struct columnwise none = settled(values, 0);
    CHECK(isnan(columnwise_mean(&none)) && isnan(columnwise_quantile(&none, 50)) && isnan(columnwise_deviation(&none)));
    CHECK(isnan(columnwise_percent(&none, 5)) && isnan(columnwise_share(&none, 5)));
    struct columnwise one = settled(values, 1);
    CHECK(isnan(columnwise_deviation(&one)));
    CHECK_NEAR(columnwise_mean(&one), 5, 0);
    struct columnwise opposite = settled(values, 2);
    CHECK(isnan(columnwise_share(&opposite, 5)));
    columnwise_free(&none);
    columnwise_free(&one);
    columnwise_free(&opposite);
}

static void test_sums_alone(void)
{
    struct columnwise column = {.keeps = false};
    for (int i = 0; i < 10; i++) {
        columnwise_add(&column, 0.1);
    }
    columnwise_settle(&column);
    CHECK(column.values == NULL);
    CHECK(columnwise_mean(&column) == 0.1);
    columnwise_free(&column);
}

int main(void)
{
    test_ties();
    test_quantiles();
    test_deviation();
    test_order();
    test_nothing();
    test_sums_alone();
    return tap_done();
}
