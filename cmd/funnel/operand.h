// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * operand: FILE, or EVENT=FILE for the export of one event.
 */
#ifndef OPERAND_H
#define OPERAND_H

#include "slice.h"

// The word before the sign; empty for a plain file, which a path with a slash before the sign is too.
struct slice operand_word(const char *operand);

// The file.
const char *operand_path(const char *operand);

#endif
