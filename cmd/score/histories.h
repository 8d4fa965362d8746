// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * histories: what models know of customers, those with the same history kept once.
 *
 * Customers are added one by one and numbered by their history; histories_settle sorts the distinct ones by x, then
 * T, t_x and the rest, so that sums over them do not depend on the order of the rows, to the last digit. Memory: 60
 * bytes a distinct history and 16 to 32 of a table of hashes.
 */
#ifndef HISTORIES_H
#define HISTORIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Times in one unit. What a model does not use is 0.
struct history {
    double x;    // repeat purchases, a whole number
    double T;    // from the first purchase to today; for discrete models the number of opportunities
    double t_x;  // from the first to the last purchase; for discrete models the opportunity of the last one
    double litt; // sum of the logarithms of the times between purchases
    double m;    // mean value of a repeat purchase
};

struct histories {
    struct history *rows;
    double *weights; // customers with that history
    size_t count;
    double customers;              // sum of the weights
    struct histories_table *table; // until they are settled
    uint32_t *positions;           // from the number given out to the row
};

// The zero value is empty. Gives a number that stands for this history. `weight` is above 0, or 0 for what is only to
// be predicted; more than 2^32 - 2 distinct ones end the program.
uint32_t histories_add(struct histories *histories, const struct history *history, double weight);

// To be called once, after the last one and before rows are used.
void histories_settle(struct histories *histories);

// The row of the history with this number, after histories_settle.
size_t histories_position(const struct histories *histories, uint32_t number);

// Settled histories made of every `step`-th row of others, for a first look.
void histories_thin(struct histories *histories, const struct histories *from, size_t step);

void histories_free(struct histories *histories);

#endif
