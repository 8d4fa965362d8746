// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What lane.h promises of cutting and of regular records. That cutting agrees with libcsv is tested with the reader.
 */
#include "lane.h"

#include <stdlib.h>

#include "heap.h"
#include "tap.h"
#include "text.h"

// "<a><b>", then a star when blanks were trimmed, "irregular", or the number of the record's fault.
static const char *show(enum lane_result result, struct record *record, bool trimmed, struct text *out)
{
    text_clear(out);
    for (size_t i = 0; i < record->count; i++) {
        text_format(out, "<%.*s>", (int)record->cells[i].length, record->cells[i].data);
    }
    if (result == LANE_LIMIT) {
        text_format(out, "%d", (int)record->fault);
    } else {
        text_append_string(out, result == LANE_IRREGULAR ? "irregular" : trimmed ? "*" : "");
    }
    record_free(record);
    return text_string(out);
}

static const char *cut(const char *line, char delimiter, size_t max_field, struct text *out)
{
    struct record record = {.max_field = max_field, .max_columns = 3};
    bool trimmed;
    size_t length;
    enum lane_result result = lane_cut(&record, slice_of(line), strlen(line), delimiter, &length, &trimmed);
    return show(result, &record, trimmed, out);
}

static const char *cut_quoted(const char *line, struct text *out)
{
    struct record record = {.max_field = 4, .max_columns = 3};
    struct text bytes = {0};
    bool trimmed;
    enum lane_result result = lane_cut_quoted(&record, slice_of(line), ',', &trimmed, &bytes);
    const char *shown = show(result, &record, trimmed, out);
    text_free(&bytes);
    return shown;
}

static void test_cut(void)
{
    struct text out = {0};
    CHECK_TEXT(cut("", ',', 9, &out), "<>");
    CHECK_TEXT(cut("a", ',', 9, &out), "<a>");
    CHECK_TEXT(cut(",b,", ',', 9, &out), "<><b><>");
    CHECK_TEXT(cut("a;\"b", ',', 9, &out), "<a;\"b>");
    CHECK_TEXT(cut(" a\t,\t,b c", ',', 9, &out), "<a><><b c>*");
    CHECK_TEXT(cut("\ta \t", '\t', 9, &out), "<><a><>*");
    CHECK_TEXT(cut("  a", ' ', 9, &out), "<><><a>");
    CHECK_TEXT(cut("abc, abc ,", ',', 3, &out), "<abc><abc><>*"); // blanks do not count
    CHECK_TEXT(cut("a,abcd,b", ',', 3, &out), "<a>1");
    CHECK_TEXT(cut("1,2,3,4", ',', 3, &out), "<1><2><3>2");
    text_free(&out);
}

// One delimiter after the other, then the blanks off.
static bool is_cut_so(const struct record *record, struct slice line, bool trimmed)
{
    bool blanks = false;
    size_t at = 0;
    for (size_t i = 0; i < record->count; i++) {
        size_t end = slice_find(line, ',', at);
        struct slice cell = slice_trim(slice_part(line, at, end));
        if (record->cells[i].data < line.data || !slice_equal(record->cells[i], cell)) {
            return false;
        }
        blanks = blanks || cell.length < end - at;
        at = end + 1;
    }
    return at == line.length + 1 && blanks == trimmed;
}

// Lines of every length up to 200 bytes, alone and before others, ended by a line feed or by the limit, wherever they
// begin among the bytes that are searched at once.
static void test_any_length(void)
{
    static const char bytes[] = "ab,c,1 \t\"";
    unsigned state = 1;
    char *text = heap_allocate(400, 1); // as large as it says, so that a sanitizer sees who reads behind it
    long wrong = 0;
    for (size_t round = 0; round < 20000; round++) {
        for (size_t i = 0; i < 400; i++) {
            state = state * 1664525 + 1013904223;
            text[i] = (state >> 24) % 50 == 0 ? '\n' : bytes[(state >> 16) % (sizeof bytes - 1)];
        }
        size_t start = round % 64;
        struct slice rest = {text + start, 400 - start};
        size_t limit = round % 3 == 0 ? rest.length : (state >> 8) % 200;
        size_t feed = slice_find(rest, '\n', 0);
        size_t expected = feed < limit ? feed : limit;
        struct record record = {.max_field = 400, .max_columns = 400};
        size_t length = 0;
        bool trimmed;
        bool good = lane_cut(&record, rest, limit, ',', &length, &trimmed) == LANE_CUT && length == expected;
        wrong += !good || !is_cut_so(&record, slice_part(rest, 0, expected), trimmed);
        record_free(&record);
    }
    CHECK(wrong == 0);
    free(text);
}

static void test_cut_quoted(void)
{
    struct text out = {0};
    CHECK_TEXT(cut_quoted("\"\"", &out), "<>");
    CHECK_TEXT(cut_quoted("\"a\",b,\"c,d\"", &out), "<a><b><c,d>");
    CHECK_TEXT(cut_quoted("\"\"\"\",\"\"\"a\"\"\",\"b\"\"c\"", &out), "<\"><\"a\"><b\"c>");
    CHECK_TEXT(cut_quoted("\"a\", b ,\" c\"", &out), "<a><b>< c>*");
    CHECK_TEXT(cut_quoted(",\"\",", &out), "<><><>");
    CHECK_TEXT(cut_quoted("a,b", &out), "<a><b>");
    // What libcsv must decide.
    CHECK_TEXT(cut_quoted("5\" disk,b", &out), "irregular");
    CHECK_TEXT(cut_quoted("a,5\"", &out), "<a>irregular");
    CHECK_TEXT(cut_quoted("\"a\"b", &out), "irregular");
    CHECK_TEXT(cut_quoted("\"a\" ,b", &out), "irregular");
    CHECK_TEXT(cut_quoted(" \"a\",b", &out), "irregular");
    CHECK_TEXT(cut_quoted("a,\"", &out), "<a>irregular");
    CHECK_TEXT(cut_quoted("\"a", &out), "irregular");
    CHECK_TEXT(cut_quoted("\"a\"\"", &out), "irregular");
    // Limits, unless something irregular comes first.
    CHECK_TEXT(cut_quoted("\"abcd\",\"ab\"\"d\"", &out), "<abcd><ab\"d>");
    CHECK_TEXT(cut_quoted("a,\"abcde\",\"", &out), "<a>1");
    CHECK_TEXT(cut_quoted("\"1\",2,3,4,\"", &out), "<1><2><3>2");
    CHECK_TEXT(cut_quoted("\"1\"x,abcde", &out), "irregular");
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
    test_any_length();
    test_cut_quoted();
    test_regular();
    return tap_done();
}
