// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * arithmetic: + - * / between numbers, dates and lengths of time, and what their results are.
 *
 * date - date is a length, date +- length or number (of days) is a date, a column +- a period is a date. Months and
 * years are counted by the calendar where they meet a date. Constants are worked out at once.
 */
#ifndef ARITHMETIC_H
#define ARITHMETIC_H

#include "grammar.h"
#include "lexer.h"
#include "node.h"

// `operation` is LEXER_PLUS, LEXER_MINUS, LEXER_TIMES or LEXER_DIVIDE. A node of kind NODE_WRONG when it complained.
struct node *arithmetic_join(struct grammar *grammar, enum lexer_kind operation, struct node *left, struct node *right);

struct node *arithmetic_negate(struct grammar *grammar, struct node *value);

#endif
