// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * literal: quoted texts, patterns and names in brackets end at their closing sign, numbers where no word could go on.
 */
#include "literal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "date.h"
#include "lexer.h"
#include "number.h"
#include "period.h"
#include "slice.h"

enum { WORD_LIMIT = 64, MONTH_LIMIT = 120000 };
#define SECOND_LIMIT ((int64_t)3652425 * DATE_DAY_SECONDS)

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static struct token bad(size_t start, size_t end, const char *problem)
{
    return (struct token){.kind = LEXER_BAD, .start = start, .end = end, .problem = problem};
}

// A copy of a quoted text in which each doubled quote is one.
static struct slice undouble(struct arena *arena, struct slice quoted, char quote)
{
    struct slice copy = arena_copy(arena, quoted);
    char *to = (char *)copy.data;
    size_t length = 0;
    for (size_t i = 0; i < quoted.length; i++) {
        to[length++] = quoted.data[i];
        i += quoted.data[i] == quote;
    }
    return (struct slice){to, length};
}

struct token literal_quoted(struct lexer *lexer, char quote, size_t width)
{
    struct slice text = lexer->source->text;
    size_t start = lexer->position;
    size_t from = start + width;
    bool doubled = false;
    for (size_t at = from; at < lexer->end && text.data[at] != '\n'; at += width) {
        size_t next_width = 0;
        bool closes = lexer_quote(text, at, &width) == quote;
        width = closes ? width : 1;
        if (!closes) {
            continue;
        }
        size_t next = at + width;
        if (quote == text.data[at] && next < lexer->end && lexer_quote(text, next, &next_width) == quote &&
            text.data[next] == quote) {
            doubled = true;
            width++;
            continue;
        }
        struct slice inner = slice_part(text, from, at);
        lexer->position = next;
        return (struct token){.kind = LEXER_TEXT,
                              .start = start,
                              .end = next,
                              .text = doubled ? undouble(lexer->arena, inner, quote) : inner};
    }
    lexer->position = lexer->end;
    return bad(start, lexer->end, "this quote is never closed");
}

static struct slice unescape_slashes(struct arena *arena, struct slice pattern)
{
    struct slice copy = arena_copy(arena, pattern);
    char *to = (char *)copy.data;
    size_t length = 0;
    for (size_t i = 0; i < pattern.length; i++) {
        bool escape = pattern.data[i] == '\\' && i + 1 < pattern.length;
        if (escape && pattern.data[i + 1] != '/') {
            to[length++] = pattern.data[i];
        }
        i += escape;
        to[length++] = pattern.data[i];
    }
    return (struct slice){to, length};
}

struct token literal_pattern(struct lexer *lexer)
{
    struct slice text = lexer->source->text;
    size_t start = lexer->position;
    size_t at = start + 1;
    while (at < lexer->end && text.data[at] != '/' && text.data[at] != '\n') {
        at += text.data[at] == '\\' && at + 1 < lexer->end ? 2 : 1;
    }
    if (at >= lexer->end || text.data[at] != '/') {
        lexer->position = lexer->end;
        return bad(start, lexer->end, "this '/' is never closed");
    }
    struct token token = {.kind = LEXER_PATTERN, .start = start};
    token.text = unescape_slashes(lexer->arena, slice_part(text, start + 1, at));
    at++;
    if (at < lexer->end && text.data[at] == 'i') {
        token.fold = true;
        at++;
    }
    token.end = lexer->position = at;
    char byte = 0;
    size_t width = 0;
    if (lexer_word_byte(lexer, at, &byte, &width)) {
        return bad(at, at + width, "only 'i' may follow a pattern");
    }
    return token;
}

struct token literal_column(struct lexer *lexer)
{
    struct slice text = lexer->source->text;
    size_t start = lexer->position;
    size_t from = 0;
    size_t depth = 0;
    size_t width = 0;
    for (size_t at = start; at < lexer->end && text.data[at] != '\n'; at += width) {
        char byte = lexer_byte(text, at, &width);
        depth += byte == '[';
        from = at == start ? start + width : from;
        if (byte == ']' && --depth == 0) {
            lexer->position = at + width;
            if (slice_trim_value(slice_part(text, from, at)).length == 0) {
                return bad(start, lexer->position, "there is no name between the brackets");
            }
            return (struct token){
                .kind = LEXER_COLUMN, .start = start, .end = lexer->position, .text = slice_part(text, from, at)};
        }
    }
    lexer->position = lexer->end;
    return bad(start, lexer->end, "this '[' is never closed");
}

size_t literal_skip_digits(const struct lexer *lexer, size_t at)
{
    char byte = 0;
    size_t width = 0;
    while (lexer_word_byte(lexer, at, &byte, &width) && is_digit(byte)) {
        at += width;
    }
    return at;
}

// Where three numbers end that are parted by `mark` twice, without blanks: what looks like a date. 0 when they do not
// stand at the lexer's position.
static size_t find_date_end(const struct lexer *lexer, char mark)
{
    size_t at = lexer->position;
    for (int part = 0; part < 3; part++) {
        size_t width = 0;
        if (part > 0) {
            if (at >= lexer->end || lexer_byte(lexer->source->text, at, &width) != mark) {
                return 0;
            }
            at += width;
        }
        size_t digits_end = literal_skip_digits(lexer, at);
        if (digits_end == at) {
            return 0;
        }
        at = digits_end;
    }
    return at;
}

// The bytes from `start` to `end`, twins folded, as long as there is room. Gives the length, 0 when there is none.
static size_t fold(const struct lexer *lexer, size_t start, size_t end, char out[WORD_LIMIT])
{
    size_t length = 0;
    size_t width = 0;
    for (size_t at = start; at < end; at += width) {
        if (length == WORD_LIMIT) {
            return 0;
        }
        out[length++] = lexer_byte(lexer->source->text, at, &width);
    }
    return length;
}

// 2026-01-31 and nothing else; what only looks like a date is bad.
static struct token read_date(struct lexer *lexer, size_t end)
{
    char folded[WORD_LIMIT];
    struct slice written = {folded, fold(lexer, lexer->position, end, folded)};
    struct token token = {.kind = LEXER_DATE, .start = lexer->position, .end = end};
    struct date_time value;
    char byte = 0;
    size_t width = 0;
    lexer->position = end;
    if (written.length != 10 || written.data[4] != '-' || written.data[7] != '-') {
        return bad(token.start, end, "a date is written 2026-01-31 here");
    }
    if (!date_read(written, DATE_YMD, &value)) {
        return bad(token.start, end, "there is no such day");
    }
    if (lexer_word_byte(lexer, end, &byte, &width)) {
        return bad(token.start, end, "a date is written 2026-01-31 here, without a time");
    }
    token.day = value.day;
    return token;
}

static size_t find_number_end(const struct lexer *lexer)
{
    size_t at = lexer->position;
    char byte = 0;
    char before = 0;
    size_t width = 0;
    bool digits_only = true;
    while (at < lexer->end) {
        bool word = lexer_word_byte(lexer, at, &byte, &width);
        bool exponent_sign = digits_only && (before | 0x20) == 'e' && (byte == '+' || byte == '-');
        if (!word && !exponent_sign) {
            break;
        }
        digits_only = digits_only && (is_digit(byte) || byte == '.' || ((byte | 0x20) == 'e' && is_digit(before)));
        before = byte;
        at += width;
    }
    return at;
}

static bool in_bounds(struct period period)
{
    return period.months <= MONTH_LIMIT && period.months >= -MONTH_LIMIT && period.seconds <= SECOND_LIMIT &&
           period.seconds >= -SECOND_LIMIT;
}

// Is what is no period one but for its numbers?
static bool has_form_of_period(struct slice written)
{
    char form[WORD_LIMIT];
    size_t length = 0;
    struct period ignored;
    for (size_t i = 0; i < written.length; i++) {
        if (!is_digit(written.data[i])) {
            form[length++] = written.data[i];
        } else if (length == 0 || form[length - 1] != '1') {
            form[length++] = '1';
        }
    }
    return period_read((struct slice){form, length}, &ignored);
}

struct token literal_number(struct lexer *lexer)
{
    size_t date_end = find_date_end(lexer, '-');
    date_end = date_end != 0 ? date_end : find_date_end(lexer, '/');
    if (date_end != 0) {
        return read_date(lexer, date_end);
    }
    char folded[WORD_LIMIT];
    struct token token = {.kind = LEXER_NUMBER, .start = lexer->position, .end = find_number_end(lexer)};
    struct slice written = {folded, fold(lexer, token.start, token.end, folded)};
    lexer->position = token.end;
    if (written.length == 0) {
        return bad(token.start, token.end, "a number too long to read");
    }
    if (number_read(written, '.', &token.number)) {
        return token;
    }
    token.kind = LEXER_PERIOD;
    bool period = period_read(written, &token.period);
    if (period && in_bounds(token.period)) {
        return token;
    }
    return bad(token.start, token.end,
               period || has_form_of_period(written) ? "a period of more than 10,000 years"
                                                     : "neither a number nor a period such as 90d");
}
