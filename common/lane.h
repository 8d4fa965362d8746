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

// A line without its place: each begins where the one before it ends.
struct lane_line {
    size_t first;  // of its cells
    size_t count;  // of them, at least one
    size_t length; // without its end
    size_t end;    // where the next line begins, past LF, CR LF or CR
};

// Lines that were cut ahead, from bytes without a quote that means something. The zero value is freed by lane_free, and
// begun by lane_begin before all else; the bytes may not change or move until it is begun anew.
struct lane {
    struct lane_line *lines;
    size_t next; // line to be taken, by whoever raises it
    size_t line_count;
    size_t line_capacity;
    struct slice *cells; // views of the bytes, of the lines and of what was found of the next
    size_t cell_count;
    size_t cell_capacity;
    size_t first;         // cell of the line that is not ended,
    const char *line;     // where that begins,
    const char *cell;     // and where its cell that is not ended does
    const char *searched; // up to where lines were cut
    const char *feed;     // if it is a line feed it belongs to the line before
    const char *blanks;   // cells of lines that begin before it may have blanks around them
};

void lane_begin(struct lane *lane, const char *from);
void lane_free(struct lane *lane);

// When all lines are taken: forgets them and cuts some more, or none where they are long, up to `limit` at most. False
// when nothing is left to be searched but, perhaps, a carriage return that a line feed may follow.
bool lane_search(struct lane *lane, const char *limit, char delimiter);

// Takes spaces and tabs off the ends of the line's cells; were there any? Only lines that begin before lane->blanks
// have such.
bool lane_trim(struct lane *lane, const struct lane_line *line);

// Adds the cells of one line, given without its end, to the record; *trimmed tells whether there were outer blanks.
// Quotes are ordinary bytes. Never irregular.
enum lane_result lane_cut(struct record *record, struct slice line, char delimiter, bool *trimmed);

// The same where quotes count, but only if they stand around whole cells and doubled within. Cells with
// doubled quotes are views of `bytes`, which is cleared first; the others of the line.
enum lane_result lane_cut_quoted(struct record *record, struct slice line, char delimiter, bool *trimmed,
                                 struct text *bytes);

// Is the record written as our own writer could have done, give or take needless quotes: no blanks around cells, quotes
// only around cells and doubled within?
bool lane_is_regular(struct slice raw, char delimiter);

#endif
