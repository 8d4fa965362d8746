// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * signature: files that are no text tables, known by their first bytes.
 */
#ifndef SIGNATURE_H
#define SIGNATURE_H

#include <stdbool.h>

#include "slice.h"

#define SIGNATURE_SIZE 8 // first bytes that are looked at

// What is wrong with a file that begins so and what to do instead ("gzip data; ..."), a constant; NULL when it may be a
// table. `decoded` tells that its encoding is another than UTF-8 and known.
const char *signature_problem(struct slice start, bool decoded);

#endif
