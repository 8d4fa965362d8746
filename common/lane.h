// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lane: the short way through the reader: a line that is a whole record is cut at its delimiters.
 */
#ifndef LANE_H
#define LANE_H

#include <stdbool.h>
#include <stddef.h>

#include "record.h"
#include "slice.h"
#include "text.h"

enum lane_result {
    LANE_CUT,
    LANE_LIMIT,     // the record's fault says which was passed
    LANE_IRREGULAR, // quotes stand otherwise than the lane knows, or the record does not end with the line
};

// Adds the cells of the line that `bytes` begin with to the record, without their outer spaces and tabs; *trimmed tells
// whether there were any. The line ends before the first line feed, and at `limit` at the latest; *length tells where.
// Quotes are ordinary bytes. Never irregular. The cells are views of the bytes; what lies behind the limit is at most
// looked at.
enum lane_result lane_cut(struct record *record, struct slice bytes, size_t limit, char delimiter, size_t *length,
                          bool *trimmed);

// The same of one line where quotes count, but only if they stand around whole cells and doubled within. Cells with
// doubled quotes are views of `bytes`, which is cleared first; the others of the line.
enum lane_result lane_cut_quoted(struct record *record, struct slice line, char delimiter, bool *trimmed,
                                 struct text *bytes);

// Is the record written as our own writer could have done, give or take needless quotes: no blanks around cells, quotes
// only around cells and doubled within?
bool lane_is_regular(struct slice raw, char delimiter);

#endif
