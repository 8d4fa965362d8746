// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * bounds: the classes of natural breaks as a table, class,lower,upper,rows: printed, saved, and read back next month.
 */
#ifndef BOUNDS_H
#define BOUNDS_H

#include <stdbool.h>
#include <stddef.h>

#include "natural.h"
#include "program.h"

struct bounds {
    struct natural_class classes[NATURAL_MOST]; // lowest first
    size_t count;                               // 0: none are known
};

// The class of a value, from 1: the first whose upper bound is not below it. What is above all of them is in the last.
size_t bounds_class(const struct bounds *bounds, double value);

// `name` is what the column of the classes is called.
void bounds_write(const struct bounds *bounds, const char *name, struct writer *writer);

// Writes the table with 17 digits. False, said, when it cannot: return STATUS_SYSTEM.
bool bounds_save(const struct bounds *bounds, const char *path);

// Reads such a table; of its columns only class and upper count. The classes have no rows then. False, said, when it
// cannot be read: *status is what to return.
bool bounds_use(struct bounds *bounds, const char *path, struct program *program, enum status *status);

#endif
