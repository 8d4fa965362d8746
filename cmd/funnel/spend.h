// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * spend: what was spent on each channel, from a table of `channel,cost`; rows of one channel are added.
 */
#ifndef SPEND_H
#define SPEND_H

#include <stdbool.h>
#include <stddef.h>

#include "cell.h"
#include "map.h"
#include "money.h"
#include "slice.h"
#include "table.h"

struct spend {
    struct map *channels;   // struct money_sum by channel, in order of first appearance
    struct money_sum total; // also of rows without a channel
};

// Reads a table to its end. False when it was stopped, which was said. Freed by spend_free in any case.
bool spend_read(struct spend *spend, struct table *table, const struct cell_forms *forms);
void spend_free(struct spend *spend);

// What was spent on a channel; NULL when the table does not have it.
const struct money_sum *spend_on(const struct spend *spend, struct slice channel);

#endif
