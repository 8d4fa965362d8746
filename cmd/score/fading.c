// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fading: see fading.h.
 */
#include "fading.h"

#include <math.h>
#include <stdlib.h>

#include "heap.h"
#include "sum.h"

double fading_sum(const int32_t *days, const money_wide *weights, size_t count, int32_t today, double half_life)
{
    struct sum sum = {0};
    for (size_t i = 0; i < count; i++) {
        double weight = money_number((struct money_sum){.micros = weights[i]});
        sum_add(&sum, weight * exp2(-(today - days[i]) / half_life));
    }
    return sum_value(&sum);
}

// By group, the most active first.
static int compare(const void *a, const void *b)
{
    const struct fading_place *left = *(struct fading_place *const *)a;
    const struct fading_place *right = *(struct fading_place *const *)b;
    if (left->group != right->group) {
        return left->group < right->group ? -1 : 1;
    }
    return left->activity > right->activity ? -1 : left->activity < right->activity;
}

// The places of one group, in order.
static void rank_group(struct fading_place **places, size_t count)
{
    struct sum sum = {0};
    for (size_t i = 0; i < count; i++) {
        sum_add(&sum, places[i]->activity);
    }
    double total = sum_value(&sum);
    for (size_t i = 0; i < count; i++) {
        places[i]->share = total > 0 ? places[i]->activity / total : NAN;
        places[i]->rank = i > 0 && places[i]->activity == places[i - 1]->activity ? places[i - 1]->rank : i + 1;
    }
}

void fading_rank(struct fading_place *places, size_t count)
{
    struct fading_place **order = heap_allocate(count, sizeof *order);
    for (size_t i = 0; i < count; i++) {
        order[i] = &places[i];
    }
    qsort(order, count, sizeof *order, compare);
    for (size_t start = 0, end; start < count; start = end) {
        for (end = start + 1; end < count && order[end]->group == order[start]->group; end++) {
        }
        rank_group(order + start, end - start);
    }
    free(order);
}
