// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * signature: files that are no text tables, known by their first bytes.
 */
#ifndef SIGNATURE_H
#define SIGNATURE_H

#include "slice.h"

#define SIGNATURE_SIZE 8 // first bytes that are looked at

// What is wrong with a file that begins so and what to do instead ("gzip data; ..."), a constant; NULL when it may be a
// table.
const char *signature_problem(struct slice start);

#endif
