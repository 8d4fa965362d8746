// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lane: the short way through the reader: a line whose quotes, if any, mean nothing is cut at its delimiters.
 */
#ifndef LANE_H
#define LANE_H

#include <stdbool.h>

#include "record.h"
#include "slice.h"

// Adds the cells of `line`, without their outer spaces and tabs, to the record; *trimmed tells whether there were any.
// False, with the record's fault, when a limit is passed. The cells are views of the line.
bool lane_cut(struct record *record, struct slice line, char delimiter, bool *trimmed);

// Is the record written as our own writer could have done, give or take needless quotes: no blanks around cells, quotes
// only around cells and doubled within?
bool lane_is_regular(struct slice raw, char delimiter);

#endif
