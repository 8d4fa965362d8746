// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * writer: cells straight into the output's block. What makes a cell need quotes is looked for in eight bytes at once.
 */
#include "writer.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "digits.h"
#include "heap.h"
#include "map.h"
#include "number.h"
#include "signature.h"
#include "text.h"

enum {
    EXACT_DIGITS = 17, // of which every double reads back as it was
    SHORT = 1024,      // bytes that there is always room for in an output
};

struct writer {
    struct output *output;
    struct writer_options options;
    bool header_done;
    bool started;     // something but a byte-order mark was written
    bool empty_alone; // the record so far is one cell, and it is empty
    bool plain_dates; // dates and times stand as they are
    bool same_form;   // regular rows may be passed as bytes,
    bool copies;      // and are, now that nothing of them can begin the output
    size_t column;    // of the next cell
    // JSON lines only: `"name":` for each column, all in one text.
    struct text keys;
    size_t *key_ends;
    size_t key_count;
    size_t key_capacity;
    struct map *names; // to tell the second of a name from the first
};

struct writer *writer_open(struct output *output, const struct writer_options *options)
{
    struct writer *writer = heap_allocate(1, sizeof *writer);
    writer->output = output;
    writer->options = *options;
    writer->same_form = options->delimiter == options->input_delimiter && !options->json && !options->escape_formulas;
    writer->plain_dates = !options->json && memchr("0123456789-: ", options->delimiter, 13) == NULL;
    if (options->json) {
        writer->names = map_create(sizeof(uint64_t));
    } else if (options->bom) {
        output_write(output, slice_of("\xEF\xBB\xBF"));
    }
    return writer;
}

void writer_free(struct writer *writer)
{
    if (writer->names != NULL) {
        map_free(writer->names);
    }
    text_free(&writer->keys);
    free(writer->key_ends);
    free(writer);
}

bool writer_good(const struct writer *writer)
{
    return !output_failed(writer->output);
}

static void put(struct writer *writer, struct slice bytes)
{
    output_write(writer->output, bytes);
}

static void put_byte(struct writer *writer, char byte)
{
    *output_reserve(writer->output, 1) = byte;
    output_advance(writer->output, 1);
}

static const char *json_escape(unsigned char byte, char out[7])
{
    static const char letters[] = "btn?fr"; // from 8 on; 11 has none
    static const char hex[] = "0123456789abcdef";
    out[0] = '\\';
    out[2] = '\0';
    if (byte == '"' || byte == '\\') {
        out[1] = (char)byte;
    } else if (byte >= 8 && byte <= 13 && byte != 11) {
        out[1] = letters[byte - 8];
    } else {
        memcpy(out + 1, "u00", 3);
        out[4] = hex[byte >> 4];
        out[5] = hex[byte & 15];
        out[6] = '\0';
    }
    return out;
}

// The string as JSON has it, run by run.
static void json_string(struct slice from, void (*put_run)(void *to, struct slice run), void *to)
{
    char escape[7];
    size_t run = 0;
    put_run(to, slice_of("\""));
    for (size_t i = 0; i < from.length; i++) {
        unsigned char byte = (unsigned char)from.data[i];
        if (byte < 0x20 || byte == '"' || byte == '\\') {
            put_run(to, slice_part(from, run, i));
            put_run(to, slice_of(json_escape(byte, escape)));
            run = i + 1;
        }
    }
    put_run(to, slice_part(from, run, from.length));
    put_run(to, slice_of("\""));
}

static void run_to_output(void *output, struct slice run)
{
    output_write(output, run);
}

static void run_to_text(void *text, struct slice run)
{
    text_append(text, run);
}

// A name not used yet: the name itself, else name[2], name[3] ... The result lies in `made`.
static struct slice distinct_name(struct writer *writer, struct slice name, struct text *made)
{
    uint64_t *uses = map_add(writer->names, name, NULL);
    text_append(made, name);
    while (++*uses > 1) {
        text_clear(made);
        text_append(made, name);
        text_format(made, "[%llu]", (unsigned long long)*uses);
        if (map_find(writer->names, text_slice(made)) == MAP_NONE) {
            *(uint64_t *)map_add(writer->names, text_slice(made), NULL) = 1;
            break;
        }
    }
    return text_slice(made);
}

static void add_key(struct writer *writer, struct slice name)
{
    struct text made = {0};
    json_string(distinct_name(writer, name, &made), run_to_text, &writer->keys);
    text_append_byte(&writer->keys, ':');
    text_free(&made);
    writer->key_ends = heap_grow(writer->key_ends, &writer->key_capacity, writer->key_count + 1, sizeof(size_t));
    writer->key_ends[writer->key_count++] = writer->keys.length;
}

// A cell behind the last named column is named by its number.
static void put_key(struct writer *writer)
{
    while (writer->column >= writer->key_count) {
        struct text number = {0};
        text_format(&number, "%zu", writer->key_count + 1);
        add_key(writer, text_slice(&number));
        text_free(&number);
    }
    size_t from = writer->column == 0 ? 0 : writer->key_ends[writer->column - 1];
    put(writer, slice_part(text_slice(&writer->keys), from, writer->key_ends[writer->column]));
}

// What stands before a cell.
static void begin_cell(struct writer *writer)
{
    if (writer->options.json) {
        put_byte(writer, writer->column == 0 ? '{' : ',');
        put_key(writer);
    } else if (writer->column > 0) {
        put_byte(writer, writer->options.delimiter);
    }
    writer->empty_alone = false;
    writer->started = true;
    writer->column++;
}

static void write_blank(struct writer *writer)
{
    bool first = writer->column == 0;
    begin_cell(writer);
    if (writer->options.json) {
        put(writer, slice_of("null"));
    }
    writer->empty_alone = first;
}

// Room for a cell of up to SHORT bytes that stand as they are, in JSON too, behind what stands before a cell.
static inline char *begin_plain(struct writer *writer)
{
    if (writer->options.json) {
        begin_cell(writer);
        return output_reserve(writer->output, SHORT);
    }
    char *to = output_reserve(writer->output, SHORT + 1);
    bool behind = writer->column > 0;
    *to = writer->options.delimiter;
    output_advance(writer->output, behind);
    writer->empty_alone = false;
    writer->started = true;
    writer->column++;
    return to + behind;
}

static void write_plain(struct writer *writer, struct slice value)
{
    if (value.length > SHORT) {
        begin_cell(writer);
        put(writer, value);
        return;
    }
    memcpy(begin_plain(writer), value.data, value.length);
    output_advance(writer->output, value.length);
}

// Would these bytes, first of all in the output, be taken for something other than a cell?
static bool misleads(struct slice bytes)
{
    return signature_problem(bytes, false) != NULL || slice_starts(bytes, slice_of("\xEF\xBB\xBF")) ||
           (bytes.length >= 4 && slice_equal_fold(slice_part(bytes, 0, 4), slice_of("sep=")));
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

// The top bits of those bytes that are `byte`, and perhaps of some above one that is.
static uint64_t bytes_like(uint64_t word, char byte)
{
    uint64_t other = word ^ DIGITS_EACH_ONE * (unsigned char)byte;
    return (other - DIGITS_EACH_ONE) & ~other;
}

// Is one of eight bytes a quote, a delimiter or a line end?
static bool is_special(const struct writer *writer, uint64_t word)
{
    uint64_t found = bytes_like(word, '"') | bytes_like(word, writer->options.delimiter) | bytes_like(word, '\r') |
                     bytes_like(word, '\n');
    return (found & 0x80 * DIGITS_EACH_ONE) != 0;
}

static bool has_special(const struct writer *writer, struct slice cell)
{
    if (cell.length < DIGITS_MOST) {
        return is_special(writer, digits_load(cell.data, cell.length));
    }
    size_t last = cell.length - DIGITS_MOST;
    bool found = is_special(writer, digits_load(cell.data + last, DIGITS_MOST));
    for (size_t at = 0; at < last && !found; at += DIGITS_MOST) {
        found = is_special(writer, digits_load(cell.data + at, DIGITS_MOST));
    }
    return found;
}

// Wherever it stands.
static bool always_needs_quotes(const struct writer *writer, struct slice cell)
{
    return cell.length > 0 &&
           (is_blank(cell.data[0]) || is_blank(cell.data[cell.length - 1]) || has_special(writer, cell));
}

static bool needs_quotes(const struct writer *writer, struct slice cell)
{
    return always_needs_quotes(writer, cell) || (!writer->started && cell.length > 0 && misleads(cell));
}

// The cell with its quotes doubled, run by run.
static void double_quotes(struct slice cell, void (*put_run)(void *to, struct slice run), void *to)
{
    size_t from = 0;
    while (from < cell.length) {
        size_t quote = slice_find(cell, '"', from);
        bool found = quote < cell.length;
        put_run(to, slice_part(cell, from, quote + found));
        put_run(to, slice_part(slice_of("\""), 0, found));
        from = quote + found;
    }
}

// "+86 138-0013-8000": a spreadsheet may add it up, but it is what people have.
static bool is_phone(struct slice cell)
{
    size_t digits = 0;
    for (size_t i = 1; i < cell.length; i++) {
        char byte = cell.data[i];
        if (byte >= '0' && byte <= '9') {
            digits++;
        } else if (byte != ' ' && byte != '-') {
            return false;
        }
    }
    return cell.data[0] == '+' && digits > 0;
}

static bool is_number(struct slice cell)
{
    struct number_parts parts;
    return number_split(cell, '.', &parts) || number_split(cell, ',', &parts);
}

// Would a spreadsheet run this cell?
static bool is_formula(struct slice cell)
{
    return cell.length > 0 && memchr("=+-@\t\r", cell.data[0], 6) != NULL && !is_phone(cell) && !is_number(cell);
}

static void write_csv(struct writer *writer, struct slice cell)
{
    bool formula = writer->options.escape_formulas && is_formula(cell);
    bool quoted = needs_quotes(writer, cell) || (formula && writer->options.delimiter == '\'');
    if (!quoted && !formula) {
        write_plain(writer, cell);
        return;
    }
    begin_cell(writer);
    if (quoted) {
        put_byte(writer, '"');
    }
    if (formula) {
        put_byte(writer, '\'');
    }
    if (quoted) {
        double_quotes(cell, run_to_output, writer->output);
        put_byte(writer, '"');
    } else {
        put(writer, cell);
    }
}

void writer_text(struct writer *writer, struct slice text)
{
    if (text.length == 0) {
        write_blank(writer);
    } else if (writer->options.json) {
        begin_cell(writer);
        json_string(text, run_to_output, writer->output);
    } else {
        write_csv(writer, text);
    }
}

void writer_string(struct writer *writer, const char *text)
{
    writer_text(writer, slice_of(text));
}

void writer_blank(struct writer *writer)
{
    write_blank(writer);
}

void writer_name(struct writer *writer, struct slice name)
{
    if (writer->options.json) {
        add_key(writer, name);
    } else if (!writer->options.no_header) {
        writer_text(writer, name);
    }
}

static bool passes_as_bytes(const struct writer *writer, const struct row *row)
{
    return row->regular && row->count > 0 && writer->same_form && (writer->started || !misleads(row->raw));
}

void writer_pass(struct writer *writer, const struct row *row)
{
    if (passes_as_bytes(writer, row)) {
        write_plain(writer, row->raw);
        writer->column += row->count - 1;
        return;
    }
    for (size_t i = 0; i < row->count; i++) {
        writer_text(writer, row->cells[i]);
    }
}

enum {
    PIECE = 16,        // bytes of a row that are copied at once
    ENDING_PIECE = 32, // of an ending
};

struct writer_ending writer_ending(const struct writer *writer, const struct slice *cells, size_t count)
{
    struct writer_ending ending = {.cells = cells, .count = count};
    struct text *bytes = &ending.bytes;
    for (size_t i = 0; i < count; i++) {
        bool quoted = always_needs_quotes(writer, cells[i]);
        text_append_byte(bytes, writer->options.delimiter);
        text_append_string(bytes, quoted ? "\"" : "");
        if (quoted) {
            double_quotes(cells[i], run_to_text, bytes);
        } else {
            text_append(bytes, cells[i]);
        }
        text_append_string(bytes, quoted ? "\"" : "");
    }
    text_append_string(bytes, writer->options.crlf ? "\r\n" : "\n");
    text_reserve(bytes, ENDING_PIECE);
    return ending;
}

void writer_ending_free(struct writer_ending *ending)
{
    text_free(&ending->bytes);
}

static void write_ended(struct writer *writer, const struct row *row, const struct writer_ending *ending)
{
    writer_pass(writer, row);
    for (size_t i = 0; i < ending->count; i++) {
        writer_text(writer, ending->cells[i]);
    }
    writer_end(writer);
}

static void copy_ended(struct writer *writer, struct slice row, struct slice ending)
{
    char *to = output_reserve(writer->output, row.length + ending.length);
    memcpy(to, row.data, row.length);
    memcpy(to + row.length, ending.data, ending.length);
    output_advance(writer->output, row.length + ending.length);
}

// Like memcpy, for one to four pieces: in four that overlap, since a loop or a choice by length costs more than they do
// where the lengths vary.
static inline void copy_pieces(char *to, struct slice from)
{
    char pieces[4][PIECE];
    size_t last = from.length - PIECE;
    size_t step = last < PIECE ? last : PIECE;
    memcpy(pieces[0], from.data, PIECE);
    memcpy(pieces[1], from.data + step, PIECE);
    memcpy(pieces[2], from.data + last - step, PIECE);
    memcpy(pieces[3], from.data + last, PIECE);
    memcpy(to, pieces[0], PIECE);
    memcpy(to + step, pieces[1], PIECE);
    memcpy(to + last - step, pieces[2], PIECE);
    memcpy(to + last, pieces[3], PIECE);
}

// Calls nothing where the row and the ending are as short as most.
void writer_pass_ended(struct writer *writer, const struct row *row, const struct writer_ending *ending)
{
    struct slice raw = row->raw;
    struct slice bytes = {ending->bytes.data, ending->bytes.length};
    struct output *output = writer->output;
    if (!row->regular || !writer->copies) {
        write_ended(writer, row, ending);
    } else if (raw.length - PIECE <= 3 * PIECE && bytes.length <= ENDING_PIECE && output->used < OUTPUT_BLOCK - SHORT) {
        char *to = output->block + output->used;
        copy_pieces(to, raw);
        memcpy(to + raw.length, bytes.data, ENDING_PIECE);
        output_advance(output, raw.length + bytes.length);
    } else if (row->count > 0 && raw.length + bytes.length < SHORT) {
        copy_ended(writer, raw, bytes);
    } else {
        write_ended(writer, row, ending);
    }
}

static void write_number(struct writer *writer, double value, int digits)
{
    if (isfinite(value)) {
        output_advance(writer->output, number_print(begin_plain(writer), value, digits));
    } else {
        write_blank(writer);
    }
}

void writer_number(struct writer *writer, double value)
{
    write_number(writer, value, writer->options.digits);
}

void writer_exact(struct writer *writer, double value)
{
    write_number(writer, value, EXACT_DIGITS);
}

void writer_whole(struct writer *writer, int64_t value)
{
    output_advance(writer->output, number_print_whole(begin_plain(writer), value));
}

void writer_money(struct writer *writer, struct money_sum value)
{
    output_advance(writer->output, money_print(begin_plain(writer), value));
}

void writer_day(struct writer *writer, int32_t day)
{
    char out[DATE_SIZE];
    if (writer->plain_dates) {
        output_advance(writer->output, date_print(begin_plain(writer), day));
    } else {
        writer_text(writer, (struct slice){out, date_print(out, day)});
    }
}

void writer_time(struct writer *writer, int64_t local)
{
    char out[DATE_SIZE];
    if (writer->plain_dates) {
        output_advance(writer->output, date_print_time(begin_plain(writer), local));
    } else {
        writer_text(writer, (struct slice){out, date_print_time(out, local)});
    }
}

void writer_end(struct writer *writer)
{
    bool silent_header = !writer->header_done && (writer->options.no_header || writer->options.json);
    writer->header_done = true;
    if (silent_header) {
        return;
    }
    if (writer->options.json) {
        put(writer, slice_of(writer->column == 0 ? "{}\n" : "}\n"));
    } else {
        if (writer->empty_alone) {
            put(writer, slice_of("\"\"")); // an empty line would be no record
        }
        if (writer->options.crlf) {
            put_byte(writer, '\r');
        }
        put_byte(writer, '\n');
    }
    writer->column = 0;
    writer->empty_alone = false;
    writer->copies = writer->started && writer->same_form;
}
