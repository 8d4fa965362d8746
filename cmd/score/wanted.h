// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * wanted: which models a user asked for, with --model and --spend.
 */
#ifndef WANTED_H
#define WANTED_H

#include <stdbool.h>
#include <stddef.h>

#include "model.h"
#include "program.h"

enum {
    WANTED_MOST = 8,
};

enum wanted_spend {
    WANTED_SPEND_GG, // where there are amounts
    WANTED_SPEND_NONE,
};

// The words of --spend, in that order.
extern const char *const wanted_spend_words[];

struct wanted {
    const struct model *models[WANTED_MOST]; // all of one kind
    size_t count;
    bool best; // the best of them alone
    bool spend;
};

// Reads a list like "bgnbd,pnbd", or "auto": the best of the continuous ones. False, said, when it is none.
bool wanted_read(struct wanted *wanted, const char *list, enum wanted_spend spend, struct program *program);

// Does a model of these need, or if it is there use, the sums of logarithms?
bool wanted_litt(const struct wanted *wanted);

#endif
