// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rhythm: see rhythm.h. Equal fractions divide to equal doubles, so "below" never depends on rounding.
 */
#include "rhythm.h"

#include <math.h>
#include <stdlib.h>

#include "heap.h"
#include "quantile.h"

static double median(const double *sorted, size_t count)
{
    return count == 0 ? NAN : quantile_at(sorted, count, 1, 2);
}

// Puts the gaps between the days into rhythm->gaps, ascending; gives their median.
static double find_gaps(struct rhythm *rhythm, const int32_t *days, size_t count)
{
    rhythm->gaps = heap_grow(rhythm->gaps, &rhythm->gap_capacity, count, sizeof *rhythm->gaps);
    for (size_t i = 1; i < count; i++) {
        rhythm->gaps[i - 1] = days[i] - days[i - 1];
    }
    quantile_sort(rhythm->gaps, count - 1);
    return median(rhythm->gaps, count - 1);
}

void rhythm_learn(struct rhythm *rhythm, const int32_t *days, size_t count)
{
    if (count < 2) {
        return;
    }
    double usual = find_gaps(rhythm, days, count);
    rhythm->usual = heap_grow(rhythm->usual, &rhythm->usual_capacity, rhythm->usual_count + 1, sizeof *rhythm->usual);
    rhythm->usual[rhythm->usual_count++] = usual;
    if (count == 2) {
        return;
    }
    size_t total = rhythm->ratio_count + count - 1;
    rhythm->ratios = heap_grow(rhythm->ratios, &rhythm->ratio_capacity, total, sizeof *rhythm->ratios);
    for (size_t i = 0; i + 1 < count; i++) {
        rhythm->ratios[rhythm->ratio_count++] = rhythm->gaps[i] / usual;
    }
}

void rhythm_settle(struct rhythm *rhythm)
{
    quantile_sort(rhythm->usual, rhythm->usual_count);
    quantile_sort(rhythm->ratios, rhythm->ratio_count);
}

// How many of the ascending values are below `bound`.
static size_t count_below(const double *values, size_t count, double bound)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (values[middle] < bound) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

struct rhythm_state rhythm_state(struct rhythm *rhythm, const int32_t *days, size_t count, int32_t today)
{
    struct rhythm_state state = {.gap = today - days[count - 1], .ratio = NAN, .risk = NAN};
    state.usual_gap = count > 1 ? find_gaps(rhythm, days, count) : median(rhythm->usual, rhythm->usual_count);
    if (isnan(state.usual_gap)) {
        return state;
    }
    state.ratio = state.gap / state.usual_gap;
    if (rhythm->ratio_count > 0) {
        size_t below = count_below(rhythm->ratios, rhythm->ratio_count, state.ratio);
        state.risk = (double)below / (double)rhythm->ratio_count;
    }
    return state;
}

void rhythm_free(struct rhythm *rhythm)
{
    free(rhythm->ratios);
    free(rhythm->usual);
    free(rhythm->gaps);
    *rhythm = (struct rhythm){0};
}
