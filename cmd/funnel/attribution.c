// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * attribution: weights of the touches of each path, summed exactly; for the chain its moves, counted.
 *
 * That the Shapley value of a sum of conversions is each path's part for each of its channels follows from the game's
 * being the sum of one unanimity game a path (Shapley 1953; Zhao, Mahboobi and Bagheri 2018).
 */
#include "attribution.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "map.h"
#include "markov.h"
#include "slice.h"
#include "sum.h"

struct share {
    struct sum conversions;
    struct sum value;
};

// A move of the chain; the start is UINT32_MAX.
struct move {
    uint32_t from;
    uint32_t to;
};

struct attribution {
    enum attribution_model model;
    size_t channels;
    uint32_t direct;
    struct share *shares;
    struct share nobody;
    struct share all;
    struct map *moves; // double by struct move; ends are channels + 0 (conversion) and + 1 (nothing)
    double *weights;
    size_t capacity;
};

struct attribution *attribution_create(enum attribution_model model, size_t channels, uint32_t direct)
{
    struct attribution *attribution = heap_allocate(1, sizeof *attribution);
    attribution->model = model;
    attribution->channels = channels;
    attribution->direct = direct;
    attribution->shares = heap_allocate(channels, sizeof *attribution->shares);
    attribution->moves = map_create(sizeof(double));
    return attribution;
}

void attribution_free(struct attribution *attribution)
{
    map_free(attribution->moves);
    free(attribution->weights);
    free(attribution->shares);
    free(attribution);
}

static void add(struct share *share, double conversions, double value)
{
    sum_add(&share->conversions, conversions);
    sum_add(&share->value, value);
}

static size_t last_nondirect(const struct attribution *attribution, const struct attribution_touch *touches,
                             size_t count)
{
    for (size_t i = count; i > 0; i--) {
        if (touches[i - 1].channel != attribution->direct) {
            return i - 1;
        }
    }
    return count - 1;
}

static bool came_before(const struct attribution_touch *touches, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (touches[i].channel == touches[index].channel) {
            return true;
        }
    }
    return false;
}

static double position_weight(size_t index, size_t count)
{
    bool is_end = index == 0 || index == count - 1;
    if (count <= 2) {
        return 1;
    }
    return is_end ? 0.4 : 0.2 / (double)(count - 2);
}

// The weight of one touch, to be divided by the sum of all. Ages are counted from the last touch, so that a path long
// ago does not vanish.
static double weigh(const struct attribution *attribution, const struct attribution_touch *touches, size_t count,
                    size_t index)
{
    switch (attribution->model) {
    case ATTRIBUTION_FIRST:
        return index == 0;
    case ATTRIBUTION_LAST:
        return index == count - 1;
    case ATTRIBUTION_LAST_NONDIRECT:
        return index == last_nondirect(attribution, touches, count);
    case ATTRIBUTION_POSITION:
        return position_weight(index, count);
    case ATTRIBUTION_DECAY:
        return exp2(touches[count - 1].age - touches[index].age);
    case ATTRIBUTION_SHAPLEY:
        return !came_before(touches, index);
    default:
        return 1;
    }
}

static void share_out(struct attribution *attribution, const struct attribution_touch *touches, size_t count,
                      double conversions, double value)
{
    double sum = 0;
    attribution->weights = heap_grow(attribution->weights, &attribution->capacity, count, sizeof *attribution->weights);
    for (size_t i = 0; i < count; i++) {
        attribution->weights[i] = weigh(attribution, touches, count, i);
        sum += attribution->weights[i];
    }
    for (size_t i = 0; i < count; i++) {
        double part = attribution->weights[i] / sum;
        add(&attribution->shares[touches[i].channel], conversions * part, value * part);
    }
}

static void count_move(struct attribution *attribution, uint32_t from, uint32_t to, double times)
{
    struct move move = {from, to};
    *(double *)map_add(attribution->moves, (struct slice){(const char *)&move, sizeof move}, NULL) += times;
}

static void count_moves(struct attribution *attribution, const struct attribution_touch *touches, size_t count,
                        double conversions, double nulls)
{
    uint32_t from = UINT32_MAX;
    for (size_t i = 0; i < count; i++) {
        count_move(attribution, from, touches[i].channel, conversions + nulls);
        from = touches[i].channel;
    }
    count_move(attribution, from, (uint32_t)attribution->channels, conversions);
    count_move(attribution, from, (uint32_t)attribution->channels + 1, nulls);
}

void attribution_add(struct attribution *attribution, const struct attribution_touch *touches, size_t count,
                     double conversions, double nulls, double value)
{
    add(&attribution->all, conversions, value);
    if (count == 0) {
        add(&attribution->nobody, conversions, value);
    } else if (attribution->model == ATTRIBUTION_MARKOV) {
        count_moves(attribution, touches, count, conversions, nulls);
    } else {
        share_out(attribution, touches, count, conversions, value);
    }
}

// The counts that markov.h wants.
static double *table_of_moves(const struct attribution *attribution)
{
    size_t width = attribution->channels + 2;
    double *counts = heap_allocate(attribution->channels + 1, width * sizeof *counts);
    for (uint32_t i = 0; i < map_count(attribution->moves); i++) {
        struct move move;
        memcpy(&move, map_key(attribution->moves, i).data, sizeof move);
        size_t row = move.from == UINT32_MAX ? 0 : (size_t)move.from + 1;
        counts[row * width + move.to] = *(const double *)map_value(attribution->moves, i);
    }
    return counts;
}

void attribution_settle(struct attribution *attribution)
{
    if (attribution->model != ATTRIBUTION_MARKOV || attribution->channels == 0) {
        return;
    }
    double *counts = table_of_moves(attribution);
    double *effects = heap_allocate(attribution->channels, sizeof *effects);
    double sum = 0;
    markov_removal_effects(attribution->channels, counts, effects);
    for (size_t i = 0; i < attribution->channels; i++) {
        sum += effects[i];
    }
    double conversions = sum_value(&attribution->all.conversions) - sum_value(&attribution->nobody.conversions);
    double value = sum_value(&attribution->all.value) - sum_value(&attribution->nobody.value);
    for (size_t i = 0; i < attribution->channels; i++) {
        double part = sum > 0 ? effects[i] / sum : 0;
        add(&attribution->shares[i], conversions * part, value * part);
    }
    free(effects);
    free(counts);
}

double attribution_conversions(const struct attribution *attribution, size_t channel)
{
    return sum_value(&attribution->shares[channel].conversions);
}

double attribution_value(const struct attribution *attribution, size_t channel)
{
    return sum_value(&attribution->shares[channel].value);
}

double attribution_unattributed(const struct attribution *attribution, double *value)
{
    *value = sum_value(&attribution->nobody.value);
    return sum_value(&attribution->nobody.conversions);
}

double attribution_total(const struct attribution *attribution)
{
    return sum_value(&attribution->all.conversions);
}

bool attribution_is_sound(const struct attribution *attribution)
{
    struct sum sum = attribution->nobody.conversions;
    for (size_t i = 0; i < attribution->channels; i++) {
        sum_merge(&sum, &attribution->shares[i].conversions);
    }
    double total = attribution_total(attribution);
    return fabs(sum_value(&sum) - total) <= 1e-9 * (1 + total);
}
