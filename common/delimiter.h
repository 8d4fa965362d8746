// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * delimiter: which byte parts the cells, judged by the first lines of a table.
 */
#ifndef DELIMITER_H
#define DELIMITER_H

#include <stdbool.h>

#include "slice.h"
#include "stream.h"

// Of comma, tab, semicolon and pipe (of equals the first) the one that is most often in the first record, which begins
// somewhere in `start` after blank lines. Not counting what stands between bytes `quote`, nor these, nor `escape`; 0:
// there are none.
char delimiter_choose(struct slice start, char quote, char escape);

// Is the line "sep=;", which spreadsheets put before a table?
bool delimiter_line(struct slice line, char *delimiter);

// The delimiter that is named for a stream at its beginning: the `given` one, else that of a "sep=;" line; 0 when there
// is none. A "sep=;" line that is obeyed or says the same is consumed.
char delimiter_named(struct stream *stream, char given);

// The one chosen for the record that begins where the stream stands; reads the first block.
char delimiter_judged(struct stream *stream, char quote, char escape);

#endif
