// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * cutter: records with quotes read leniently, for --quote=lenient: text after a closing quote belongs to the cell, and
 * quotes in that text are ordinary bytes ("x"y"z" is xy"z"). Everything else is as libcsv reads it.
 */
#ifndef CUTTER_H
#define CUTTER_H

#include <stdbool.h>
#include <stddef.h>

#include "record.h"
#include "slice.h"
#include "text.h"

enum cutter_state {
    CUTTER_START,    // of a cell, perhaps after blanks
    CUTTER_UNQUOTED, // in one that needs no closing quote
    CUTTER_QUOTED,   // between quotes
    CUTTER_CLOSED,   // after a quote that closes, unless another one follows
};

struct cutter {
    char delimiter;
    char quote;
    enum cutter_state state;
    size_t cell;   // where it begins in the collected bytes
    size_t blanks; // at its present end, outside quotes
};

void cutter_start(struct cutter *cutter, char delimiter, char quote);

// Takes the next bytes, at most one line with its end. Whole cells are added to the record with their lengths, their
// bytes appended to `bytes` (see record_place). True when the record ended.
bool cutter_feed(struct cutter *cutter, struct slice piece, struct record *record, struct text *bytes);

// Takes a byte as an ordinary one, whatever it is.
void cutter_feed_ordinary(struct cutter *cutter, char byte, struct text *bytes);

// Bytes so far of the cell that has not ended, without outer blanks.
size_t cutter_open_length(const struct cutter *cutter, const struct text *bytes);

// Ends the record at the end of the input. False when a quote is open.
bool cutter_finish(struct cutter *cutter, struct record *record, struct text *bytes);

#endif
