// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What shape.h promises: which records pass for the header's, and what is said of the others.
 */
#include "shape.h"

#include "slice.h"
#include "tap.h"
#include "text.h"

static struct row row_of(struct slice *cells, size_t count, const char *const *texts)
{
    for (size_t i = 0; i < count; i++) {
        cells[i] = slice_of(texts[i]);
    }
    return (struct row){.cells = cells, .count = count};
}

static void test_short(void)
{
    struct slice cells[4];
    struct row row = row_of(cells, 1, (const char *const[]){"a"});
    CHECK(shape_of(&row, 2, SHAPE_RAGGED_ERROR) == SHAPE_RAGGED);
    CHECK(shape_of(&row, 2, SHAPE_RAGGED_SKIP) == SHAPE_RAGGED);
    CHECK(shape_of(&row, 2, SHAPE_RAGGED_STRICT) == SHAPE_RAGGED);
    CHECK(shape_of(&row, 2, SHAPE_RAGGED_PAD) == SHAPE_PADDED);
}

// Blanks, also full-width ones, are nothing.
static void test_long(void)
{
    struct slice cells[4];
    struct row row = row_of(cells, 4, (const char *const[]){"a", "b", "", " \t\xE3\x80\x80"});
    CHECK(shape_of(&row, 2, SHAPE_RAGGED_ERROR) == SHAPE_SURPLUS);
    CHECK(shape_of(&row, 2, SHAPE_RAGGED_PAD) == SHAPE_SURPLUS);
    CHECK(shape_of(&row, 2, SHAPE_RAGGED_SKIP) == SHAPE_SURPLUS);
    CHECK(shape_of(&row, 2, SHAPE_RAGGED_STRICT) == SHAPE_RAGGED);
    row = row_of(cells, 4, (const char *const[]){"a", "b", "", "x"});
    CHECK(shape_of(&row, 2, SHAPE_RAGGED_ERROR) == SHAPE_RAGGED);
    CHECK(shape_of(&row, 2, SHAPE_RAGGED_PAD) == SHAPE_RAGGED);
}

static void test_explanation(void)
{
    struct slice cells[4];
    struct text reason = {0};
    struct row row = row_of(cells, 1, (const char *const[]){"a"});
    CHECK_TEXT(shape_explain(&row, 2, false, &reason), " (use --ragged=pad or --ragged=skip)");
    CHECK_TEXT(text_string(&reason), "1 cell, header has 2");
    text_clear(&reason);
    row = row_of(cells, 3, (const char *const[]){"a", "b", "c"});
    CHECK_TEXT(shape_explain(&row, 2, true, &reason), " (use --ragged=skip)");
    CHECK_TEXT(text_string(&reason), "3 cells, the first record has 2");
    text_free(&reason);
}

int main(void)
{
    test_short();
    test_long();
    test_explanation();
    return tap_done();
}
