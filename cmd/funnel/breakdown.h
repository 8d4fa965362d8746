// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * breakdown: the columns of --by in one log, and their values in order of their bytes, so that the order of the rows
 * does not matter.
 */
#ifndef BREAKDOWN_H
#define BREAKDOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "groups.h"
#include "program.h"
#include "row.h"
#include "table.h"
#include "writer.h"

// The zero value has no columns, and one group, 0, in which everybody is.
struct breakdown {
    struct groups groups;
    size_t columns[GROUPS_COLUMNS];
    struct arena arena;
};

// Reads "COL,COL", NULL being none, and finds the columns; `taken` are the names of the output's own columns,
// NULL-terminated. False, said: *status is what to return. Freed by breakdown_free in any case.
bool breakdown_open(struct breakdown *breakdown, const char *list, const char *const *taken, struct table *table,
                    struct program *program, enum status *status);
void breakdown_free(struct breakdown *breakdown);

uint32_t breakdown_find(struct breakdown *breakdown, const struct row *row);

// How many groups there are; 1 without columns.
size_t breakdown_count(const struct breakdown *breakdown);

// The groups in order of their values: to be freed by the caller.
uint32_t *breakdown_order(const struct breakdown *breakdown);

void breakdown_write_names(const struct breakdown *breakdown, struct writer *writer);
void breakdown_write(const struct breakdown *breakdown, struct writer *writer, uint32_t group);

#endif
