// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * diary: on which days each person did something, and how much it weighed.
 *
 * Gathers, in any row order: about 80 bytes a person, and 8 bytes for each day on which he was active (16 with
 * weights); as much again while diary_settle puts the days of each person side by side. Rows of one person and day that
 * follow each other take no memory of their own. No input or output here.
 */
#ifndef DIARY_H
#define DIARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "money.h"
#include "slice.h"

struct diary;

struct diary *diary_create(bool weighted);
void diary_free(struct diary *diary); // NULL is allowed

// One event of a person (any bytes). The weight, in millionths, counts only in a weighted diary.
void diary_add(struct diary *diary, struct slice person, int32_t day, int64_t weight);

// To be called once, after the last event and before anything is asked.
void diary_settle(struct diary *diary);

// Persons, in order of first appearance.
size_t diary_count(const struct diary *diary);
struct slice diary_person(const struct diary *diary, size_t index); // lives as long as the diary
uint64_t diary_events(const struct diary *diary, size_t index);

// The position of a person, or SIZE_MAX.
size_t diary_find(const struct diary *diary, struct slice person);

// The days of a person, each once, ascending, at least one; and the exact sum of the weights of each, in millionths.
// Both live until the next call; without weights they are all 0.
struct diary_page {
    const int32_t *days;
    const money_wide *weights;
    size_t count;
};
struct diary_page diary_page(struct diary *diary, size_t index);

#endif
