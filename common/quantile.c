// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * quantile: sorting numbers and reading off quantiles.
 *
 * Sorting is quicksort with the median of three as pivot, insertion sort for what is short, and heapsort where the
 * pivots are bad, so that no order of the input costs more than n log n (Musser 1997, introsort).
 */
#include "quantile.h"

#include <math.h>
#include <stdbool.h>

#define SHORT_RUN 24

static void swap(double *a, double *b)
{
    double kept = *a;
    *a = *b;
    *b = kept;
}

static void insertion_sort(double *values, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        double value = values[i];
        size_t place = i;
        for (; place > 0 && values[place - 1] > value; place--) {
            values[place] = values[place - 1];
        }
        values[place] = value;
    }
}

static void sift_down(double *values, size_t root, size_t count)
{
    for (size_t child = 2 * root + 1; child < count; child = 2 * root + 1) {
        if (child + 1 < count && values[child + 1] > values[child]) {
            child++;
        }
        if (values[root] >= values[child]) {
            return;
        }
        swap(&values[root], &values[child]);
        root = child;
    }
}

static void heap_sort(double *values, size_t count)
{
    for (size_t root = count / 2; root > 0; root--) {
        sift_down(values, root - 1, count);
    }
    for (size_t end = count; end > 1; end--) {
        swap(&values[0], &values[end - 1]);
        sift_down(values, 0, end - 1);
    }
}

// Puts the median of the first, middle and last value into the middle, and the others where they belong.
static double choose_pivot(double *values, size_t count)
{
    double *first = &values[0];
    double *middle = &values[count / 2];
    double *last = &values[count - 1];
    if (*middle < *first) {
        swap(middle, first);
    }
    if (*last < *middle) {
        swap(last, middle);
        if (*middle < *first) {
            swap(middle, first);
        }
    }
    return *middle;
}

// Afterwards the values before the returned place are at most the pivot, those from it on at least. Both parts are
// smaller than the whole.
static size_t partition(double *values, size_t count)
{
    double pivot = choose_pivot(values, count);
    size_t low = 0;
    size_t high = count - 1;
    for (;;) {
        while (values[low] < pivot) {
            low++;
        }
        while (values[high] > pivot) {
            high--;
        }
        if (low >= high) {
            return low;
        }
        swap(&values[low++], &values[high--]);
    }
}

// The place of a quantile, or the one before it when *rest is not 0.
static size_t place_of(size_t count, size_t part, size_t parts, size_t *rest)
{
    // (count - 1) x part may not fit, so the quotient and the rest of (count - 1) / parts are scaled apart.
    size_t steps = count - 1;
    size_t scaled = steps % parts * part;
    *rest = scaled % parts;
    return steps / parts * part + scaled / parts;
}

// Which places are to be right in the end: all, or those that quantile_at reads.
struct wanted {
    const double *values;
    size_t count;
    size_t parts; // 0 for all places
};

// Is one of the wanted places among these?
static bool is_wanted(const struct wanted *wanted, const double *values, size_t count)
{
    size_t first = (size_t)(values - wanted->values);
    bool found = wanted->parts == 0;
    for (size_t part = 1; part < wanted->parts && !found; part++) {
        size_t place = place_of(wanted->count, part, wanted->parts, &(size_t){0});
        found = place + 1 >= first && place < first + count;
    }
    return found;
}

static void sort(double *values, size_t count, int depth, const struct wanted *wanted)
{
    while (count > SHORT_RUN) {
        if (!is_wanted(wanted, values, count)) {
            return;
        }
        if (depth-- == 0) {
            heap_sort(values, count);
            return;
        }
        size_t place = partition(values, count);
        sort(values, place, depth, wanted);
        values += place;
        count -= place;
    }
    insertion_sort(values, count);
}

static void sort_wanted(double *values, size_t count, size_t parts)
{
    int depth = 0;
    for (size_t rest = count; rest > 0; rest /= 2) {
        depth += 2;
    }
    sort(values, count, depth, &(struct wanted){values, count, parts});
}

void quantile_sort(double *values, size_t count)
{
    sort_wanted(values, count, 0);
}

void quantile_part(double *values, size_t count, size_t parts)
{
    sort_wanted(values, count, parts);
}

double quantile_at(const double *sorted, size_t count, size_t part, size_t parts)
{
    size_t rest;
    size_t place = place_of(count, part, parts, &rest);
    if (rest == 0) {
        return sorted[place];
    }
    double share = (double)rest / (double)parts;
    double low = sorted[place];
    double high = sorted[place + 1];
    double step = high - low;
    return isfinite(step) ? low + share * step : (1 - share) * low + share * high;
}
