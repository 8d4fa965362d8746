// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * cuts: see cuts.h.
 */
#include "cuts.h"

#include "number.h"
#include "quantile.h"

void cuts_learn(struct cuts *cuts, double *values, size_t value_count, size_t bins)
{
    cuts->count = 0;
    if (value_count == 0) {
        return;
    }
    quantile_part(values, value_count, bins);
    for (size_t part = 1; part < bins; part++) {
        cuts->values[cuts->count++] = quantile_at(values, value_count, part, bins);
    }
}

bool cuts_read(struct cuts *cuts, struct slice list)
{
    cuts->count = 0;
    size_t start = 0;
    while (start <= list.length) {
        size_t end = slice_find(list, ',', start);
        double value;
        if (cuts->count == CUTS_MOST || !number_read(slice_part(list, start, end), '.', &value)) {
            return false;
        }
        if (cuts->count > 0 && value < cuts->values[cuts->count - 1]) {
            return false;
        }
        cuts->values[cuts->count++] = value;
        start = end + 1;
    }
    return true;
}

unsigned cuts_score(const struct cuts *cuts, double value)
{
    unsigned score = 1;
    for (size_t i = 0; i < cuts->count; i++) {
        score += cuts->values[i] < value;
    }
    return score;
}
