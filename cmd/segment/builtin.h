// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * builtin: the rule sets that come with the program, as text in our own rule language (regulars-rules(5)).
 *
 * They are what 'segment rules --dump=NAME' prints, and what the modes of fixed groups run: there is no second copy in
 * code. Every rule has a name of lower-case words parted by hyphens, which is the label it gives.
 */
#ifndef BUILTIN_H
#define BUILTIN_H

#include <stdbool.h>

#include "names.h"
#include "slice.h"

// The text of the set called `name`, ending in a line end; it lives for ever. False when there is none.
bool builtin_find(const char *name, struct slice *source);

// The names of all sets, NULL-terminated, in the order in which a list of them is to be printed.
const char *const *builtin_names(void);

// A table `stage,treatment,max_contacts` for the labels of the set "stage" or "group", to be changed and given to
// --treat. It lives for ever.
struct slice builtin_treatments(const char *name, enum names language);

#endif
