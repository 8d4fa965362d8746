// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Silhouettes against the definition, written out, and by hand.
 */
#include "../../cmd/segment/silhouette.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>

#include "tap.h"

static uint64_t state = 1;

static uint64_t roll(uint64_t sides)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % sides;
}

// Mean distance of a point to the points of a cluster, itself left out; negative when there are none.
static double mean_distance(const struct points *points, const uint16_t *labels, size_t from, size_t cluster)
{
    double sum = 0;
    double count = 0;
    for (size_t i = 0; i < points->count; i++) {
        if (i != from && labels[i] == cluster) {
            sum += hypot(points_at(points, i)[0] - points_at(points, from)[0],
                         points_at(points, i)[1] - points_at(points, from)[1]);
            count++;
        }
    }
    return count > 0 ? sum / count : -1;
}

static double by_definition(const struct points *points, const uint16_t *labels, size_t clusters)
{
    double total = 0;
    for (size_t i = 0; i < points->count; i++) {
        double a = mean_distance(points, labels, i, labels[i]);
        double b = INFINITY;
        for (size_t cluster = 0; cluster < clusters; cluster++) {
            double mean = mean_distance(points, labels, i, cluster);
            b = cluster != labels[i] && mean >= 0 ? fmin(b, mean) : b;
        }
        total += a < 0 || fmax(a, b) == 0 ? 0 : (b - a) / fmax(a, b);
    }
    return total / (double)points->count;
}

static void agrees_with_the_definition(void)
{
    double worst = 0;
    for (int run = 0; run < 200; run++) {
        double values[120];
        uint16_t labels[2][60];
        struct points points = {values, 10 + roll(50), 2};
        for (size_t i = 0; i < points.count * 2; i++) {
            values[i] = (double)roll(run % 2 == 0 ? 6 : 1000);
        }
        for (size_t i = 0; i < points.count; i++) {
            labels[0][i] = (uint16_t)(i < 2 ? i : roll(3));
            labels[1][i] = (uint16_t)(i < 2 ? 4 * i : 2 * roll(4));
        }
        struct partition partitions[] = {{.labels = labels[0], .clusters = 3}, {.labels = labels[1], .clusters = 7}};
        silhouette_measure(&points, partitions, 2);
        worst = fmax(worst, fabs(partitions[0].silhouette - by_definition(&points, labels[0], 3)));
        worst = fmax(worst, fabs(partitions[1].silhouette - by_definition(&points, labels[1], 7)));
    }
    CHECK_NEAR(worst, 0, 1e-13);
}

// 0 and 1 against 4: a = 1, b = 4 gives 3/4; a = 1, b = 3 gives 2/3; alone gives 0.
static void by_hand(void)
{
    const double values[] = {0, 1, 4};
    const uint16_t labels[] = {0, 0, 1};
    struct points points = {values, 3, 1};
    struct partition partition = {.labels = labels, .clusters = 2};
    silhouette_measure(&points, &partition, 1);
    CHECK_NEAR(partition.silhouette, (0.75 + 2.0 / 3) / 3, 1e-15);
}

static void one_cluster_has_none(void)
{
    const double values[] = {0, 1, 4};
    const uint16_t labels[] = {1, 1, 1};
    struct points points = {values, 3, 1};
    struct partition partition = {.labels = labels, .clusters = 2};
    silhouette_measure(&points, &partition, 1);
    CHECK(isnan(partition.silhouette));
}

static void equal_points_in_two_clusters_are_at_zero(void)
{
    const double values[] = {3, 3, 3, 3};
    const uint16_t labels[] = {0, 1, 0, 1};
    struct points points = {values, 4, 1};
    struct partition partition = {.labels = labels, .clusters = 2};
    silhouette_measure(&points, &partition, 1);
    CHECK(partition.silhouette == 0);
}

int main(void)
{
    agrees_with_the_definition();
    by_hand();
    one_cluster_has_none();
    equal_points_in_two_clusters_are_at_zero();
    return tap_done();
}
