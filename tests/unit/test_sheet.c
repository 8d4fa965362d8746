// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What sheet.h promises: every row comes back as it was put in, whatever its cells, in any order of asking.
 */
#include <stdint.h>
#include <stdlib.h>

#include "sheet.h"
#include "tap.h"

static bool same_rows(const struct row *got, const struct row *expected)
{
    bool same = got->count == expected->count && got->regular == expected->regular && got->line == expected->line &&
                got->file == expected->file;
    for (size_t i = 0; same && i < got->count; i++) {
        same = slice_equal(got->cells[i], expected->cells[i]);
    }
    return same && (!expected->regular || slice_equal(got->raw, expected->raw));
}

// Puts the row in a sheet of its own and takes it out again.
static bool survives(const struct row *row)
{
    struct sheet sheet = {0};
    struct row got = {0};
    sheet_add(&sheet, row);
    sheet_row(&sheet, 0, &got);
    bool same = same_rows(&got, row);
    sheet_free(&sheet);
    return same;
}

static void test_plain_rows(void)
{
    struct slice cells[] = {slice_of("a"), slice_of(""), slice_of("ccc")};
    CHECK(survives(&(struct row){cells, 3, slice_of("a,,ccc"), true, 17, "orders.csv"}));
    CHECK(survives(&(struct row){cells, 3, slice_of("a\t\tccc"), true, UINT64_MAX, "orders.csv"}));
    CHECK(survives(&(struct row){cells, 1, slice_of("a"), true, 1, "orders.csv"}));
    struct slice blank[] = {slice_of(""), slice_of("")};
    CHECK(survives(&(struct row){blank, 2, slice_of(","), true, 1, "orders.csv"}));
    CHECK(survives(&(struct row){blank, 1, slice_of(""), true, 1, "orders.csv"}));
    CHECK(survives(&(struct row){blank, 0, slice_of(""), true, 1, "orders.csv"}));
}

static void test_rows_with_quotes(void)
{
    struct slice cells[] = {slice_of("a,b"), slice_of("5\" disk"), slice_of("x\r\ny")};
    CHECK(survives(&(struct row){cells, 3, slice_of("\"a,b\",\"5\"\" disk\",\"x\r\ny\""), true, 1, "f"}));
    struct slice quoted[] = {slice_of("a")};
    CHECK(survives(&(struct row){quoted, 1, slice_of("\"a\""), true, 1, "f"}));
    // as long as a plain row of these cells would be, but not one
    struct slice trap[] = {slice_of("a,"), slice_of("b")};
    CHECK(survives(&(struct row){trap, 2, slice_of("a,,b"), true, 1, "f"}));
}

static void test_irregular_rows_keep_their_cells(void)
{
    struct slice cells[] = {slice_of("a"), slice_of("b\0c"), {NULL, 0}};
    cells[1].length = 3;
    CHECK(survives(&(struct row){cells, 3, slice_of(" a , b"), false, 1, "f"}));
}

static void test_long_cells(void)
{
    enum { LENGTH = 1 << 20 };
    char *bytes = malloc(LENGTH);
    memset(bytes, 'x', LENGTH);
    struct slice cells[] = {{bytes, LENGTH}, {bytes, 127}, {bytes, 128}};
    CHECK(survives(&(struct row){cells, 3, slice_of(""), false, 1, "f"}));
    CHECK(survives(&(struct row){cells, 1, cells[0], true, 1, "f"}));
    free(bytes);
}

static void test_many_rows_of_many_files(void)
{
    enum { COUNT = 20000 };
    static const char *const files[] = {"a.csv", "b.csv", "c.csv"};
    struct sheet sheet = {0};
    char text[64];
    for (uint64_t i = 0; i < COUNT; i++) {
        int length = snprintf(text, sizeof text, "%llu,%llu", (unsigned long long)i, (unsigned long long)(i * i));
        size_t comma = slice_find((struct slice){text, (size_t)length}, ',', 0);
        struct slice cells[] = {{text, comma}, {text + comma + 1, (size_t)length - comma - 1}};
        sheet_add(&sheet, &(struct row){cells, 2, {text, (size_t)length}, i % 7 != 0, i + 2, files[i % 3]});
    }
    CHECK(sheet.count == COUNT);
    bool same = true;
    struct row row;
    for (uint64_t i = COUNT; i > 0; i--) {
        sheet_row(&sheet, (size_t)i - 1, &row);
        snprintf(text, sizeof text, "%llu", (unsigned long long)((i - 1) * (i - 1)));
        same = same && slice_is(row.cells[1], text) && row.line == i + 1 && row.file == files[(i - 1) % 3] &&
               row.regular == ((i - 1) % 7 != 0);
    }
    CHECK(same);
    CHECK(sheet.file_count == 3);
    CHECK(arena_size(&sheet.arena) < COUNT * 32); // 14 bytes of record and a few of our own
    sheet_free(&sheet);
    CHECK(sheet.count == 0 && sheet.rows == NULL);
}

static void test_bytes_outlive_the_next_row(void)
{
    struct sheet sheet = {0};
    struct slice first[] = {slice_of("one")};
    struct slice second[] = {slice_of("two")};
    sheet_add(&sheet, &(struct row){first, 1, slice_of("one"), true, 1, "f"});
    sheet_add(&sheet, &(struct row){second, 1, slice_of("two"), true, 2, "f"});
    struct row row;
    sheet_row(&sheet, 0, &row);
    struct slice kept = row.cells[0];
    sheet_row(&sheet, 1, &row);
    CHECK(slice_is(kept, "one") && slice_is(row.cells[0], "two"));
    sheet_free(&sheet);
}

int main(void)
{
    test_plain_rows();
    test_rows_with_quotes();
    test_irregular_rows_keep_their_cells();
    test_long_cells();
    test_many_rows_of_many_files();
    test_bytes_outlive_the_next_row();
    return tap_done();
}
