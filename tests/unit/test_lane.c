// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What lane.h promises of cutting and of regular records. That cutting agrees with libcsv is tested with the reader.
 */
#include "lane.h"

#include "tap.h"
#include "text.h"

// "<a><b>", then a star when blanks were trimmed; or the fault's number.
static const char *cut(const char *line, char delimiter, size_t max_field, struct text *out)
{
    struct record record = {.max_field = max_field, .max_columns = 3};
    bool trimmed;
    bool good = lane_cut(&record, slice_of(line), delimiter, &trimmed);
    text_clear(out);
    for (size_t i = 0; i < record.count; i++) {
        text_format(out, "<%.*s>", (int)record.cells[i].length, record.cells[i].data);
    }
    if (good) {
        text_append_string(out, trimmed ? "*" : "");
    } else {
        text_format(out, "%d", (int)record.fault);
    }
    record_free(&record);
    return text_string(out);
}

static void test_cut(void)
{
    struct text out = {0};
    CHECK_TEXT(cut("", ',', 9, &out), "<>");
    CHECK_TEXT(cut("a", ',', 9, &out), "<a>");
    CHECK_TEXT(cut(",b,", ',', 9, &out), "<><b><>");
    CHECK_TEXT(cut("a;b", ',', 9, &out), "<a;b>");
    CHECK_TEXT(cut(" a\t,\t,b c", ',', 9, &out), "<a><><b c>*");
    CHECK_TEXT(cut("\ta \t", '\t', 9, &out), "<><a><>*");
    CHECK_TEXT(cut("  a", ' ', 9, &out), "<><><a>");
    CHECK_TEXT(cut("abc, abc ,", ',', 3, &out), "<abc><abc><>*"); // blanks do not count
    CHECK_TEXT(cut("a,abcd,b", ',', 3, &out), "<a>1");
    CHECK_TEXT(cut("1,2,3,4", ',', 3, &out), "<1><2><3>2");
    text_free(&out);
}

static void test_regular(void)
{
    CHECK(lane_is_regular(slice_of(""), ','));
    CHECK(lane_is_regular(slice_of("a,,b c"), ','));
    CHECK(lane_is_regular(slice_of("\"\""), ','));
    CHECK(lane_is_regular(slice_of("\"a\",b,\"c,\r\n\"\"d\""), ','));
    CHECK(lane_is_regular(slice_of("\"\",\"\"\"\",\" \""), ','));
    CHECK(!lane_is_regular(slice_of(" a,b"), ','));
    CHECK(!lane_is_regular(slice_of("a,b\t"), ','));
    CHECK(lane_is_regular(slice_of("a\tb\t"), '\t'));
    CHECK(!lane_is_regular(slice_of("5\" disk"), ','));
    CHECK(!lane_is_regular(slice_of("\"a\" ,b"), ','));
    CHECK(!lane_is_regular(slice_of("\"a\"b"), ','));
    CHECK(!lane_is_regular(slice_of("a,\""), ','));
    CHECK(!lane_is_regular(slice_of("a,\"\"\""), ','));
}

int main(void)
{
    test_cut();
    test_regular();
    return tap_done();
}
