// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Lloyd's iteration with bounds against the same without any, point by point; empty clusters, ties, order.
 */
#include "../../cmd/segment/lloyd.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "tap.h"

enum {
    MOST_POINTS = 400,
    MOST_DIMENSIONS = 4,
    MOST_CLUSTERS = 12,
};

static uint64_t state = 1;

static uint64_t roll(uint64_t sides)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % sides;
}

struct room {
    double values[MOST_POINTS * MOST_DIMENSIONS];
    double centres[MOST_CLUSTERS * MOST_DIMENSIONS];
    uint16_t labels[MOST_POINTS];
};

// The mean of the points of a cluster; how many they are.
static size_t find_mean(const struct points *points, const uint16_t *labels, size_t cluster, double *mean)
{
    size_t count = 0;
    for (size_t j = 0; j < points->dimensions; j++) {
        mean[j] = 0;
    }
    for (size_t i = 0; i < points->count; i++) {
        if (labels[i] == cluster) {
            count++;
            for (size_t j = 0; j < points->dimensions; j++) {
                mean[j] += points_at(points, i)[j];
            }
        }
    }
    for (size_t j = 0; j < points->dimensions; j++) {
        mean[j] /= (double)count;
    }
    return count;
}

static bool precedes(const double *a, const double *b, size_t dimensions)
{
    size_t i = 0;
    while (i + 1 < dimensions && a[i] == b[i]) {
        i++;
    }
    return a[i] < b[i];
}

// Gives an empty cluster the farthest point of the others that have more than one.
static void plain_mend(struct room *room, const struct points *points, size_t empty)
{
    size_t dimensions = points->dimensions;
    size_t counts[MOST_CLUSTERS] = {0};
    size_t farthest = 0;
    double greatest = -1;
    for (size_t i = 0; i < points->count; i++) {
        counts[room->labels[i]]++;
    }
    for (size_t i = 0; i < points->count; i++) {
        const double *point = points_at(points, i);
        double square = points_square(point, room->centres + room->labels[i] * dimensions, dimensions);
        bool farther =
            square > greatest || (square == greatest && precedes(point, points_at(points, farthest), dimensions));
        if (counts[room->labels[i]] > 1 && farther) {
            greatest = square;
            farthest = i;
        }
    }
    room->labels[farthest] = (uint16_t)empty;
}

// Without bounds, and every sum made anew.
static void plain_run(struct room *room, const struct points *points, size_t clusters)
{
    double mean[MOST_DIMENSIONS];
    for (bool moved = true, first = true; moved; first = false) {
        moved = first;
        for (size_t i = 0; i < points->count; i++) {
            size_t nearest = lloyd_nearest(room->centres, clusters, points_at(points, i), points->dimensions, NULL);
            moved = moved || nearest != room->labels[i];
            room->labels[i] = (uint16_t)nearest;
        }
        for (size_t i = 0; i < clusters; i++) {
            if (find_mean(points, room->labels, i, mean) == 0) {
                plain_mend(room, points, i);
                moved = true;
            }
        }
        for (size_t i = 0; i < clusters; i++) {
            find_mean(points, room->labels, i, room->centres + i * points->dimensions);
        }
    }
}

// Is every point with its nearest centre, and every centre the mean of its points, of which it has some?
static bool is_settled(const struct lloyd *lloyd, const struct points *points)
{
    bool settled = lloyd->settled;
    for (size_t i = 0; settled && i < points->count; i++) {
        settled = lloyd->labels[i] ==
                  lloyd_nearest(lloyd->centres, lloyd->clusters, points_at(points, i), points->dimensions, NULL);
    }
    for (size_t i = 0; settled && i < lloyd->clusters; i++) {
        double mean[MOST_DIMENSIONS];
        settled = find_mean(points, lloyd->labels, i, mean) > 0 &&
                  memcmp(mean, lloyd->centres + i * points->dimensions, points->dimensions * sizeof *mean) == 0;
    }
    return settled;
}

// Random points in heaps, many of them equal where there are few sides.
static struct points fill(struct room *room, size_t clusters, size_t least)
{
    struct points points = {room->values, least + roll(MOST_POINTS - least), 1 + roll(MOST_DIMENSIONS)};
    uint64_t sides = roll(2) == 0 ? 20 : 1000000;
    for (size_t i = 0; i < points.count * points.dimensions; i++) {
        room->values[i] = (double)(roll(sides) + roll(3) * 2 * sides);
    }
    memcpy(room->centres, room->values, clusters * points.dimensions * sizeof *room->centres);
    return points;
}

static bool has_distinct(const struct points *points, size_t wanted)
{
    size_t distinct = 0;
    for (size_t i = 0; i < points->count && distinct < wanted; i++) {
        double square;
        lloyd_nearest(points->values, i, points_at(points, i), points->dimensions, &square);
        distinct += square > 0;
    }
    return distinct == wanted;
}

static void bounds_change_nothing(void)
{
    int compared = 0;
    int wrong = 0;
    for (int run = 0; run < 2000; run++) {
        static struct room bounded;
        static struct room plain;
        size_t clusters = 1 + roll(MOST_CLUSTERS);
        struct points points = fill(&bounded, clusters, clusters);
        if (!has_distinct(&points, clusters)) {
            continue;
        }
        if (roll(3) == 0) { // some clusters will be empty
            memcpy(bounded.centres + (clusters - 1) * points.dimensions, bounded.centres,
                   points.dimensions * sizeof(double));
        }
        plain = bounded;
        plain_run(&plain, &points, clusters);
        struct lloyd lloyd = {.clusters = clusters, .centres = bounded.centres, .labels = bounded.labels};
        lloyd_run(&lloyd, &points, 10000);
        compared++;
        wrong += memcmp(plain.labels, bounded.labels, points.count * sizeof *plain.labels) != 0 ||
                 memcmp(plain.centres, bounded.centres, clusters * points.dimensions * sizeof(double)) != 0 ||
                 !is_settled(&lloyd, &points);
    }
    CHECK(compared > 1500);
    CHECK(wrong == 0);
}

// All centres begin at one place: all but one are empty, and are mended.
static void empty_clusters_get_the_farthest_points(void)
{
    int wrong = 0;
    for (int run = 0; run < 300; run++) {
        static struct room room;
        size_t clusters = 2 + roll(5);
        struct points points = fill(&room, clusters, 60);
        for (size_t i = 1; i < clusters; i++) {
            memcpy(room.centres + i * points.dimensions, room.centres, points.dimensions * sizeof(double));
        }
        struct lloyd lloyd = {.clusters = clusters, .centres = room.centres, .labels = room.labels};
        lloyd_run(&lloyd, &points, 10000);
        wrong += !is_settled(&lloyd, &points);
    }
    CHECK(wrong == 0);
    double values[] = {0, 1, 2, 100, 101};
    double centres[] = {1, 1};
    uint16_t labels[5];
    struct points points = {values, 5, 1};
    struct lloyd lloyd = {.clusters = 2, .centres = centres, .labels = labels};
    lloyd_run(&lloyd, &points, 100);
    CHECK(centres[0] == 1 && centres[1] == 100.5);
    CHECK_NEAR(lloyd_inertia(&lloyd, &points), 2.5, 0);
}

static void a_point_between_two_centres_is_in_the_first(void)
{
    double values[] = {-4, 0, 4};
    double centres[] = {4, -4};
    uint16_t labels[3];
    struct points points = {values, 3, 1};
    struct lloyd lloyd = {.clusters = 2, .centres = centres, .labels = labels};
    lloyd_run(&lloyd, &points, 100);
    CHECK(labels[0] == 1 && labels[1] == 0 && labels[2] == 0);
    CHECK(centres[0] == 2 && centres[1] == -4);
    CHECK(lloyd_nearest((const double[]){1, -1}, 2, (const double[]){0}, 1, NULL) == 0);
}

static void the_order_of_points_does_not_matter(void)
{
    int wrong = 0;
    for (int run = 0; run < 300; run++) {
        static struct room forward;
        static struct room backward;
        size_t clusters = 1 + roll(MOST_CLUSTERS);
        struct points points = fill(&forward, clusters, clusters);
        size_t dimensions = points.dimensions;
        for (size_t i = 0; i < points.count; i++) {
            memcpy(backward.values + i * dimensions, forward.values + (points.count - 1 - i) * dimensions,
                   dimensions * sizeof(double));
        }
        memcpy(backward.centres, forward.centres, sizeof forward.centres);
        struct points turned = {backward.values, points.count, dimensions};
        struct lloyd one = {.clusters = clusters, .centres = forward.centres, .labels = forward.labels};
        struct lloyd other = {.clusters = clusters, .centres = backward.centres, .labels = backward.labels};
        if (!has_distinct(&points, clusters)) {
            continue;
        }
        lloyd_run(&one, &points, 10000);
        lloyd_run(&other, &turned, 10000);
        wrong += memcmp(one.centres, other.centres, clusters * dimensions * sizeof(double)) != 0 ||
                 lloyd_inertia(&one, &points) != lloyd_inertia(&other, &turned);
        for (size_t i = 0; i < points.count; i++) {
            wrong += one.labels[i] != other.labels[points.count - 1 - i];
        }
    }
    CHECK(wrong == 0);
}

static void where_it_is_stopped_labels_are_those_of_the_nearest(void)
{
    static struct room room;
    struct points points = fill(&room, 8, 200);
    struct lloyd lloyd = {.clusters = 8, .centres = room.centres, .labels = room.labels};
    lloyd_run(&lloyd, &points, 1);
    CHECK(lloyd.iterations == 1 && !lloyd.settled);
    int wrong = 0;
    for (size_t i = 0; i < points.count; i++) {
        wrong += room.labels[i] != lloyd_nearest(room.centres, 8, points_at(&points, i), points.dimensions, NULL);
    }
    CHECK(wrong == 0);
}

static void the_farthest_of_equals_has_the_lowest_coordinates(void)
{
    double values[] = {5, 1, 3, -5, 4, 2, -5, 4, 5, -1, -5, -1};
    struct points points = {values, 6, 2};
    double square;
    CHECK(lloyd_farthest(&points, (const double[]){0, 0}, 1, &square) == 3);
    CHECK(square == 41);
    double ties[] = {5, 1, -5, 1, -5, -1, 5, -1};
    struct points equal = {ties, 4, 2};
    CHECK(lloyd_farthest(&equal, (const double[]){0, 0}, 1, &square) == 2);
}

int main(void)
{
    bounds_change_nothing();
    empty_clusters_get_the_farthest_points();
    a_point_between_two_centres_is_in_the_first();
    the_order_of_points_does_not_matter();
    where_it_is_stopped_labels_are_those_of_the_nearest();
    the_farthest_of_equals_has_the_lowest_coordinates();
    return tap_done();
}
