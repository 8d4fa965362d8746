// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lexer: one token at a time, by its first byte.
 *
 * Every look at the source goes through lexer_byte, so that twins are folded in one place. A token that could be two
 * things is the longer one; a date wins over a subtraction.
 */
#include "lexer.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "complaints.h"
#include "date.h"
#include "number.h"
#include "period.h"
#include "slice.h"

enum { WORD_LIMIT = 64, MONTH_LIMIT = 120000 };
#define SECOND_LIMIT ((int64_t)3652425 * DATE_DAY_SECONDS)

struct spelling {
    const char *text;
    enum lexer_kind kind;
};

// Longer ones before their beginnings.
static const struct spelling signs[] = {
    {"->", LEXER_ARROW},
    {"==", LEXER_EQUAL},
    {"=", LEXER_EQUAL},
    {"!=", LEXER_NOT_EQUAL},
    {"<>", LEXER_NOT_EQUAL},
    {"\xe2\x89\xa0", LEXER_NOT_EQUAL},
    {"<=", LEXER_LESS_EQUAL},
    {"\xe2\x89\xa4", LEXER_LESS_EQUAL},
    {"<", LEXER_LESS},
    {">=", LEXER_GREATER_EQUAL},
    {"\xe2\x89\xa5", LEXER_GREATER_EQUAL},
    {">", LEXER_GREATER},
    {"!~", LEXER_MATCHES_NOT},
    {"~", LEXER_MATCHES},
    {"!", LEXER_NOT},
    {"&&", LEXER_AND},
    {"||", LEXER_OR},
    {"+", LEXER_PLUS},
    {"-", LEXER_MINUS},
    {"*", LEXER_TIMES},
    {"/", LEXER_DIVIDE},
    {"(", LEXER_OPEN},
    {")", LEXER_CLOSE},
    {",", LEXER_COMMA},
    {":", LEXER_COLON},
    {";", LEXER_SEMICOLON},
};

static const struct spelling keywords[] = {
    {"and", LEXER_AND},   {"or", LEXER_OR}, {"not", LEXER_NOT},   {"in", LEXER_IN},       {"between", LEXER_BETWEEN},
    {"like", LEXER_LIKE}, {"is", LEXER_IS}, {"true", LEXER_TRUE}, {"false", LEXER_FALSE}, {"today", LEXER_TODAY},
};

char lexer_byte(struct slice text, size_t offset, size_t *width)
{
    const unsigned char *at = (const unsigned char *)text.data + offset;
    size_t left = text.length - offset;
    *width = 1;
    if (*at < 0x80) {
        return *at == '\t' || *at == '\r' || *at == '\n' ? ' ' : (char)*at;
    }
    if (left >= 2 && at[0] == 0xC2 && at[1] == 0xA0) {
        *width = 2;
        return ' ';
    }
    if (left < 3 || (at[0] != 0xEF && at[0] != 0xE3)) {
        return (char)*at;
    }
    unsigned code = (unsigned)(at[0] & 0x0F) << 12 | (unsigned)(at[1] & 0x3F) << 6 | (at[2] & 0x3F);
    *width = 3;
    if (code == 0x3000 || code == 0xFEFF) {
        return ' ';
    }
    if (code >= 0xFF01 && code <= 0xFF5E) {
        return (char)(code - 0xFF01 + '!');
    }
    *width = 1;
    return (char)*at;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_curved_quote(struct slice text, size_t offset)
{
    static const char *const quotes[] = {"\xe2\x80\x98", "\xe2\x80\x99", "\xe2\x80\x9c", "\xe2\x80\x9d"};
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        if (slice_starts(slice_part(text, offset, text.length), slice_of(quotes[i]))) {
            return true;
        }
    }
    return false;
}

// The sign of the table that stands at `offset`; *end gets where it ends. NULL when there is none.
static const struct spelling *find_sign(struct slice text, size_t offset, size_t limit, size_t *end)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t at = offset;
        size_t width = 0;
        const char *sign = signs[i].text;
        while (*sign != '\0' && at < limit && lexer_byte(text, at, &width) == *sign) {
            at += width;
            sign++;
        }
        if (*sign == '\0') {
            *end = at;
            return &signs[i];
        }
    }
    return NULL;
}

// Does a letter, digit or any other byte that names are made of stand at `offset`? *byte gets it, folded.
static bool is_word_byte(const struct lexer *lexer, size_t offset, char *byte, size_t *width)
{
    if (offset >= lexer->end) {
        return false;
    }
    struct slice text = lexer->source->text;
    *byte = lexer_byte(text, offset, width);
    if ((unsigned char)*byte >= 0x80) {
        size_t end = 0;
        return !is_curved_quote(text, offset) && find_sign(text, offset, lexer->end, &end) == NULL;
    }
    char lower = (char)(*byte | 0x20);
    return is_digit(*byte) || (lower >= 'a' && lower <= 'z') || *byte == '_' || *byte == '.' || *byte == '$';
}

static struct token bad(size_t start, size_t end, const char *problem)
{
    return (struct token){.kind = LEXER_BAD, .start = start, .end = end, .problem = problem};
}

// Past blanks and comments.
static void skip_blanks(struct lexer *lexer)
{
    struct slice text = lexer->source->text;
    while (lexer->position < lexer->end) {
        size_t width = 0;
        char byte = lexer_byte(text, lexer->position, &width);
        if (byte == '#') {
            size_t line_end = slice_find(text, '\n', lexer->position);
            lexer->position = line_end < lexer->end ? line_end : lexer->end;
        } else if (byte == ' ') {
            lexer->position += width;
        } else {
            return;
        }
    }
}

// What delimits a quoted text that begins at `offset`: '"' or '\'' for the straight ones, 'd' or 's' for double and single
// curved ones, 0 when no quote stands there.
static char quote_at(struct slice text, size_t offset, size_t *width)
{
    char byte = lexer_byte(text, offset, width);
    if (byte == '"' || byte == '\'') {
        return byte;
    }
    if (is_curved_quote(text, offset)) {
        *width = 3;
        return (unsigned char)text.data[offset + 2] >= 0x9C ? 'd' : 's';
    }
    return 0;
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

static struct token read_quoted(struct lexer *lexer, char quote, size_t width)
{
    struct slice text = lexer->source->text;
    size_t start = lexer->position;
    size_t from = start + width;
    bool doubled = false;
    for (size_t at = from; at < lexer->end && text.data[at] != '\n'; at += width) {
        size_t next_width = 0;
        bool closes = quote_at(text, at, &width) == quote;
        width = closes ? width : 1;
        if (!closes) {
            continue;
        }
        size_t next = at + width;
        if (quote == text.data[at] && next < lexer->end && quote_at(text, next, &next_width) == quote &&
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

static struct token read_pattern(struct lexer *lexer)
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
    if (is_word_byte(lexer, at, &byte, &width)) {
        return bad(at, at + width, "only 'i' may follow a pattern");
    }
    return token;
}

static struct token read_column(struct lexer *lexer)
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
            return (struct token){
                .kind = LEXER_COLUMN, .start = start, .end = lexer->position, .text = slice_part(text, from, at)};
        }
    }
    lexer->position = lexer->end;
    return bad(start, lexer->end, "this '[' is never closed");
}

static size_t skip_digits(const struct lexer *lexer, size_t at)
{
    char byte = 0;
    size_t width = 0;
    while (is_word_byte(lexer, at, &byte, &width) && is_digit(byte)) {
        at += width;
    }
    return at;
}

// Where three numbers end that are parted by `mark` twice, without blanks: what looks like a date. 0 when they do not stand
// at the lexer's position.
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
        size_t digits_end = skip_digits(lexer, at);
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
    if (is_word_byte(lexer, end, &byte, &width)) {
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
        bool word = is_word_byte(lexer, at, &byte, &width);
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

static struct token read_number(struct lexer *lexer)
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
    if (!period_read(written, &token.period)) {
        return bad(token.start, token.end, "neither a number nor a period such as 90d");
    }
    return in_bounds(token.period) ? token : bad(token.start, token.end, "a period of more than 10,000 years");
}

// Behind a word, "[2]" says which column of that name is meant.
static size_t skip_ordinal(const struct lexer *lexer, size_t at)
{
    struct slice text = lexer->source->text;
    size_t width = 0;
    if (at >= lexer->end || lexer_byte(text, at, &width) != '[') {
        return at;
    }
    size_t digits_end = skip_digits(lexer, at + width);
    if (digits_end == at + width || digits_end >= lexer->end || lexer_byte(text, digits_end, &width) != ']') {
        return at;
    }
    return digits_end + width;
}

static struct token read_word(struct lexer *lexer)
{
    struct token token = {.kind = LEXER_WORD, .start = lexer->position};
    char byte = 0;
    size_t width = 0;
    size_t at = token.start;
    while (is_word_byte(lexer, at, &byte, &width)) {
        at += width;
    }
    at = skip_ordinal(lexer, at);
    token.end = lexer->position = at;
    token.text = slice_part(lexer->source->text, token.start, at);
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (slice_equal_fold(token.text, slice_of(keywords[i].text))) {
            token.kind = keywords[i].kind;
        }
    }
    return token;
}

static bool begins_number(const struct lexer *lexer, char byte, size_t width)
{
    size_t after = lexer->position + width;
    return is_digit(byte) || (byte == '.' && skip_digits(lexer, after) > after);
}

static struct token read_sign(struct lexer *lexer, size_t width)
{
    size_t start = lexer->position;
    size_t end = start + width;
    const struct spelling *sign = find_sign(lexer->source->text, start, lexer->end, &end);
    lexer->position = end;
    if (sign != NULL) {
        return (struct token){.kind = sign->kind, .start = start, .end = end};
    }
    char byte = lexer_byte(lexer->source->text, start, &width);
    return bad(start, end,
               byte == '%'   ? "'%' means nothing here; ten percent is 0.1"
               : byte == '&' ? "a single '&'; write 'and'"
               : byte == '|' ? "a single '|'; write 'or'"
                             : "a sign that means nothing here");
}

static struct token read_token(struct lexer *lexer)
{
    char byte = 0;
    size_t width = 0;
    char quote = quote_at(lexer->source->text, lexer->position, &width);
    if (quote != 0) {
        return read_quoted(lexer, quote, width);
    }
    bool word = is_word_byte(lexer, lexer->position, &byte, &width);
    if (lexer->pattern && byte == '/' && width == 1) {
        return read_pattern(lexer);
    }
    if (begins_number(lexer, byte, width)) {
        return read_number(lexer);
    }
    if (byte == '[') {
        return read_column(lexer);
    }
    return word ? read_word(lexer) : read_sign(lexer, width);
}

struct token lexer_next(struct lexer *lexer)
{
    skip_blanks(lexer);
    if (lexer->position >= lexer->end) {
        return (struct token){.kind = LEXER_END, .start = lexer->end, .end = lexer->end};
    }
    struct token token = read_token(lexer);
    lexer->pattern = token.kind == LEXER_MATCHES || token.kind == LEXER_MATCHES_NOT;
    return token;
}

size_t lexer_find_colon(const struct lexer *lexer)
{
    size_t width = 0;
    size_t at = lexer->position;
    for (; at < lexer->end && lexer->source->text.data[at] != '\n'; at += width) {
        char byte = lexer_byte(lexer->source->text, at, &width);
        if (byte == ':' || byte == ';' || byte == '#') {
            return at;
        }
    }
    return at;
}

static size_t count_lines(struct slice text, size_t from, size_t to, size_t *line_start)
{
    size_t lines = 0;
    for (size_t at = slice_find(text, '\n', from); at < to; at = slice_find(text, '\n', at + 1)) {
        lines++;
        *line_start = at + 1;
    }
    return lines;
}

uint64_t lexer_line(const struct lexer_source *source, size_t offset)
{
    size_t line_start = 0;
    return source->line + count_lines(source->text, source->base, offset, &line_start);
}

void lexer_complain_list(const struct lexer_source *source, struct complaints *complaints, size_t offset,
                         const char *format, va_list arguments)
{
    size_t line_start = source->base;
    size_t lines = count_lines(source->text, source->base, offset, &line_start);
    struct slice whole = source->whole_line;
    size_t column = source->column + (offset - source->base);
    if (lines > 0) {
        whole = slice_part(source->text, line_start, slice_find(source->text, '\n', line_start));
        column = offset - line_start + 1;
    }
    complaints_add_list(complaints, source->file, source->line + lines, column, whole, format, arguments);
}

void lexer_complain(const struct lexer_source *source, struct complaints *complaints, size_t offset, const char *format,
                    ...)
{
    va_list arguments;
    va_start(arguments, format);
    lexer_complain_list(source, complaints, offset, format, arguments);
    va_end(arguments);
}
