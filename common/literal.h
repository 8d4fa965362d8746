// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * literal: the tokens of a lexer that stand for a value: texts, patterns, names in brackets, numbers, dates, periods.
 *
 * Each is read from the lexer's position, where its first sign stands, and passed. Bad ones tell what is wrong; one
 * that is never closed swallows what is left.
 */
#ifndef LITERAL_H
#define LITERAL_H

#include <stddef.h>

#include "lexer.h"

// `quote` is what lexer_quote gave, `width` its width.
struct token literal_quoted(struct lexer *lexer, char quote, size_t width);

struct token literal_pattern(struct lexer *lexer);
struct token literal_column(struct lexer *lexer);

// Also dates and periods; a digit stands at the position, or a point before one.
struct token literal_number(struct lexer *lexer);

// Where the digits that begin at `at` end.
size_t literal_skip_digits(const struct lexer *lexer, size_t at);

#endif
