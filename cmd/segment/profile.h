// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * profile: one row a cluster: how many rows it has, their share, and the means of their numbers.
 */
#ifndef PROFILE_H
#define PROFILE_H

#include <stddef.h>
#include <stdint.h>

#include "slice.h"
#include "sum.h"
#include "writer.h"

struct profile {
    size_t clusters;
    size_t columns;
    uint64_t *rows;   // of each cluster
    struct sum *sums; // of each cluster and column; exact
};

// Fills the zero value. Freed by profile_free.
void profile_prepare(struct profile *profile, size_t clusters, size_t columns);
void profile_free(struct profile *profile);

// Counts one row in its cluster, from 0.
void profile_add(struct profile *profile, size_t cluster, const double *numbers);

// Writes header and rows: the cluster, called `name`, rows, share, and mean_COL for each of `columns`.
void profile_write(const struct profile *profile, const char *name, const struct slice *columns, struct writer *writer);

#endif
