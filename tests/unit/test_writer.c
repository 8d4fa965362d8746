// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What writer.h promises: quotes only where they are needed, rows passed as bytes where they may be, values of ours in
 * plain form, JSON lines; and, by random cells, that the reader gives back what was written.
 */
#include "writer.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "date.h"
#include "heap.h"
#include "reader.h"
#include "tap.h"
#include "text.h"

enum { WRITTEN_SIZE = 1 << 16, CELLS_MAX = 4, CELL_MAX = 6 };

static const struct writer_options usual = {.delimiter = ',', .input_delimiter = ',', .digits = 10};

// Writes into the file "written" of the present directory.
struct sink {
    struct output *output;
    struct writer *writer;
};

static struct sink sink_open(struct writer_options options)
{
    struct output *output = output_open("written");
    return (struct sink){output, writer_open(output, &options)};
}

static struct slice sink_close(struct sink sink)
{
    static char bytes[WRITTEN_SIZE];
    writer_free(sink.writer);
    if (output_close(sink.output, true) != STATUS_DONE) {
        return slice_of("(failed)");
    }
    FILE *file = fopen("written", "rb");
    size_t length = fread(bytes, 1, sizeof bytes - 1, file);
    fclose(file);
    bytes[length] = '\0';
    return (struct slice){bytes, length};
}

// One record of these texts, which NULL ends.
static const char *written(struct writer_options options, const char *const *cells)
{
    struct sink sink = sink_open(options);
    for (; *cells != NULL; cells++) {
        writer_string(sink.writer, *cells);
    }
    writer_end(sink.writer);
    return sink_close(sink).data;
}

static void test_quotes(void)
{
    CHECK_TEXT(written(usual, (const char *const[]){"a", "", "b c", NULL}), "a,,b c\n");
    CHECK_TEXT(written(usual, (const char *const[]){"a,b", "5\" disk", "\"", "x\ny", "x\ry", NULL}),
               "\"a,b\",\"5\"\" disk\",\"\"\"\",\"x\ny\",\"x\ry\"\n");
    CHECK_TEXT(written(usual, (const char *const[]){" a", "a ", "\ta", "a\t", "a\tb", "a;b", NULL}),
               "\" a\",\"a \",\"\ta\",\"a\t\",a\tb,a;b\n");
    CHECK_TEXT(written(usual, (const char *const[]){"", NULL}), "\"\"\n"); // an empty line would be no record
    CHECK_TEXT(written(usual, (const char *const[]){"", "", NULL}), ",\n");
    CHECK_TEXT(written(usual, (const char *const[]){"\xEF\xBB\xBFx", "\xEF\xBB\xBFy", NULL}),
               "\"\xEF\xBB\xBFx\",\xEF\xBB\xBFy\n");
    CHECK_TEXT(written(usual, (const char *const[]){"sep=;", NULL}), "\"sep=;\"\n");
    struct writer_options tabs = usual;
    tabs.delimiter = '\t';
    CHECK_TEXT(written(tabs, (const char *const[]){"a,b", "a\tb", "\t", "", NULL}), "a,b\t\"a\tb\"\t\"\t\"\t\n");
    struct writer_options excel = usual;
    excel.bom = true;
    excel.crlf = true;
    CHECK_TEXT(written(excel, (const char *const[]){"a", "x\ny", NULL}), "\xEF\xBB\xBF"
                                                                         "a,\"x\ny\"\r\n");
}

static void test_formulas(void)
{
    struct writer_options options = usual;
    CHECK_TEXT(written(options, (const char *const[]){"=1+1", "-x", NULL}), "=1+1,-x\n"); // a filter must round-trip
    options.escape_formulas = true;
    CHECK_TEXT(written(options, (const char *const[]){"=1+1", "+x", "-x", "@x", "\tx", "\rx", "x=1", NULL}),
               "'=1+1,'+x,'-x,'@x,\"'\tx\",\"'\rx\",x=1\n");
    CHECK_TEXT(written(options,
                       (const char *const[]){"-12.50", "+3", "-1,234.50", "+86 138-0013-8000", "-", "+", "-1+2", NULL}),
               "-12.50,+3,\"-1,234.50\",+86 138-0013-8000,'-,'+,'-1+2\n");
    CHECK_TEXT(written(options, (const char *const[]){"=HYPERLINK(\"a\",1)", NULL}), "\"'=HYPERLINK(\"\"a\"\",1)\"\n");
}

static void test_values(void)
{
    struct sink sink = sink_open(usual);
    int32_t day = 0;
    CHECK(date_from_civil((struct date_civil){2026, 11, 21}, &day));
    writer_name(sink.writer, slice_of("n"));
    writer_name(sink.writer, slice_of("a,b"));
    writer_end(sink.writer);
    writer_number(sink.writer, 0.1);
    writer_number(sink.writer, 2.0 / 3);
    writer_number(sink.writer, (double)NAN);
    writer_number(sink.writer, (double)INFINITY);
    writer_whole(sink.writer, INT64_MIN);
    writer_money(sink.writer, (struct money_sum){.micros = -12500000, .places = 2});
    writer_day(sink.writer, day);
    writer_time(sink.writer, (int64_t)day * DATE_DAY_SECONDS + 69173);
    writer_blank(sink.writer);
    writer_end(sink.writer);
    writer_blank(sink.writer);
    writer_end(sink.writer);
    CHECK_TEXT(sink_close(sink).data, "n,\"a,b\"\n0.1,0.6666666667,,,-9223372036854775808,-12.50,2026-11-21,"
                                      "2026-11-21 19:12:53,\n\"\"\n");
}

static void test_json(void)
{
    struct writer_options options = usual;
    options.json = true;
    struct sink sink = sink_open(options);
    const char *names[] = {"k", "say \"hi\"", "k", "", "k[2]", "k"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        writer_name(sink.writer, slice_of(names[i]));
    }
    writer_end(sink.writer);
    writer_string(sink.writer, "a\\b\n\x01\x7F\xE5\x85\x83");
    writer_whole(sink.writer, -3);
    writer_number(sink.writer, (double)NAN);
    writer_number(sink.writer, 1.5);
    writer_day(sink.writer, 0);
    writer_money(sink.writer, (struct money_sum){.micros = 1000000, .places = 2});
    writer_string(sink.writer, "more"); // behind the last name
    writer_end(sink.writer);
    struct slice cells[] = {{"1", 1}, {"", 0}};
    struct row row = {.cells = cells, .count = 2, .raw = {"1,", 2}, .regular = true};
    writer_pass(sink.writer, &row);
    writer_end(sink.writer);
    CHECK_TEXT(sink_close(sink).data,
               "{\"k\":\"a\\\\b\\n\\u0001\x7F\xE5\x85\x83\",\"say \\\"hi\\\"\":-3,\"k[2]\":null,\"\":1.5,"
               "\"k[2][2]\":\"1970-01-01\",\"k[3]\":1.00,\"7\":\"more\"}\n"
               "{\"k\":\"1\",\"say \\\"hi\\\"\":null}\n");
}

static void test_no_header(void)
{
    struct writer_options options = usual;
    options.no_header = true;
    struct sink sink = sink_open(options);
    writer_name(sink.writer, slice_of("1"));
    writer_end(sink.writer);
    writer_whole(sink.writer, 7);
    writer_end(sink.writer);
    CHECK_TEXT(sink_close(sink).data, "7\n");
}

static const char *passed(struct writer_options options, struct row row, const char *further)
{
    struct sink sink = sink_open(options);
    writer_pass(sink.writer, &row);
    if (further != NULL) {
        writer_string(sink.writer, further);
    }
    writer_end(sink.writer);
    return sink_close(sink).data;
}

static void test_pass(void)
{
    struct slice cells[] = {{"a", 1}, {"=b", 2}};
    struct row row = {.cells = cells, .count = 2, .raw = {"\"a\",=b", 6}, .regular = true};
    CHECK_TEXT(passed(usual, row, NULL), "\"a\",=b\n");
    CHECK_TEXT(passed(usual, row, "c"), "\"a\",=b,c\n");
    row.regular = false;
    CHECK_TEXT(passed(usual, row, ""), "a,=b,\n");
    row.regular = true;
    struct writer_options options = usual;
    options.delimiter = ';';
    CHECK_TEXT(passed(options, row, "c"), "a;=b;c\n");
    options = usual;
    options.escape_formulas = true;
    CHECK_TEXT(passed(options, row, NULL), "a,'=b\n");
    // An empty line of a one-column table must come back as a record, but needs no quotes beside another cell.
    struct slice nothing = {"", 0};
    struct row blank = {.cells = &nothing, .count = 1, .raw = {"", 0}, .regular = false};
    CHECK_TEXT(passed(usual, blank, NULL), "\"\"\n");
    CHECK_TEXT(passed(usual, blank, "x"), ",x\n");
    // Copied bytes must not begin the output with what would be read as a byte-order mark.
    struct slice marked = {"\xEF\xBB\xBFx", 4};
    struct row first = {.cells = &marked, .count = 1, .raw = marked, .regular = true};
    CHECK_TEXT(passed(usual, first, NULL), "\"\xEF\xBB\xBFx\"\n");
}

// A header, then rows of every length with these cells behind them, by the ending or cell by cell.
static const char *ended(struct writer_options options, const struct slice *cells, size_t count, bool by_ending,
                         bool regular)
{
    static char bytes[1200];
    struct sink sink = sink_open(options);
    writer_name(sink.writer, slice_of("k"));
    writer_end(sink.writer);
    struct writer_ending ending = writer_ending(sink.writer, cells, count);
    for (size_t length = 1; length < sizeof bytes; length += length < 140 ? 1 : 97) {
        memset(bytes, 'a' + (int)(length % 26), length);
        bytes[length - 1] = '=';
        struct slice cell = {bytes, length};
        struct row row = {.cells = &cell, .count = 1, .raw = cell, .regular = regular};
        if (by_ending) {
            writer_pass_ended(sink.writer, &row, &ending);
            continue;
        }
        writer_pass(sink.writer, &row);
        for (size_t i = 0; i < count; i++) {
            writer_text(sink.writer, cells[i]);
        }
        writer_end(sink.writer);
    }
    writer_ending_free(&ending);
    return sink_close(sink).data;
}

static void check_endings(struct writer_options options)
{
    struct slice cells[] = {slice_of("rest"),
                            slice_of(""),
                            slice_of("say \"hi\", or not"),
                            slice_of("sep=;"),
                            slice_of(" blanks "),
                            slice_of("=now()"),
                            slice_of("a text of more than 32 bytes, or so")};
    for (size_t from = 0; from < 7; from++) {
        for (size_t count = 0; count <= 7 - from; count++) {
            for (int regular = 0; regular < 2; regular++) {
                char *expected = heap_string(slice_of(ended(options, cells + from, count, false, regular)));
                CHECK_TEXT(ended(options, cells + from, count, true, regular), expected);
                free(expected);
            }
        }
    }
}

// Nothing tells the copied cells from those that are written one by one.
static void test_endings(void)
{
    struct writer_options options = usual;
    check_endings(options);
    options.crlf = true;
    check_endings(options);
    options.escape_formulas = true;
    check_endings(options);
    options = usual;
    options.delimiter = ';';
    options.no_header = true;
    check_endings(options);
    options.json = true;
    check_endings(options);
}

static void test_failure(void)
{
    struct output *output = output_open("/dev/full");
    struct writer *writer = writer_open(output, &usual);
    CHECK(writer_good(writer));
    for (int i = 0; i < 100000; i++) {
        writer_string(writer, "cell");
        writer_end(writer);
    }
    CHECK(!writer_good(writer));
    writer_free(writer);
    CHECK(output_close(output, true) == STATUS_SYSTEM);
}

static uint32_t draw(uint64_t *state, uint32_t below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((*state >> 33) % below);
}

struct sample {
    char bytes[CELLS_MAX][CELL_MAX];
    struct slice cells[CELLS_MAX];
    size_t count;
};

static void draw_sample(uint64_t *state, struct sample *sample)
{
    static const char alphabet[] = "ab,;\"\r\n \t=";
    sample->count = 1 + draw(state, CELLS_MAX);
    for (size_t i = 0; i < sample->count; i++) {
        size_t length = draw(state, CELL_MAX + 1);
        for (size_t j = 0; j < length; j++) {
            sample->bytes[i][j] = alphabet[draw(state, sizeof alphabet - 1)];
        }
        sample->cells[i] = (struct slice){sample->bytes[i], length};
    }
}

static bool gives_back(struct reader *reader, const struct sample *sample)
{
    struct row row;
    if (reader_next(reader, &row) != READER_ROW || row.count != sample->count || !row.regular) {
        return false;
    }
    for (size_t i = 0; i < row.count; i++) {
        if (!slice_equal(row.cells[i], sample->cells[i])) {
            return false;
        }
    }
    return true;
}

// What is written is read again, as regular records, with any delimiter and line end.
static void test_round_trip(void)
{
    enum { SAMPLES = 1000 };
    static struct sample samples[SAMPLES];
    static const char delimiters[] = {',', ';', '\t', ' ', 'b'};
    uint64_t state = 7;
    for (size_t round = 0; round < 10; round++) {
        struct writer_options options = usual;
        options.delimiter = delimiters[round % sizeof delimiters];
        options.crlf = round >= sizeof delimiters;
        struct sink sink = sink_open(options);
        for (size_t i = 0; i < SAMPLES; i++) {
            draw_sample(&state, &samples[i]);
            for (size_t j = 0; j < samples[i].count; j++) {
                writer_text(sink.writer, samples[i].cells[j]);
            }
            writer_end(sink.writer);
        }
        CHECK(sink_close(sink).length > SAMPLES);
        struct reader_options reading = {.delimiter = options.delimiter};
        struct reader *reader = reader_open("written", &reading);
        size_t same = 0;
        while (same < SAMPLES && gives_back(reader, &samples[same])) {
            same++;
        }
        CHECK(same == SAMPLES);
        reader_close(reader);
    }
}

// What needs quotes is found wherever it stands in a cell of any length; what looks like it does not count.
static void test_quotes_anywhere(void)
{
    static const char special[] = {'"', ',', '\r', '\n', '\xAC', ';', '\x0B', '#', '\x8D'};
    long wrong = 0;
    for (size_t length = 3; length < 40; length++) {
        struct sink sink = sink_open(usual);
        for (size_t i = 0; i < sizeof special; i++) {
            for (size_t place = 1; place + 1 < length; place++) {
                char cell[40];
                memset(cell, 'x', length);
                cell[place] = special[i];
                writer_text(sink.writer, (struct slice){cell, length});
            }
        }
        writer_end(sink.writer);
        struct slice bytes = sink_close(sink);
        size_t quotes = 0;
        for (size_t i = 0; i < bytes.length; i++) {
            quotes += bytes.data[i] == '"';
        }
        wrong += quotes != (length - 2) * (4 * 2 + 2); // around four of them, and a quote stands doubled
    }
    CHECK(wrong == 0);
}

int main(void)
{
    char directory[] = "/tmp/test_writer.XXXXXX";
    if (mkdtemp(directory) == NULL || chdir(directory) != 0) {
        perror(directory);
        return 1;
    }
    test_quotes();
    test_quotes_anywhere();
    test_formulas();
    test_values();
    test_json();
    test_no_header();
    test_pass();
    test_endings();
    test_failure();
    test_round_trip();
    CHECK(unlink("written") == 0 && chdir("/") == 0 && rmdir(directory) == 0);
    return tap_done();
}
