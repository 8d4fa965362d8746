// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * mode: what a mode tells the program about itself.
 *
 * A mode file exports one constant of struct mode; the program's main.c lists them in a NULL-terminated table. Options
 * that several modes have stand in tables of their own, whose fields lie at the same place in the settings of each.
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
    const char *summary;                // one sentence, lower case, no full stop
    const char *usage;                  // operands in the synopsis: "[FILE|-]..."; NULL: takes none and reads no input
    const char *examples[2];            // lead the help; each runs as it stands
    const struct option *const *shared; // tables of options with other modes, NULL-terminated, told first; or NULL
    const struct option *options;       // its own; the common ones are added
    const void *defaults;               // a settings struct
    size_t settings_size;
    bool (*check)(const void *settings,
                  struct program *program); // what needs no input, or NULL; false: program_wrong was called
    enum status (*run)(const void *settings, struct program *program);
};

// Its tables of options: the shared ones, then its own; NULL from there on.
const struct option *mode_options(const struct mode *mode, size_t index);

#endif
