// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * stream: the bytes of one input, read in blocks into one buffer and checked to be text.
 *
 * The reader works at `start`, where the present record begins; all positions it is given or gives are counted from
 * there. What lies before `start` may be overwritten by the next block, what lies behind stays together: the buffer
 * holds a block or the longest record. Only checked bytes are shown. Byte-order mark and encoding are settled here:
 * what is not UTF-8 is decoded as it is read, so that everybody else sees UTF-8 alone.
 */
#ifndef STREAM_H
#define STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "encoding.h"
#include "slice.h"
#include "text.h"

#define STREAM_BLOCK ((size_t)256 * 1024)

enum stream_fault {
    STREAM_SOUND,
    STREAM_NOT_TEXT, // what stands behind the last checked byte is no character of the encoding
    STREAM_CUT,      // the input ends within a character
    STREAM_NUL,      // it is NUL
    STREAM_UNREAD,   // read(2) failed; `error` is its errno
};

// Positions in `bytes`, each that of the first such byte at or after the place last asked for, or of the end of what
// was searched when there was none.
struct stream_marks {
    size_t line_feed;
    size_t carriage_return;
    size_t quote;
};

// What the encoding is when no byte-order mark tells.
struct stream_encoding {
    const char *name; // one that encoding_known knows; NULL: UTF-8
    bool unless_utf8; // only where the first block is no UTF-8
};

struct stream {
    int descriptor;
    bool owned; // closed with the stream
    struct stream_encoding wanted;
    const char *encoding;     // its name, known after stream_begin
    struct encoding *decoder; // NULL for UTF-8
    struct text raw;          // read, but not decoded yet
    bool hungry;              // nothing can be decoded before more is read
    bool read_all;            // nothing more can be read; without a decoder `ended` says so
    bool ended;               // nothing will come behind the checked bytes
    enum stream_fault fault;  // why, when it is not the end of the file
    int error;
    bool doubtful; // the first block is UTF-8 beyond ASCII, but another encoding was asked for
    size_t block;  // bytes asked of the system at once
    char *bytes;
    size_t capacity;
    size_t start;
    size_t checked;   // end of the valid text
    size_t filled;    // end of what was read
    uint64_t total;   // bytes read so far
    uint64_t line;    // the number of the line that `start` lies in, from 1
    uint64_t skipped; // bytes of that line before `start`, when it was passed over in parts
    struct stream_marks marks;
};

// Takes an open descriptor. `block` 0 is STREAM_BLOCK. The encoding's name is borrowed.
void stream_open(struct stream *stream, int descriptor, bool owned, struct stream_encoding wanted, size_t block);
void stream_close(struct stream *stream);

// Reads the whole first block, settles the encoding and drops a byte-order mark. NULL, or a constant that says what the
// file is when it is no text table. An offence against the encoding is left to the caller: see `fault`.
const char *stream_begin(struct stream *stream);

// Reads more. False when nothing more comes: `ended` is set. Moves the bytes: slices of them die, positions hold.
bool stream_more(struct stream *stream);

static inline const char *stream_data(const struct stream *stream)
{
    return stream->bytes + stream->start;
}

// Checked bytes from the start on.
static inline size_t stream_available(const struct stream *stream)
{
    return stream->checked - stream->start;
}

// The first `size` bytes are done with, a whole number of lines.
static inline void stream_consume(struct stream *stream, size_t size, uint64_t lines)
{
    stream->start += size;
    stream->line += lines;
}

// The same for any bytes, whose lines are counted here.
void stream_pass_over(struct stream *stream, size_t size);

// Goes past the line at the start, which may be longer than the buffer. False when it is the last one and has no end.
bool stream_pass_line(struct stream *stream);

// Back to the beginning of what was done with last, which is still in the buffer: `data`, in line `line`.
void stream_return(struct stream *stream, const char *data, uint64_t line);

// After `fault`, when all checked bytes are done with: what is wrong, for a message that names `line` when text was
// at fault.
void stream_explain(const struct stream *stream, char *out, size_t size);

// To be said when a place is asked about that lies before one asked about earlier.
static inline void stream_rewind(struct stream *stream)
{
    stream->marks = (struct stream_marks){stream->start, stream->start, stream->start};
}

// Position in `bytes` of the next `byte` at or after `from`, or of the end of the checked bytes.
static inline size_t stream_seek(const struct stream *stream, size_t *mark, char byte, size_t from)
{
    size_t at = *mark > from ? *mark : from;
    if (at >= stream->checked || stream->bytes[at] != byte) {
        const char *found = at < stream->checked ? memchr(stream->bytes + at, byte, stream->checked - at) : NULL;
        at = found == NULL ? stream->checked : (size_t)(found - stream->bytes);
    }
    *mark = at;
    return at;
}

// Is there a quote in the first `size` bytes?
static inline bool stream_quote_within(struct stream *stream, size_t size)
{
    size_t from = stream->start;
    return stream_seek(stream, &stream->marks.quote, '"', from) < from + size;
}

enum stream_line {
    STREAM_LINE, // a line with its end
    STREAM_PART, // its end has not been read yet
    STREAM_LAST, // nothing more will come: what is left of it, perhaps nothing
};

struct stream_span {
    size_t length; // where the line ends
    size_t end;    // where the next begins, past LF, CR LF or CR
};

// The rest of the line from position `from` on. For STREAM_PART and STREAM_LAST the span holds all checked bytes; a
// CR that an LF may still follow is left out.
enum stream_line stream_line(struct stream *stream, size_t from, struct stream_span *span);

#endif
