// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * functions: the functions of the rule language by name, with what they take and give.
 */
#ifndef FUNCTIONS_H
#define FUNCTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "grammar.h"
#include "node.h"
#include "slice.h"

struct function;

// NULL when there is none of that name, in either case of letters.
const struct function *functions_find(struct slice name);

// The nearest name, or NULL.
const char *functions_nearest(struct slice name);

// Does it look at the whole column?
bool functions_whole(const struct function *function);

// The node for a call with these values (a list of `count`) that is written at `offset`.
struct node *functions_call(struct grammar *grammar, const struct function *function, struct node *values, size_t count,
                            size_t offset);

#endif
