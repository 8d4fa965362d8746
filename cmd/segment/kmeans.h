// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * kmeans: what the mode and its learning share.
 */
#ifndef KMEANS_H
#define KMEANS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "centres.h"
#include "measures.h"
#include "options.h"
#include "program.h"
#include "table.h"
#include "writer.h"

enum kmeans_scale {
    KMEANS_Z,
    KMEANS_NONE,
};

struct kmeans_settings {
    struct option_list columns;
    uint64_t clusters;  // 0: not given
    const char *choose; // "A..B", or NULL
    int scale;          // enum kmeans_scale
    bool log;
    uint64_t starts;
    uint64_t seed;
    bool table;
    const char *as;
    const char *save;
    const char *use;
};

struct kmeans {
    const struct kmeans_settings *settings;
    struct program *program;
    struct table *table;
    struct measures measures;
    struct centres centres;
    uint64_t blanks; // rows with a blank number
};

// Reads "A..B", with 2 <= A <= B <= LLOYD_MOST_CLUSTERS. False when it is something else.
bool kmeans_range(const char *text, size_t *low, size_t *high);

// The header of rows with their clusters, and one such row. No cluster is SIZE_MAX.
#define KMEANS_NO_CLUSTER SIZE_MAX
void kmeans_write_names(const struct kmeans *kmeans, struct writer *writer);
void kmeans_write_row(struct writer *writer, const struct row *row, size_t cluster);

// Learns clusters from all rows, and labels or profiles them. The columns are found.
enum status kmeans_run_learnt(struct kmeans *kmeans);

#endif
