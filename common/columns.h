// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * columns: the names of a header and how they are found.
 *
 * Names match after slice_trim_value and folding of full-width ASCII (U+FF01-FF5E, U+3000) to ASCII; case matters. A
 * name that stands twice is ambiguous unless written `name[2]`; a name is looked for before a 1-based number is. The
 * zero value is a header without columns. columns_free gives back what columns_set copied; setting again forgets the
 * old names.
 */
#ifndef COLUMNS_H
#define COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "row.h"
#include "slice.h"
#include "text.h"

struct columns {
    struct slice *names;  // as written, for the output
    struct slice *folded; // trimmed and folded, for matching
    size_t count;
    struct arena arena; // owns them
};

// Copies the names of a header record.
void columns_set(struct columns *columns, const struct row *header);

// Names 1, 2, 3 ... for a table without a header.
void columns_number(struct columns *columns, size_t count);

void columns_free(struct columns *columns);

// The position of the column that `wanted` names. On failure *problem says what is wrong, with the names present (cut
// to a sensible length) and the nearest one: "no column 'reveneu' (did you mean 'revenue'?); have: customer, revenue".
bool columns_find(const struct columns *columns, struct slice wanted, size_t *index, struct text *problem);

// How many columns have this (folded) name.
size_t columns_times(const struct columns *columns, struct slice name);

// Appends the names present, cut to a sensible length, for a message: "customer, revenue, ... (9 more)". A column
// without a name is given by its number.
void columns_list(const struct columns *columns, struct text *out);

// Like columns_find but quiet, and by exact (folded) name only. False also when the name stands twice.
bool columns_has(const struct columns *columns, struct slice name, size_t *index);

// Do both have the same names, in any order? On success order[i] is the position in `other` of our column i.
bool columns_agree(const struct columns *columns, const struct columns *other, size_t *order);

// When they do not: what `other` lacks and what it has besides, for a message: "without 'amount'; with 'Amount',
// 'note'".
void columns_differ(const struct columns *columns, const struct columns *other, struct text *out);

#endif
