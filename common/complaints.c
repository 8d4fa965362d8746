// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * complaints: gathered in a list, sorted when they are printed.
 *
 * Files keep the order in which each was first complained about; within a file the lines do.
 */
#include "complaints.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "diag.h"
#include "heap.h"
#include "slice.h"

struct complaint {
    struct complaint *next;
    const char *file;
    size_t file_order; // how many complaints stood before the first one about this file
    size_t order;
    uint64_t line;
    uint64_t column;
    struct slice source_line;
    const char *text;
};

static size_t file_order(const struct complaints *complaints, const char *file)
{
    for (const struct complaint *other = complaints->first; other != NULL; other = other->next) {
        if (strcmp(other->file, file) == 0) {
            return other->file_order;
        }
    }
    return complaints->count;
}

__attribute__((format(printf, 2, 0))) static const char *format_text(struct arena *arena, const char *format,
                                                                     va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    size_t size = length < 0 ? 1 : (size_t)length + 1;
    char *text = arena_allocate(arena, size);
    text[0] = '\0';
    vsnprintf(text, size, format, arguments);
    return text;
}

void complaints_add_list(struct complaints *complaints, const char *file, uint64_t line, uint64_t column,
                         struct slice source_line, const char *format, va_list arguments)
{
    struct complaint *complaint = arena_allocate(&complaints->arena, sizeof *complaint);
    *complaint = (struct complaint){
        .file = file,
        .file_order = file_order(complaints, file),
        .order = complaints->count,
        .line = line,
        .column = column,
        .source_line = source_line,
        .text = format_text(&complaints->arena, format, arguments),
    };
    if (complaints->last == NULL) {
        complaints->first = complaint;
    } else {
        complaints->last->next = complaint;
    }
    complaints->last = complaint;
    complaints->count++;
}

void complaints_add(struct complaints *complaints, const char *file, uint64_t line, uint64_t column,
                    struct slice source_line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    complaints_add_list(complaints, file, line, column, source_line, format, arguments);
    va_end(arguments);
}

static int order(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int by_place(const void *left, const void *right)
{
    const struct complaint *a = *(struct complaint *const *)left;
    const struct complaint *b = *(struct complaint *const *)right;
    int result = order(a->file_order, b->file_order);
    result = result != 0 ? result : order(a->line, b->line);
    result = result != 0 ? result : order(a->column, b->column);
    return result != 0 ? result : order(a->order, b->order);
}

static void print(const struct complaint *complaint)
{
    if (complaint->column == 0) {
        diag_error_at(complaint->file, complaint->line, "%s", complaint->text);
        return;
    }
    diag_error_in(complaint->file, complaint->line, complaint->column, "%s", complaint->text);
    diag_excerpt(complaint->source_line, complaint->column);
}

void complaints_print(const struct complaints *complaints)
{
    struct complaint **sorted = heap_allocate(complaints->count, sizeof *sorted);
    size_t count = 0;
    for (struct complaint *complaint = complaints->first; complaint != NULL; complaint = complaint->next) {
        sorted[count++] = complaint;
    }
    qsort(sorted, count, sizeof *sorted, by_place);
    for (size_t i = 0; i < count; i++) {
        print(sorted[i]);
    }
    free(sorted);
}

void complaints_free(struct complaints *complaints)
{
    arena_free(&complaints->arena);
    *complaints = (struct complaints){0};
}
