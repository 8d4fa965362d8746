// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * significance: weights of the hypergeometric distribution by the ratio of neighbours, from its mode to both sides
 * until they vanish, so the work grows with the root of the numbers. Tables within a ten-millionth count as equally
 * likely, as in R.
 */
#include "significance.h"

#include <stdbool.h>
#include <stdlib.h>

#include "heap.h"

#define SAME 1.0000001

struct table {
    double n;
    double other_n;
    double hits; // of both
};

// The weight of k + 1 hits over that of k.
static double ratio(const struct table *table, double k)
{
    return (table->hits - k) * (table->n - k) / ((k + 1) * (table->other_n - table->hits + k + 1));
}

// The weight of `hits`, that of `mode` being 1.
static double weight_of(const struct table *table, double mode, double hits)
{
    double weight = 1;
    for (double k = mode; k < hits && weight > 0; k++) {
        weight *= ratio(table, k);
    }
    for (double k = mode; k > hits && weight > 0; k--) {
        weight /= ratio(table, k - 1);
    }
    return weight;
}

static void add_weight(double weight, double limit, double *unlikely, double *all)
{
    *all += weight;
    *unlikely += weight <= limit ? weight : 0;
}

double significance_fisher(uint64_t hits, uint64_t n, uint64_t other_hits, uint64_t other_n)
{
    struct table table = {(double)n, (double)other_n, (double)(hits + other_hits)};
    double least = table.hits > table.other_n ? table.hits - table.other_n : 0;
    double most = table.hits < table.n ? table.hits : table.n;
    double whole = (table.hits + 1) * (table.n + 1) / (table.n + table.other_n + 2);
    double mode = (double)(uint64_t)whole;
    mode = mode < least ? least : mode > most ? most : mode;
    double limit = weight_of(&table, mode, (double)hits) * SAME;
    double unlikely = 0;
    double all = 0;
    double weight = 1;
    add_weight(weight, limit, &unlikely, &all);
    for (double k = mode; k < most && weight > 0; k++) {
        weight *= ratio(&table, k);
        add_weight(weight, limit, &unlikely, &all);
    }
    weight = 1;
    for (double k = mode; k > least && weight > 0; k--) {
        weight /= ratio(&table, k - 1);
        add_weight(weight, limit, &unlikely, &all);
    }
    return unlikely < all ? unlikely / all : 1;
}

// The least value that is not done yet.
static size_t find_least(const double *values, const bool *done, size_t count)
{
    size_t least = count;
    for (size_t i = 0; i < count; i++) {
        if (!done[i] && (least == count || values[i] < values[least])) {
            least = i;
        }
    }
    return least;
}

void significance_holm(double *values, size_t count)
{
    bool *done = heap_allocate(count, sizeof *done);
    double before = 0;
    for (size_t i = 0; i < count; i++) {
        size_t least = find_least(values, done, count);
        double value = values[least] * (double)(count - i);
        value = value > 1 ? 1 : value;
        before = value > before ? value : before;
        values[least] = before;
        done[least] = true;
    }
    free(done);
}
