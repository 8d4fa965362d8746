// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Lloyd's iteration with the bounds of G. Hamerly, "Making k-means even faster", SDM 2010: of each point an upper bound
 * of the distance to its centre is kept and a lower bound of that to any other. While the first is below the second the
 * point stays, and no distance is reckoned. Bounds are rounded outwards by more than all rounding of distances can be,
 * so what is left out could not have changed anything.
 *
 * A bound changes with every move of a centre. Instead of changing it, it is kept as if the centres had not moved since
 * the beginning, and compared with the sums of their ways; so a point that stays costs eight bytes read and none
 * written.
 */
#include "lloyd.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "sum.h"

// More than a float can lose, and more than a distance reckoned in doubles can.
#define UP (1 + 0x1p-20)
#define DOWN (1 - 0x1p-20)

struct run {
    struct lloyd *lloyd;
    const struct points *points;
    double *sums;     // of the points of each cluster: exact
    uint64_t *counts; // of the points of each cluster
    double *moves;    // how far each centre has just moved
    double *ways;     // how far each has moved in all
    double *others;   // how far the others have moved in all, of each move the farthest
    double *halves;   // half the way from each centre to the nearest other
    float *upper;     // a bound of the distance of each point to its centre, less the way of that
    float *lower;     // and to any other centre, with the ways of those
};

enum {
    BLOCK = 1024, // points looked at together: the waits for their coordinates overlap
};

size_t lloyd_nearest(const double *centres, size_t clusters, const double *point, size_t dimensions, double *square)
{
    size_t nearest = 0;
    double least = INFINITY;
    for (size_t i = 0; i < clusters; i++) {
        double distance = points_square(point, centres + i * dimensions, dimensions);
        if (distance < least) {
            least = distance;
            nearest = i;
        }
    }
    if (square != NULL) {
        *square = least;
    }
    return nearest;
}

// Has the first of two points the lower coordinates?
static bool precedes(const double *a, const double *b, size_t dimensions)
{
    for (size_t i = 0; i < dimensions; i++) {
        if (a[i] != b[i]) {
            return a[i] < b[i];
        }
    }
    return false;
}

// The farther one of two points at these squared distances; of equals the one with the lower coordinates.
static bool is_farther(const struct points *points, size_t a, double square_a, size_t b, double square_b)
{
    return square_a > square_b ||
           (square_a == square_b && precedes(points_at(points, a), points_at(points, b), points->dimensions));
}

size_t lloyd_farthest(const struct points *points, const double *centres, size_t clusters, double *square)
{
    size_t farthest = 0;
    double greatest = -1;
    for (size_t i = 0; i < points->count; i++) {
        double own;
        lloyd_nearest(centres, clusters, points_at(points, i), points->dimensions, &own);
        if (is_farther(points, i, own, farthest, greatest)) {
            farthest = i;
            greatest = own;
        }
    }
    *square = greatest;
    return farthest;
}

static double *centre_at(const struct run *run, size_t cluster)
{
    return run->lloyd->centres + cluster * run->points->dimensions;
}

// Takes a point from its cluster to another.
static void move_point(struct run *run, size_t index, size_t to)
{
    size_t dimensions = run->points->dimensions;
    size_t from = run->lloyd->labels[index];
    const double *point = points_at(run->points, index);
    for (size_t i = 0; i < dimensions; i++) {
        run->sums[from * dimensions + i] -= point[i];
        run->sums[to * dimensions + i] += point[i];
    }
    run->counts[from]--;
    run->counts[to]++;
    run->lloyd->labels[index] = (uint16_t)to;
}

// The nearest centre, its distance and that of the second nearest.
static size_t find_two(const struct run *run, const double *point, double *first, double *second)
{
    size_t dimensions = run->points->dimensions;
    size_t nearest = 0;
    double least = INFINITY;
    double next = INFINITY;
    for (size_t i = 0; i < run->lloyd->clusters; i++) {
        double square = points_square(point, run->lloyd->centres + i * dimensions, dimensions);
        if (square < least) {
            next = least;
            least = square;
            nearest = i;
        } else if (square < next) {
            next = square;
        }
    }
    *first = sqrt(least);
    *second = sqrt(next);
    return nearest;
}

static float round_up(double value)
{
    return (float)(value * (value > 0 ? UP : DOWN));
}

static float round_down(double value)
{
    return (float)(value * (value > 0 ? DOWN : UP));
}

// Puts a point to its nearest centre. Does it move?
static bool place_point(struct run *run, size_t index)
{
    const double *point = points_at(run->points, index);
    size_t own = run->lloyd->labels[index];
    double upper = sqrt(points_square(point, centre_at(run, own), run->points->dimensions)) * UP;
    double lower = run->lower[index] - run->others[own];
    if (upper < lower || upper < run->halves[own]) {
        run->upper[index] = round_up(upper - run->ways[own]);
        return false;
    }
    size_t nearest = find_two(run, point, &upper, &lower);
    run->upper[index] = round_up(upper * UP - run->ways[nearest]);
    run->lower[index] = round_down(lower * DOWN + run->others[nearest]);
    if (nearest != own) {
        move_point(run, index, nearest);
    }
    return nearest != own;
}

// The points among `from` to `to` - 1 that may have to move; gives how many.
static size_t find_doubtful(const struct run *run, size_t from, size_t to, size_t *doubtful)
{
    const uint16_t *labels = run->lloyd->labels;
    const double *ways = run->ways;
    const double *others = run->others;
    const double *halves = run->halves;
    size_t count = 0;
    for (size_t i = from; i < to; i++) {
        size_t own = labels[i];
        double upper = run->upper[i] + ways[own];
        double lower = run->lower[i] - others[own];
        doubtful[count] = i;
        count += !(upper < (lower > halves[own] ? lower : halves[own]));
    }
    return count;
}

static void find_halves(struct run *run)
{
    for (size_t i = 0; i < run->lloyd->clusters; i++) {
        double least = INFINITY;
        for (size_t j = 0; j < run->lloyd->clusters; j++) {
            double square = points_square(centre_at(run, i), centre_at(run, j), run->points->dimensions);
            least = i != j && square < least ? square : least;
        }
        run->halves[i] = sqrt(least) / 2 * DOWN;
    }
}

static bool place_points(struct run *run)
{
    size_t doubtful[BLOCK];
    bool moved = false;
    find_halves(run);
    for (size_t from = 0; from < run->points->count; from += BLOCK) {
        size_t rest = run->points->count - from;
        size_t count = find_doubtful(run, from, from + (rest < BLOCK ? rest : BLOCK), doubtful);
        for (size_t i = 0; i < count; i++) {
            moved = place_point(run, doubtful[i]) || moved;
        }
    }
    return moved;
}

// The point farthest from its own centre, among those of clusters that have others too.
static size_t find_spare(const struct run *run)
{
    size_t farthest = 0;
    double greatest = -1;
    for (size_t i = 0; i < run->points->count; i++) {
        size_t own = run->lloyd->labels[i];
        double square = points_square(points_at(run->points, i), centre_at(run, own), run->points->dimensions);
        if (run->counts[own] > 1 && is_farther(run->points, i, square, farthest, greatest)) {
            farthest = i;
            greatest = square;
        }
    }
    return farthest;
}

// Gives every empty cluster a point. Was there one?
static bool fill_empty(struct run *run)
{
    bool filled = false;
    for (size_t i = 0; i < run->lloyd->clusters; i++) {
        if (run->counts[i] == 0) {
            size_t spare = find_spare(run);
            move_point(run, spare, i);
            run->upper[spare] = INFINITY;
            run->lower[spare] = 0; // the others have moved, so this is below zero
            filled = true;
        }
    }
    return filled;
}

// Adds to each centre's way its last move, and to that of the others the farthest move of any other.
static void lengthen_ways(struct run *run)
{
    size_t farthest = 0;
    double second = 0;
    for (size_t i = 1; i < run->lloyd->clusters; i++) {
        if (run->moves[i] > run->moves[farthest]) {
            second = run->moves[farthest];
            farthest = i;
        } else if (run->moves[i] > second) {
            second = run->moves[i];
        }
    }
    for (size_t i = 0; i < run->lloyd->clusters; i++) {
        run->ways[i] += run->moves[i];
        run->others[i] += i == farthest ? second : run->moves[farthest];
    }
}

// Moves every centre to the mean of its points.
static void move_centres(struct run *run)
{
    size_t dimensions = run->points->dimensions;
    for (size_t i = 0; i < run->lloyd->clusters; i++) {
        double square = 0;
        for (size_t j = 0; j < dimensions; j++) {
            double mean = run->sums[i * dimensions + j] / (double)run->counts[i];
            double step = mean - centre_at(run, i)[j];
            square += step * step;
            centre_at(run, i)[j] = mean;
        }
        run->moves[i] = sqrt(square) * UP;
    }
    lengthen_ways(run);
}

// All points in the first cluster, nothing known of their distances.
static void begin(struct run *run)
{
    size_t dimensions = run->points->dimensions;
    memset(run->lloyd->labels, 0, run->points->count * sizeof *run->lloyd->labels);
    run->counts[0] = run->points->count;
    for (size_t i = 0; i < run->points->count; i++) {
        run->upper[i] = INFINITY;
        for (size_t j = 0; j < dimensions; j++) {
            run->sums[j] += points_at(run->points, i)[j];
        }
    }
}

static void iterate(struct run *run, size_t most)
{
    struct lloyd *lloyd = run->lloyd;
    lloyd->settled = false;
    for (lloyd->iterations = 0; lloyd->iterations < most && !lloyd->settled; lloyd->iterations++) {
        bool moved = place_points(run);
        bool filled = fill_empty(run);
        lloyd->settled = !moved && !filled && lloyd->iterations > 0;
        if (!lloyd->settled) {
            move_centres(run);
        }
    }
    if (!lloyd->settled) {
        place_points(run);
    }
}

void lloyd_run(struct lloyd *lloyd, const struct points *points, size_t most)
{
    struct run run = {.lloyd = lloyd, .points = points};
    run.sums = heap_allocate(lloyd->clusters * points->dimensions, sizeof *run.sums);
    run.counts = heap_allocate(lloyd->clusters, sizeof *run.counts);
    run.moves = heap_allocate(lloyd->clusters, sizeof *run.moves);
    run.ways = heap_allocate(lloyd->clusters, sizeof *run.ways);
    run.others = heap_allocate(lloyd->clusters, sizeof *run.others);
    run.halves = heap_allocate(lloyd->clusters, sizeof *run.halves);
    run.upper = heap_allocate(points->count, sizeof *run.upper);
    run.lower = heap_allocate(points->count, sizeof *run.lower);
    begin(&run);
    iterate(&run, most);
    free(run.sums);
    free(run.counts);
    free(run.moves);
    free(run.ways);
    free(run.others);
    free(run.halves);
    free(run.upper);
    free(run.lower);
}

double lloyd_inertia(const struct lloyd *lloyd, const struct points *points)
{
    struct sum sum = {0};
    for (size_t i = 0; i < points->count; i++) {
        const double *centre = lloyd->centres + lloyd->labels[i] * points->dimensions;
        sum_add(&sum, points_square(points_at(points, i), centre, points->dimensions));
    }
    return sum_value(&sum);
}
