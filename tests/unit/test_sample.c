// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The same points are drawn in whatever order they come, equal ones each on its own, and all have the same chance.
 */
#include "../../cmd/segment/sample.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"

enum {
    COUNT = 300000, // several parts
};

static double values[COUNT];
static double shuffled[COUNT];

static void shuffle(void)
{
    uint64_t state = 11;
    memcpy(shuffled, values, sizeof values);
    for (size_t i = COUNT - 1; i > 0; i--) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        size_t j = (size_t)((state >> 33) % (i + 1));
        double kept = shuffled[i];
        shuffled[i] = shuffled[j];
        shuffled[j] = kept;
    }
}

// Are the same values drawn, in the same order, from both?
static bool draws_the_same(uint64_t seed, size_t most)
{
    struct points one = {values, COUNT, 1};
    struct points other = {shuffled, COUNT, 1};
    size_t count;
    size_t other_count;
    size_t *drawn = sample_draw(&one, seed, most, &count);
    size_t *other_drawn = sample_draw(&other, seed, most, &other_count);
    bool same = count == other_count && count == (most < COUNT ? most : COUNT);
    for (size_t i = 0; same && i < count; i++) {
        same = values[drawn[i]] == shuffled[other_drawn[i]];
    }
    free(drawn);
    free(other_drawn);
    return same;
}

static void the_order_of_points_does_not_matter(void)
{
    for (size_t i = 0; i < COUNT; i++) {
        values[i] = (double)(i % 3 == 0 ? i % 50 : i); // a third of them in fifty heaps
    }
    shuffle();
    CHECK(draws_the_same(1, 1000));
    CHECK(draws_the_same(1, 140000));
    CHECK(draws_the_same(2, 200000));
    CHECK(draws_the_same(1, COUNT));
    CHECK(draws_the_same(1, COUNT + 5));
}

static void no_point_is_drawn_twice(void)
{
    static unsigned char seen[COUNT];
    struct points points = {values, COUNT, 1};
    size_t count;
    size_t *drawn = sample_draw(&points, 3, COUNT, &count);
    int twice = 0;
    for (size_t i = 0; i < count; i++) {
        twice += seen[drawn[i]]++;
    }
    CHECK(count == COUNT && twice == 0);
    free(drawn);
}

// A tenth of the points is drawn: of fifty heaps of 2000 equal ones about 200 each.
static void equal_points_are_drawn_each_on_its_own(void)
{
    struct points points = {values, COUNT, 1};
    size_t count;
    size_t *drawn = sample_draw(&points, 4, COUNT / 10, &count);
    size_t heaps[50] = {0};
    for (size_t i = 0; i < count; i++) {
        if (values[drawn[i]] < 50) {
            heaps[(size_t)values[drawn[i]]]++;
        }
    }
    int uneven = 0;
    for (size_t i = 0; i < 50; i++) {
        uneven += heaps[i] < 130 || heaps[i] > 270;
    }
    CHECK(uneven == 0);
    free(drawn);
}

static void a_smaller_sample_begins_a_larger_one(void)
{
    struct points points = {values, COUNT, 1};
    size_t small_count;
    size_t large_count;
    size_t *small = sample_draw(&points, 1, 1000, &small_count);
    size_t *large = sample_draw(&points, 1, 100000, &large_count);
    CHECK(small_count == 1000 && large_count == 100000);
    CHECK(memcmp(small, large, small_count * sizeof *small) == 0);
    free(small);
    free(large);
}

static void another_seed_draws_others(void)
{
    struct points points = {values, COUNT, 1};
    size_t count;
    size_t *one = sample_draw(&points, 1, 1000, &count);
    size_t *other = sample_draw(&points, 2, 1000, &count);
    size_t same = 0;
    for (size_t i = 0; i < 1000; i++) {
        for (size_t j = 0; j < 1000; j++) {
            same += one[i] == other[j];
        }
    }
    CHECK(same < 20);
    free(one);
    free(other);
}

static void no_points_give_no_sample(void)
{
    struct points points = {values, 0, 1};
    size_t count = 7;
    size_t *drawn = sample_draw(&points, 1, 10, &count);
    CHECK(count == 0);
    free(drawn);
}

int main(void)
{
    the_order_of_points_does_not_matter();
    no_point_is_drawn_twice();
    equal_points_are_drawn_each_on_its_own();
    a_smaller_sample_begins_a_larger_one();
    another_seed_draws_others();
    no_points_give_no_sample();
    return tap_done();
}
