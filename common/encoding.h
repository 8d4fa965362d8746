// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * encoding: bytes of other encodings made UTF-8, by iconv(3), in pieces as they are read.
 *
 * Names are those of the system (`iconv -l`), case ignored. UTF-16 and UTF-32 without a byte order in the name follow
 * the byte-order mark, else the zero bytes that the first letters leave, else they are little-endian, as Windows
 * writes. GB18030 takes 0x80 for the euro sign, as Windows' GBK does. Nothing is ever left out or replaced: the first
 * byte that is no character ends the text.
 */
#ifndef ENCODING_H
#define ENCODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

// Can the system read it? Suffixes that make iconv(3) drop or replace characters ("//IGNORE") are no part of a name.
bool encoding_known(const char *name);

// Is it UTF-8 by any of its names, which needs no decoder?
bool encoding_is_utf8(const char *name);

// The encoding that a byte-order mark at the beginning tells, of *length bytes; NULL when there is none.
const char *encoding_of_mark(struct slice start, size_t *length);

// The byte order of UTF-16 text without a mark, by the zero bytes beside its first two letters; NULL when they tell
// nothing.
const char *encoding_without_mark(struct slice start);

struct encoding;

#define ENCODING_ROOM ((size_t)16) // what encoding_decode needs at least, to get on

// For bytes that begin with `start`, the mark left out. NULL when the name is not known.
struct encoding *encoding_open(const char *name, struct slice start);
void encoding_close(struct encoding *encoding);

enum encoding_result {
    ENCODING_FULL,    // no more room at `to`: go on with what is left
    ENCODING_HUNGRY,  // all is decoded but perhaps the beginning of a character: go on with that and more bytes
    ENCODING_INVALID, // what is left begins with no character
    ENCODING_CUT,     // only with `last`: the text ends within a character
    ENCODING_DONE,    // only with `last`
};

// Decodes the first bytes of *from, which are taken off it, into the `room` bytes at `to` (at least ENCODING_ROOM);
// *written are whole characters. `last` tells that nothing comes behind them.
enum encoding_result encoding_decode(struct encoding *encoding, struct slice *from, bool last, char *to, size_t room,
                                     size_t *written);

// Bytes decoded since the last line end: the place of a fault in its line.
uint64_t encoding_place(const struct encoding *encoding);

#endif
