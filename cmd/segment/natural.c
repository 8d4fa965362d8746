// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Natural breaks by dynamic programming, one layer a class: the best cost of the first i values in c classes is the
 * least over j of the best of the first j in c - 1 classes and the cost of a class of values j to i - 1. W. D. Fisher,
 * "On Grouping for Maximum Homogeneity", JASA 53, 1958.
 *
 * The best j never falls as i rises, so a layer is filled by halves: the middle i first, which bounds j on both sides
 * of it. That is the method of H. Wang and M. Song, "Ckmeans.1d.dp", The R Journal 3(2), 2011, as made faster in 2017.
 */
#include "natural.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "heap.h"
#include "quantile.h"
#include "sum.h"

// Sums over the distinct values between the median and a place: added up above it, taken away below it, so that values
// far out on one side cost no digits on the other.
struct prefix {
    double weight;
    double deviation; // from the median
    double square;    // of that
};

struct layers {
    struct prefix *prefixes; // one more than values
    size_t distinct;
    double *before;   // best cost of the first i values in one class fewer
    double *costs;    // and in the classes of this layer
    uint32_t *starts; // where the last class of the first i values begins; a part of `all_starts`
    uint32_t *all_starts;
    size_t layer; // classes before the last one
};

// A sum that keeps what rounding takes from it (Neumaier 1974).
struct running {
    double sum;
    double rest;
};

static void add(struct running *running, double value)
{
    double sum = running->sum + value;
    bool larger = fabs(running->sum) >= fabs(value);
    running->rest += larger ? (running->sum - sum) + value : (value - sum) + running->sum;
    running->sum = sum;
}

// The end of the run of equal values that begins at `from`.
static size_t run_end(const double *sorted, size_t count, size_t from)
{
    size_t end = from + 1;
    while (end < count && sorted[end] == sorted[from]) {
        end++;
    }
    return end;
}

static size_t count_distinct(const double *sorted, size_t count)
{
    size_t distinct = 0;
    for (size_t at = 0; at < count; at = run_end(sorted, count, at)) {
        distinct++;
    }
    return distinct;
}

// What is summed up so far on the way from the median.
struct totals {
    double weight;
    struct running deviation;
    struct running square;
};

static struct prefix add_step(struct totals *totals, struct prefix step, double sign)
{
    totals->weight += sign * step.weight;
    add(&totals->deviation, sign * step.deviation);
    add(&totals->square, sign * step.square);
    return (struct prefix){totals->weight, totals->deviation.sum + totals->deviation.rest,
                           totals->square.sum + totals->square.rest};
}

// In: each value's own part at its place. Out: the sums; place i has those of the values before it.
static void sum_down(struct prefix *prefixes, size_t origin)
{
    struct totals totals = {0};
    for (size_t place = origin; place > 0; place--) {
        prefixes[place - 1] = add_step(&totals, prefixes[place - 1], -1);
    }
}

static void sum_up(struct prefix *prefixes, size_t origin, size_t distinct)
{
    struct totals totals = {0};
    struct prefix step = prefixes[origin];
    prefixes[origin] = (struct prefix){0};
    for (size_t place = origin; place < distinct; place++) {
        struct prefix next = prefixes[place + 1];
        prefixes[place + 1] = add_step(&totals, step, 1);
        step = next;
    }
}

static void fill_prefixes(struct layers *layers, const double *sorted, size_t count)
{
    double median = sorted[count / 2];
    size_t origin = 0;
    size_t place = 0;
    for (size_t at = 0; at < count; place++) {
        size_t end = run_end(sorted, count, at);
        double weight = (double)(end - at);
        double deviation = sorted[at] - median;
        layers->prefixes[place] = (struct prefix){weight, weight * deviation, weight * deviation * deviation};
        origin = sorted[at] == median ? place : origin;
        at = end;
    }
    sum_down(layers->prefixes, origin);
    sum_up(layers->prefixes, origin, layers->distinct);
}

// Squared deviations from their mean of the distinct values `from` to `to` - 1.
static inline double class_cost(const struct prefix *prefixes, size_t from, size_t to)
{
    double weight = prefixes[to].weight - prefixes[from].weight;
    double deviation = prefixes[to].deviation - prefixes[from].deviation;
    double square = prefixes[to].square - prefixes[from].square;
    double cost = square - deviation * deviation / weight;
    return cost > 0 ? cost : 0;
}

// The best beginning of the last class for the first `to` values, between `low` and `high`.
static size_t find_start(struct layers *layers, size_t to, size_t low, size_t high)
{
    size_t best = low;
    double least = INFINITY;
    high = high < to ? high : to - 1;
    for (size_t from = low; from <= high; from++) {
        double cost = layers->before[from] + class_cost(layers->prefixes, from, to);
        if (cost < least) {
            least = cost;
            best = from;
        }
    }
    layers->costs[to] = least;
    layers->starts[to] = (uint32_t)best;
    return best;
}

// Fills the layer for the first `first` to `last` values, whose last class begins between `low` and `high`.
static void fill_layer(struct layers *layers, size_t first, size_t last, size_t low, size_t high)
{
    while (first <= last) {
        size_t middle = first + (last - first) / 2;
        size_t start = find_start(layers, middle, low, high);
        if (middle > first) {
            fill_layer(layers, first, middle - 1, low, start);
        }
        first = middle + 1;
        low = start;
    }
}

static void swap_costs(struct layers *layers)
{
    double *kept = layers->before;
    layers->before = layers->costs;
    layers->costs = kept;
}

// Every layer but the last for all values that leave one for each class to come, the last for all values only.
static void fill_layers(struct layers *layers, size_t wanted)
{
    for (size_t i = 1; i <= layers->distinct; i++) {
        layers->costs[i] = class_cost(layers->prefixes, 0, i);
    }
    for (size_t layer = 1; layer < wanted; layer++) {
        swap_costs(layers);
        layers->starts = layers->all_starts + (layer - 1) * (layers->distinct + 1);
        size_t last = layers->distinct - (wanted - layer - 1);
        size_t first = layer + 1 < wanted ? layer + 1 : last;
        fill_layer(layers, first, last, layer, layers->distinct);
    }
}

// The last distinct value of each class, as its place among them.
static void trace_back(const struct layers *layers, size_t wanted, size_t *ends)
{
    size_t end = layers->distinct;
    for (size_t class = wanted; class > 0; class --) {
        ends[class - 1] = end;
        end = class > 1 ? layers->all_starts[(class - 2) * (layers->distinct + 1) + end] : 0;
    }
}

static void write_classes(const double *sorted, size_t count, const size_t *ends, struct natural_class *classes)
{
    size_t place = 0;
    struct natural_class *class = classes;
    bool begins = true;
    for (size_t at = 0; at < count;) {
        size_t end = run_end(sorted, count, at);
        if (begins) {
            *class = (struct natural_class){.lower = sorted[at]};
        }
        class->upper = sorted[at];
        class->rows += end - at;
        place++;
        begins = place == ends[class - classes];
        class += begins;
        at = end;
    }
}

size_t natural_divide(double *values, size_t count, size_t wanted, struct natural_class *classes)
{
    quantile_sort(values, count);
    struct layers layers = {.distinct = count_distinct(values, count)};
    if (count == 0 || layers.distinct < wanted) {
        return layers.distinct;
    }
    layers.prefixes = heap_allocate(layers.distinct + 1, sizeof *layers.prefixes);
    layers.before = heap_allocate(layers.distinct + 1, sizeof *layers.before);
    layers.costs = heap_allocate(layers.distinct + 1, sizeof *layers.costs);
    layers.all_starts = heap_allocate((wanted - 1) * (layers.distinct + 1), sizeof *layers.all_starts);
    fill_prefixes(&layers, values, count);
    fill_layers(&layers, wanted);
    size_t ends[NATURAL_MOST];
    trace_back(&layers, wanted, ends);
    write_classes(values, count, ends, classes);
    free(layers.prefixes);
    free(layers.before);
    free(layers.costs);
    free(layers.all_starts);
    return layers.distinct;
}

static double mean_of(const double *values, size_t count)
{
    struct sum sum = {0};
    for (size_t i = 0; i < count; i++) {
        sum_add(&sum, values[i]);
    }
    return sum_value(&sum) / (double)count;
}

static void add_squares(struct sum *squares, const double *values, size_t count)
{
    double mean = mean_of(values, count);
    for (size_t i = 0; i < count; i++) {
        double deviation = values[i] - mean;
        sum_add(squares, deviation * deviation);
    }
}

struct natural_fit natural_judge(const double *sorted, const struct natural_class *classes, size_t count)
{
    struct sum within = {0};
    struct sum whole = {0};
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        add_squares(&within, sorted + at, (size_t)classes[i].rows);
        at += (size_t)classes[i].rows;
    }
    add_squares(&whole, sorted, at);
    return (struct natural_fit){sum_value(&within), sum_value(&whole)};
}
