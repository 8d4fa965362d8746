// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lines: the lines of an open file by their place in it, through a window of it: one after the other, or anywhere.
 */
#ifndef LINES_H
#define LINES_H

#include <stdbool.h>
#include <stdint.h>

#include "slice.h"
#include "text.h"

struct lines {
    int descriptor; // borrowed; -1 is an empty file
    uint64_t start; // where the window lies in the file
    uint64_t next;  // behind the line given last
    struct text window;
};

enum lines_result {
    LINES_LINE,
    LINES_TORN, // the last bytes, without a line feed
    LINES_END,
    LINES_FAILED, // errno tells why
};

// The line at *place, without its LF or CR LF; *place moves behind it. It lives until the next call.
enum lines_result lines_at(struct lines *lines, uint64_t *place, struct slice *line);

// What the window holds from `place` on, maybe nothing, and maybe less than a line. Lives until the next call.
struct slice lines_held(const struct lines *lines, uint64_t place);

// Lines up to `place` were taken from there, so the one at it is the next in order.
void lines_pass(struct lines *lines, uint64_t place);

void lines_free(struct lines *lines);

#endif
