// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * visits: in which periods each person was there, and what he was worth in each.
 *
 * Periods are whole numbers, weights millionths. Events may come in any order. Persons are numbered in order of first
 * appearance. Memory: some 60 bytes a person, 16 to 32 for each period in which somebody was there; it lives until
 * visits_free.
 */
#ifndef VISITS_H
#define VISITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

struct visits;

// What is known of one person once visits_settle was called.
struct visits_page {
    const struct visit *visits; // ascending by period, one a period
    size_t count;               // at least 1
};

struct visit {
    uint32_t person;
    int32_t period;
    int64_t weight; // the sum
};

struct visits *visits_create(void);
void visits_free(struct visits *visits);

// A person seen at `time`. True when nothing of his was seen so early before: the caller sets his group.
bool visits_see(struct visits *visits, struct slice person, int64_t time, uint32_t *number);
void visits_set_group(struct visits *visits, uint32_t number, uint32_t group);

// False when the weights of one person and period are more than 64 bits hold; nothing was added.
bool visits_add(struct visits *visits, uint32_t number, int32_t period, int64_t weight);

// After the last event, before any page is asked for. False when the weights of one person and period do not fit.
bool visits_settle(struct visits *visits);

size_t visits_count(const struct visits *visits); // persons
uint32_t visits_group(const struct visits *visits, uint32_t number);
struct visits_page visits_page(const struct visits *visits, uint32_t number);

#endif
