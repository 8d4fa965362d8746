// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * shape: counts cells; looks into those beyond the header's.
 */
#include "shape.h"

#include "slice.h"

static bool is_blank_from(const struct row *row, size_t from)
{
    for (size_t i = from; i < row->count; i++) {
        if (slice_trim_value(row->cells[i]).length > 0) {
            return false;
        }
    }
    return true;
}

enum shape shape_of(const struct row *row, size_t width, enum shape_ragged ragged)
{
    if (row->count < width) {
        return ragged == SHAPE_RAGGED_PAD ? SHAPE_PADDED : SHAPE_RAGGED;
    }
    return ragged != SHAPE_RAGGED_STRICT && is_blank_from(row, width) ? SHAPE_SURPLUS : SHAPE_RAGGED;
}

const char *shape_explain(const struct row *row, size_t width, bool no_header, struct text *reason)
{
    text_format(reason, no_header ? "%zu cell%s, the first record has %zu" : "%zu cell%s, header has %zu", row->count,
                row->count == 1 ? "" : "s", width);
    return row->count < width ? " (use --ragged=pad or --ragged=skip)" : " (use --ragged=skip)";
}
