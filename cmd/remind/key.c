// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * key: writes and takes apart the keys of contacts.
 */
#include "key.h"

#include "date.h"

static bool unreserved(unsigned char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
           byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

void key_append_part(struct text *out, struct slice part)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t plain = 0;
    while (plain < part.length && unreserved((unsigned char)part.data[plain])) {
        plain++;
    }
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

void key_append_thread(struct text *out, struct slice customer, struct slice rule)
{
    key_append_part(out, customer);
    text_append_byte(out, '/');
    key_append_part(out, rule);
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

// Where the last '/' before `end` stands, or `end` when there is none.
static size_t slash_before(struct slice text, size_t end)
{
    for (size_t at = end; at > 0; at--) {
        if (text.data[at - 1] == '/') {
            return at - 1;
        }
    }
    return end;
}

static bool read_digits(struct slice text, size_t from, size_t count, int *value)
{
    *value = 0;
    for (size_t i = from; i < from + count; i++) {
        unsigned digit = (unsigned)(unsigned char)text.data[i] - '0';
        if (digit > 9) {
            return false;
        }
        *value = *value * 10 + (int)digit;
    }
    return true;
}

// Only the form that key_append_occurrence writes: another spelling of the day would be another key.
static bool read_day(struct slice text, int32_t *day)
{
    struct date_civil civil;
    return text.length == 10 && text.data[4] == '-' && text.data[7] == '-' && read_digits(text, 0, 4, &civil.year) &&
           read_digits(text, 5, 2, &civil.month) && read_digits(text, 8, 2, &civil.day) && date_from_civil(civil, day);
}

struct slice key_cell(struct slice cell)
{
    struct slice key = slice_trim_value(cell);
    return slice_starts(key, slice_of("'")) ? slice_part(key, 1, key.length) : key;
}

bool key_read(struct slice text, struct key *key)
{
    size_t level = slash_before(text, text.length);
    size_t nominal = slash_before(text, level);
    if (level + 2 != text.length || nominal == level || !read_digits(text, level + 1, 1, &key->level)) {
        return false;
    }
    size_t rule = slash_before(text, nominal);
    key->customer = slice_part(text, 0, rule);
    key->rule = slice_part(text, rule + 1, nominal);
    return rule > 0 && rule + 1 < nominal && memchr(text.data, '/', rule) == NULL &&
           read_day(slice_part(text, nominal + 1, level), &key->nominal);
}
