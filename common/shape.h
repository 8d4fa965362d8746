// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * shape: has a record the cells of the header, give or take what --ragged allows?
 */
#ifndef SHAPE_H
#define SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "row.h"
#include "text.h"

enum shape_ragged {
    SHAPE_RAGGED_ERROR,
    SHAPE_RAGGED_PAD,    // missing cells are empty; too many are still an error
    SHAPE_RAGGED_SKIP,   // left out and counted
    SHAPE_RAGGED_STRICT, // an error, also where nothing but empty cells is too many
};

enum shape {
    SHAPE_FITTING,
    SHAPE_PADDED,  // short, which is allowed
    SHAPE_SURPLUS, // longer, by empty cells alone
    SHAPE_RAGGED,
};

// Of a record whose number of cells is not `width`.
enum shape shape_of(const struct row *row, size_t width, enum shape_ragged ragged);

// Of a ragged record: "3 cells, header has 4". What can be done about it is given back: " (use --ragged=skip)".
const char *shape_explain(const struct row *row, size_t width, bool no_header, struct text *reason);

#endif
