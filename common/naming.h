// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * naming: the columns that words and names in brackets mean.
 */
#ifndef NAMING_H
#define NAMING_H

#include <stdbool.h>
#include <stddef.h>

#include "grammar.h"
#include "lexer.h"
#include "node.h"
#include "slice.h"

// The node for a word or a name in brackets. `hint`: it stands where text is usual, so a word that is no column was
// most likely meant as text. Where there are events an unknown word gives a node of kind NODE_WORD; else it is
// complained about.
struct node *naming_column(struct grammar *grammar, const struct token *token, bool hint);

// "unknown column 'reveneu' (did you mean 'revenue'?)", about a name written at `offset`.
struct node *naming_unknown(struct grammar *grammar, struct slice name, size_t offset);

// Does a column name with blanks or signs in it, longer than `length`, stand at `offset`? Complains how it is written.
bool naming_is_odd(struct grammar *grammar, size_t offset, size_t length);

#endif
