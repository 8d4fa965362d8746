// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * bars: a funnel drawn for a person at a terminal: one line a step, a bar as long as its share is large.
 */
#ifndef BARS_H
#define BARS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "output.h"
#include "slice.h"

struct bars_row {
    struct slice name;
    uint64_t people;
    double share;    // of those who began, 0 to 1
    double previous; // of those of the step before; negative when there is none
};

// What is the same for all funnels of a run, so that they stand below each other.
struct bars_frame {
    size_t name_columns;   // on the terminal, of the widest name
    size_t people_columns; // of the largest number
    bool colour;
};

// Makes the frame wide enough for these rows.
void bars_fit(struct bars_frame *frame, const struct bars_row *rows, size_t count);

// A heading, left out when it is empty, and the rows below it. Control characters print as '?'.
void bars_draw(struct output *output, const struct bars_frame *frame, struct slice heading, const struct bars_row *rows,
               size_t count);

// Does this output take colours: a terminal that is not dumb, and NO_COLOR is empty or not set?
bool bars_may_colour(const struct output *output);

#endif
