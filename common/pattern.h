// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * pattern: what `~ /re/` and `like 'x%'` compare a text with.
 *
 * Regular expressions are POSIX extended ones, by bytes and without a locale. They come from people who may mean no
 * good, so what makes them take for ever is refused: back-references, more than 1,000 bytes, more than 1,000
 * repetitions; and a text of more than PATTERN_LONGEST_TEXT is not compared, for matching may take its length squared.
 */
#ifndef PATTERN_H
#define PATTERN_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

#include "slice.h"
#include "text.h"

#define PATTERN_LONGEST_TEXT 16384 // bytes

struct pattern {
    struct pattern *next; // of the same set of rules
    regex_t regex;
    struct text buffer; // the text at hand, with a NUL
};

// NULL, or a constant text of what is wrong with it. `fold` makes ASCII letters alike.
const char *pattern_compile(struct pattern *pattern, struct slice source, bool fold);
void pattern_free(struct pattern *pattern);

// The caller sees to it that the text is not too long.
bool pattern_matches(struct pattern *pattern, struct slice text);

// Does the whole text look like `like`, in which % is any run of characters, _ is one (a code point) and a backslash
// makes the next character an ordinary one?
bool pattern_like(struct slice text, struct slice like);

#endif
