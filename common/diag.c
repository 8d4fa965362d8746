// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * diag: builds each message whole and hands it to standard error in one write, so that the messages of programs running
 * side by side do not mix.
 *
 * Lies below heap.c, which ends the program through it, so a message lives on the stack and only a long one asks for
 * memory; when there is none it is cut. Edit distance: optimal string alignment (Levenshtein with neighbours swapped).
 */
#include "diag.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "character.h"

static const char *program = "regulars";

void diag_set_program(const char *name)
{
    program = name;
}

const char *diag_program(void)
{
    return program;
}

enum { MESSAGE_USUAL = 1024 };

struct message {
    char *bytes; // `usual`, or memory of its own
    size_t length;
    size_t capacity;
    char usual[MESSAGE_USUAL];
};

static void start(struct message *message)
{
    message->bytes = message->usual;
    message->length = 0;
    message->capacity = MESSAGE_USUAL;
}

// False when there is no memory for `extra` more bytes and a line feed.
static bool reserve(struct message *message, size_t extra)
{
    if (extra < message->capacity - message->length) {
        return true;
    }
    if (extra > SIZE_MAX / 2 - message->length - 1) {
        return false;
    }
    size_t capacity = (message->length + extra + 1) * 2;
    char *bytes = malloc(capacity);
    if (bytes == NULL) {
        return false;
    }
    memcpy(bytes, message->bytes, message->length);
    if (message->bytes != message->usual) {
        free(message->bytes);
    }
    message->bytes = bytes;
    message->capacity = capacity;
    return true;
}

static void add(struct message *message, char byte)
{
    if (reserve(message, 1)) {
        message->bytes[message->length++] = byte;
    }
}

static void add_string(struct message *message, const char *string)
{
    for (; *string != '\0'; string++) {
        add(message, *string);
    }
}

static void add_number(struct message *message, uint64_t number)
{
    char digits[sizeof "18446744073709551615"];
    snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
    add_string(message, digits);
}

static void add_format(struct message *message, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    size_t room = message->capacity - message->length;
    int length = vsnprintf(message->bytes + message->length, room, format, arguments);
    if (length >= 0 && (size_t)length < room) {
        message->length += (size_t)length;
    } else if (length >= 0 && reserve(message, (size_t)length)) {
        vsnprintf(message->bytes + message->length, (size_t)length + 1, format, again);
        message->length += (size_t)length;
    } else if (length >= 0) {
        message->length = message->capacity - 1; // cut: vsnprintf filled the room and ended it with a NUL
    }
    va_end(again);
}

static void finish(struct message *message)
{
    message->bytes[message->length++] = '\n'; // reserve() always leaves room for it
    fwrite(message->bytes, 1, message->length, stderr);
    if (message->bytes != message->usual) {
        free(message->bytes);
    }
}

static void say(const char *file, uint64_t line, uint64_t column, const char *format, va_list arguments)
{
    struct message message;
    start(&message);
    add_string(&message, program);
    add_string(&message, ": ");
    if (file != NULL) {
        add_string(&message, file);
        if (line > 0) {
            add(&message, ':');
            add_number(&message, line);
        }
        if (column > 0) {
            add(&message, ':');
            add_number(&message, column);
        }
        add_string(&message, ": ");
    }
    add_format(&message, format, arguments);
    finish(&message);
}

void diag_transient(const char *text)
{
    static const char to_line_start[] = "\r";
    static const char clear_rest[] = "\033[K";
    if (text == NULL) {
        fprintf(stderr, "%s%s", to_line_start, clear_rest);
    } else {
        fprintf(stderr, "%s%s: %s%s", to_line_start, program, text, clear_rest);
    }
}

void diag_error(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(NULL, 0, 0, format, arguments);
    va_end(arguments);
}

void diag_error_at(const char *file, uint64_t line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(file, line, 0, format, arguments);
    va_end(arguments);
}

void diag_error_in(const char *file, uint64_t line, uint64_t column, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(file, line, column, format, arguments);
    va_end(arguments);
}

void diag_note(const struct diag *diag, const char *format, ...)
{
    if (diag->quiet) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    say(NULL, 0, 0, format, arguments);
    va_end(arguments);
}

void diag_detail(const struct diag *diag, const char *format, ...)
{
    if (!diag->verbose) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    say(NULL, 0, 0, format, arguments);
    va_end(arguments);
}

static void add_excerpt_line(struct message *message, struct slice line)
{
    add_string(message, "  ");
    for (size_t at = 0; at < line.length;) {
        struct character character = character_at(slice_part(line, at, line.length));
        if (!character.valid || (character_is_control(character) && character.code != '\t')) {
            add(message, '?');
        } else {
            for (size_t i = 0; i < character.length; i++) {
                add(message, line.data[at + i]);
            }
        }
        at += character.length;
    }
    add(message, '\n');
}

void diag_excerpt(struct slice line, uint64_t column)
{
    while (line.length > 0 && (line.data[line.length - 1] == '\r' || line.data[line.length - 1] == '\n')) {
        line.length--;
    }
    struct message message;
    start(&message);
    add_excerpt_line(&message, line);
    add_string(&message, "  ");
    for (size_t at = 0; at < line.length;) {
        struct character character = character_at(slice_part(line, at, line.length));
        at += character.length;
        if (at >= column) {
            break; // the column lies in this character
        }
        for (int i = character_width(character.code); i > 0; i--) {
            add(&message, character.code == '\t' ? '\t' : ' ');
        }
    }
    add(&message, '^');
    finish(&message);
}

// The bytes of one character, escaped when it is a control character or no valid UTF-8. Returns the end.
static char *put_escaped(char *to, const char *bytes, struct character character)
{
    static const char hex[] = "0123456789abcdef";
    bool plain = character.valid && !character_is_control(character);
    for (size_t i = 0; i < character.length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (plain) {
            *to++ = bytes[i];
        } else if (byte == '\n' || byte == '\r' || byte == '\t') {
            *to++ = '\\';
            *to++ = byte == '\n' ? 'n' : byte == '\r' ? 'r' : 't';
        } else {
            *to++ = '\\';
            *to++ = 'x';
            *to++ = hex[byte >> 4];
            *to++ = hex[byte & 15];
        }
    }
    return to;
}

const char *diag_value(const struct diag *diag, struct slice value, char out[DIAG_VALUE_SIZE])
{
    enum { LONGEST = 40 };
    char *to = out;
    if (diag->show_values) {
        size_t at = 0;
        *to++ = ' ';
        *to++ = '\'';
        while (at < value.length) {
            struct character character = character_at(slice_part(value, at, value.length));
            if (at + character.length > LONGEST) {
                break;
            }
            to = put_escaped(to, value.data + at, character);
            at += character.length;
        }
        for (int i = 0; i < 3 && at < value.length; i++) {
            *to++ = '.';
        }
        *to++ = '\'';
    }
    *to = '\0';
    return out;
}

enum { WORD_LONGEST = 64 };

// The code points of `text`, ASCII in lower case. Returns how many, or WORD_LONGEST + 1 when there are too many.
static size_t spell(struct slice text, uint32_t word[WORD_LONGEST])
{
    size_t count = 0;
    for (size_t at = 0; at < text.length;) {
        struct character character = character_at(slice_part(text, at, text.length));
        at += character.length;
        if (count == WORD_LONGEST) {
            return WORD_LONGEST + 1;
        }
        bool upper = character.code >= 'A' && character.code <= 'Z';
        word[count++] = upper ? character.code - 'A' + 'a' : character.code;
    }
    return count;
}

static size_t least_of(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t edit_distance(const uint32_t *a, size_t a_length, const uint32_t *b, size_t b_length)
{
    size_t rows[3][WORD_LONGEST + 1]; // row i is rows[i % 3]: a swap looks two rows back
    for (size_t j = 0; j <= b_length; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= a_length; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t best = least_of(above[j], row[j - 1]) + 1;
            best = least_of(best, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                best = least_of(best, rows[(i + 1) % 3][j - 2] + 1);
            }
            row[j] = best;
        }
    }
    return rows[a_length % 3][b_length];
}

long diag_nearest(struct slice word, const struct slice *candidates, size_t count)
{
    uint32_t meant[WORD_LONGEST];
    uint32_t known[WORD_LONGEST];
    size_t meant_length = spell(word, meant);
    if (meant_length > WORD_LONGEST) {
        return -1;
    }
    size_t limit = meant_length < 3 ? 1 : meant_length / 3;
    size_t best_distance = least_of(limit + 1, meant_length); // a word changed whole was not meant
    long best = -1;
    for (size_t i = 0; i < count; i++) {
        size_t known_length = spell(candidates[i], known);
        if (known_length > WORD_LONGEST) {
            continue;
        }
        size_t distance = edit_distance(meant, meant_length, known, known_length);
        if (distance < best_distance) {
            best_distance = distance;
            best = (long)i;
        }
    }
    return best;
}

_Noreturn void diag_out_of_memory(void)
{
    diag_error("out of memory");
    exit(STATUS_SYSTEM);
}
