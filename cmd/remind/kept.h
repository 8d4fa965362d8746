// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * kept: the columns of the customers that --keep prints after those of a contact.
 */
#ifndef KEPT_H
#define KEPT_H

#include <stdbool.h>
#include <stddef.h>

#include "table.h"
#include "writer.h"

struct kept {
    size_t *columns;
    size_t count;
};

// `list` is "COL,..." or "all" (every column but those with the name of one of a contact's) or NULL. False, said, with
// the table stopped when a column is not there or its name is taken. The zero value is freed too.
bool kept_find(struct kept *kept, struct table *table, const char *list);
void kept_free(struct kept *kept);

// Their names, for the header.
void kept_write_names(const struct kept *kept, const struct table *table, struct writer *writer);

#endif
