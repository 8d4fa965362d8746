// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * tally: people counted by the steps they reached, group by group, with the times they took.
 *
 * Groups are numbered from 0 and made as they are named. Times are seconds from the start. Costs 4 bytes a person and
 * step reached, 8 where times of a step are negative or longer than 136 years. The zero value with `steps` set is
 * empty; freed by tally_free.
 */
#ifndef TALLY_H
#define TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attempt.h"
#include "money.h"

struct tally_group;

struct tally {
    size_t steps;
    uint64_t optional; // bit i: step i + 1 may be left out; never the first
    struct tally_group *groups;
    size_t count;
    size_t capacity;
    double *scratch; // the times of one step
    size_t scratch_capacity;
};

// One person, or one attempt.
struct tally_person {
    size_t level;                 // 1 to steps
    uint64_t taken;               // bit i: step i + 1 was taken
    int64_t times[ATTEMPT_STEPS]; // of the steps taken
    bool open;                    // may come further
    int64_t value;                // micros, counted where the last step was taken
};

// What is told of one step of a group. The step before is the nearest that is not optional.
struct tally_row {
    uint64_t people;   // who reached it
    uint64_t previous; // who reached the step before; 0 for the first step
    uint64_t dropped;  // of these, who did not reach it
    uint64_t open;     // of those, who still may
    double median;     // of the times; 0 when nobody reached it, as the next two
    double p90;
    double mean;
    money_wide value; // at the last step
};

void tally_add(struct tally *tally, size_t group, const struct tally_person *person);

// Nobody is in a group that was not named.
uint64_t tally_people(const struct tally *tally, size_t group);

// Step `step`, from 0. Sorts its times.
struct tally_row tally_step(struct tally *tally, size_t group, size_t step);

// The first of the rows of a group that cannot be: more people than at the step before, reached and dropped together
// not those of the step before, or more open than dropped. tally->steps when all is well.
size_t tally_breach(const struct tally *tally, const struct tally_row *rows);

void tally_free(struct tally *tally);

#endif
