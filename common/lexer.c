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
#include "literal.h"
#include "slice.h"

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

bool lexer_word_byte(const struct lexer *lexer, size_t offset, char *byte, size_t *width)
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

char lexer_quote(struct slice text, size_t offset, size_t *width)
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

// Behind a word, "[2]" says which column of that name is meant.
static size_t skip_ordinal(const struct lexer *lexer, size_t at)
{
    struct slice text = lexer->source->text;
    size_t width = 0;
    if (at >= lexer->end || lexer_byte(text, at, &width) != '[') {
        return at;
    }
    size_t digits_end = literal_skip_digits(lexer, at + width);
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
    while (lexer_word_byte(lexer, at, &byte, &width)) {
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
    return is_digit(byte) || (byte == '.' && literal_skip_digits(lexer, after) > after);
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
    char quote = lexer_quote(lexer->source->text, lexer->position, &width);
    if (quote != 0) {
        return literal_quoted(lexer, quote, width);
    }
    bool word = lexer_word_byte(lexer, lexer->position, &byte, &width);
    if (lexer->pattern && byte == '/' && width == 1) {
        return literal_pattern(lexer);
    }
    if (begins_number(lexer, byte, width)) {
        return literal_number(lexer);
    }
    if (byte == '[') {
        return literal_column(lexer);
    }
    return word ? read_word(lexer) : read_sign(lexer, width);
}

struct token lexer_next(struct lexer *lexer)
{
    size_t before = lexer->position;
    skip_blanks(lexer);
    if (lexer->position >= lexer->end) {
        // Something missing is missed there, not at the start of the next line.
        return (struct token){.kind = LEXER_END, .start = before, .end = lexer->end};
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
