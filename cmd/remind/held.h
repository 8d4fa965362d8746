// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * held: the customers who are not to be contacted, whatever a rule says and in whatever row they stand.
 */
#ifndef HELD_H
#define HELD_H

#include <stdbool.h>
#include <stddef.h>

#include "candidate.h"
#include "map.h"
#include "slice.h"

struct held {
    bool any;
    struct map *customers;
};

void held_make(struct held *held);
void held_free(struct held *held);

// CANDIDATE_OPTED_OUT or, which gives way to it, CANDIDATE_PAUSED.
void held_add(struct held *held, struct slice customer, enum candidate_verdict verdict);

// How many customers are so held.
size_t held_count(const struct held *held, enum candidate_verdict verdict);

// Which of them he is, as far as his rows are known; else CANDIDATE_DUE. Asked of every candidate, of whom hardly any
// is.
enum candidate_verdict held_find(const struct held *held, struct slice customer);

static inline enum candidate_verdict held_verdict(const struct held *held, struct slice customer)
{
    return held->any ? held_find(held, customer) : CANDIDATE_DUE;
}

#endif
