// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What lane.h promises of cutting and of regular records. That cutting agrees with libcsv is tested with the reader.
 */
#include "lane.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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
    enum lane_result result = lane_cut(&record, slice_of(line), delimiter, &trimmed);
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

// The next row, cut now if there is none yet, or NULL.
static const struct row *next(struct lane *lane, const char *limit, char delimiter)
{
    while (lane->next == lane->row_count) {
        if (!lane_search(lane, limit, delimiter)) {
            return NULL;
        }
    }
    return &lane->rows[lane->next++];
}

// Where the line behind that of the row just taken begins.
static const char *end_of(const struct lane *lane)
{
    return lane->next < lane->row_count ? lane->rows[lane->next].raw.data : lane->line;
}

// All rows that the lane gives, each shown, with its line's end as so many signs behind it.
static const char *take(const char *bytes, char delimiter, struct text *out)
{
    struct lane lane = {.file = "name"};
    const struct row *row;
    uint64_t number = 7;
    text_clear(out);
    lane_begin(&lane, bytes, number);
    while ((row = next(&lane, bytes + strlen(bytes), delimiter)) != NULL) {
        bool trimmed = row->raw.data < lane.blanks && lane_trim(&lane, row);
        for (size_t i = 0; i < row->count; i++) {
            text_format(out, "<%.*s>", (int)row->cells[i].length, row->cells[i].data);
        }
        CHECK(row->line == number++ && strcmp(row->file, "name") == 0 && row->regular);
        CHECK(row->count > 1 || lane.narrow);
        int end = (int)(end_of(&lane) - (row->raw.data + row->raw.length));
        text_format(out, "%s%.*s", trimmed ? "*" : "", end, "||||");
    }
    CHECK(lane.number == number);
    lane_free(&lane);
    return text_string(out);
}

static void test_take(void)
{
    struct text out = {0};
    CHECK_TEXT(take("", ',', &out), "");
    CHECK_TEXT(take("a", ',', &out), ""); // no end was found
    CHECK_TEXT(take("a\n,b,\nc", ',', &out), "<a>|<><b><>|");
    CHECK_TEXT(take("a,b\r\nc\rd\n", ',', &out), "<a><b>||<c>|<d>|");
    CHECK_TEXT(take("a\nb\r", ',', &out), "<a>|"); // a line feed may follow
    CHECK_TEXT(take("a\nb\r\r", ',', &out), "<a>|");
    CHECK_TEXT(take("\n\r\n\n\r\r\n.", ',', &out), "<>|<>||<>|<>|<>||");
    CHECK_TEXT(take("a;\"b\n", ',', &out), "<a;\"b>|");
    CHECK_TEXT(take(" a\t,\t,b c\nd\n", ',', &out), "<a><><b c>*|<d>|");
    CHECK_TEXT(take("\ta \t\n", '\t', &out), "<><a><>*|");
    CHECK_TEXT(take("  a\n", ' ', &out), "<><><a>|");
    CHECK_TEXT(take("a, \r\nb\n", ',', &out), "<a><>*||<b>|");
    text_free(&out);
}

// A blank at the end of a cell and one at the beginning, wherever they fall in what is searched at once.
static bool are_blanks_found(size_t length, const char *rest)
{
    char bytes[LANE_AHEAD + 256];
    struct lane lane = {.file = ""};
    memset(bytes, 'a', length);
    memcpy(bytes + length, rest, 5);
    lane_begin(&lane, bytes, 1);
    const struct row *row = next(&lane, bytes + length + 5, ',');
    bool trimmed = row != NULL && bytes < lane.blanks && lane_trim(&lane, row);
    bool right = trimmed && row->count == 3 && row->cells[0].length == length && row->cells[1].length == 1;
    lane_free(&lane);
    return right;
}

// Also where what is searched at once ends between a blank and its delimiter.
static void test_blanks_anywhere(void)
{
    long wrong = 0;
    for (size_t length = 1; length < 200; length++) {
        wrong += !are_blanks_found(length, " ,b,\n") + !are_blanks_found(length, ", b,\n");
        size_t far = LANE_AHEAD - 100 + length;
        wrong += !are_blanks_found(far, " ,b,\n") + !are_blanks_found(far, ", b,\n");
    }
    CHECK(wrong == 0);
}

// One delimiter after the other, then the blanks off.
static bool is_cut_so(const struct slice *cells, size_t count, struct slice line, bool trimmed)
{
    bool blanks = false;
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        size_t end = slice_find(line, ',', at);
        struct slice cell = slice_trim(slice_part(line, at, end));
        if (cells[i].data < line.data || !slice_equal(cells[i], cell)) {
            return false;
        }
        blanks = blanks || cell.length < end - at;
        at = end + 1;
    }
    return at == line.length + 1 && blanks == trimmed;
}

static bool is_end(struct slice bytes, size_t at, char end)
{
    return at < bytes.length && bytes.data[at] == end;
}

struct line {
    size_t length; // without its end
    size_t end;    // where the next begins
};

// The line at the beginning; false when its end is not there, or a line feed may follow.
static bool find_line(struct slice rest, struct line *line)
{
    size_t at = 0;
    while (at < rest.length && rest.data[at] != '\n' && rest.data[at] != '\r') {
        at++;
    }
    line->length = at;
    line->end = at + 1 + (is_end(rest, at, '\r') && is_end(rest, at + 1, '\n'));
    while (is_end(rest, at, '\r')) {
        at++;
    }
    return at < rest.length;
}

static bool is_returned(unsigned *state)
{
    *state = *state * 1664525 + 1013904223;
    return (*state >> 16) % 10 == 0;
}

// Lines of random bytes, from every place in a word on, up to every limit.
static void test_take_many(void)
{
    enum { SIZE = 6000 };
    unsigned state = 1;
    long wrong = 0;
    long lines = 0;
    for (size_t round = 0; round < 600; round++) {
        size_t skipped = round % 64;
        size_t size = round % 3 == 0 ? SIZE : skipped + (state >> 8) % (SIZE - skipped);
        const char *bytes = round % 2 == 0 ? "abbc,,11" : "ab,c,1 \t";
        char *text = heap_allocate(size, 1); // as large as it says, so that a sanitizer sees who reads behind it
        for (size_t i = 0; i < size; i++) {
            state = state * 1664525 + 1013904223;
            text[i] = (state >> 24) % 50 == 0     ? "\n\n\n\r"[(state >> 12) % 4]
                      : (state >> 12) % 2000 == 0 ? ' '
                                                  : bytes[(state >> 16) % 8];
        }
        struct slice rest = {text + skipped, size - skipped};
        uint64_t number = 1;
        struct lane lane = {.file = ""};
        lane_begin(&lane, rest.data, 1);
        struct line expected;
        const struct row *row;
        while ((row = next(&lane, text + size, ',')) != NULL && find_line(rest, &expected)) {
            if (is_returned(&state)) { // and cut again
                lane_return(&lane, --lane.next);
                continue;
            }
            bool trimmed = rest.data < lane.blanks && lane_trim(&lane, row);
            lines++;
            wrong += row->raw.data != rest.data || row->raw.length != expected.length || row->line != number++ ||
                     !is_cut_so(row->cells, row->count, row->raw, trimmed);
            rest = slice_part(rest, expected.end, rest.length);
        }
        wrong += row != NULL || find_line(rest, &expected) || lane.line != rest.data || lane.number != number;
        lane_free(&lane);
        free(text);
    }
    CHECK(wrong == 0);
    CHECK(lines > 10000);
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
    test_take();
    test_blanks_anywhere();
    test_take_many();
    test_cut_quoted();
    test_regular();
    return tap_done();
}
