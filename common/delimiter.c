// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * delimiter: counts candidates up to the first line end outside quotes.
 */
#include "delimiter.h"

#include <stddef.h>
#include <string.h>

static const char candidates[] = ",\t;|";
enum { CANDIDATE_COUNT = sizeof candidates - 1 };

struct census {
    size_t counts[CANDIDATE_COUNT];
    char quote;  // 0: none
    bool inside; // one is open
    bool solid;  // the line is not blank
};

// False at the end of the record.
static bool take(struct census *census, char byte)
{
    if (byte == '\n' || byte == '\r') {
        bool solid = census->solid;
        *census = solid ? *census : (struct census){.quote = census->quote};
        return !solid;
    }
    for (size_t i = 0; i < CANDIDATE_COUNT; i++) {
        census->counts[i] += byte == candidates[i];
    }
    census->solid = census->solid || (byte != ' ' && byte != '\t');
    return true;
}

// False when a quote is still open at the end.
static bool count(struct census *census, struct slice start, char quote, bool quotes)
{
    *census = (struct census){.quote = quote};
    for (size_t i = 0; i < start.length; i++) {
        char byte = start.data[i];
        if (quotes && byte == quote) {
            census->inside = !census->inside;
            census->solid = true;
        } else if (!census->inside && !take(census, byte)) {
            return true;
        }
    }
    return !census->inside;
}

char delimiter_choose(struct slice start, char quote, char escape)
{
    struct census census;
    if (!count(&census, start, quote, quote != 0)) {
        count(&census, start, quote, false); // some quote is part of a name: ("5" disk")
    }
    char best = 0;
    size_t most = 0;
    for (size_t i = 0; i < CANDIDATE_COUNT; i++) {
        bool free = candidates[i] != quote && candidates[i] != escape;
        if (free && (best == 0 || census.counts[i] > most)) {
            best = candidates[i];
            most = census.counts[i];
        }
    }
    return best;
}

bool delimiter_line(struct slice line, char *delimiter)
{
    if (line.length != 5 || !slice_equal_fold((struct slice){line.data, 4}, slice_of("sep=")) ||
        memchr("\"\r\n", line.data[4], 3) != NULL || (unsigned char)line.data[4] >= 0x80) {
        return false;
    }
    *delimiter = line.data[4];
    return true;
}

// Reads until the first line is whole or too long to name a delimiter.
static enum stream_line first_line(struct stream *stream, struct stream_span *span)
{
    enum stream_line found;
    while ((found = stream_line(stream, 0, span)) == STREAM_PART && span->length < sizeof "sep=;") {
        stream_more(stream);
    }
    return found;
}

char delimiter_named(struct stream *stream, char given)
{
    struct stream_span span;
    char named;
    enum stream_line found = first_line(stream, &span);
    bool whole = found == STREAM_LINE || stream->fault == STREAM_SOUND;
    if (whole && delimiter_line((struct slice){stream_data(stream), span.length}, &named) &&
        (given == 0 || given == named)) {
        stream_consume(stream, span.end, found == STREAM_LINE);
        return named;
    }
    return given;
}

char delimiter_judged(struct stream *stream, char quote, char escape)
{
    while (stream->filled < STREAM_BLOCK && stream_more(stream)) {
    }
    size_t size = stream_available(stream);
    struct slice start = {stream_data(stream), size < STREAM_BLOCK ? size : STREAM_BLOCK};
    return delimiter_choose(start, quote, escape);
}
