// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * centres: what k-means found, kept in a file to label next month's rows: columns, scaling and centres.
 *
 * The file is a table of one row a cluster, numbered from 1, with the scaled coordinates of its centre under the names
 * of the columns, below four rows that say how to scale: log (0 or 1), mean, scale, step. Numbers have 17 digits, so
 * that the same rows get the same clusters again.
 */
#ifndef CENTRES_H
#define CENTRES_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "program.h"
#include "scaling.h"

struct centres {
    struct scaling scaling; // of as many columns as there are names
    struct slice *names;
    double *values; // on the grid, one centre after the other
    size_t count;
    struct arena arena; // of what centres_use reads
};

// False, said, when it cannot: return STATUS_SYSTEM.
bool centres_save(const struct centres *centres, const char *path);

// Reads such a file into the zero value. False, said, when it cannot be read: *status is what to return.
bool centres_use(struct centres *centres, const char *path, struct program *program, enum status *status);

// Frees the scaling, names and values, which a mode that found them allocated with heap.h.
void centres_free(struct centres *centres);

#endif
