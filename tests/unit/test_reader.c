// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What reader.h promises: cells, raw bytes, line numbers, blank lines, malformed records and where reading goes on, odd
 * files; and, by random inputs, that the lane, libcsv and every size of block give the same.
 */
#include "reader.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "heap.h"
#include "tap.h"
#include "text.h"

// A file that is written anew for each input.
struct source {
    FILE *file;
    int descriptor;
};

#ifdef READER_LIBCSV_ALONE // make check-libcsv: without the lane no rows are ever at hand
enum { LANE = 0 };
#else
enum { LANE = 1 };
#endif

static struct source source_open(void)
{
    FILE *file = tmpfile();
    if (file == NULL) {
        perror("tmpfile");
        exit(1);
    }
    return (struct source){file, fileno(file)};
}

static void source_set(struct source source, struct slice bytes)
{
    bool written = ftruncate(source.descriptor, 0) == 0 && lseek(source.descriptor, 0, SEEK_SET) == 0 &&
                   write(source.descriptor, bytes.data, bytes.length) == (ssize_t)bytes.length;
    if (!written) {
        perror("write");
        exit(1);
    }
}

// One line a record: number, r for regular, raw in brackets, cells in angles; or '!' and the problem; or "failed".
static void dump(struct source source, const struct reader_options *options, struct text *out)
{
    lseek(source.descriptor, 0, SEEK_SET);
    struct reader *reader = reader_open_descriptor(source.descriptor, "in", options);
    struct row row;
    enum reader_result result;
    text_clear(out);
    while ((result = reader_next(reader, &row)) == READER_ROW || result == READER_MALFORMED) {
        text_format(out, "%" PRIu64 "%s [", row.line, result == READER_MALFORMED ? "!" : row.regular ? "r" : "");
        text_append(out, row.raw);
        text_append_byte(out, ']');
        for (size_t i = 0; i < row.count; i++) {
            text_append_byte(out, '<');
            text_append(out, row.cells[i]);
            text_append_byte(out, '>');
        }
        if (result == READER_MALFORMED) {
            text_format(out, " %" PRIu64 " %s", reader_problem(reader).line, reader_problem(reader).text);
        }
        text_append_byte(out, '\n');
    }
    if (result == READER_FAILED) {
        struct reader_problem problem = reader_problem(reader);
        text_format(out, "failed %" PRIu64 " %d %s\n", problem.line, (int)problem.status, problem.text);
    }
    reader_close(reader);
}

static const char *read_bytes(struct source source, struct slice bytes, struct reader_options options, struct text *out)
{
    source_set(source, bytes);
    dump(source, &options, out);
    return text_string(out);
}

static const char *read_text(struct source source, const char *text, struct reader_options options, struct text *out)
{
    return read_bytes(source, slice_of(text), options, out);
}

static const struct reader_options usual = {.max_field = READER_MAX_FIELD};

static void test_records(struct source source, struct text *out)
{
    CHECK_TEXT(read_text(source, "", usual, out), "");
    CHECK_TEXT(read_text(source, "a,b\n1,2\n", usual, out), "1r [a,b]<a><b>\n2r [1,2]<1><2>\n");
    CHECK_TEXT(read_text(source, "a,b\r\n1,2\r\n", usual, out), "1r [a,b]<a><b>\n2r [1,2]<1><2>\n");
    CHECK_TEXT(read_text(source, "a,b\r1,2\r", usual, out), "1r [a,b]<a><b>\n2r [1,2]<1><2>\n");
    // The last record needs no end, an empty last cell neither.
    CHECK_TEXT(read_text(source, "a,b\n1,", usual, out), "1r [a,b]<a><b>\n2r [1,]<1><>\n");
    CHECK_TEXT(read_text(source, "a,b\n\"1\",\"\"", usual, out), "1r [a,b]<a><b>\n2r [\"1\",\"\"]<1><>\n");
    CHECK_TEXT(read_text(source, "a,b\r1,2", usual, out), "1r [a,b]<a><b>\n2r [1,2]<1><2>\n");
    // Outer blanks are no part of a cell, and a record with some is not regular.
    CHECK_TEXT(read_text(source, "a,b\n 1\t, 2 \n", usual, out), "1r [a,b]<a><b>\n2 [ 1\t, 2 ]<1><2>\n");
    CHECK_TEXT(read_text(source, "a,b\n\"1\"\t,\" 2\"\n", usual, out), "1r [a,b]<a><b>\n2 [\"1\"\t,\" 2\"]<1>< 2>\n");
    // Needless quotes are kept, doubled ones undone.
    CHECK_TEXT(read_text(source, "a,b\n\"1\",\"\"\"2\"\"\"\n", usual, out),
               "1r [a,b]<a><b>\n2r [\"1\",\"\"\"2\"\"\"]<1><\"2\">\n");
    // A quote inside an unquoted cell is part of it.
    CHECK_TEXT(read_text(source, "a,b\n5\" disk,\"x,y\"\n", usual, out),
               "1r [a,b]<a><b>\n2 [5\" disk,\"x,y\"]<5\" disk><x,y>\n");
    // Line ends within quotes are kept and counted, a CR LF once.
    CHECK_TEXT(read_text(source, "a,b\n\"x\r\ny\rz\nw\",1\n2,3\n", usual, out),
               "1r [a,b]<a><b>\n2r [\"x\r\ny\rz\nw\",1]<x\r\ny\rz\nw><1>\n6r [2,3]<2><3>\n");
    // A stray CR ends a record.
    CHECK_TEXT(read_text(source, "a,b\n1\r2,3\n", usual, out), "1r [a,b]<a><b>\n2r [1]<1>\n3r [2,3]<2><3>\n");
}

static void test_blank_lines(struct source source, struct text *out)
{
    CHECK_TEXT(read_text(source, "\n \t\na,b\n\n1,2\n \t \n", usual, out), "3r [a,b]<a><b>\n5r [1,2]<1><2>\n");
    // With one column they are its empty cells, but for those before the first record.
    CHECK_TEXT(read_text(source, "\na\n\n1\n \n", usual, out), "2r [a]<a>\n3 []<>\n4r [1]<1>\n5 [ ]<>\n");
    CHECK_TEXT(read_text(source, "a\n\"\"\n", usual, out), "1r [a]<a>\n2r [\"\"]<>\n");
    struct reader_options tabs = usual;
    tabs.delimiter = '\t';
    CHECK_TEXT(read_text(source, "a\tb\n\t\n \n1\t 2\n", tabs, out), "1r [a\tb]<a><b>\n2r [\t]<><>\n4 [1\t 2]<1><2>\n");
}

// The records at hand are those that come next, which can be gone past a few at once.
static void test_ahead(struct source source)
{
    source_set(source, slice_of("a,b\n1,2\n\n 3,4\n5\n\"6\",7\n8,9\n10,11"));
    lseek(source.descriptor, 0, SEEK_SET);
    struct reader *reader = reader_open_descriptor(source.descriptor, "in", &usual);
    struct row row;
    size_t count = 9;
    reader_ahead(reader, &count);
    CHECK(count == 0); // nothing was read
    CHECK(reader_next(reader, &row) == READER_ROW && row.line == 1);
    const struct row *rows = reader_ahead(reader, &count);
    CHECK(count == 3 && rows[0].line == 2 && rows[1].line == 4 && rows[2].line == 5); // up to the quote
    CHECK(slice_is(rows[0].cells[1], "2") && rows[0].regular && strcmp(rows[0].file, "in") == 0);
    CHECK(slice_is(rows[1].cells[0], "3") && slice_is(rows[1].raw, " 3,4") && !rows[1].regular);
    CHECK(rows[2].count == 1);
    reader_pass(reader, 2);
    CHECK(reader_ahead(reader, &count) == rows + 2 && count == 1);
    CHECK(reader_next(reader, &row) == READER_ROW && row.line == 5);
    reader_ahead(reader, &count);
    CHECK(count == 0);
    CHECK(reader_next(reader, &row) == READER_ROW && row.line == 6 && slice_is(row.cells[0], "6"));
    CHECK(reader_next(reader, &row) == READER_ROW && row.line == 7);
    reader_ahead(reader, &count);
    CHECK(count == 0); // the last one has no end
    CHECK(reader_next(reader, &row) == READER_ROW && row.line == 8 && slice_is(row.cells[1], "11"));
    CHECK(reader_next(reader, &row) == READER_END);
    reader_close(reader);
}

static void test_preview(struct source source)
{
    // Lines before the header, with quotes of their own; a record is looked at without being gone past.
    source_set(source, slice_of("title \"x\n\n\"open;\nk;v\n\n1;2\n"));
    lseek(source.descriptor, 0, SEEK_SET);
    struct reader_options options = {.block_size = 4};
    struct reader *reader = reader_open_descriptor(source.descriptor, "in", &options);
    struct row row;
    CHECK(reader_preview(reader, &row) == READER_ROW && row.count == 1 && row.line == 1);
    CHECK(reader_preview(reader, &row) == READER_ROW && row.count == 1 && row.line == 1);
    CHECK(reader_drop_line(reader));
    CHECK(reader_preview(reader, &row) == READER_MALFORMED && row.line == 3); // behind the blank line
    CHECK(reader_drop_line(reader));
    CHECK(reader_preview(reader, &row) == READER_ROW && row.count == 2 && row.line == 4);
    CHECK(reader_delimiter(reader) == ';'); // judged by that record
    CHECK(reader_next(reader, &row) == READER_ROW && slice_is(row.cells[1], "v") && row.line == 4);
    // Blank lines are nothing in a table of two columns, though the first record seen had one.
    CHECK(reader_next(reader, &row) == READER_ROW && slice_is(row.cells[1], "2") && row.line == 6);
    CHECK(reader_next(reader, &row) == READER_END);
    reader_close(reader);
}

// A line before the header that is longer than a block, so that the delimiter is judged anew by bytes to be read.
static void test_preview_reads_on(struct source source)
{
    enum { BLOCK = 64 * 1024, LONG = 5 * BLOCK + BLOCK - 100, ROWS = 300000 };
    struct text bytes = {0};
    for (size_t i = 0; i < LONG; i++) {
        text_append_byte(&bytes, 'p');
    }
    text_append_string(&bytes, "\nk;v\n");
    for (size_t i = 0; i < ROWS; i++) {
        text_append_string(&bytes, "1;2\n");
    }
    source_set(source, text_slice(&bytes));
    lseek(source.descriptor, 0, SEEK_SET);
    struct reader_options options = {.block_size = BLOCK, .max_field = 1000};
    struct reader *reader = reader_open_descriptor(source.descriptor, "in", &options);
    struct row row;
    CHECK(reader_preview(reader, &row) == READER_MALFORMED && row.line == 1);
    CHECK(reader_drop_line(reader));
    CHECK(reader_preview(reader, &row) == READER_ROW && row.line == 2 && slice_is(row.raw, "k;v"));
    CHECK(reader_next(reader, &row) == READER_ROW && row.line == 2 && slice_is(row.raw, "k;v"));
    size_t count = 0;
    while (reader_next(reader, &row) == READER_ROW && slice_is(row.raw, "1;2")) {
        count++;
    }
    CHECK(count == ROWS);
    reader_close(reader);
    text_free(&bytes);
}

static void test_drop_every_line(struct source source)
{
    source_set(source, slice_of("a\r\nb\rc"));
    for (int named = 0; named < 2; named++) {
        struct reader_options options = usual;
        options.delimiter = named ? ';' : 0;
        lseek(source.descriptor, 0, SEEK_SET);
        struct reader *reader = reader_open_descriptor(source.descriptor, "in", &options);
        struct row row;
        CHECK(reader_drop_line(reader));
        CHECK(reader_preview(reader, &row) == READER_ROW && row.line == 2 && slice_is(row.cells[0], "b"));
        CHECK(reader_drop_line(reader));
        CHECK(!reader_drop_line(reader)); // the last line, without an end
        CHECK(reader_preview(reader, &row) == READER_END);
        CHECK(!reader_drop_line(reader));
        reader_close(reader);
    }
}

static void test_skipped_lines(struct source source, struct text *out)
{
    struct reader_options options = {.skip_lines = 2};
    CHECK_TEXT(read_text(source, "\"x\n\n\na;b\n1;2\n", options, out), "4r [a;b]<a><b>\n5r [1;2]<1><2>\n");
    CHECK_TEXT(read_text(source, "\xEF\xBB\xBFx\r\ny\rsep=;\ra;b", options, out), "4r [a;b]<a><b>\n");
    CHECK_TEXT(read_text(source, "x\ny", options, out), "");
    CHECK_TEXT(read_text(source, "x\n", options, out), "");
    CHECK_TEXT(read_text(source, "x,\xFF\ny\na\n", options, out),
               "failed 1 1 byte 3: not valid UTF-8; if this file comes from Western Excel try --encoding=cp1252\n");
    options.block_size = 1;
    CHECK_TEXT(read_text(source, "a long line\nx\na,b\n", options, out), "3r [a,b]<a><b>\n");
}

static void test_malformed(struct source source, struct text *out)
{
    // Text after a closing quote: on with the next line.
    CHECK_TEXT(read_text(source, "a,b\n\"x\"y,1\n2,3\n", usual, out),
               "1r [a,b]<a><b>\n2! [\"x\"y,1] 2 text after a closing quote\n3r [2,3]<2><3>\n");
    // The record began on line 2, the offence lies on line 3.
    CHECK_TEXT(read_text(source, "a,b\n\"x\nz\"y,1\n2,3\n", usual, out),
               "1r [a,b]<a><b>\n2! [\"x\nz\"y,1] 2 text after a closing quote\n4r [2,3]<2><3>\n");
    CHECK_TEXT(read_text(source, "a,b\n\"x\" \"y\",1\n", usual, out),
               "1r [a,b]<a><b>\n2! [\"x\" \"y\",1] 2 text after a closing quote\n");
    // An open quote costs the line that it stands on.
    CHECK_TEXT(read_text(source, "a,b\n1,\"x\r\n2,3\r\n4,5", usual, out),
               "1r [a,b]<a><b>\n2! [1,\"x] 2 a quote is opened and never closed\n3r [2,3]<2><3>\n4r [4,5]<4><5>\n");
    CHECK_TEXT(read_text(source, "\"", usual, out), "1! [\"] 1 a quote is opened and never closed\n");
    CHECK_TEXT(read_text(source, "\"x\"\"", usual, out), "1! [\"x\"\"] 1 a quote is opened and never closed\n");
}

static void test_quote_modes(struct source source, struct text *out)
{
    struct reader_options options = {.quote = READER_QUOTE_STRICT};
    CHECK_TEXT(read_text(source, "a,b\n5\" disk,1\n\"2\",3\n", options, out),
               "1r [a,b]<a><b>\n2! [5\" disk,1] 2 a quote inside an unquoted cell\n3r [\"2\",3]<2><3>\n");
    options.quote = READER_QUOTE_NONE;
    CHECK_TEXT(read_text(source, "a,b\n\"x,\"\"y\n1,2\n", options, out),
               "1r [a,b]<a><b>\n2 [\"x,\"\"y]<\"x><\"\"y>\n3r [1,2]<1><2>\n");
    options.quote = READER_QUOTE_LENIENT;
    CHECK_TEXT(read_text(source, "a,b\n\"x\"y,\"x\" y \n", options, out),
               "1r [a,b]<a><b>\n2 [\"x\"y,\"x\" y ]<xy><x y>\n");
    CHECK_TEXT(read_text(source, "\"x\"y\"z\" \"w,1\n", options, out), "1 [\"x\"y\"z\" \"w,1]<xy\"z\" \"w><1>\n");
    CHECK_TEXT(read_text(source, "\"x,\r\ny\"\"z\" \t,5\" disk\n", options, out),
               "1 [\"x,\r\ny\"\"z\" \t,5\" disk]<x,\r\ny\"z><5\" disk>\n");
    CHECK_TEXT(read_text(source, "\"x\n1,2\n", options, out),
               "1! [\"x] 1 a quote is opened and never closed\n2r [1,2]<1><2>\n");
}

// A quote closes before a delimiter or a line end, and stands for itself anywhere else.
static void test_lazy_quotes(struct source source, struct text *out)
{
    struct reader_options options = {.quote = READER_QUOTE_LAZY};
    CHECK_TEXT(read_text(source, "\"5\" disk\",\"x\"\"y\"\n", options, out),
               "1 [\"5\" disk\",\"x\"\"y\"]<5\" disk><x\"y>\n");
    CHECK_TEXT(read_text(source, "\"\"a, b\",1\n", options, out), "1 [\"\"a, b\",1]<\"a, b><1>\n");
    CHECK_TEXT(read_text(source, "\"x\"y,2\n\"3\",4\n", options, out), "1 [\"x\"y,2\n\"3\",4]<x\"y,2\n\"3><4>\n");
    CHECK_TEXT(read_text(source, "\"x\" ,5\" disk\n", options, out), "1 [\"x\" ,5\" disk]<x><5\" disk>\n");
    CHECK_TEXT(read_text(source, "1,2\n\"x\"y\n3,4\n", options, out),
               "1r [1,2]<1><2>\n2! [\"x\"y] 2 a quote is opened and never closed\n3r [3,4]<3><4>\n");
}

static void test_quote_char(struct source source, struct text *out)
{
    struct reader_options options = {.quote_char = '\''};
    CHECK_TEXT(read_text(source, "'a,b','it''s'\n\"1\",it's\n", options, out),
               "1 ['a,b','it''s']<a,b><it's>\n2 [\"1\",it's]<\"1\"><it's>\n");
    CHECK_TEXT(read_text(source, "'a'b\n'c\n", options, out),
               "1! ['a'b] 1 text after a closing quote\n2! ['c] 2 a quote is opened and never closed\n");
    options.quote = READER_QUOTE_LENIENT;
    CHECK_TEXT(read_text(source, "'a'b,\"c\"\n", options, out), "1 ['a'b,\"c\"]<ab><\"c\">\n");
    options.quote = READER_QUOTE_STRICT;
    CHECK_TEXT(read_text(source, "5\",5'\n", options, out), "1! [5\",5'] 1 a quote inside an unquoted cell\n");
    options = (struct reader_options){.quote_char = '|'}; // no delimiter then, however often it stands there
    CHECK_TEXT(read_text(source, "|a|;|b|\n", options, out), "1 [|a|;|b|]<a><b>\n");
    CHECK_TEXT(read_text(source, "|a;b\n", options, out), "1! [|a;b] 1 a quote is opened and never closed\n");
}

static void test_escape_char(struct source source, struct text *out)
{
    struct reader_options options = {.escape_char = '\\'};
    CHECK_TEXT(read_text(source, "a\\,b,\"say \\\"hi\\\"\"\n", options, out),
               "1 [a\\,b,\"say \\\"hi\\\"\"]<a,b><say \"hi\">\n");
    CHECK_TEXT(read_text(source, "\\\\,\\a\\\n,\\\"\n", options, out), "1 [\\\\,\\a\\\n,\\\"]<\\><\\a\n><\">\n");
    CHECK_TEXT(read_text(source, "a\\\r\nb\\\rc,\"x\\\n\"\n1,2\n", options, out),
               "1 [a\\\r\nb\\\rc,\"x\\\n\"]<a\r\nb\rc><x\n>\n5 [1,2]<1><2>\n");
    CHECK_TEXT(read_text(source, "a,b\\", options, out), "1 [a,b\\]<a><b\\>\n");
    CHECK_TEXT(read_text(source, "\"a\"\\\"\nb\n", options, out),
               "1! [\"a\"\\\"] 1 text after a closing quote\n2 [b]<b>\n");
    CHECK_TEXT(read_text(source, "\"a\"\\", options, out), "1! [\"a\"\\] 1 a quote is opened and never closed\n");
    CHECK_TEXT(read_text(source, "\"a\"\\x\n", options, out), "1! [\"a\"\\x] 1 text after a closing quote\n");
    options.quote = READER_QUOTE_NONE; // as MySQL writes tables of tabs
    options.delimiter = '\t';
    CHECK_TEXT(read_text(source, "\\\ta \\\t\tb\n", options, out), "1 [\\\ta \\\t\tb]<\ta \t><b>\n");
    CHECK_TEXT(read_text(source, "\"a\\\tb\t\\N\nc\\\nd\te\n", options, out),
               "1 [\"a\\\tb\t\\N]<\"a\tb><\\N>\n2 [c\\\nd\te]<c\nd><e>\n");
    options = (struct reader_options){.escape_char = '\\', .quote = READER_QUOTE_LENIENT};
    CHECK_TEXT(read_text(source, "\"a\\\"b\"c \\,\n", options, out), "1 [\"a\\\"b\"c \\,]<a\"bc ,>\n");
    options = (struct reader_options){.escape_char = '"'}; // doubling, as ever
    CHECK_TEXT(read_text(source, "\"a\"\"b\"\n", options, out), "1r [\"a\"\"b\"]<a\"b>\n");
    options = (struct reader_options){.escape_char = '"', .quote_char = '\'', .quote = READER_QUOTE_LAZY};
    CHECK_TEXT(read_text(source, "'don't, 5\"\"',2\n", options, out), "1 ['don't, 5\"\"',2]<don't, 5\"><2>\n");
}

static char delimiter_of(struct source source, const char *text, enum reader_quote quote)
{
    struct reader_options options = {.quote = quote};
    source_set(source, slice_of(text));
    lseek(source.descriptor, 0, SEEK_SET);
    struct reader *reader = reader_open_descriptor(source.descriptor, "in", &options);
    char delimiter = reader_delimiter(reader);
    reader_close(reader);
    return delimiter;
}

static void test_delimiter(struct source source, struct text *out)
{
    CHECK(delimiter_of(source, "", READER_QUOTE_AUTO) == ',');
    CHECK(delimiter_of(source, "name", READER_QUOTE_AUTO) == ',');
    CHECK(delimiter_of(source, "a;b\n1,2,3;4\n", READER_QUOTE_AUTO) == ';');
    CHECK(delimiter_of(source, "a\tb|c;d,e\n", READER_QUOTE_AUTO) == ','); // a tie
    CHECK(delimiter_of(source, "a\tb;c|d\n", READER_QUOTE_AUTO) == '\t');
    CHECK(delimiter_of(source, "\n \na|b|c;d\n", READER_QUOTE_AUTO) == '|');
    CHECK(delimiter_of(source, "\"a,b,c\n,\";d\n", READER_QUOTE_AUTO) == ';');
    CHECK(delimiter_of(source, "\"a,b,c\";d\n", READER_QUOTE_NONE) == ',');
    CHECK(delimiter_of(source, "5\" disk;n\n1,2,3;4\n", READER_QUOTE_AUTO) == ';'); // not the start of a quoted cell
    CHECK(delimiter_of(source, "sep=|\na,b\n", READER_QUOTE_AUTO) == '|');
    CHECK_TEXT(read_text(source, "sep=;\r\na;b,c\n", usual, out), "2r [a;b,c]<a><b,c>\n");
    CHECK_TEXT(read_text(source, "\xEF\xBB\xBFSEP=\t\na\tb\n", usual, out), "2r [a\tb]<a><b>\n");
    CHECK_TEXT(read_text(source, "sep=;", usual, out), "");
    CHECK_TEXT(read_text(source, "sep=;;\na\n", usual, out), "1r [sep=;;]<sep=><><>\n2r [a]<a>\n");
    struct reader_options options = {.delimiter = ','};
    CHECK_TEXT(read_text(source, "sep=;\n", options, out), "1r [sep=;]<sep=;>\n");
    CHECK_TEXT(read_text(source, "sep=,\na,b\n", options, out), "2r [a,b]<a><b>\n");
}

static void test_odd_files(struct source source, struct text *out)
{
    CHECK_TEXT(read_text(source, "\xEF\xBB\xBF\"a,b\",c\n", usual, out), "1r [\"a,b\",c]<a,b><c>\n");
    CHECK_TEXT(read_text(source, "\xEF\xBB\xBF", usual, out), "");
    CHECK_TEXT(read_bytes(source, (struct slice){"a\0,\0b\0", 6}, usual, out),
               "failed 0 1 UTF-16 text without a byte-order mark; use --encoding=utf-16le\n");
    CHECK_TEXT(read_text(source, "PK\x03\x04", usual, out),
               "failed 0 1 an Excel workbook or another ZIP archive; save the sheet as CSV UTF-8 first\n");
    // GBK: nothing is given out, though the first line is good.
    CHECK_TEXT(read_text(source, "a,b\n1,\xC1\xAA\xCD\xA8\n", usual, out),
               "failed 2 1 byte 3: not valid UTF-8; if this file comes from Chinese Excel try --encoding=gb18030\n");
    CHECK_TEXT(read_bytes(source, (struct slice){"a,b\n\"1\r\n2\0\"", 11}, usual, out),
               "failed 3 1 byte 2: NUL, which no text holds\n");
    // A character cut off at the end.
    CHECK_TEXT(read_text(source, "a\n\xE5\x85", usual, out),
               "failed 2 1 byte 1: not valid UTF-8; if this file comes from Chinese Excel try --encoding=gb18030\n");
    // Behind the first block the records before the offence are given out.
    struct reader_options small = {.block_size = 8};
    CHECK_TEXT(read_text(source, "a,b\n1,2\n3,4\n5,\xFF\n", small, out),
               "1r [a,b]<a><b>\n2r [1,2]<1><2>\n3r [3,4]<3><4>\n"
               "failed 4 1 byte 3: not valid UTF-8; if this file comes from Western Excel try --encoding=cp1252\n");
    struct reader_options options = {0};
    int closed = dup(source.descriptor);
    close(closed);
    struct reader *reader = reader_open_descriptor(closed, "in", &options);
    struct row row;
    CHECK(reader_next(reader, &row) == READER_FAILED && reader_problem(reader).status == STATUS_SYSTEM);
    CHECK(reader_next(reader, &row) == READER_FAILED);
    reader_close(reader);
}

// The same in blocks of any size, but for where the first block ends.
static void check_encoded(struct source source, const char *encoding, struct slice bytes, const char *expected)
{
    struct text out = {0};
    for (size_t size = 1; size <= 70; size += size < 9 ? 1 : 20) {
        struct reader_options options = {.encoding = encoding, .block_size = size, .delimiter = ','};
        if (!CHECK_TEXT(read_bytes(source, bytes, options, &out), expected)) {
            printf("# blocks of %zu\n", size);
        }
    }
    text_free(&out);
}

#define BYTES(literal) ((struct slice){literal, sizeof(literal) - 1})

static void test_encodings(struct source source, struct text *out)
{
    check_encoded(source, "gb18030", BYTES("\xC1\xAA,\"\xCD\xA8\n\"\n\x80,\x95\x32\x82\x36"),
                  "1r [联,\"通\n\"]<联><通\n>\n3r [€,𠀀]<€><𠀀>\n");
    check_encoded(source, "cp1252", BYTES("a,\xFC\r\n"), "1r [a,ü]<a><ü>\n");
    check_encoded(source, "utf-16le", BYTES("a\0,\0\x60\x4F\n\0"), "1r [a,你]<a><你>\n");
    // A mark says more than an option.
    check_encoded(source, NULL,
                  BYTES("\xFF\xFE"
                        "a\0,\0\x60\x4F\n\0"),
                  "1r [a,你]<a><你>\n");
    check_encoded(source, "gb18030", BYTES("\xFE\xFF\0a\0,\x4F\x60\0\n"), "1r [a,你]<a><你>\n");
    check_encoded(source, "gb18030",
                  BYTES("\xEF\xBB\xBF"
                        "a,\xE4\xBD\xA0\n"),
                  "1r [a,你]<a><你>\n");
    check_encoded(source, NULL, BYTES("\xFF\xFE\0\0a\0\0\0\n\0\0\0"), "1r [a]<a>\n");
    check_encoded(source, "gb18030",
                  BYTES("\x84\x31\x95\x33"
                        "a,b\n"),
                  "1r [a,b]<a><b>\n"); // its own mark
    check_encoded(source, "utf-16", BYTES(""), "");
    // A pipe that is half of a character parts nothing.
    struct reader_options pipes = {.encoding = "gb18030", .delimiter = '|'};
    CHECK_TEXT(read_bytes(source, BYTES("\xD5\x5C|\xAE\x7C\n"), pipes, out), "1r [誠|畖]<誠><畖>\n");
}

static void test_bad_encodings(struct source source, struct text *out)
{
    struct reader_options options = {.encoding = "gb18030"};
    CHECK_TEXT(read_bytes(source, BYTES("a,b\n\xC4\xE3,\xFF\n"), options, out),
               "failed 2 1 byte 4: not valid gb18030\n");
    CHECK_TEXT(read_bytes(source, BYTES("a,b\n\xC4\xE3\xC4"), options, out),
               "failed 2 1 byte 3: the file ends within a character of gb18030\n");
    CHECK_TEXT(read_bytes(source, BYTES("a,b\n1,\0\n\xFF"), options, out), "failed 2 1 NUL, which no text holds\n");
    CHECK_TEXT(read_bytes(source,
                          BYTES("\xFF\xFE"
                                "a\0\n\0b\0c"),
                          usual, out),
               "failed 2 1 byte 3: the file ends within a character of UTF-16LE\n");
    options.encoding = "utf-8";
    CHECK_TEXT(read_bytes(source, BYTES("a\n\xFF"), options, out), "failed 2 1 byte 1: not valid UTF-8\n");
    options = (struct reader_options){.encoding = "gb18030", .block_size = 8};
    CHECK_TEXT(read_bytes(source, BYTES("a,b\n1,2\n3,4\n5,\xFF\n"), options, out),
               "1r [a,b]<a><b>\n2r [1,2]<1><2>\n3r [3,4]<3><4>\nfailed 4 1 byte 3: not valid gb18030\n");
    CHECK_TEXT(read_bytes(source, BYTES("a,b\n1,2\n3,4\n5,\xC4"), options, out),
               "1r [a,b]<a><b>\n2r [1,2]<1><2>\n3r [3,4]<3><4>\n"
               "failed 4 1 byte 3: the file ends within a character of gb18030\n");
}

// A table of somebody else, beside one in another encoding.
static void test_unless_utf8(struct source source, struct text *out)
{
    struct reader_options options = {.encoding = "gb18030", .unless_utf8 = true};
    CHECK_TEXT(read_text(source, "a,你\n", options, out), "1r [a,你]<a><你>\n");
    CHECK_TEXT(read_text(source, "a,b\n", options, out), "1r [a,b]<a><b>\n");
    CHECK_TEXT(read_bytes(source, BYTES("a,\xC4\xE3\n"), options, out), "1r [a,你]<a><你>\n");
    CHECK_TEXT(read_bytes(source, BYTES("a,\xC4"), options, out),
               "failed 1 1 byte 3: the file ends within a character of gb18030\n");
}

static void fill(struct text *text, const char *piece, size_t times)
{
    for (size_t i = 0; i < times; i++) {
        text_append_string(text, piece);
    }
}

struct count {
    uint64_t rows;
    uint64_t cells;
    uint64_t malformed;
    uint64_t first_malformed; // its line
    size_t longest;           // cell, or what was passed over
};

static struct count count_records(struct source source, const struct text *text, struct reader_options options)
{
    struct count count = {0};
    source_set(source, text_slice(text));
    lseek(source.descriptor, 0, SEEK_SET);
    struct reader *reader = reader_open_descriptor(source.descriptor, "in", &options);
    struct row row;
    enum reader_result result;
    while ((result = reader_next(reader, &row)) == READER_ROW || result == READER_MALFORMED) {
        count.rows += result == READER_ROW;
        count.cells += row.count;
        for (size_t i = 0; i < row.count; i++) {
            count.longest = row.cells[i].length > count.longest ? row.cells[i].length : count.longest;
        }
        if (result == READER_MALFORMED && count.malformed++ == 0) {
            count.first_malformed = reader_problem(reader).line;
            count.longest = row.raw.length;
        }
    }
    CHECK(result == READER_END);
    reader_close(reader);
    return count;
}

// A cell of `size` bytes between two plain records, quoted or not.
static void make_long_cell(struct text *text, size_t size, const char *quote)
{
    text_clear(text);
    text_append_string(text, "a,b\n1,");
    text_append_string(text, quote);
    fill(text, "xxxxxxxxxxxxxxxx", size / 16);
    fill(text, "x", size % 16);
    text_append_string(text, quote);
    text_append_string(text, "\n2,3\n");
}

static void test_limits(struct source source)
{
    struct text text = {0};
    for (int quoted = 0; quoted < 2; quoted++) {
        for (int mode = 0; mode < 3; mode++) {
            struct reader_options options = usual;
            options.libcsv_only = mode == 1;
            options.quote = mode == 2 ? READER_QUOTE_LENIENT : READER_QUOTE_AUTO;
            make_long_cell(&text, READER_MAX_FIELD, quoted ? "\"" : "");
            struct count count = count_records(source, &text, options);
            CHECK(count.rows == 3 && count.malformed == 0 && count.longest == READER_MAX_FIELD);
            make_long_cell(&text, READER_MAX_FIELD + 1, quoted ? "\"" : "");
            count = count_records(source, &text, options);
            CHECK(count.rows == 2 && count.malformed == 1 && count.first_malformed == 2);
            CHECK(count.longest == READER_MAX_FIELD);
            options.max_field = 0;
            count = count_records(source, &text, options);
            CHECK(count.rows == 3 && count.malformed == 0 && count.longest == READER_MAX_FIELD + 1);
        }
    }
    text_free(&text);
}

// Behind so many records that those at hand are taken as they stand.
static void test_far_records(struct source source)
{
    struct text text = {0};
    struct text out = {0};
    fill(&text, "1,2\n", 5000);
    size_t before = text.length;
    fill(&text, "x", 2500);
    text_append_string(&text, ",y\n1,2\n");
    struct reader_options options = {.max_field = 2499};
    struct count count = count_records(source, &text, options);
    CHECK(count.rows == 5001 && count.malformed == 1 && count.first_malformed == 5001);
    options.max_field = 2500;
    count = count_records(source, &text, options);
    CHECK(count.rows == 5002 && count.malformed == 0);
    text.length = before;
    text_append_string(&text, "1,\"2\n3,4\n5,6\n");
    options.quote = READER_QUOTE_NONE;
    const char *end = read_bytes(source, text_slice(&text), options, &out);
    CHECK(strstr(end, "\n5001 [1,\"2]<1><\"2>\n5002r [3,4]<3><4>\n") != NULL); // a quote is not copied as it stands
    text_free(&text);
    text_free(&out);
}

static void test_open_quote_in_large_file(struct source source)
{
    struct text text = {0};
    fill(&text, "a,b\n", 6);
    text_append_string(&text, "1,\"x\n");
    fill(&text, "1,2\n", 1000000);
    struct count count = count_records(source, &text, usual);
    CHECK(count.malformed == 1 && count.first_malformed == 7 && count.longest == strlen("1,\"x"));
    CHECK(count.rows == 1000006);
    text_free(&text);
}

static void test_columns_limit(struct source source)
{
    struct text text = {0};
    for (int mode = 0; mode < 2; mode++) {
        struct reader_options options = usual;
        options.libcsv_only = mode == 1;
        text_clear(&text);
        fill(&text, ",", READER_MAX_COLUMNS - 1);
        text_append_string(&text, "\n1,2");
        struct count count = count_records(source, &text, options);
        CHECK(count.rows == 2 && count.cells == READER_MAX_COLUMNS + 2);
        text_clear(&text);
        fill(&text, ",", READER_MAX_COLUMNS);
        text_append_string(&text, "\n1,2");
        count = count_records(source, &text, options);
        CHECK(count.rows == 1 && count.malformed == 1);
    }
    // A line of gigabytes must not be waited for: it is given up when the limit is passed.
    text_clear(&text);
    fill(&text, ",,,,,,,,,,,,,,,,", 1 << 18);
    text_append_string(&text, "\n1,2\n");
    struct count count = count_records(source, &text, usual);
    CHECK(count.rows == 1 && count.malformed == 1 && count.longest == READER_MAX_FIELD);
    text_free(&text);
}

static void test_long_line_of_returns(struct source source)
{
    // CR alone ends a record: must not cost a search for an LF each.
    struct text text = {0};
    fill(&text, "1,2\r", 500000);
    struct count count = count_records(source, &text, usual);
    CHECK(count.rows == 500000 && count.cells == 1000000);
    text_free(&text);
}

static uint32_t draw(uint64_t *state, uint32_t below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((*state >> 33) % below);
}

enum { INPUT_SIZE = 60 };

static size_t draw_input(uint64_t *state, char input[INPUT_SIZE], bool bytes_too)
{
    static const char alphabet[] = "a,;\"\r\n \ta,\"\"\n,b\",\"";
    static const char odd[] = "\xFF\0\xC3\xA9";
    size_t length = draw(state, INPUT_SIZE);
    for (size_t i = 0; i < length; i++) {
        bool strange = bytes_too && draw(state, 30) == 0;
        input[i] = strange ? odd[draw(state, 4)] : alphabet[draw(state, sizeof alphabet - 1)];
    }
    return length;
}

static struct reader_options draw_options(uint64_t *state)
{
    static const char delimiters[] = ",,,;\t ";
    struct reader_options options = {.block_size = 1 + draw(state, 20)};
    options.delimiter = delimiters[draw(state, 6)];
    static const enum reader_quote quotes[] = {READER_QUOTE_AUTO, READER_QUOTE_AUTO, READER_QUOTE_STRICT,
                                               READER_QUOTE_LAZY};
    options.quote = quotes[draw(state, 4)];
    options.max_field = draw(state, 3) == 0 ? 1 + draw(state, 4) : 0;
    return options;
}

static bool same(const struct text *a, const struct text *b, const char *what, struct slice input)
{
    if (slice_equal(text_slice(a), text_slice(b))) {
        return true;
    }
    printf("# %s differ for %zu bytes:", what, input.length);
    for (size_t i = 0; i < input.length; i++) {
        printf(" %02x", (unsigned)(unsigned char)input.data[i]);
    }
    printf("\n# one:\n%.*s# other:\n%.*s", (int)a->length, a->data, (int)b->length, b->data);
    return false;
}

// 200,000 small inputs from a fixed seed: libcsv alone against the lane, with blocks of 1 to 20 bytes; of different
// sizes but where a byte may offend, since the records given out before it depend on the first block.
static void test_lanes_agree(struct source source)
{
    uint64_t state = 20261121;
    struct text expected = {0};
    struct text got = {0};
    long different = 0;
    for (int i = 0; i < 200000; i++) {
        char input[INPUT_SIZE];
        bool bytes_too = i % 4 == 0;
        struct slice bytes = {input, draw_input(&state, input, bytes_too)};
        struct reader_options options = draw_options(&state);
        options.libcsv_only = true;
        source_set(source, bytes);
        dump(source, &options, &expected);
        options.libcsv_only = false;
        options.block_size = bytes_too ? options.block_size : 1 + draw(&state, 50);
        dump(source, &options, &got);
        different += !same(&expected, &got, "lanes", bytes);
        if (options.quote == READER_QUOTE_AUTO && memchr(expected.data, '!', expected.length) == NULL) {
            options.quote = READER_QUOTE_LENIENT;
            dump(source, &options, &got);
            different += !same(&expected, &got, "quote modes", bytes);
        }
    }
    CHECK(different == 0);
    text_free(&expected);
    text_free(&got);
}

// Some thousand bytes, most of them plain, so that rows are cut ahead in all ways and over the ends of what is searched
// at once.
static void draw_long_input(uint64_t *state, struct text *bytes)
{
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    static const char *const odd[] = {" ", "\"", "\"x,\"\"y\"", "\r", "\n", "\t", ",", "\r\r\n\n", " \n"};
    const char *end = ends[draw(state, 3)];
    uint32_t size = 1 + draw(state, 9000);
    uint32_t width = 1 + draw(state, 4);
    uint32_t longest = 2 + draw(state, draw(state, 4) == 0 ? 4000 : 20);
    uint32_t rarity = 20 + draw(state, 2000);
    text_clear(bytes);
    while (bytes->length < size) {
        for (uint32_t i = 0; i < width; i++) {
            text_append_string(bytes, i > 0 ? "," : "");
            for (uint32_t length = draw(state, longest); length > 0; length--) {
                text_append_byte(bytes, "abcd"[length % 4]);
            }
            text_append_string(bytes, draw(state, rarity) == 0 ? odd[draw(state, 9)] : "");
        }
        text_append_string(bytes, draw(state, rarity) == 0 ? ends[draw(state, 3)] : end);
    }
}

static void test_lanes_agree_far(struct source source)
{
    uint64_t state = 4711;
    struct text bytes = {0};
    struct text expected = {0};
    struct text got = {0};
    long different = 0;
    for (int i = 0; i < 3000; i++) {
        struct reader_options options = usual;
        options.max_field = draw(&state, 4) == 0 ? 1 + draw(&state, 3000) : READER_MAX_FIELD;
        draw_long_input(&state, &bytes);
        source_set(source, text_slice(&bytes));
        options.libcsv_only = true;
        dump(source, &options, &expected);
        options.libcsv_only = false;
        options.block_size = draw(&state, 2) == 0 ? 1 + draw(&state, 5000) : 0;
        dump(source, &options, &got);
        different += !same(&expected, &got, "lanes", text_slice(&bytes));
    }
    CHECK(different == 0);
    text_free(&bytes);
    text_free(&expected);
    text_free(&got);
}

int main(void)
{
    struct source source = source_open();
    struct text out = {0};
    test_records(source, &out);
    test_blank_lines(source, &out);
    if (LANE) {
        test_ahead(source);
    }
    test_preview(source);
    test_preview_reads_on(source);
    test_drop_every_line(source);
    test_skipped_lines(source, &out);
    test_encodings(source, &out);
    test_bad_encodings(source, &out);
    test_unless_utf8(source, &out);
    test_malformed(source, &out);
    test_quote_modes(source, &out);
    test_lazy_quotes(source, &out);
    test_quote_char(source, &out);
    test_escape_char(source, &out);
    test_delimiter(source, &out);
    test_odd_files(source, &out);
    test_limits(source);
    test_far_records(source);
    test_open_quote_in_large_file(source);
    test_columns_limit(source);
    test_long_line_of_returns(source);
    test_lanes_agree(source);
    test_lanes_agree_far(source);
    text_free(&out);
    fclose(source.file);
    return tap_done();
}
