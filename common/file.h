// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * file: a whole small file in memory, for what a person wrote: rules, policies, settings.
 */
#ifndef FILE_H
#define FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "text.h"

#define FILE_LARGEST ((size_t)16 << 20) // bytes

// Appends the bytes of `path`, "-" being standard input, without a UTF-8 byte-order mark at their start. False when it
// cannot be read, with a text of why in *reason (static, or the system's until its next message); nothing is printed.
bool file_read(const char *path, struct text *bytes, const char **reason);

#endif
