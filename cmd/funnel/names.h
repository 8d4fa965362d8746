// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * names: names in the value of an option, with quotes around the odd ones: visit,"add, then buy",'order'.
 *
 * A name ends at a comma or a colon, whichever the caller asks for, or at the full-width twin of it. Within quotes of
 * either kind a doubled quote is one. Blanks around a name do not count.
 */
#ifndef NAMES_H
#define NAMES_H

#include <stdbool.h>

#include "arena.h"
#include "slice.h"

struct name {
    struct slice text; // a view of the option, or lives in the arena
    bool quoted;
    struct slice mark; // what follows a closing quote, see names_take_marked
};

// Takes the name that `rest` begins with, and leaves the rest with what follows it: nothing, or the end sign. False
// when there is none; *problem, a string constant, says what is wrong.
bool names_take(struct slice *rest, char end, struct arena *arena, struct name *name, const char **problem);

// The same where something may follow a closing quote: 'a, b'@7d.
bool names_take_marked(struct slice *rest, char end, struct arena *arena, struct name *name, const char **problem);

// Takes the end sign itself. False when the rest does not begin with it.
bool names_take_end(struct slice *rest, char end);

#endif
