// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * grammar: tokens to a tree of nodes, by operator precedence (Pratt 1973).
 *
 * The first error of form ends an expression (`failed`); errors of meaning (an unknown column, text where a number is
 * expected) are complained about and the rest is read on, so that all of them are said at once.
 */
#ifndef GRAMMAR_H
#define GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "complaints.h"
#include "evaluation.h"
#include "expression.h"
#include "lexer.h"
#include "node.h"

struct grammar {
    const struct expression_scope *scope;
    struct evaluation *evaluation; // of the set the expression belongs to
    struct arena *arena;
    struct complaints *complaints;
    struct lexer lexer;
    struct token token; // at hand, not used yet
    size_t passed;      // where the token before it ended
    unsigned depth;
    bool failed;          // an error of form; nothing more is to be made of this expression
    bool tolerant;        // an unknown column is no error but sets `absent`
    bool absent;          // such a column was met
    struct slice lacking; // the first of them
    bool quote_hint;      // a bare word here was probably meant as text
    bool inside_columns;  // inside a function over the whole column
};

// Takes the next token to hand. One that cannot be read is an error of form, and then the end is at hand.
void grammar_advance(struct grammar *grammar);

// Reads an expression from the token at hand to the first that is no part of it. Never NULL.
struct node *grammar_expression(struct grammar *grammar);

// The same up to a comparison, and or or: what may stand at either side of a comparison.
struct node *grammar_operand(struct grammar *grammar);

// Values between brackets, parted by commas, put at the end of `list`; the opening bracket is at hand. `hint`: bare
// words among them were probably meant as text. Gives how many.
size_t grammar_values(struct grammar *grammar, struct node *list, bool hint);

// Passes a token of this kind; if another is at hand, that is an error of form ("%s is missing here").
bool grammar_expect(struct grammar *grammar, enum lexer_kind kind, const char *what);

// An error of form: the token at hand has no place behind a complete expression.
void grammar_unexpected(struct grammar *grammar);

// A new node that begins where `left` does, or else at the token at hand. Trees that grow too high are an error of
// form.
struct node *grammar_node(struct grammar *grammar, enum node_op op, enum node_kind kind, struct node *left,
                          struct node *right);

// Puts `item` at the end of the list of `node`.
void grammar_append(struct grammar *grammar, struct node *node, struct node *item);

// Complains about the byte at `offset` and gives a node that fits everywhere.
struct node *grammar_wrong(struct grammar *grammar, size_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// The same for an error of form; only the first one is said.
struct node *grammar_fail(struct grammar *grammar, size_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// A node that fits everywhere, for what was complained about already.
struct node *grammar_nothing(struct grammar *grammar, size_t offset);

// How much of a text a message shows: at most 60 bytes of whole characters.
int grammar_clip(struct slice text);

#endif
