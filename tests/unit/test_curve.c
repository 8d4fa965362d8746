// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Tests of the whale curve: order, exact running sums, and where the peak is.
 */
#include "../../cmd/segment/curve.h"

#include <stddef.h>
#include <stdint.h>

#include "tap.h"

enum {
    MOST = 8,
};

// Draws whole amounts.
static void draw(struct curve_point points[MOST], const int64_t *amounts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        points[i] = (struct curve_point){.index = i, .value = {.micros = (money_wide)amounts[i] * MONEY_ONE}};
    }
    curve_draw(points, count);
}

static int64_t running(const struct curve_point *point)
{
    return (int64_t)(point->running.micros / MONEY_ONE);
}

static void the_highest_comes_first_and_losses_last(void)
{
    struct curve_point points[MOST];
    draw(points, (const int64_t[]){-30, 50, 0, 100}, 4);
    CHECK(points[0].index == 3 && points[1].index == 1 && points[2].index == 2 && points[3].index == 0);
    CHECK(running(&points[0]) == 100 && running(&points[1]) == 150);
    CHECK(running(&points[2]) == 150 && running(&points[3]) == 120);
}

static void equals_keep_their_order(void)
{
    struct curve_point points[MOST];
    draw(points, (const int64_t[]){7, 9, 7, 9, 7}, 5);
    CHECK(points[0].index == 1 && points[1].index == 3);
    CHECK(points[2].index == 0 && points[3].index == 2 && points[4].index == 4);
}

static void the_peak_is_the_last_that_earns(void)
{
    struct curve_point points[MOST];
    draw(points, (const int64_t[]){-30, 50, 0, 100}, 4);
    CHECK(curve_peak(points, 4) == 1);
    draw(points, (const int64_t[]){1, 2, 3}, 3);
    CHECK(curve_peak(points, 3) == 2);
}

static void where_nothing_earns_there_is_no_peak(void)
{
    struct curve_point points[MOST];
    draw(points, (const int64_t[]){-1, 0, -5}, 3);
    CHECK(curve_peak(points, 3) == 3);
    draw(points, (const int64_t[]){0}, 0);
    CHECK(curve_peak(points, 0) == 0);
}

static void the_last_millionth_counts(void)
{
    struct curve_point points[2] = {
        {.index = 0, .value = {(money_wide)INT64_MAX * 1000000, 6}},
        {.index = 1, .value = {(money_wide)INT64_MAX * 1000000 + 1, 2}},
    };
    curve_draw(points, 2);
    CHECK(points[0].index == 1);
    CHECK(points[1].running.micros == (money_wide)INT64_MAX * 2000000 + 1);
    CHECK(points[1].running.places == 6);
    CHECK(curve_peak(points, 2) == 1);
}

int main(void)
{
    the_highest_comes_first_and_losses_last();
    equals_keep_their_order();
    the_peak_is_the_last_that_earns();
    where_nothing_earns_there_is_no_peak();
    the_last_millionth_counts();
    return tap_done();
}
