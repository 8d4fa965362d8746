// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * mode: what a mode tells the program about itself.
 *
 * A mode file exports one constant of struct mode; the program's main.c lists them in a NULL-terminated table.
 */
#ifndef MODE_H
#define MODE_H

#include <stdbool.h>
#include <stddef.h>

#include "diag.h"
#include "options.h"

struct program;

struct mode {
    const char *name;
    const char *summary;          // one sentence, lower case, no full stop
    const char *usage;            // operands in the synopsis: "[FILE|-]..."; NULL: takes none and reads no input
    const char *examples[2];      // lead the help; each runs as it stands
    const struct option *options; // its own; the common ones are added
    const void *defaults;         // a settings struct
    size_t settings_size;
    bool (*check)(const void *settings,
                  struct program *program); // what needs no input, or NULL; false: program_wrong was called
    enum status (*run)(const void *settings, struct program *program);
};

#endif
