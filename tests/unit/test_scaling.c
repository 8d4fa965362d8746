// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Numbers on the grid: z-scores, plain differences, logarithms, and what the grid promises.
 */
#include "../../cmd/segment/scaling.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "../../cmd/segment/logarithm.h"
#include "tap.h"

static void z_scores_of_the_population(void)
{
    // mean 5, standard deviation 2 (the usual example); and 10 times it
    const double numbers[] = {2, 20, 4, 40, 4, 40, 4, 40, 5, 50, 5, 50, 7, 70, 9, 90};
    double points[16];
    struct scaling scaling = {0};
    scaling_prepare(&scaling, 2);
    scaling_learn(&scaling, true, numbers, 8, points);
    CHECK(scaling.means[0] == 5 && scaling.scales[0] == 2);
    CHECK(scaling.means[1] == 50 && scaling.scales[1] == 20);
    CHECK(points[0] * scaling.step == -1.5 && points[1] * scaling.step == -1.5);
    CHECK(points[14] * scaling.step == 2);
    double point[2];
    scaling_place(&scaling, &numbers[12], point);
    CHECK(memcmp(point, &points[12], sizeof point) == 0);
    scaling_free(&scaling);
}

static void without_z_scores_only_the_mean_is_taken_off(void)
{
    double numbers[] = {1, 2, 6};
    struct scaling scaling = {0};
    scaling_prepare(&scaling, 1);
    scaling_learn(&scaling, false, numbers, 3, numbers);
    CHECK(scaling.means[0] == 3 && scaling.scales[0] == 1);
    CHECK(numbers[0] * scaling.step == -2 && numbers[2] * scaling.step == 3);
    scaling_free(&scaling);
}

static void logarithms_come_first(void)
{
    double numbers[] = {0, 9};
    struct scaling scaling = {.logarithm = true};
    scaling_prepare(&scaling, 1);
    scaling_learn(&scaling, false, numbers, 2, numbers);
    CHECK_NEAR(scaling.means[0], log(10) / 2, 1e-15);
    CHECK_NEAR((numbers[1] - numbers[0]) * scaling.step, log(10), 1e-15);
    scaling_free(&scaling);
}

static void equal_numbers_are_at_zero(void)
{
    double numbers[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1};
    struct scaling scaling = {0};
    scaling_prepare(&scaling, 1);
    scaling_learn(&scaling, true, numbers, 7, numbers);
    CHECK(scaling.scales[0] == 1);
    CHECK(fabs(numbers[0] * scaling.step) < 1e-16);
    scaling_free(&scaling);
}

// Whole numbers, at most 2^53 when as many as there are rows are added up; off by no more than the header says.
static void the_grid_keeps_its_promise(void)
{
    static double numbers[3000];
    static double points[3000];
    int wrong = 0;
    uint64_t state = 5;
    for (size_t i = 0; i < 3000; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        numbers[i] = ldexp((double)(state >> 12), (int)(state % 64) - 40);
    }
    struct scaling scaling = {0};
    scaling_prepare(&scaling, 3);
    scaling_learn(&scaling, true, numbers, 1000, points);
    double largest = 0;
    for (size_t i = 0; i < 3000; i++) {
        largest = fmax(largest, fabs(points[i]));
        wrong += points[i] != floor(points[i]) || (points[i] == 0 && signbit(points[i]) != 0);
    }
    CHECK(largest * 1000 <= 9007199254740992.0);
    for (size_t i = 0; i < 3000; i++) {
        double exact = (numbers[i] - scaling.means[i % 3]) / scaling.scales[i % 3];
        wrong += fabs(points[i] * scaling.step - exact) > 1000 * ldexp(largest * scaling.step, -52);
    }
    CHECK(wrong == 0);
    scaling_free(&scaling);
}

static void the_order_of_rows_does_not_matter(void)
{
    double forward[300];
    double backward[300];
    for (size_t i = 0; i < 300; i++) {
        forward[i] = backward[299 - i] = logarithm_of_one_more((double)(i * i % 101)) * 1e3 + (i % 7 == 0 ? 1e9 : 0);
    }
    struct scaling one = {0};
    struct scaling other = {0};
    scaling_prepare(&one, 1);
    scaling_prepare(&other, 1);
    scaling_learn(&one, true, forward, 300, forward);
    scaling_learn(&other, true, backward, 300, backward);
    CHECK(one.means[0] == other.means[0] && one.scales[0] == other.scales[0] && one.step == other.step);
    int wrong = 0;
    for (size_t i = 0; i < 300; i++) {
        wrong += forward[i] != backward[299 - i];
    }
    CHECK(wrong == 0);
    scaling_free(&one);
    scaling_free(&other);
}

int main(void)
{
    z_scores_of_the_population();
    without_z_scores_only_the_mean_is_taken_off();
    logarithms_come_first();
    equal_numbers_are_at_zero();
    the_grid_keeps_its_promise();
    the_order_of_rows_does_not_matter();
    return tap_done();
}
