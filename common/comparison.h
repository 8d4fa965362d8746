// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * comparison: = < in between like ~ is, and their opposites, in the grammar.
 */
#ifndef COMPARISON_H
#define COMPARISON_H

#include "grammar.h"
#include "node.h"

// Reads the comparison of `left` whose operator is at hand. A condition, or a node of kind NODE_WRONG.
struct node *comparison_read(struct grammar *grammar, struct node *left);

#endif
