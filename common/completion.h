// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * completion: shell completions of a program, made from its tables of modes and options.
 *
 * Modes complete as the first word, then the mode's own and the common options; the values of choices and of files
 * complete too, and operands as files.
 */
#ifndef COMPLETION_H
#define COMPLETION_H

#include "mode.h"
#include "options.h"
#include "text.h"

void completion_bash(const char *program, const struct mode *const *modes, const struct option *common,
                     struct text *out);
void completion_zsh(const char *program, const struct mode *const *modes, const struct option *common,
                    struct text *out);
void completion_fish(const char *program, const struct mode *const *modes, const struct option *common,
                     struct text *out);

#endif
