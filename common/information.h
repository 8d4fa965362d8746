// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * information: what --help, --version and the hidden --generate write to standard output.
 */
#ifndef INFORMATION_H
#define INFORMATION_H

#include <stdbool.h>

#include "diag.h"
#include "mode.h"
#include "settings.h"

// The program as it is described; nothing is owned.
struct information {
    const char *program; // as the user called it
    const char *summary;
    const struct mode *const *modes;
    const struct mode *mode; // NULL: none was named
};

// False when the settings ask for none of it. Else it was written, and *status says how that went.
bool information_given(const struct information *about, const struct settings *settings, enum status *status);

#endif
