// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * addresses: the table of --owners: owner, address and, where it is there, name.
 */
#ifndef ADDRESSES_H
#define ADDRESSES_H

#include <stdbool.h>

#include "arena.h"
#include "diag.h"
#include "map.h"
#include "slice.h"
#include "table.h"

struct address {
    struct slice address;
    struct slice name; // may be empty
};

struct addresses {
    struct map *owners; // struct address
    struct arena arena;
};

// Reads it whole. A row whose address is none, or whose owner was there before, is refused. Always leaves one that
// addresses_free takes. What is wrong was said: then the status is not STATUS_DONE.
enum status addresses_read(struct addresses *addresses, struct table *table);
void addresses_free(struct addresses *addresses);

// NULL when the owner is not in it.
const struct address *addresses_find(const struct addresses *addresses, struct slice owner);

#endif
