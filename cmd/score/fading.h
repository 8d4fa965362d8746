// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fading: activity that loses half of its worth every half-life, and who stands where by it.
 *
 * An event of weight w that is a days old counts w x 2^(-a / half-life). Weights of one day are added exactly before
 * they fade, and the faded days by sum.h, so the order of the rows changes no digit. Plain numbers; no input or output.
 */
#ifndef FADING_H
#define FADING_H

#include <stddef.h>
#include <stdint.h>

#include "money.h"

// The sum over days, none after `today`, with their weights in millionths; half_life in days, above zero.
double fading_sum(const int32_t *days, const money_wide *weights, size_t count, int32_t today, double half_life);

// One person among the others of his group.
struct fading_place {
    size_t group;
    double activity;
    double share; // of the group's activity; NaN when that is not above zero
    size_t rank;  // 1 and the number of persons of the group who are strictly ahead, so that equals share a rank
};

// Fills in share and rank of all.
void fading_rank(struct fading_place *places, size_t count);

#endif
