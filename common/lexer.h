// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lexer: the words and signs of the rule language (regulars-rules(5)), each with its place in the source.
 *
 * Full-width signs, digits and letters are read as their ASCII twins, curved quotes as quotes; words keep the bytes
 * they were written with. Keywords are known in either case. A `#` outside quotes begins a comment. After `~` and `!~`
 * a pattern between slashes is read. What cannot be read is a token LEXER_BAD that tells why.
 */
#ifndef LEXER_H
#define LEXER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "complaints.h"
#include "period.h"
#include "slice.h"

enum lexer_kind {
    LEXER_END,
    LEXER_BAD,     // `problem` tells why
    LEXER_NUMBER,  // 12.50
    LEXER_DATE,    // 2026-01-31
    LEXER_PERIOD,  // 90d
    LEXER_TEXT,    // 'CN' or "CN"
    LEXER_PATTERN, // /re/ or /re/i
    LEXER_WORD,    // revenue, name[2]
    LEXER_COLUMN,  // [Odd name]
    LEXER_OPEN,
    LEXER_CLOSE,
    LEXER_COMMA,
    LEXER_COLON,
    LEXER_SEMICOLON,
    LEXER_ARROW,
    LEXER_EQUAL,
    LEXER_NOT_EQUAL,
    LEXER_LESS,
    LEXER_LESS_EQUAL,
    LEXER_GREATER,
    LEXER_GREATER_EQUAL,
    LEXER_MATCHES,
    LEXER_MATCHES_NOT,
    LEXER_PLUS,
    LEXER_MINUS,
    LEXER_TIMES,
    LEXER_DIVIDE,
    LEXER_AND,
    LEXER_OR,
    LEXER_NOT,
    LEXER_IN,
    LEXER_BETWEEN,
    LEXER_LIKE,
    LEXER_IS,
    LEXER_TRUE,
    LEXER_FALSE,
    LEXER_TODAY,
};

struct token {
    enum lexer_kind kind;
    size_t start;         // offset of its first byte in the source
    size_t end;           // offset behind its last one
    struct slice text;    // of a text, pattern, word or column; without quotes, slashes or brackets
    double number;        // of a number
    int32_t day;          // of a date
    struct period period; // of a period
    bool fold;            // the pattern ends in /i
    const char *problem;  // of a bad one; a string constant
};

// A text and where it stands, for complaints: byte `base` of it is in column `column` (from 1, in bytes) of line `line`
// of `file`, and `whole_line` is that line. Lines behind it are found in the text itself.
struct lexer_source {
    const char *file;
    struct slice text;
    size_t base;
    uint64_t line;
    uint64_t column;
    struct slice whole_line;
};

struct lexer {
    const struct lexer_source *source; // borrowed
    size_t position;                   // where the next token is looked for
    size_t end;                        // where the text to be read ends
    bool pattern;                      // the last token asks for a pattern
    struct arena *arena;               // texts with doubled quotes are copied here; others are views of the source
};

// Reads on; at the end gives LEXER_END for ever.
struct token lexer_next(struct lexer *lexer);

// Where a name that begins at the lexer's position ends: the offset of the first colon, or of the semicolon, `#` or
// line end before it, or the lexer's end. Quotes in it are apostrophes.
size_t lexer_find_colon(const struct lexer *lexer);

// The byte at `offset` as the lexer reads it: ASCII twins are folded, every kind of blank is ' ', other bytes are
// themselves. *width gets how many bytes it takes (1 or more). `offset` is below the end of `text`.
char lexer_byte(struct slice text, size_t offset, size_t *width);

// Is the byte at `offset` one that words are made of? *byte gets it, folded, *width how many bytes it
// takes; neither is set behind the lexer's end.
bool lexer_word_byte(const struct lexer *lexer, size_t offset, char *byte, size_t *width);

// What delimits a quoted text that begins at `offset`: '"' or '\'' for the straight quotes, 'd' or 's' for double and
// single curved ones, 0 when no quote stands there.
char lexer_quote(struct slice text, size_t offset, size_t *width);

// Adds a complaint about the byte at `offset`.
void lexer_complain(const struct lexer_source *source, struct complaints *complaints, size_t offset, const char *format,
                    ...) __attribute__((format(printf, 4, 5)));

// The same with the arguments of a caller that takes a format itself.
void lexer_complain_list(const struct lexer_source *source, struct complaints *complaints, size_t offset,
                         const char *format, va_list arguments);

// The line number of the byte at `offset`.
uint64_t lexer_line(const struct lexer_source *source, size_t offset);

#endif
