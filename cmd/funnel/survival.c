// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * survival: see survival.h. Klein and Moeschberger, "Survival Analysis" (2003), sections 4.2 to 4.5.
 */
#include "survival.h"

#include <math.h>
#include <stdlib.h>

static const double Z = 1.959963984540054; // of 95 %
static const double ROUNDING = 1e-12;      // a share that is a quantile but for rounding reaches it

// By time, the converted of a time before its censored.
static int compare_people(const void *a, const void *b)
{
    const struct survival_person *left = a;
    const struct survival_person *right = b;
    if (left->time != right->time) {
        return left->time < right->time ? -1 : 1;
    }
    return (int)right->converted - (int)left->converted;
}

static void set_share(struct survival_row *row, double survival, double variance)
{
    row->share = 1 - survival;
    row->low = NAN;
    row->high = NAN;
    if (survival > 0 && survival < 1) {
        double error = Z * sqrt(variance) / -log(survival);
        row->low = 1 - pow(survival, exp(-error));
        row->high = 1 - pow(survival, exp(error));
    }
}

size_t survival_estimate(struct survival_person *people, size_t count, struct survival_row *rows)
{
    size_t made = 0;
    double survival = 1;
    double variance = 0; // of the logarithm of survival
    qsort(people, count, sizeof *people, compare_people);
    for (size_t i = 0; i < count;) {
        struct survival_row row = {0};
        for (; i < count && !people[i].converted; i++) {
            row.censored++;
        }
        row.at_risk = count - i;
        row.time = people[i < count ? i : count - 1].time;
        for (; i < count && people[i].converted && people[i].time == row.time; i++) {
            row.converted++;
        }
        double at_risk = (double)row.at_risk;
        double left = (double)(row.at_risk - row.converted);
        if (row.converted > 0) {
            survival = left == 0 ? 0 : survival * (left / at_risk);
            variance += left == 0 ? 0 : (double)row.converted / (at_risk * left);
        }
        set_share(&row, survival, variance);
        rows[made++] = row;
    }
    return made;
}

size_t survival_breach(const struct survival_row *rows, size_t count, uint64_t people)
{
    uint64_t left = people;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].at_risk + rows[i].censored != left || rows[i].converted > rows[i].at_risk ||
            (i > 0 && rows[i].share < rows[i - 1].share)) {
            return i;
        }
        left = rows[i].at_risk - rows[i].converted;
    }
    return left == 0 || count == 0 ? count : count - 1;
}

int64_t survival_quantile(const struct survival_row *rows, size_t count, double quantile, int64_t *low, int64_t *high)
{
    int64_t time = -1;
    *low = -1;
    *high = -1;
    for (size_t i = count; i > 0; i--) {
        const struct survival_row *row = &rows[i - 1];
        if (row->converted == 0) {
            continue;
        }
        time = row->share >= quantile - ROUNDING ? row->time : time;
        // Where everybody converted the bounds are unknown, but the share is reached.
        *low = row->high >= quantile - ROUNDING || row->share >= 1 ? row->time : *low;
        *high = row->low >= quantile - ROUNDING ? row->time : *high;
    }
    return time;
}
