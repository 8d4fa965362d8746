// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * cutter: one state, one byte after the other.
 */
#include "cutter.h"

void cutter_start(struct cutter *cutter, char delimiter, char quote)
{
    *cutter = (struct cutter){.delimiter = delimiter, .quote = quote, .state = CUTTER_START};
}

size_t cutter_open_length(const struct cutter *cutter, const struct text *bytes)
{
    return bytes->length - cutter->cell - cutter->blanks;
}

static void end_cell(struct cutter *cutter, struct record *record, struct text *bytes)
{
    size_t length = cutter_open_length(cutter, bytes);
    if (record->fault == RECORD_SOUND) {
        record_add(record, (struct slice){NULL, length});
    }
    bytes->length = cutter->cell + length;
    cutter->cell = bytes->length;
    cutter->blanks = 0;
    cutter->state = CUTTER_START;
}

// Does the quote open, close or double? Else it is an ordinary byte.
static bool take_quote(struct cutter *cutter, struct text *bytes)
{
    if (cutter->state == CUTTER_QUOTED) {
        cutter->state = CUTTER_CLOSED;
        return true;
    }
    if (cutter->state == CUTTER_CLOSED && cutter->blanks == 0) {
        text_append_byte(bytes, cutter->quote);
        cutter->state = CUTTER_QUOTED;
        return true;
    }
    if (cutter->state == CUTTER_START) {
        cutter->state = CUTTER_QUOTED;
        return true;
    }
    return false;
}

// A byte that is no delimiter, line end or working quote, outside quotes.
static void take_outside(struct cutter *cutter, char byte, struct text *bytes)
{
    bool blank = byte == ' ' || byte == '\t';
    if (blank && cutter->state == CUTTER_START) {
        return;
    }
    text_append_byte(bytes, byte);
    if (blank) {
        cutter->blanks++;
    } else {
        cutter->blanks = 0;
        cutter->state = CUTTER_UNQUOTED;
    }
}

bool cutter_feed(struct cutter *cutter, struct slice piece, struct record *record, struct text *bytes)
{
    bool ended = false;
    for (size_t i = 0; i < piece.length; i++) {
        char byte = piece.data[i];
        if (byte == cutter->quote && take_quote(cutter, bytes)) {
            continue;
        }
        if (cutter->state == CUTTER_QUOTED) {
            text_append_byte(bytes, byte);
        } else if (byte == cutter->delimiter) {
            end_cell(cutter, record, bytes);
        } else if (byte == '\r' || byte == '\n') {
            if (!ended) { // else it is the LF of a CR LF
                end_cell(cutter, record, bytes);
            }
            ended = true;
        } else {
            take_outside(cutter, byte, bytes);
        }
    }
    return ended;
}

void cutter_feed_ordinary(struct cutter *cutter, char byte, struct text *bytes)
{
    text_append_byte(bytes, byte);
    cutter->blanks = 0;
    cutter->state = cutter->state == CUTTER_QUOTED ? CUTTER_QUOTED : CUTTER_UNQUOTED;
}

bool cutter_finish(struct cutter *cutter, struct record *record, struct text *bytes)
{
    if (cutter->state == CUTTER_QUOTED) {
        return false;
    }
    end_cell(cutter, record, bytes);
    return true;
}
