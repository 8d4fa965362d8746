// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Exact sums: one rounding at the end, and no influence of the order.
 */
#include "sum.h"

#include <float.h>
#include <stdlib.h>

#include "tap.h"

#define LEAST 4.9406564584124654e-324

static double sum_of(const double *values, size_t count)
{
    struct sum sum = {0};
    for (size_t i = 0; i < count; i++) {
        sum_add(&sum, values[i]);
    }
    return sum_value(&sum);
}

#define SUM_OF(...) sum_of((const double[]){__VA_ARGS__}, sizeof((const double[]){__VA_ARGS__}) / sizeof(double))

static void small_terms_survive_large_ones(void)
{
    CHECK(SUM_OF(1e16, 1, -1e16) == 1);
    CHECK(SUM_OF(1e308, 1e308, -1e308) == 1e308);
    CHECK(SUM_OF(1e308, LEAST, -1e308) == LEAST);
    CHECK(SUM_OF(1e100, 1, -1e100, 1e-100, -1) == 1e-100);
    CHECK(SUM_OF(-1e16, -1, 1e16) == -1);
    CHECK(SUM_OF(DBL_MAX, DBL_MAX, -DBL_MAX, -DBL_MAX, 3) == 3);
}

static void one_value_is_itself(void)
{
    const double values[] = {
        0,    1,       -1,       0.1,     LEAST, -LEAST, 3 * LEAST, DBL_MIN, DBL_MIN - LEAST, DBL_MIN + LEAST,
        1e22, DBL_MAX, -DBL_MAX, 1.0 / 3, 1e-300};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        CHECK(sum_of(&values[i], 1) == values[i]);
    }
    CHECK(SUM_OF(-0.0) == 0 && !signbit(SUM_OF(-0.0)));
    struct sum empty = {0};
    CHECK(sum_value(&empty) == 0);
    CHECK(!signbit(SUM_OF(-5, 5)));
}

static void ties_go_to_even(void)
{
    const double half = DBL_EPSILON / 2;
    CHECK(SUM_OF(1, half) == 1);
    CHECK(SUM_OF(1, half, LEAST) == 1 + DBL_EPSILON);
    CHECK(SUM_OF(1, half, -LEAST) == 1);
    CHECK(SUM_OF(1 + DBL_EPSILON, half) == 1 + 2 * DBL_EPSILON);
    CHECK(SUM_OF(-1, -half) == -1);
    CHECK(SUM_OF(-1, -half, -LEAST) == -1 - DBL_EPSILON);
    CHECK(SUM_OF(2, -half / 2) == 2);
    CHECK(SUM_OF(2 - DBL_EPSILON, half) == 2);
}

static void denormals_are_exact(void)
{
    CHECK(SUM_OF(LEAST, LEAST, LEAST) == 3 * LEAST);
    CHECK(SUM_OF(DBL_MIN, -LEAST) == DBL_MIN - LEAST);
    CHECK(SUM_OF(DBL_MIN - LEAST, LEAST) == DBL_MIN);
    CHECK(SUM_OF(DBL_MIN, -DBL_MIN, -LEAST) == -LEAST);
}

static void too_large_a_sum_is_infinite(void)
{
    CHECK(SUM_OF(DBL_MAX, DBL_MAX) == INFINITY);
    CHECK(SUM_OF(-DBL_MAX, -DBL_MAX) == -INFINITY);
    // Half a unit in the last place above the largest double rounds up, less does not.
    CHECK(SUM_OF(DBL_MAX, 0x1p970) == INFINITY);
    CHECK(SUM_OF(DBL_MAX, 0x1p970, -LEAST) == DBL_MAX);
}

static uint64_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 16;
}

static bool same_bits(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static void no_order_changes_a_bit(void)
{
    static double values[3000];
    const size_t count = sizeof values / sizeof *values;
    uint64_t state = 7;
    for (size_t i = 0; i < count; i++) {
        double value = (double)(next_random(&state) & 0xFFFFFFFFFF) - 5e11;
        values[i] = ldexp(value, (int)(next_random(&state) % 400) - 200);
    }
    double expected = sum_of(values, count);
    int wrong = 0;
    for (int turn = 0; turn < 50; turn++) {
        for (size_t i = count - 1; i > 0; i--) {
            size_t j = next_random(&state) % (i + 1);
            double kept = values[i];
            values[i] = values[j];
            values[j] = kept;
        }
        wrong += !same_bits(sum_of(values, count), expected);
        struct sum parts[3] = {{{0}, 0}, {{0}, 0}, {{0}, 0}};
        for (size_t i = 0; i < count; i++) {
            sum_add(&parts[next_random(&state) % 3], values[i]);
        }
        sum_merge(&parts[2], &parts[0]);
        sum_merge(&parts[2], &parts[1]);
        wrong += !same_bits(sum_value(&parts[2]), expected);
    }
    CHECK(wrong == 0);
}

// Whole numbers of 2^-20 below 2^40 add up exactly in 64 bits, which is the witness.
static void agrees_with_whole_numbers(void)
{
    uint64_t state = 99;
    struct sum sum = {0};
    int64_t exact = 0;
    int wrong = 0;
    for (int i = 0; i < 20000; i++) {
        int64_t term = (int64_t)(next_random(&state) & 0xFFFFFFFFFFF) - INT64_C(0x80000000000);
        exact += term;
        sum_add(&sum, ldexp((double)term, -20));
        wrong += sum_value(&sum) != ldexp((double)exact, -20);
    }
    CHECK(wrong == 0);
}

static void carries_go_through_every_chunk(void)
{
    struct sum sum = {0};
    sum_add(&sum, LEAST);
    sum_add(&sum, -DBL_MAX);
    CHECK(sum_value(&sum) == -DBL_MAX);
    sum_add(&sum, DBL_MAX);
    CHECK(sum_value(&sum) == LEAST);
    // As after 2^30 additions without a carry.
    struct sum full = {0};
    sum_add(&full, 0x1p-1000);
    for (int i = 0; i < SUM_CHUNKS - 4; i++) {
        full.chunks[i] *= INT64_C(1) << 29;
    }
    full.pending = UINT32_C(1) << 30;
    sum_add(&full, 0x1p-1000);
    CHECK(sum_value(&full) == 0x1p-971 + 0x1p-1000);
    CHECK(full.pending == 1);
}

int main(void)
{
    small_terms_survive_large_ones();
    one_value_is_itself();
    ties_go_to_even();
    denormals_are_exact();
    too_large_a_sum_is_infinite();
    no_order_changes_a_bit();
    agrees_with_whole_numbers();
    carries_go_through_every_chunk();
    return tap_done();
}
