// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * utf8: the strict check that bytes are text.
 *
 * Strict as RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. NUL is refused too: no table holds one.
 */
#ifndef UTF8_H
#define UTF8_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

// How many bytes from the start are whole valid characters. Where that is not all, *cut tells whether the rest could
// become valid with more bytes behind it.
size_t utf8_check(struct slice bytes, bool *cut);

#endif
