// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * key: writes and takes apart the keys of contacts.
 */
#include "key.h"

#include <string.h>

#include "date.h"
#include "digits.h"

// One bit for each byte of ASCII, 64 a word.
#define DIGITS ((UINT64_C(1) << 10) - 1)
#define LETTERS ((UINT64_C(1) << 26) - 1)

static bool unreserved(unsigned char byte)
{
    static const uint64_t bits[4] = {
        DIGITS << '0' | UINT64_C(1) << '-' | UINT64_C(1) << '.',
        LETTERS << ('A' - 64) | LETTERS << ('a' - 64) | UINT64_C(1) << ('_' - 64) | UINT64_C(1) << ('~' - 64),
    };
    return (bits[byte / 64] >> byte % 64 & 1) != 0;
}

static size_t plain_length(struct slice part)
{
    size_t length = 0;
    while (length < part.length && unreserved((unsigned char)part.data[length])) {
        length++;
    }
    return length;
}

bool key_is_plain(struct slice part)
{
    return plain_length(part) == part.length;
}

void key_append_part(struct text *out, struct slice part)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t plain = plain_length(part);
    text_append(out, slice_part(part, 0, plain));
    for (size_t i = plain; i < part.length; i++) {
        unsigned char byte = (unsigned char)part.data[i];
        if (unreserved(byte)) {
            text_append_byte(out, (char)byte);
        } else {
            text_append_byte(out, '%');
            text_append_byte(out, hex[byte >> 4]);
            text_append_byte(out, hex[byte & 15]);
        }
    }
}

void key_append_occurrence(struct text *out, int32_t nominal, int level)
{
    char day[DATE_SIZE];
    size_t length = date_print(day, nominal);
    text_append_byte(out, '/');
    text_append(out, (struct slice){day, length});
    text_append_byte(out, '/');
    text_append_byte(out, (char)('0' + level));
}

// Only the form that key_append_occurrence writes, ten bytes: another spelling of the day would be another key.
static bool read_day(const char *text, int32_t *day)
{
    uint64_t digits;
    char word[DIGITS_MOST];
    memcpy(word, text, 4);
    memcpy(word + 4, text + 5, 2);
    memcpy(word + 6, text + 8, 2);
    if (text[4] != '-' || text[7] != '-' || !digits_value(digits_load(word, sizeof word), &digits)) {
        return false;
    }
    int number = (int)digits;
    return date_from_civil((struct date_civil){number / 10000, number / 100 % 100, number % 100}, day);
}

struct slice key_cell(struct slice cell)
{
    struct slice key = slice_trim_value(cell);
    return slice_starts(key, slice_of("'")) ? slice_part(key, 1, key.length) : key;
}

bool key_read(struct slice text, struct key *key)
{
    enum { OCCURRENCE = 13 }; // "/2026-11-21/0"
    if (text.length < OCCURRENCE) {
        return false;
    }
    struct slice thread = slice_part(text, 0, text.length - OCCURRENCE);
    const char *occurrence = text.data + thread.length;
    size_t slash = slice_find(thread, '/', 0);
    key->customer = slice_part(thread, 0, slash);
    key->level = occurrence[OCCURRENCE - 1] - '0';
    if (slash == 0 || slash + 1 >= thread.length || occurrence[0] != '/' || occurrence[OCCURRENCE - 2] != '/' ||
        key->level < 0 || key->level > KEY_LEVELS) {
        return false;
    }
    key->rule = slice_part(thread, slash + 1, thread.length);
    return slice_find(key->rule, '/', 0) == key->rule.length && read_day(occurrence + 1, &key->nominal);
}
