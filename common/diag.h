// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * diag: what is said on standard error, and the four exit statuses.
 *
 * One form for all messages: `program: text`, or `program: file:line: text`; lower case, no full stop, subjects in
 * single quotes. Standard output never gets a message. The program's name is the only state of this file.
 *
 * A value from a cell may be somebody's phone number, so a message shows one only through diag_value(), which gives it
 * back only when the user typed --show-values.
 */
#ifndef DIAG_H
#define DIAG_H

#include <stdbool.h>
#include <stdint.h>

#include "slice.h"

// In order of gravity; the program ends with the gravest that occurred.
enum status {
    STATUS_DONE = 0,   // all is well
    STATUS_DATA = 1,   // data was refused or rejected
    STATUS_USAGE = 2,  // wrong option, column, rule or policy
    STATUS_SYSTEM = 3, // could not open, read, write, lock, or get memory
};

// How much is said; set from -q, -v and --show-values and passed to whoever has notes to make.
struct diag {
    bool quiet;       // no notes (errors are always said)
    bool verbose;     // details too
    bool show_values; // cells may be quoted
};

// `name` must live as long as the program: argv[0]'s last part.
void diag_set_program(const char *name);
const char *diag_program(void);

// Errors. The format is printf's.
void diag_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

// `line` counts from 1; 0 leaves the line out. `column` likewise, for rule and policy files.
void diag_error_at(const char *file, uint64_t line, const char *format, ...) __attribute__((format(printf, 3, 4)));
void diag_error_in(const char *file, uint64_t line, uint64_t column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

// Below a located error: the line of source itself and a caret under `column` (from 1, in bytes; the caret is placed by
// displayed width, a wide East Asian character counting two; past the end it stands behind the last one). Control
// characters but tabs, and bytes that are no UTF-8, are shown as '?'; line ends at the end are left out.
void diag_excerpt(struct slice line, uint64_t column);

// A note is said unless -q; a detail is said only with -v.
void diag_note(const struct diag *diag, const char *format, ...) __attribute__((format(printf, 2, 3)));
void diag_detail(const struct diag *diag, const char *format, ...) __attribute__((format(printf, 2, 3)));

// For a terminal only: shows a line, "program: text", in place of the one shown before; NULL takes it away, which the
// caller does before anything else is said.
void diag_transient(const char *text);

// " 'value'" when values may be shown, else "". Cut at 40 bytes, never within a character, "..." saying so; control
// characters and bytes that are no UTF-8 are escaped. Returns `out`, which holds it.
#define DIAG_VALUE_SIZE 192
const char *diag_value(const struct diag *diag, struct slice value, char out[DIAG_VALUE_SIZE]);

// The candidate nearest to `word` by edit distance, ASCII case ignored, or -1 when none is near enough to be meant
// (distance at most a third of the word's length, at least 1, and less than the whole word). An insertion, a deletion,
// another letter and two neighbours swapped count one each; of equals the first. For "did you mean".
long diag_nearest(struct slice word, const struct slice *candidates, size_t count);

// "program: out of memory", status 3. Does not return.
_Noreturn void diag_out_of_memory(void);

#endif
