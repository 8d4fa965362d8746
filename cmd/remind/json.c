// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * json: a hand over the bytes that stops at the first one that does not fit.
 */
#include "json.h"

#include <string.h>

#include "number.h"

struct json json_of(struct slice bytes)
{
    return (struct json){.bytes = bytes};
}

uint64_t json_line(const struct json *json)
{
    uint64_t line = 1;
    for (size_t i = 0; i < json->at; i++) {
        line += json->bytes.data[i] == '\n';
    }
    return line;
}

static bool fail(struct json *json, const char *fault)
{
    if (json->fault == NULL) {
        json->fault = fault;
    }
    return false;
}

// The next byte that is no blank, which is not passed; 0 at the end and after a fault.
static char look(struct json *json)
{
    while (json->at < json->bytes.length && memchr(" \t\n\r", json->bytes.data[json->at], 4) != NULL) {
        json->at++;
    }
    return json->fault == NULL && json->at < json->bytes.length ? json->bytes.data[json->at] : '\0';
}

static bool take(struct json *json, char byte, const char *fault)
{
    if (look(json) != byte) {
        return fail(json, fault);
    }
    json->at++;
    return true;
}

bool json_open(struct json *json, char bracket)
{
    if (json->depth == JSON_DEEPEST) {
        return fail(json, "too many brackets within each other");
    }
    if (!take(json, bracket, bracket == '{' ? "an object '{' is wanted here" : "an array '[' is wanted here")) {
        return false;
    }
    json->depth++;
    json->fresh = true;
    return true;
}

// Before a member or an item: is there one? Passes the comma, or the bracket that closes.
static bool has_next(struct json *json, char closing)
{
    bool fresh = json->fresh;
    json->fresh = false;
    if (look(json) == closing) {
        json->at++;
        json->depth--;
        return false;
    }
    return fresh || take(json, ',', closing == '}' ? "',' or '}' is wanted here" : "',' or ']' is wanted here");
}

bool json_key(struct json *json, struct text *name)
{
    return has_next(json, '}') && json_text(json, name) && take(json, ':', "':' is wanted here");
}

bool json_item(struct json *json)
{
    return has_next(json, ']');
}

// Four hexadecimal digits.
static bool read_unit(struct json *json, unsigned *unit)
{
    *unit = 0;
    for (size_t i = 0; i < 4; i++, json->at++) {
        static const char digits[] = "0123456789abcdefABCDEF";
        const char *digit = json->at < json->bytes.length && json->bytes.data[json->at] != '\0'
                                ? strchr(digits, json->bytes.data[json->at])
                                : NULL;
        if (digit == NULL) {
            return fail(json, "not four hexadecimal digits");
        }
        *unit = *unit * 16 + (unsigned)(digit - digits < 16 ? digit - digits : digit - digits - 6);
    }
    return true;
}

static void append_code(struct text *out, unsigned code)
{
    if (code < 0x80) {
        text_append_byte(out, (char)code);
        return;
    }
    int tail = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    unsigned lead = tail == 1 ? 0xC0U : tail == 2 ? 0xE0U : 0xF0U;
    text_append_byte(out, (char)(lead | code >> (6 * tail)));
    while (tail-- > 0) {
        text_append_byte(out, (char)(0x80U | (code >> (6 * tail) & 0x3FU)));
    }
}

// What follows "\u": one unit, or the two of a surrogate pair.
static bool read_code(struct json *json, struct text *out)
{
    unsigned code;
    unsigned low;
    if (!read_unit(json, &code)) {
        return false;
    }
    if (code >= 0xD800 && code < 0xDC00) {
        struct slice rest = slice_part(json->bytes, json->at, json->bytes.length);
        json->at += 2;
        if (!slice_starts(rest, slice_of("\\u")) || !read_unit(json, &low) || low < 0xDC00 || low > 0xDFFF) {
            json->at = json->at < json->bytes.length ? json->at : json->bytes.length;
            return fail(json, "half a surrogate pair");
        }
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    } else if (code >= 0xDC00 && code <= 0xDFFF) {
        return fail(json, "half a surrogate pair");
    }
    append_code(out, code);
    return true;
}

// The byte behind a backslash.
static bool read_escape(struct json *json, struct text *out)
{
    static const char escapes[] = "\"\\/bfnrt";
    static const char meanings[] = "\"\\/\b\f\n\r\t";
    char byte = json->at < json->bytes.length ? json->bytes.data[json->at] : '\0';
    const char *escape = byte == '\0' ? NULL : strchr(escapes, byte);
    json->at++;
    if (byte == 'u') {
        return read_code(json, out);
    }
    if (escape == NULL) {
        json->at--;
        return fail(json, "no such escape");
    }
    text_append_byte(out, meanings[escape - escapes]);
    return true;
}

bool json_text(struct json *json, struct text *value)
{
    text_clear(value);
    if (!take(json, '"', "a text in double quotes is wanted here")) {
        return false;
    }
    while (json->at < json->bytes.length) {
        char byte = json->bytes.data[json->at++];
        if (byte == '"') {
            return true;
        }
        if ((unsigned char)byte < 0x20) {
            json->at--;
            return fail(json, "a line break or control character within a text");
        }
        if (byte != '\\') {
            text_append_byte(value, byte);
        } else if (!read_escape(json, value)) {
            return false;
        }
    }
    return fail(json, "the text has no end");
}

// A word or number: up to a blank, comma, colon or bracket.
static struct slice take_word(struct json *json)
{
    look(json);
    size_t from = json->at;
    while (json->at < json->bytes.length && memchr(" \t\n\r,:[]{}\"", json->bytes.data[json->at], 11) == NULL) {
        json->at++;
    }
    return slice_part(json->bytes, from, json->at);
}

bool json_whole(struct json *json, int64_t *value)
{
    size_t from = json->at;
    if (json->fault == NULL && number_read_whole(take_word(json), value)) {
        return true;
    }
    json->at = from;
    return fail(json, "a whole number is wanted here");
}

bool json_truth(struct json *json, bool *value)
{
    size_t from = json->at;
    struct slice word = json->fault == NULL ? take_word(json) : (struct slice){"", 0};
    *value = slice_is(word, "true");
    if (*value || slice_is(word, "false")) {
        return true;
    }
    json->at = from;
    return fail(json, "true or false is wanted here");
}

static bool is_number(struct slice word)
{
    double value;
    return word.length > 0 && (word.data[0] == '-' || (word.data[0] >= '0' && word.data[0] <= '9')) &&
           number_read(word, '.', &value);
}

static bool skip_word(struct json *json)
{
    size_t from = json->at;
    struct slice word = take_word(json);
    if (slice_is(word, "true") || slice_is(word, "false") || slice_is(word, "null") || is_number(word)) {
        return true;
    }
    json->at = from;
    return fail(json, "a value is wanted here");
}

// Recursion ends at JSON_DEEPEST.
static bool skip_members(struct json *json, struct text *scratch)
{
    bool object = look(json) == '{';
    bool good = json_open(json, object ? '{' : '[');
    while (good && (object ? json_key(json, scratch) : json_item(json))) {
        good = json_skip(json);
    }
    return json->fault == NULL;
}

bool json_skip(struct json *json)
{
    struct text scratch = {0};
    char next = look(json);
    bool good = json->fault == NULL && (next == '{' || next == '[' ? skip_members(json, &scratch)
                                        : next == '"'              ? json_text(json, &scratch)
                                                                   : skip_word(json));
    text_free(&scratch);
    return good;
}

bool json_end(struct json *json)
{
    look(json);
    return json->fault == NULL && (json->at == json->bytes.length || fail(json, "something follows the end"));
}
