// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * columnwise: exact sums, a sorted array and binary search.
 */
#include "columnwise.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

#include "heap.h"
#include "quantile.h"
#include "sum.h"

void columnwise_add(struct columnwise *column, double value)
{
    if (isnan(value)) {
        return;
    }
    sum_add(&column->sum, value);
    if (column->keeps) {
        column->values = heap_grow(column->values, &column->capacity, column->count + 1, sizeof *column->values);
        column->values[column->count] = value;
    }
    column->count++;
}

// Two passes over the kept values: differences from the mean lose no digits, unlike a difference of sums of squares.
static double deviation(const struct columnwise *column)
{
    if (!column->keeps || column->count < 2) {
        return NAN;
    }
    double mean = columnwise_mean(column);
    struct sum squares = {0};
    for (size_t i = 0; i < column->count; i++) {
        double difference = column->values[i] - mean;
        if (!isfinite(difference * difference)) {
            return NAN;
        }
        sum_add(&squares, difference * difference);
    }
    return sqrt(sum_value(&squares) / (double)(column->count - 1));
}

void columnwise_settle(struct columnwise *column)
{
    if (column->keeps && column->count > 0) {
        quantile_sort(column->values, column->count);
    }
    column->total = sum_value(&column->sum);
    column->deviation = deviation(column);
}

void columnwise_free(struct columnwise *column)
{
    free(column->values);
    column->values = NULL;
}

// How many values are at most `value`.
static size_t count_up_to(const struct columnwise *column, double value)
{
    size_t low = 0;
    size_t high = column->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (column->values[middle] <= value) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

double columnwise_percent(const struct columnwise *column, double value)
{
    if (isnan(value) || column->count == 0) {
        return NAN;
    }
    return 100.0 * (double)count_up_to(column, value) / (double)column->count;
}

double columnwise_rank(const struct columnwise *column, double value)
{
    return isnan(value) ? NAN : 1.0 + (double)(column->count - count_up_to(column, value));
}

double columnwise_quantile(const struct columnwise *column, double percent)
{
    const size_t places = 1000000;
    if (column->count == 0) {
        return NAN;
    }
    // The smallest whole numbers, so that (count - 1) * part cannot overflow.
    size_t part = (size_t)round(percent * (double)places);
    size_t parts = 100 * places;
    while (part % 10 == 0 && parts > 100) {
        part /= 10;
        parts /= 10;
    }
    return quantile_at(column->values, column->count, part, parts);
}

double columnwise_mean(const struct columnwise *column)
{
    return column->count == 0 ? NAN : column->total / (double)column->count;
}

double columnwise_deviation(const struct columnwise *column)
{
    return column->deviation;
}

double columnwise_share(const struct columnwise *column, double value)
{
    return column->total == 0.0 ? NAN : value / column->total;
}
