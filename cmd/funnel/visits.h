// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * visits: in which periods each person was there, and what he was worth in each.
 *
 * Periods are whole numbers, weights millionths. Events may come in any order. Persons are numbered in order of first
 * appearance; a person's group is that of his earliest event. Memory: some 60 bytes a person, 16 to 32 for each period
 * in which somebody was there; it lives until visits_free.
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

// What an event says.
struct visits_event {
    int64_t time;
    int64_t weight;
    int32_t period;
    uint32_t group;
};

// An event of this person. False when the weights of one person and period are more than 64 bits hold; nothing was
// added.
bool visits_add(struct visits *visits, struct slice person, const struct visits_event *event);

// After the last event, before anything is asked for. False when the weights of one person and period do not fit.
bool visits_settle(struct visits *visits);

size_t visits_count(const struct visits *visits); // persons
uint32_t visits_group(const struct visits *visits, uint32_t number);
struct visits_page visits_page(const struct visits *visits, uint32_t number);

#endif
