// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * k-means as a whole: the best partition of few points, found among all of them; order of clusters; too few points.
 */
#include "../../cmd/segment/clusters.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "tap.h"

enum {
    MOST_POINTS = 9,
    MOST_CLUSTERS = 4,
};

static uint64_t state = 1;

static uint64_t roll(uint64_t sides)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % sides;
}

// Squared deviations from the means of this partition, in two dimensions.
static double cost_of(const double *values, size_t count, const size_t *labels, size_t clusters)
{
    double cost = 0;
    for (size_t cluster = 0; cluster < clusters; cluster++) {
        for (size_t j = 0; j < 2; j++) {
            double sum = 0;
            double squares = 0;
            double members = 0;
            for (size_t i = 0; i < count; i++) {
                if (labels[i] == cluster) {
                    sum += values[i * 2 + j];
                    squares += values[i * 2 + j] * values[i * 2 + j];
                    members++;
                }
            }
            cost += members > 0 ? squares - sum * sum / members : 0;
        }
    }
    return cost;
}

// The least cost of any partition: all of them are tried.
static double least_cost(const double *values, size_t count, size_t clusters)
{
    size_t labels[MOST_POINTS] = {0};
    double least = INFINITY;
    for (;;) {
        least = fmin(least, cost_of(values, count, labels, clusters));
        size_t place = 0;
        while (place < count && ++labels[place] == clusters) {
            labels[place++] = 0;
        }
        if (place == count) {
            return least;
        }
    }
}

static void few_points_get_their_best_partition(void)
{
    int wrong = 0;
    int done = 0;
    for (int run = 0; run < 400; run++) {
        double values[MOST_POINTS * 2];
        double centres[MOST_CLUSTERS * 2];
        uint16_t labels[MOST_POINTS];
        size_t clusters = 1 + roll(MOST_CLUSTERS);
        struct points points = {values, clusters + roll(MOST_POINTS - clusters + 1), 2};
        for (size_t i = 0; i < points.count * 2; i++) {
            values[i] = (double)roll(30);
        }
        struct lloyd lloyd = {.clusters = clusters, .centres = centres, .labels = labels};
        size_t found = clusters_start(&points, clusters, 60, 1, centres);
        if (clusters_finish(&lloyd, &points, found)) {
            done++;
            wrong += lloyd_inertia(&lloyd, &points) > least_cost(values, points.count, clusters) + 1e-9;
        }
    }
    CHECK(done > 350);
    CHECK(wrong == 0);
}

static void clusters_come_highest_first(void)
{
    const double values[] = {1, 0, 2, 0, 50, 9, 51, 9, 50, -9, 51, -9, 90, 1, 91, 1};
    double centres[8];
    uint16_t labels[8];
    struct points points = {values, 8, 2};
    struct lloyd lloyd = {.clusters = 4, .centres = centres, .labels = labels};
    CHECK(clusters_finish(&lloyd, &points, clusters_start(&points, 4, 10, 1, centres)));
    const double expected[] = {90.5, 1, 50.5, 9, 50.5, -9, 1.5, 0};
    CHECK(memcmp(centres, expected, sizeof expected) == 0);
    CHECK(labels[0] == 3 && labels[2] == 1 && labels[4] == 2 && labels[7] == 0);
    CHECK(lloyd.settled);
}

// The middle point is as near to one as to the other and goes to the higher, wherever the centres begin.
static void a_tie_goes_to_the_higher_cluster(void)
{
    const double values[] = {-5, -5, -5, -3, 0, 5, 3, 5, 5};
    for (int turn = 0; turn < 2; turn++) {
        double centres[] = {turn == 0 ? -4.5 : 4.5, turn == 0 ? 4.5 : -4.5};
        uint16_t labels[9];
        struct points points = {values, 9, 1};
        struct lloyd lloyd = {.clusters = 2, .centres = centres, .labels = labels};
        CHECK(clusters_finish(&lloyd, &points, 2));
        CHECK(labels[4] == 0 && labels[5] == 0 && labels[3] == 1);
    }
}

// From any first centres: labels are those of the nearest, of equals the first, and centres are in order.
static void the_order_of_the_result_is_that_of_its_ties(void)
{
    int wrong = 0;
    for (int run = 0; run < 3000; run++) {
        double values[40];
        double centres[4];
        uint16_t labels[40];
        struct points points = {values, 20 + roll(20), 1};
        for (size_t i = 0; i < points.count; i++) {
            values[i] = (double)roll(25);
        }
        for (size_t i = 0; i < 4; i++) {
            centres[i] = (double)roll(100) - 40;
        }
        struct lloyd lloyd = {.clusters = 4, .centres = centres, .labels = labels};
        wrong += !clusters_finish(&lloyd, &points, 4);
        for (size_t i = 0; i < points.count; i++) {
            wrong += labels[i] != lloyd_nearest(centres, 4, &values[i], 1, NULL);
        }
        wrong += centres[0] < centres[1] || centres[1] < centres[2] || centres[2] < centres[3];
    }
    CHECK(wrong == 0);
}

static void too_few_distinct_points(void)
{
    const double values[] = {1, 1, 2, 2, 2};
    double centres[3];
    uint16_t labels[5];
    struct points points = {values, 5, 1};
    struct lloyd lloyd = {.clusters = 3, .centres = centres, .labels = labels};
    size_t found = clusters_start(&points, 3, 5, 1, centres);
    CHECK(found == 2);
    CHECK(!clusters_finish(&lloyd, &points, found));
}

// A sample of equal points knows one centre only; the others are found among all points.
static void what_the_sample_lacks_is_found_among_all(void)
{
    const double values[] = {1, 1, 1, 1, 7, 20};
    double centres[3];
    uint16_t labels[6];
    struct points sample = {values, 4, 1};
    struct points points = {values, 6, 1};
    struct lloyd lloyd = {.clusters = 3, .centres = centres, .labels = labels};
    size_t found = clusters_start(&sample, 3, 5, 1, centres);
    CHECK(found == 1);
    CHECK(clusters_finish(&lloyd, &points, found));
    CHECK(centres[0] == 20 && centres[1] == 7 && centres[2] == 1);
    CHECK(lloyd_inertia(&lloyd, &points) == 0);
}

int main(void)
{
    few_points_get_their_best_partition();
    clusters_come_highest_first();
    a_tie_goes_to_the_higher_cluster();
    the_order_of_the_result_is_that_of_its_ties();
    too_few_distinct_points();
    what_the_sample_lacks_is_found_among_all();
    return tap_done();
}
