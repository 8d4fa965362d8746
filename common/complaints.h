// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * complaints: all that is wrong with a rule, a policy or another file a person wrote, said at once.
 *
 * Gathered while a source is read, printed before any output: `program: file:line:column: text`, then the line of
 * source with a caret. Texts are copied; `file` and the source must live until the complaints are printed. The zero
 * value is empty.
 */
#ifndef COMPLAINTS_H
#define COMPLAINTS_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "slice.h"

struct complaint;

struct complaints {
    struct complaint *first;
    struct complaint *last;
    size_t count;
    struct arena arena;
};

// `column` counts bytes from 1; 0: no column and no excerpt. `source_line` is the whole line the complaint is about.
void complaints_add(struct complaints *complaints, const char *file, uint64_t line, uint64_t column,
                    struct slice source_line, const char *format, ...) __attribute__((format(printf, 6, 7)));

// The same with the arguments of a caller that takes a format itself.
void complaints_add_list(struct complaints *complaints, const char *file, uint64_t line, uint64_t column,
                         struct slice source_line, const char *format, va_list arguments);

// Prints them in the order of line and column.
void complaints_print(const struct complaints *complaints);
void complaints_free(struct complaints *complaints);

#endif
