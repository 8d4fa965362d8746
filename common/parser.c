// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * parser: feeds libcsv until its row callback fires, or the cutter where quotes are lenient. Escapes are settled
 * before.
 *
 * libcsv stores its state before it returns, so it can be told to accept what strict mode refuses: the offending byte
 * is fed alone in loose mode. Its fields `pstate`, `quoted`, `spaces` and `entry_pos` are public but not documented;
 * unit tests pin what is relied on.
 */
#include "parser.h"

#include <csv.h>
#include <stdlib.h>

#include "cutter.h"
#include "diag.h"
#include "heap.h"

enum { BLOCK = 65536 };

// csv_parser.pstate, as in libcsv 3.0.3.
enum { IN_CELL = 2, AFTER_QUOTE = 3 };

// What stands before the next byte.
enum escape {
    ESCAPE_NONE,
    ESCAPE_OPEN, // an escape
    ESCAPE_CR,   // an escape and a CR: an LF belongs to it
};

struct parser {
    struct parser_form form;
    struct record *record;
    struct text *bytes;
    struct csv_parser csv;
    struct cutter cutter;
    enum escape escape;
    bool begun; // a record that has not ended
    bool ended; // libcsv's row callback fired
};

static unsigned char options_of(const struct parser *parser)
{
    return parser->form.lazy ? 0 : CSV_STRICT | CSV_STRICT_FINI;
}

static void start(struct parser *parser)
{
    csv_init(&parser->csv, options_of(parser));
    csv_set_delim(&parser->csv, (unsigned char)parser->form.delimiter);
    csv_set_quote(&parser->csv, (unsigned char)parser->form.quote);
    csv_set_blk_size(&parser->csv, BLOCK);
}

struct parser *parser_create(const struct parser_form *form, struct record *record, struct text *bytes)
{
    struct parser *parser = heap_allocate(1, sizeof *parser);
    *parser = (struct parser){.form = *form, .record = record, .bytes = bytes};
    start(parser);
    return parser;
}

void parser_free(struct parser *parser)
{
    if (parser != NULL) {
        csv_free(&parser->csv);
        free(parser);
    }
}

void parser_set_delimiter(struct parser *parser, char delimiter)
{
    parser->form.delimiter = delimiter;
    csv_set_delim(&parser->csv, (unsigned char)delimiter);
}

void parser_begin(struct parser *parser)
{
    record_clear(parser->record);
    text_clear(parser->bytes);
    if (parser->begun) {
        csv_free(&parser->csv);
        start(parser);
    }
    parser->begun = true;
    parser->ended = false;
    parser->escape = ESCAPE_NONE;
    cutter_start(&parser->cutter, parser->form.delimiter, parser->form.quote);
}

bool parser_ended(const struct parser *parser)
{
    return parser->ended;
}

const char *parser_problem(const struct parser *parser)
{
    return parser->csv.pstate == IN_CELL ? "a quote inside an unquoted cell" : "text after a closing quote";
}

static void take_cell(void *bytes, size_t length, void *data)
{
    struct parser *parser = data;
    if (parser->record->fault == RECORD_SOUND && record_add(parser->record, (struct slice){NULL, length})) {
        text_append(parser->bytes, (struct slice){bytes, length});
    }
}

static void take_row(int byte, void *data)
{
    (void)byte;
    struct parser *parser = data;
    parser->ended = true;
}

static void accept_quote(struct parser *parser, const char *quote)
{
    csv_set_opts(&parser->csv, 0);
    parser->csv.status = CSV_SUCCESS;
    if (csv_parse(&parser->csv, quote, 1, take_cell, take_row, parser) != 1) {
        diag_out_of_memory();
    }
    csv_set_opts(&parser->csv, options_of(parser));
}

// Gives the piece to libcsv; how much of it was good.
static size_t feed_csv(struct parser *parser, struct slice piece)
{
    struct csv_parser *csv = &parser->csv;
    size_t fed = 0;
    while (fed < piece.length) {
        fed += csv_parse(csv, piece.data + fed, piece.length - fed, take_cell, take_row, parser);
        if (fed == piece.length) {
            break;
        }
        if (csv_error(csv) != CSV_EPARSE) {
            diag_out_of_memory();
        }
        bool bare = csv->pstate == IN_CELL && !csv->quoted;
        if (!bare || parser->form.bare_wrong) {
            break;
        }
        accept_quote(parser, piece.data + fed);
        fed++;
    }
    return fed;
}

// Gives the piece to libcsv or the cutter; how much of it was good.
static size_t feed_plain(struct parser *parser, struct slice piece)
{
    if (!parser->form.lenient) {
        return feed_csv(parser, piece);
    }
    parser->ended = cutter_feed(&parser->cutter, piece, parser->record, parser->bytes);
    return piece.length;
}

static int is_never(unsigned char byte)
{
    (void)byte;
    return 0;
}

// Gives a byte that an escape made ordinary. False where there can be none: after a closing quote.
static bool feed_ordinary(struct parser *parser, char byte)
{
    struct csv_parser *csv = &parser->csv;
    if (parser->form.lenient) {
        cutter_feed_ordinary(&parser->cutter, byte, parser->bytes);
        return true;
    }
    csv_set_quote(csv, 0);
    csv_set_delim(csv, 0);
    csv_set_term_func(csv, is_never);
    csv_set_space_func(csv, is_never); // it may be a tab
    bool good = feed_csv(parser, (struct slice){&byte, 1}) == 1;
    csv_set_quote(csv, (unsigned char)parser->form.quote);
    csv_set_delim(csv, (unsigned char)parser->form.delimiter);
    csv_set_term_func(csv, NULL);
    csv_set_space_func(csv, NULL);
    return good;
}

static bool is_escapable(const struct parser *parser, char byte)
{
    const struct parser_form *form = &parser->form;
    return byte == form->escape || byte == form->delimiter || byte == '\r' || byte == '\n' || byte == form->quote;
}

// Settles what stands before this byte. *taken tells whether the byte was a part of it. False where it cannot stand.
static bool feed_escaped(struct parser *parser, char byte, bool *taken)
{
    bool open = parser->escape == ESCAPE_OPEN;
    *taken = open ? is_escapable(parser, byte) : byte == '\n';
    parser->escape = open && byte == '\r' ? ESCAPE_CR : ESCAPE_NONE;
    if (*taken) {
        return feed_ordinary(parser, byte);
    }
    return !open || feed_ordinary(parser, parser->form.escape);
}

// The same as feed_plain where there is an escape.
static size_t feed_with_escape(struct parser *parser, struct slice piece)
{
    size_t at = 0;
    while (at < piece.length) {
        if (parser->escape != ESCAPE_NONE) {
            bool taken;
            if (!feed_escaped(parser, piece.data[at], &taken)) {
                return at;
            }
            at += taken;
            continue;
        }
        size_t to = slice_find(piece, parser->form.escape, at);
        at += feed_plain(parser, slice_part(piece, at, to));
        if (at < to) {
            return at;
        }
        if (to < piece.length) {
            parser->escape = ESCAPE_OPEN;
            at++;
        }
    }
    return at;
}

// Bytes so far of the cell that has not ended, without blanks and a quote that may prove to be the closing one.
static size_t open_length(const struct parser *parser)
{
    const struct csv_parser *csv = &parser->csv;
    return parser->form.lenient ? cutter_open_length(&parser->cutter, parser->bytes)
                                : csv->entry_pos - csv->spaces - (csv->pstate == AFTER_QUOTE);
}

size_t parser_feed(struct parser *parser, struct slice piece)
{
    size_t fed = parser->form.escape != 0 ? feed_with_escape(parser, piece) : feed_plain(parser, piece);
    parser->begun = !parser->ended;
    if (!parser->ended) {
        record_foresee(parser->record, open_length(parser));
    }
    return fed;
}

bool parser_finish(struct parser *parser)
{
    if (parser->escape == ESCAPE_OPEN && !feed_ordinary(parser, parser->form.escape)) {
        return false;
    }
    if (parser->form.lenient) {
        return cutter_finish(&parser->cutter, parser->record, parser->bytes);
    }
    csv_set_opts(&parser->csv, CSV_STRICT | CSV_STRICT_FINI); // a quote that is open is malformed, lazy or not
    bool good = csv_fini(&parser->csv, take_cell, take_row, parser) == 0;
    csv_set_opts(&parser->csv, options_of(parser));
    return good;
}
