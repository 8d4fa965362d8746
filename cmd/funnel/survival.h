// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * survival: who converted how soon, where of some it is only known that they had not by a certain time: the estimate of
 * Kaplan and Meier (1958), with Greenwood's variance and intervals on the log(-log) scale.
 *
 * Sees numbers only; memory is the caller's. Times are seconds, from 0. Somebody lost sight of at the time of a
 * conversion was at risk of it.
 */
#ifndef SURVIVAL_H
#define SURVIVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct survival_person {
    int64_t time;   // until he converted, or until when he was seen not to have
    bool converted; // else censored
};

// One time at which somebody converted; at the end one more, of the last time, when that is of the censored alone.
struct survival_row {
    int64_t time;
    uint64_t at_risk;   // who had not converted and was in sight just before
    uint64_t converted; // of these, at this time
    uint64_t censored;  // who was lost from sight since the row before, up to just before this time; in the last row
                        // all that are left
    double share;       // who converted by this time, as estimated
    double low;         // its 95 % interval; NaN where share is 0 or 1
    double high;
};

// Sorts the people, and writes at most `count` rows. Gives how many.
size_t survival_estimate(struct survival_person *people, size_t count, struct survival_row *rows);

// The first row by which everybody is accounted for wrongly: at risk is that of the row before without its converted
// and the censored in between, in the end nobody is left. `count` when all is well.
size_t survival_breach(const struct survival_row *rows, size_t count, uint64_t people);

// The first time at which the share is at least `quantile`; -1 when it is not reached. *low and *high bound it: the
// first times at which the upper, and the lower bound of the share is at least that; -1 when not reached.
int64_t survival_quantile(const struct survival_row *rows, size_t count, double quantile, int64_t *low, int64_t *high);

#endif
