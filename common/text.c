// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * text: a growing array of bytes, doubled when it is full.
 *
 * Nothing is stored behind the last byte until text_string asks for a NUL.
 */
#include "text.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "heap.h"

char *text_reserve(struct text *text, size_t extra)
{
    if (extra > SIZE_MAX - text->length) {
        diag_out_of_memory();
    }
    text->data = heap_grow(text->data, &text->capacity, text->length + extra, 1);
    return text->data == NULL ? NULL : text->data + text->length;
}

void text_append(struct text *text, struct slice bytes)
{
    if (bytes.length == 0) {
        return;
    }
    memcpy(text_reserve(text, bytes.length), bytes.data, bytes.length);
    text->length += bytes.length;
}

void text_append_string(struct text *text, const char *string)
{
    text_append(text, slice_of(string));
}

void text_append_byte(struct text *text, char byte)
{
    *text_reserve(text, 1) = byte;
    text->length++;
}

void text_format(struct text *text, const char *format, ...)
{
    enum { USUAL = 32 };
    va_list arguments;
    text_reserve(text, USUAL);
    size_t room = text->capacity - text->length;
    va_start(arguments, format);
    int length = vsnprintf(text->data + text->length, room, format, arguments);
    va_end(arguments);
    if (length < 0) {
        return;
    }
    if ((size_t)length >= room) {
        char *to = text_reserve(text, (size_t)length + 1);
        va_start(arguments, format);
        vsnprintf(to, (size_t)length + 1, format, arguments);
        va_end(arguments);
    }
    text->length += (size_t)length;
}

struct slice text_slice(const struct text *text)
{
    return (struct slice){text->data, text->length};
}

const char *text_string(struct text *text)
{
    *text_reserve(text, 1) = '\0';
    return text->data;
}

void text_clear(struct text *text)
{
    text->length = 0;
}

void text_free(struct text *text)
{
    free(text->data);
    *text = (struct text){0};
}
