// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * moment: a cell read as an instant, so that times of different zones, and those of a repeated hour, keep their
 * distance.
 */
#ifndef MOMENT_H
#define MOMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "cell.h"
#include "slice.h"

struct moment {
    int64_t instant; // seconds since 1970-01-01 00:00 UTC; a date alone is its midnight in the run's zone
    bool has_time;
};

// The day that was read last, as most logs have many times of one day after each other. The zero value has none. Good
// for one run, with the same forms.
struct moment_day {
    uint64_t date[2]; // "2026-11-21 ", as its first and its last eight bytes
    int64_t midnight; // local seconds since 1970
    bool is_known;
};

// `last` may be NULL.
enum cell_result moment_read(const struct cell_forms *forms, struct slice cell, struct moment_day *last,
                             struct moment *moment);

#endif
