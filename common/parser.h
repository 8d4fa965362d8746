// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * parser: a record cut byte by byte, with what quotes and escapes mean. The only file that knows libcsv.
 *
 * Bytes are given piece by piece, at most one line with its end at once, until the record has ended. Cells, without
 * quotes and outer blanks, are added to the record with their lengths alone, and their bytes appended to `bytes`:
 * record_place puts them together. Both are the caller's, are cleared by parser_begin and outlive the parser.
 */
#ifndef PARSER_H
#define PARSER_H

#include <stdbool.h>
#include <stddef.h>

#include "record.h"
#include "slice.h"
#include "text.h"

struct parser_form {
    char delimiter;
    char quote;      // 0, which stands in no text: none
    char escape;     // makes a quote, delimiter, line end or another of itself behind it ordinary; 0: none
    bool bare_wrong; // a quote inside an unquoted cell is malformed; else it is part of it
    bool lenient;    // text after a closing quote is part of the cell; else it is malformed
    bool lazy;       // a quote closes a cell only before a delimiter or a line end; else it is part of it
};

struct parser;

struct parser *parser_create(const struct parser_form *form, struct record *record, struct text *bytes);
void parser_free(struct parser *parser);

// Between records.
void parser_set_delimiter(struct parser *parser, char delimiter);

// Before the first piece of a record, whether or not the last one came to its end.
void parser_begin(struct parser *parser);

// How much of the piece was good: where it is not all, the next byte is malformed, and parser_problem tells why. The
// record's fault tells of limits, also those that a cell passes that has not ended yet.
size_t parser_feed(struct parser *parser, struct slice piece);
const char *parser_problem(const struct parser *parser);

// Did the record end with the last piece?
bool parser_ended(const struct parser *parser);

// Ends the record at the end of the input. False when a quote is open.
bool parser_finish(struct parser *parser);

#endif
