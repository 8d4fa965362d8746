// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * inputs: which of a run's inputs is standard input.
 *
 * Customers come from standard input where no file is named; whatever else is read has to come from elsewhere then.
 */
#ifndef INPUTS_H
#define INPUTS_H

#include <stdbool.h>

#include "program.h"

struct inputs {
    const char *policy;   // paths; NULL: not read
    const char *settings; // the file of --settings
    const char *touches;
};

// False, and said as wrong usage, where two of them, or one and the customers, are standard input.
bool inputs_check(const struct inputs *inputs, struct program *program);

#endif
