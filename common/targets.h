// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * targets: the files that options name to be written, held apart from each other and from what is read.
 *
 * -o X --rejects=X would leave one of the two, and --rejects=INPUT or -o LEDGER destroy what nobody has twice. Only
 * the output may be an input, because it takes its place at the end (output.h). Two paths are one file when they lead
 * to the same regular file, or, where nothing is there yet, when they are the same text.
 */
#ifndef TARGETS_H
#define TARGETS_H

#include <stdbool.h>
#include <stddef.h>

#include "options.h"
#include "text.h"

// False, and what to say in *problem, when two options that write (option.written) name one file.
bool targets_differ(const struct option_group *groups, size_t group_count, struct text *problem);

// False, and what to say in *problem, when an option that writes, other than --output, names `path`, which is read.
bool targets_spare(const struct option_group *groups, size_t group_count, const char *path, struct text *problem);

#endif
