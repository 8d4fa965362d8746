// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * text: bytes that grow.
 *
 * The zero value is empty and valid. `data` belongs to the text and moves when it grows, so a slice of it lives until
 * the next append. Out of memory ends the program (heap.h). text_free gives the memory back and leaves it empty.
 */
#ifndef TEXT_H
#define TEXT_H

#include <stddef.h>

#include "slice.h"

struct text {
    char *data;
    size_t length;
    size_t capacity;
};

// `bytes` may not lie in the text itself.
void text_append(struct text *text, struct slice bytes);
void text_append_string(struct text *text, const char *string);
void text_append_byte(struct text *text, char byte);

// Room for `extra` more bytes; returns where they go. The caller writes them and raises `length`.
char *text_reserve(struct text *text, size_t extra);

// printf's format, in the C locale.
void text_format(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

struct slice text_slice(const struct text *text);

// A NUL after the last byte, not counted in `length`; the whole as a C string.
const char *text_string(struct text *text);

void text_clear(struct text *text);
void text_free(struct text *text);

#endif
