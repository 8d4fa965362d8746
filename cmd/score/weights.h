// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * weights: how much an event counts, from a table `event,weight`.
 *
 * Events are compared byte for byte after trimming. The event `*` stands for all that the table does not name. Weights
 * are exact, of at most 6 decimals, and may be below zero.
 */
#ifndef WEIGHTS_H
#define WEIGHTS_H

#include <stdbool.h>
#include <stdint.h>

#include "diag.h"
#include "map.h"
#include "program.h"
#include "slice.h"

struct weights {
    struct map *events; // int64_t, millionths
};

// Reads the table. False, said, when it is refused: *status is what to return.
bool weights_open(struct weights *weights, const char *path, struct program *program, enum status *status);

// The weight of an event in millionths. False when the table gives none.
bool weights_find(const struct weights *weights, struct slice event, int64_t *weight);

void weights_free(struct weights *weights);

#endif
