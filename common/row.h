// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * row: one record of a table as it is passed about: borrowed views that die at the next read.
 */
#ifndef ROW_H
#define ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

struct row {
    const struct slice *cells; // without outer quotes, doubled quotes or outer blanks
    size_t count;
    struct slice raw; // the record as it stood, without its line end
    bool regular;     // raw holds exactly these cells in our own way of writing, so it may be copied as bytes
    uint64_t line;    // where the record began, from 1
    const char *file; // as the user named it, "stdin" for standard input; lives as long as the run
};

#endif
