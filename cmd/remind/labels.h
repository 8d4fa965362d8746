// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * labels: the segments (or stages, or tiers) a policy speaks of, and which of them the customers have.
 *
 * A policy cell is a list "new|promising"; empty or "*" is any. A label that no customer has is most likely misspelt,
 * so the labels of customers that the policy does not name are kept too (the first 1000) to find the nearest one.
 */
#ifndef LABELS_H
#define LABELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "diag.h"
#include "map.h"
#include "slice.h"

#define LABELS_OTHER UINT32_MAX // a label that the policy does not name

#define LABELS_SEEN 16

// A label of a customer, which thousands of others have too.
struct labels_seen {
    struct slice label; // without data: none
    uint32_t number;
};

struct labels {
    struct map *named;  // by the policy; bool, had by a customer
    struct map *others; // had by customers only
    struct labels_seen seen[LABELS_SEEN];
};

// The labels one rule wants, by number.
struct labels_wanted {
    const uint32_t *numbers;
    size_t count; // 0: any
};

void labels_begin(struct labels *labels);
void labels_free(struct labels *labels); // also of the zero value

// Reads a policy's cell; the numbers live in `arena`. False when there is a label without a letter in the list
// ("new|").
bool labels_read(struct labels *labels, struct slice list, struct arena *arena, struct labels_wanted *wanted);

// The number of a customer's label; notes that he has it.
uint32_t labels_of_customer(struct labels *labels, struct slice label);

static inline bool labels_match(const struct labels_wanted *wanted, uint32_t number)
{
    if (wanted->count == 0) {
        return true;
    }
    for (size_t i = 0; i < wanted->count; i++) {
        if (wanted->numbers[i] == number) {
            return true;
        }
    }
    return false;
}

// A label of these that no customer has, from number *next on, which moves behind it; false when there is none left.
// *nearest is the customers' label that may be meant, or empty.
bool labels_absent(const struct labels *labels, uint32_t *next, struct slice *label, struct slice *nearest);

// One note for each that looks misspelt, with what may be meant, and one for all others: "FILE: no customer has the
// stage 'loyl' (did you mean 'loyal'?)".
void labels_name_absent(const struct labels *labels, const char *file, const char *who, const char *what,
                        const struct diag *diag);

#endif
