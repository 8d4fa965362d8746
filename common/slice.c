// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * slice: comparing, searching and trimming views of bytes. Works on the bytes given and keeps nothing.
 *
 * White space beyond ASCII is known by its UTF-8 bytes, which cannot occur inside another character of valid text.
 */
#include "slice.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

int slice_compare(struct slice a, struct slice b)
{
    size_t common = a.length < b.length ? a.length : b.length;
    int order = common == 0 ? 0 : memcmp(a.data, b.data, common);
    if (order != 0) {
        return order;
    }
    return (a.length > b.length) - (a.length < b.length);
}

static unsigned char fold(char byte)
{
    return (unsigned char)(byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte);
}

bool slice_equal_fold(struct slice a, struct slice b)
{
    if (a.length != b.length) {
        return false;
    }
    for (size_t i = 0; i < a.length; i++) {
        if (fold(a.data[i]) != fold(b.data[i])) {
            return false;
        }
    }
    return true;
}

bool slice_starts(struct slice a, struct slice prefix)
{
    return prefix.length <= a.length && slice_equal((struct slice){a.data, prefix.length}, prefix);
}

bool slice_ends(struct slice a, struct slice suffix)
{
    return suffix.length <= a.length && slice_equal(slice_part(a, a.length - suffix.length, a.length), suffix);
}

size_t slice_find(struct slice a, char byte, size_t from)
{
    if (from >= a.length) {
        return a.length;
    }
    const char *found = memchr(a.data + from, byte, a.length - from);
    return found == NULL ? a.length : (size_t)(found - a.data);
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

struct slice slice_trim(struct slice a)
{
    while (a.length > 0 && is_blank(a.data[0])) {
        a.data++;
        a.length--;
    }
    while (a.length > 0 && is_blank(a.data[a.length - 1])) {
        a.length--;
    }
    return a;
}

static bool is_space(char byte)
{
    return is_blank(byte) || byte == '\r' || byte == '\n';
}

// Bytes of the white space that `a` starts with, or 0.
static size_t leading_space(struct slice a)
{
    if (is_space(a.data[0])) {
        return 1;
    }
    if (slice_starts(a, slice_of("\u00a0"))) {
        return 2;
    }
    return slice_starts(a, slice_of("\u3000")) || slice_starts(a, slice_of("\ufeff")) ? 3 : 0;
}

// Bytes of the white space that `a` ends with, or 0.
static size_t trailing_space(struct slice a)
{
    if (is_space(a.data[a.length - 1])) {
        return 1;
    }
    if (slice_ends(a, slice_of("\u00a0"))) {
        return 2;
    }
    return slice_ends(a, slice_of("\u3000")) || slice_ends(a, slice_of("\ufeff")) ? 3 : 0;
}

// Printable ASCII, which most cells begin and end with.
static bool is_plain(char byte)
{
    return byte > ' ' && byte <= '~';
}

struct slice slice_trim_value_at_length(struct slice a)
{
    while (a.length > 0 && !is_plain(a.data[0])) {
        size_t space = leading_space(a);
        if (space == 0) {
            break;
        }
        a.data += space;
        a.length -= space;
    }
    while (a.length > 0 && !is_plain(a.data[a.length - 1])) {
        size_t space = trailing_space(a);
        if (space == 0) {
            break;
        }
        a.length -= space;
    }
    return a;
}
