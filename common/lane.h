// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lane: the short way through the reader: a line that is a whole record is cut at its delimiters.
 */
#ifndef LANE_H
#define LANE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record.h"
#include "row.h"
#include "slice.h"
#include "text.h"

enum lane_result {
    LANE_CUT,
    LANE_LIMIT,     // the record's fault says which was passed
    LANE_IRREGULAR, // quotes stand otherwise than the lane knows, or the record does not end with the line
};

#ifndef LANE_AHEAD                // fuzzing takes less, so that short inputs are searched in several goes
#define LANE_AHEAD ((size_t)2048) // bytes that are searched at once
#endif

// Lines that were cut ahead, a row each, from bytes without a quote that means something. Freed by lane_free, and begun
// by lane_begin before all else; the bytes may not change or move until it is begun anew.
struct lane {
    const char *file; // of the rows; to be set before all else in a lane of zeroes
    struct row *rows; // regular, as if no quote and no blank were in them
    size_t next;      // row to be taken, by whoever raises it
    size_t row_count;
    size_t row_capacity;
    struct slice *cells; // views of the bytes, of the rows and of what was found of the next line
    size_t cell_count;
    size_t cell_capacity;
    size_t first;         // cell of the line that is not ended,
    const char *line;     // where that begins,
    uint64_t number;      // what it is called,
    const char *cell;     // and where its cell that is not ended does
    const char *searched; // up to where lines were cut
    const char *blanks;   // cells of lines that begin before it may have blanks around them
    bool narrow;          // is there a row of one cell?
};

// `number` is that of the line there.
void lane_begin(struct lane *lane, const char *from, uint64_t number);
void lane_free(struct lane *lane);

// When all rows are taken: forgets them and cuts some more, or none where they are long, up to `limit` at most. False
// when nothing is left to be searched, or what would be is carriage returns alone, which a line feed may follow.
bool lane_search(struct lane *lane, const char *limit, char delimiter);

// Takes spaces and tabs off the ends of a row's cells; were there any? Only those of lines that begin before
// lane->blanks have such.
bool lane_trim(struct lane *lane, const struct row *row);

// Forgets the row at `index` and all behind it: lane_search cuts them again.
void lane_return(struct lane *lane, size_t index);

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
