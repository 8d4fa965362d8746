// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * memory: files in memory for fuzz targets, which are linked with it in place of common/descriptor.c: a system call
 * costs more than a whole small input. Descriptors 0 (also the path "-") to MEMORY_FILES - 1 are read from it; what is
 * written to any is kept.
 */
#ifndef MEMORY_H
#define MEMORY_H

#include <stdbool.h>

#include "slice.h"
#include "text.h"

#define MEMORY_FILES 4

// The content of a descriptor, borrowed, to be read from the beginning.
void memory_fill(int descriptor, struct slice bytes);

// To be read from the beginning again.
void memory_rewind(int descriptor);

// What was written since memory_forget; lives until the next write.
struct slice memory_written(void);
void memory_forget(void);

// What is said on standard error between the two is appended to *said.
void memory_listen(void);
void memory_heard(struct text *said);

// Requires that something was said by the program `name` ("remind"), and that all places in it, "remind: stdin:3: ...",
// lie in the file.
void memory_check_places(struct slice said, const char *name, struct slice file);

// Ends the run, as a finding, unless the condition holds.
void require(bool condition);

#endif
