// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * kinds: what stands beside a cell decides what it is read as.
 *
 * Beside a number, date or length of time a cell is read as that, beside text it is text; two cells are compared as
 * numbers by < <= > >= and as text by = and !=. Every function gives a node, one of kind NODE_WRONG when it complained.
 */
#ifndef KINDS_H
#define KINDS_H

#include <stddef.h>

#include "grammar.h"
#include "node.h"

// "a number", for messages.
const char *kinds_name(enum node_kind kind);

// The node as one of this kind (text, number, date or length). Numbers and lengths of time, in days, pass for each
// other.
struct node *kinds_as(struct grammar *grammar, struct node *node, enum node_kind kind);

// The node as a condition.
struct node *kinds_truth(struct grammar *grammar, struct node *node);

// A bare word is an unknown column from here on.
struct node *kinds_settle(struct grammar *grammar, struct node *node);

// The one kind of a list of nodes, NODE_CELL when none decides, NODE_WRONG (said, unless a node was wrong already) when
// they differ.
enum node_kind kinds_common(struct grammar *grammar, struct node *list);

struct node *kinds_compare(struct grammar *grammar, unsigned comparison, struct node *left, struct node *right);
struct node *kinds_between(struct grammar *grammar, struct node *value, struct node *low, struct node *high);

// `items` is a list of at least one node.
struct node *kinds_in(struct grammar *grammar, struct node *value, struct node *items);

struct node *kinds_missing(struct grammar *grammar, struct node *value);

#endif
