// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * help: what --help prints, made from the tables of modes and options; wrapped at 80 columns.
 *
 * All functions append to `out`. `program` is the name the user called it by.
 */
#ifndef HELP_H
#define HELP_H

#include "mode.h"
#include "options.h"
#include "text.h"

// "  -o, --output=FILE    write to FILE" lines of the options that are not hidden.
void help_options(const struct option *options, struct text *out);

// A program's modes, one line each.
void help_program(const char *program, const char *summary, const struct mode *const *modes, struct text *out);

// A mode: its examples first, then its own options, then the common ones.
void help_mode(const char *program, const struct mode *mode, const struct option *common, struct text *out);

#endif
