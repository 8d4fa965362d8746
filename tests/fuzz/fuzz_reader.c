// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Any bytes through the reader. The first four choose delimiter and quoting, limit, block size, and encoding or what
 * else is looked at. Beyond surviving: the lane and libcsv tell the same; what is no UTF-8 is refused at its very line
 * and byte, found here in another way; blocks of any size tell the same; the records, as they stood when regular and
 * with all cells quoted, are read again as the same cells; other quotes and escapes tell what the same text tells with
 * double quotes for the quotes, and with signs that nobody knows for what was escaped.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "encoding.h"
#include "memory.h"
#include "reader.h"
#include "text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { CHOICES = 4, LARGE_BLOCK = 4096 };

enum { INPUT, AGAIN }; // descriptors

// All that one reading told.
struct reading {
    struct text records; // everything there is to know of them, lengths first so that no two can be confused
    struct text cells;   // of each record, every cell between quotes: a file
    struct text regular; // cells of the regular records
    struct text raw;     // their bytes, as a file
    enum reader_result end;
    struct reader_problem problem;
    char problem_text[200];
};

static void reading_free(struct reading *reading)
{
    text_free(&reading->records);
    text_free(&reading->cells);
    text_free(&reading->regular);
    text_free(&reading->raw);
}

static void append_number(struct text *all, uint64_t number)
{
    text_append(all, (struct slice){(const char *)&number, sizeof number});
}

static void append_slice(struct text *all, struct slice bytes)
{
    append_number(all, bytes.length);
    text_append(all, bytes);
}

static void describe(struct text *all, enum reader_result result, const struct row *row, struct reader_problem problem)
{
    append_number(all, result);
    append_number(all, row->line);
    append_number(all, row->regular);
    append_slice(all, row->raw);
    if (result == READER_MALFORMED) {
        append_number(all, problem.line);
        append_slice(all, slice_of(problem.text));
    }
    for (size_t i = 0; i < row->count && result == READER_ROW; i++) {
        append_slice(all, row->cells[i]);
    }
}

static void append_quoted(struct text *line, struct slice cell)
{
    text_append_byte(line, '"');
    for (size_t i = 0; i < cell.length; i++) {
        text_append_byte(line, cell.data[i]);
        if (cell.data[i] == '"') {
            text_append_byte(line, '"');
        }
    }
    text_append_byte(line, '"');
}

// As a record with every cell between quotes.
static void append_cells(struct text *line, const struct row *row, char delimiter)
{
    for (size_t i = 0; i < row->count; i++) {
        if (i > 0) {
            text_append_byte(line, delimiter);
        }
        append_quoted(line, row->cells[i]);
    }
    text_append_byte(line, '\n');
}

static void keep(struct reading *reading, const struct row *row, char delimiter)
{
    append_cells(&reading->cells, row, delimiter);
    if (row->regular) {
        append_cells(&reading->regular, row, delimiter);
        text_append(&reading->raw, row->raw);
        text_append_byte(&reading->raw, '\n');
    }
}

static struct reading read_all(int descriptor, const struct reader_options *options, char *delimiter)
{
    struct reading reading = {0};
    memory_rewind(descriptor);
    struct reader *reader = reader_open_descriptor(descriptor, "fuzz", options);
    *delimiter = reader_delimiter(reader);
    struct row row = {0};
    do {
        reading.end = reader_next(reader, &row);
        if (reading.end == READER_ROW || reading.end == READER_MALFORMED) {
            describe(&reading.records, reading.end, &row, reader_problem(reader));
        }
        if (reading.end == READER_ROW) {
            keep(&reading, &row, *delimiter);
        }
    } while (reading.end == READER_ROW || reading.end == READER_MALFORMED);
    if (reading.end == READER_FAILED) {
        reading.problem = reader_problem(reader);
        snprintf(reading.problem_text, sizeof reading.problem_text, "%s", reading.problem.text);
    }
    reader_close(reader);
    return reading;
}

static bool is_same_end(const struct reading *a, const struct reading *b)
{
    return a->end == b->end && a->problem.line == b->problem.line && a->problem.status == b->problem.status &&
           strcmp(a->problem_text, b->problem_text) == 0;
}

static bool is_same(const struct reading *a, const struct reading *b)
{
    return is_same_end(a, b) && slice_equal(text_slice(&a->records), text_slice(&b->records));
}

// Reads `records` behind one of two cells: all are regular and have these cells.
static void read_again(const struct text *records, const struct text *cells, char delimiter)
{
    struct text file = {0};
    struct reader_options options = {.delimiter = delimiter, .block_size = 512};
    text_format(&file, "x%cy\n", delimiter);
    text_append(&file, text_slice(records));
    memory_fill(AGAIN, text_slice(&file));
    struct reading reading = read_all(AGAIN, &options, &delimiter);
    text_clear(&file);
    text_format(&file, "\"x\"%c\"y\"\n", delimiter);
    text_append(&file, text_slice(cells));
    require(reading.end == READER_END && slice_equal(text_slice(&reading.regular), text_slice(&file)));
    reading_free(&reading);
    text_free(&file);
}

// How many bytes the character at the start takes; 0 when it is none, or NUL. By its code, not by tables of bytes.
static size_t character_length(struct slice bytes)
{
    static const uint32_t least[] = {0, 1, 0x80, 0x800, 0x10000};
    unsigned char first = (unsigned char)bytes.data[0];
    size_t length = first < 0x80 ? 1 : first >> 5 == 6 ? 2 : first >> 4 == 14 ? 3 : first >> 3 == 30 ? 4 : 0;
    if (length == 0 || length > bytes.length) {
        return 0;
    }
    uint32_t code = length == 1 ? first : first & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        unsigned char byte = (unsigned char)bytes.data[i];
        if (byte >> 6 != 2) {
            return 0;
        }
        code = code << 6 | (byte & 0x3Fu);
    }
    bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    return code < least[length] || surrogate || code > 0x10FFFF ? 0 : length;
}

// The reader refuses what is no UTF-8 exactly where it stands, and nothing else ends the reading before the end.
static void check_text(struct slice bytes, const struct reading *reading)
{
    size_t length;
    if (encoding_of_mark(bytes, &length) != NULL) {
        return;
    }
    uint64_t line = 1;
    size_t start = 0;
    size_t at = 0;
    while (at < bytes.length && (length = character_length(slice_part(bytes, at, bytes.length))) > 0) {
        char byte = bytes.data[at];
        at += length;
        if (byte == '\n' || (byte == '\r' && (at == bytes.length || bytes.data[at] != '\n'))) {
            line++;
            start = at;
        }
    }
    if (reading->end == READER_FAILED && reading->problem.line == 0) {
        return; // no text at all: a workbook, say
    }
    require((at < bytes.length) == (reading->end == READER_FAILED));
    if (at < bytes.length) {
        char place[40];
        snprintf(place, sizeof place, "byte %zu: ", at - start + 1);
        require(reading->problem.line == line && reading->problem.status == STATUS_DATA);
        require(strncmp(reading->problem_text, place, strlen(place)) == 0);
    }
}

// What a file looks like is told of its first block, so that blocks of another size may tell otherwise.
static struct reading without_looks(const struct reading *reading)
{
    struct reading plain = *reading;
    char *looks = strstr(plain.problem_text, ", but the file looks like UTF-8");
    if (looks != NULL) {
        *looks = '\0';
    }
    return plain;
}

// Where the first block holds a fault no record is given out, so that larger blocks may give fewer.
static void check_blocks(const struct reading *small, const struct reading *large)
{
    struct reading plain_small = without_looks(small);
    struct reading plain_large = without_looks(large);
    require(is_same_end(&plain_small, &plain_large));
    if (large->end == READER_END) {
        require(is_same(small, large));
    } else {
        require(slice_starts(text_slice(&small->records), text_slice(&large->records)));
    }
}

static struct reader_options choose(const uint8_t *bytes)
{
    static const char delimiters[] = {0, ',', ';', '\t', '|', ' '};
    static const char *const encodings[] = {"gb18030",  "big5",   "cp1252",      "shift_jis", "utf-16",
                                            "utf-16be", "utf-32", "iso-2022-jp", "gbk",       "utf-7"};
    struct reader_options options = {.delimiter = delimiters[bytes[0] % sizeof delimiters]};
    options.quote = bytes[0] >= 224 ? READER_QUOTE_LAZY : (enum reader_quote)(bytes[0] / 8 % 4);
    options.max_field = bytes[1] % 3 == 0 ? bytes[1] / 3 : 0;
    options.block_size = 1u + bytes[2];
    if (bytes[3] % 4 == 1) {
        options.encoding = encodings[bytes[3] / 4 % (sizeof encodings / sizeof *encodings)];
    }
    return options;
}

static void check_again(const struct reading *reading, char delimiter)
{
    read_again(&reading->cells, &reading->cells, delimiter);
    read_again(&reading->raw, &reading->regular, delimiter);
}

// In large blocks, by the lane or by libcsv.
static void check_large(struct reader_options options, bool libcsv_only, const struct reading *small)
{
    char delimiter;
    options.libcsv_only = libcsv_only;
    options.block_size = LARGE_BLOCK;
    struct reading large = read_all(INPUT, &options, &delimiter);
    check_blocks(small, &large);
    reading_free(&large);
}

// The lane beside libcsv for every input, the rest for some.
static void check(struct slice content, struct reader_options options, unsigned choice)
{
    char delimiter;
    struct reading lane = read_all(INPUT, &options, &delimiter);
    options.libcsv_only = true;
    struct reading libcsv = read_all(INPUT, &options, &delimiter);
    require(is_same(&lane, &libcsv));
    if (options.encoding == NULL) {
        check_text(content, &lane);
    }
    if (choice % 4 == 2) {
        check_again(&lane, delimiter);
    } else if (choice % 4 == 3 || options.encoding != NULL) {
        check_large(options, choice % 8 < 4, &lane);
    }
    reading_free(&lane);
    reading_free(&libcsv);
}

enum { SIGN_ESCAPE = 1, SIGN_QUOTE, SIGN_DELIMITER, SIGN_RETURN, SIGN_FEED, SIGNS_END }; // control characters

// The byte that a sign stands for, or the byte.
static char meaning_of(char byte, const struct reader_options *options)
{
    const char meanings[] = {0, options->escape_char, '\'', options->delimiter, '\r', '\n'};
    return byte > 0 && byte < SIGNS_END ? meanings[(int)byte] : byte == '"' ? '\'' : byte == '\'' ? '"' : byte;
}

// A copy with double quotes for apostrophes, apostrophes for double quotes, and signs for what is escaped.
static void translate(struct slice content, const struct reader_options *options, struct text *out)
{
    for (size_t i = 0; i < content.length; i++) {
        char next = i + 1 < content.length ? content.data[i + 1] : 0;
        char sign = 0;
        for (char of = SIGN_ESCAPE; of < SIGNS_END; of++) {
            bool quote = of == SIGN_QUOTE && options->quote == READER_QUOTE_NONE;
            sign = next != 0 && next == meaning_of(of, options) && !quote ? of : sign;
        }
        if (content.data[i] == options->escape_char && sign != 0) {
            i++;
            text_append_byte(out, sign);
            if (sign == SIGN_RETURN && i + 1 < content.length && content.data[i + 1] == '\n') {
                text_append_byte(out, SIGN_FEED);
                i++;
            }
        } else {
            char byte = content.data[i];
            text_append_byte(out, byte == '"' ? '\'' : byte == '\'' ? '"' : byte);
        }
    }
}

static bool has_same_cells(const struct row *foreign, const struct row *known, const struct reader_options *options)
{
    bool same = foreign->count == known->count;
    for (size_t i = 0; same && i < known->count; i++) {
        same = foreign->cells[i].length == known->cells[i].length;
        for (size_t j = 0; same && j < known->cells[i].length; j++) {
            same = foreign->cells[i].data[j] == meaning_of(known->cells[i].data[j], options);
        }
    }
    return same;
}

// Apostrophes as quotes and backslashes as escapes, up to the first record that cannot be read: what is passed over
// then depends on where lines end.
static void check_dialect(struct slice content, struct reader_options options)
{
    struct text translated = {0};
    options.quote_char = '\'';
    options.escape_char = '\\';
    options.delimiter = options.delimiter == 0 ? ',' : options.delimiter;
    options.encoding = NULL;
    options.max_field = 0;
    translate(content, &options, &translated);
    memory_rewind(INPUT);
    memory_fill(AGAIN, text_slice(&translated));
    struct reader_options plain = options;
    plain.quote_char = plain.escape_char = 0;
    plain.block_size = LARGE_BLOCK;
    struct reader *foreign = reader_open_descriptor(INPUT, "foreign", &options);
    struct reader *known = reader_open_descriptor(AGAIN, "known", &plain);
    struct row row = {0};
    struct row other = {0};
    enum reader_result result;
    do {
        result = reader_next(foreign, &row);
        require(result == reader_next(known, &other));
        require(result != READER_ROW || (!row.regular && has_same_cells(&row, &other, &options)));
    } while (result == READER_ROW);
    reader_close(foreign);
    reader_close(known);
    text_free(&translated);
}

// Only ASCII without signs can be translated: how much is read before another byte offends depends on the blocks.
static bool is_translatable(struct slice content)
{
    for (size_t i = 0; i < content.length; i++) {
        if ((signed char)content.data[i] < SIGNS_END) {
            return false;
        }
    }
    return content.length < 4 || !slice_equal_fold(slice_part(content, 0, 4), slice_of("sep="));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < CHOICES) {
        return 0;
    }
    struct slice content = {(const char *)bytes + CHOICES, size - CHOICES};
    struct reader_options options = choose(bytes);
    if (options.encoding == NULL || encoding_known(options.encoding)) {
        memory_fill(INPUT, content);
        check(content, options, bytes[3]);
        if (bytes[3] % 4 == 0 && is_translatable(content)) {
            check_dialect(content, options);
        }
    }
    return 0;
}
