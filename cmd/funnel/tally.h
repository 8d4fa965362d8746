// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * tally: people counted by the step they reached, group by group, with the times they took.
 *
 * Groups are numbered from 0 and made as they are named. Times are seconds from the start. Costs 8 bytes a person and
 * step reached. The zero value with `steps` set is empty; freed by tally_free.
 */
#ifndef TALLY_H
#define TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tally_group;

struct tally {
    size_t steps;
    struct tally_group *groups;
    size_t count;
    size_t capacity;
};

// What is told of one step of a group.
struct tally_row {
    uint64_t people;     // who reached it
    uint64_t previous;   // who reached the step before; 0 for the first step
    uint64_t dropped;    // of these, who did not reach it
    uint64_t open;       // of those, who still may
    const double *times; // of those who reached it, ascending; lives until tally_free
};

// Counts a person who reached `level` (1 to steps) after times[0] to times[level - 1] seconds; `open`: may come
// further.
void tally_add(struct tally *tally, size_t group, size_t level, const int64_t *times, bool open);

// Nobody is in a group that was not named.
uint64_t tally_people(const struct tally *tally, size_t group);

// Step `step`, from 0. Sorts the times.
struct tally_row tally_step(struct tally *tally, size_t group, size_t step);

// The first of `steps` rows of a group that cannot be: more people than at the step before, reached and dropped
// together not those of the step before, or more open than dropped. `steps` when all is well.
size_t tally_breach(const struct tally_row *rows, size_t steps);

double tally_mean(const struct tally_row *row);

void tally_free(struct tally *tally);

#endif
