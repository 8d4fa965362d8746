// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * groups: the columns of --by, and the values met in them, numbered in order of first appearance.
 */
#ifndef GROUPS_H
#define GROUPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "map.h"
#include "row.h"
#include "slice.h"
#include "text.h"

#define GROUPS_COLUMNS 64

// The zero value has no columns, and one group, 0, in which everybody is.
struct groups {
    struct slice names[GROUPS_COLUMNS]; // of the columns
    size_t count;                       // of the columns
    struct map *values;                 // those of one group parted by NUL
    struct text key;                    // of the row at hand
};

// Reads "COL,COL". False when that is no list; *problem, a string constant, tells why. The names live in `arena` or are
// views of the list.
bool groups_read(struct groups *groups, const char *list, struct arena *arena, const char **problem);
void groups_free(struct groups *groups);

// The group of a row; columns[i] is the position of column i, SIZE_MAX where the row has none.
uint32_t groups_find(struct groups *groups, const struct row *row, const size_t *columns);

// The group of one column's value.
uint32_t groups_add(struct groups *groups, struct slice value);

// Are all values of a group empty?
bool groups_is_blank(const struct groups *groups, uint32_t group);

// The value of a column in a group; lives as long as the groups.
struct slice groups_value(const struct groups *groups, uint32_t group, size_t column);

#endif
