// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * slice: a view of bytes that somebody else owns.
 *
 * A slice never owns memory and is never NUL-terminated by promise; it lives exactly as long as the bytes it points
 * into, and the header of whoever hands one out says how long that is. The empty slice may have any data pointer,
 * NULL included. All comparisons are by byte; only ASCII letters fold. Nothing here allocates or fails.
 */
#ifndef SLICE_H
#define SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
    const char *data;
    size_t length;
};

// The bytes of a C string, without its NUL. `text` may not be NULL.
static inline struct slice slice_of(const char *text)
{
    return (struct slice){text, strlen(text)};
}

static inline bool slice_equal(struct slice a, struct slice b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static inline bool slice_is(struct slice a, const char *text)
{
    return slice_equal(a, slice_of(text));
}

// The part of `a` from byte `from` (at most its length) up to, not including, byte `to`.
static inline struct slice slice_part(struct slice a, size_t from, size_t to)
{
    return (struct slice){a.data + from, to - from};
}

// Order by bytes, a prefix first: below, equal to or above zero.
int slice_compare(struct slice a, struct slice b);

// Equal when ASCII letters are taken as the same in both cases.
bool slice_equal_fold(struct slice a, struct slice b);

bool slice_starts(struct slice a, struct slice prefix);
bool slice_ends(struct slice a, struct slice suffix);

// Position of the first `byte` at or after `from`, or a.length when there is none.
size_t slice_find(struct slice a, char byte, size_t from);

// Without the spaces and tabs at both ends: what the reader takes off outside quotes.
struct slice slice_trim(struct slice a);

// Without any white space at both ends: space, tab, CR, LF, NBSP (U+00A0), U+3000, U+FEFF. Used where a cell is
// interpreted (a key, a number, a date, a column name), never on a cell that is passed on.
struct slice slice_trim_value_at_length(struct slice a);
static inline struct slice slice_trim_value(struct slice a)
{
    // Most values begin and end with a visible character of ASCII.
    bool plain = a.length > 0 && a.data[0] > ' ' && a.data[0] <= '~' && a.data[a.length - 1] > ' ' &&
                 a.data[a.length - 1] <= '~';
    return plain ? a : slice_trim_value_at_length(a);
}

#endif
