// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * answer: yes or no, as people write it in a cell.
 */
#ifndef ANSWER_H
#define ANSWER_H

#include <stdbool.h>

#include "slice.h"

// yes, y, true, t, 1, x, 是 and no, n, false, f, 0, 否, in either case. False when it is neither.
bool answer_read(struct slice cell, bool *yes);

#endif
