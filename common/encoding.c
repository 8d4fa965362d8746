// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * encoding: a loop around iconv(3), and what byte-order marks look like.
 *
 * Where a line begins is looked up in the bytes before they were decoded. That needs no decoding: in UTF-16 and UTF-32
 * line ends are whole units, and in the encodings that keep ASCII LF and CR are no part of any other character.
 */
#include "encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "heap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct encoding {
    iconv_t decoder;
    size_t unit;   // bytes of a code unit
    size_t letter; // where in a unit an ASCII character stands
    bool euro;     // is 0x80 the euro sign?
    uint64_t place;
};

static const struct {
    struct slice bytes;
    const char *name;
} marks[] = {
    // The mark of UTF-32 in little-endian order begins with that of UTF-16.
    {{"\xFF\xFE\0\0", 4}, "UTF-32LE"}, {{"\0\0\xFE\xFF", 4}, "UTF-32BE"}, {{"\xFF\xFE", 2}, "UTF-16LE"},
    {{"\xFE\xFF", 2}, "UTF-16BE"},     {{"\xEF\xBB\xBF", 3}, "UTF-8"},
};

const char *encoding_of_mark(struct slice start, size_t *length)
{
    for (size_t i = 0; i < COUNT(marks); i++) {
        if (slice_starts(start, marks[i].bytes)) {
            *length = marks[i].bytes.length;
            return marks[i].name;
        }
    }
    *length = 0;
    return NULL;
}

// Two code units of one or two bytes each, the upper halves zero.
static bool half_empty(struct slice start, size_t zero, size_t letter)
{
    return start.length >= 4 && start.data[zero] == '\0' && start.data[zero + 2] == '\0' &&
           start.data[letter] != '\0' && start.data[letter + 2] != '\0';
}

const char *encoding_without_mark(struct slice start)
{
    if (half_empty(start, 1, 0)) {
        return "UTF-16LE";
    }
    return half_empty(start, 0, 1) ? "UTF-16BE" : NULL;
}

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (slice_equal_fold(slice_of(name), slice_of(*names))) {
            return true;
        }
    }
    return false;
}

bool encoding_is_utf8(const char *name)
{
    static const char *const names[] = {"utf-8", "utf8", "utf-8-sig", NULL};
    return is_one_of(name, names);
}

static bool is_utf16(const char *name)
{
    static const char *const names[] = {"utf-16", "utf16", "unicode", "ucs-2", "ucs2", NULL};
    return is_one_of(name, names);
}

static bool is_utf32(const char *name)
{
    static const char *const names[] = {"utf-32", "utf32", "ucs-4", "ucs4", NULL};
    return is_one_of(name, names);
}

// The name with a byte order, where it needs one.
static const char *ordered_name(const char *name, struct slice start)
{
    if (is_utf16(name)) {
        const char *found = encoding_without_mark(start);
        return found == NULL ? "UTF-16LE" : found;
    }
    if (is_utf32(name)) {
        bool big = start.length >= 4 && start.data[0] == '\0' && start.data[3] != '\0';
        return big ? "UTF-32BE" : "UTF-32LE";
    }
    return name;
}

static iconv_t open_decoder(const char *name)
{
    if (name[0] == '\0' || strchr(name, '/') != NULL) {
        return (iconv_t)-1;
    }
    iconv_t decoder = iconv_open("UTF-8", name);
    if (decoder == (iconv_t)-1 && errno == ENOMEM) {
        diag_out_of_memory();
    }
    return decoder;
}

bool encoding_known(const char *name)
{
    iconv_t decoder = open_decoder(ordered_name(name, (struct slice){"", 0}));
    if (decoder == (iconv_t)-1) {
        return encoding_is_utf8(name);
    }
    iconv_close(decoder);
    return true;
}

// How "\n" is written, where it is one unit with zeroes around it.
static void measure_unit(struct encoding *encoding, const char *name)
{
    char bytes[16];
    iconv_t encoder = iconv_open(name, "UTF-8");
    if (encoder == (iconv_t)-1) {
        return;
    }
    char *from = (char[]){'\n'};
    char *to = bytes;
    size_t length = 1;
    size_t room = sizeof bytes;
    iconv(encoder, &from, &length, &to, &room);
    iconv_close(encoder);
    const char *found = memchr(bytes, '\n', (size_t)(to - bytes));
    if (found != NULL && (to - bytes == 2 || to - bytes == 4)) {
        encoding->unit = (size_t)(to - bytes);
        encoding->letter = (size_t)(found - bytes);
    }
}

struct encoding *encoding_open(const char *name, struct slice start)
{
    static const char *const with_euro[] = {"gb18030", "gb-18030", "gb18030-2005", "gb18030-2022", NULL};
    name = ordered_name(name, start);
    iconv_t decoder = open_decoder(name);
    if (decoder == (iconv_t)-1) {
        return NULL;
    }
    struct encoding *encoding = heap_allocate(1, sizeof *encoding);
    encoding->decoder = decoder;
    encoding->unit = 1;
    encoding->euro = is_one_of(name, with_euro);
    measure_unit(encoding, name);
    return encoding;
}

void encoding_close(struct encoding *encoding)
{
    if (encoding != NULL) {
        iconv_close(encoding->decoder);
        free(encoding);
    }
}

static bool is_line_end(const struct encoding *encoding, const char *unit)
{
    for (size_t i = 0; i < encoding->unit; i++) {
        if (i != encoding->letter && unit[i] != '\0') {
            return false;
        }
    }
    return unit[encoding->letter] == '\n' || unit[encoding->letter] == '\r';
}

static void note_place(struct encoding *encoding, struct slice decoded)
{
    for (size_t end = decoded.length; end >= encoding->unit; end -= encoding->unit) {
        if (is_line_end(encoding, decoded.data + end - encoding->unit)) {
            encoding->place = decoded.length - end;
            return;
        }
    }
    encoding->place += decoded.length;
}

// Takes one byte for the euro sign. False when it is none, or there is no room.
static bool take_euro(const struct encoding *encoding, struct slice *from, char **to, size_t *room)
{
    static const char sign[] = {'\xE2', '\x82', '\xAC'};
    if (!encoding->euro || from->length == 0 || from->data[0] != '\x80' || *room < sizeof sign) {
        return false;
    }
    memcpy(*to, sign, sizeof sign);
    *to += sizeof sign;
    *room -= sizeof sign;
    *from = slice_part(*from, 1, from->length);
    return true;
}

// One call of iconv(3): 0, or why it stopped.
static int decode_some(struct encoding *encoding, struct slice *from, char **to, size_t *room)
{
    if (from->length == 0) {
        return 0;
    }
    char *bytes = (char *)from->data; // iconv(3) wants it so and does not write there
    size_t left = from->length;
    int why = iconv(encoding->decoder, &bytes, &left, to, room) == (size_t)-1 ? errno : 0;
    *from = slice_part(*from, from->length - left, from->length);
    return why;
}

// The state of the decoder may still hold a character.
static enum encoding_result finish(struct encoding *encoding, char **to, size_t *room)
{
    if (iconv(encoding->decoder, NULL, NULL, to, room) != (size_t)-1) {
        return ENCODING_DONE;
    }
    return errno == E2BIG ? ENCODING_FULL : ENCODING_CUT;
}

enum encoding_result encoding_decode(struct encoding *encoding, struct slice *from, bool last, char *to, size_t room,
                                     size_t *written)
{
    const char *start = to;
    struct slice whole = *from;
    int why;
    do {
        why = decode_some(encoding, from, &to, &room);
    } while (why == EILSEQ && take_euro(encoding, from, &to, &room));
    note_place(encoding, slice_part(whole, 0, whole.length - from->length));
    enum encoding_result result = ENCODING_HUNGRY;
    if (why == E2BIG || (why == EILSEQ && room < 4)) {
        result = ENCODING_FULL;
    } else if (why == EILSEQ) {
        result = ENCODING_INVALID;
    } else if (last) {
        result = from->length > 0 ? ENCODING_CUT : finish(encoding, &to, &room);
    }
    *written = (size_t)(to - start);
    return result;
}

uint64_t encoding_place(const struct encoding *encoding)
{
    return encoding->place;
}
