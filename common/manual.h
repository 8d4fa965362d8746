// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * manual: the parts of the manual that come from tables, as mdoc, for --generate.
 */
#ifndef MANUAL_H
#define MANUAL_H

#include "options.h"
#include "text.h"

// Appends a list of the options that are not hidden (.It Fl ...); nothing for a table without any.
void manual_options(const struct option *options, struct text *out);

// Appends the list of roles with the usual names of their columns, ranks parted by semicolons.
void manual_roles(struct text *out);

// Appends the list of layouts with the columns and the choice of rows that they fix.
void manual_layouts(struct text *out);

#endif
