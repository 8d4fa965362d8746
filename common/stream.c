// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * stream: fills the buffer. The tail of a block, part of a record, is carried to the front before the next read; a
 * record longer than the buffer doubles it, so each byte is moved a constant number of times on average.
 */
#include "stream.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "descriptor.h"
#include "encoding.h"
#include "heap.h"
#include "signature.h"
#include "utf8.h"

void stream_open(struct stream *stream, int descriptor, bool owned, struct stream_encoding wanted, size_t block)
{
    *stream = (struct stream){.descriptor = descriptor, .owned = owned, .wanted = wanted, .line = 1};
    stream->block = block == 0 ? STREAM_BLOCK : block;
    descriptor_widen(descriptor);
}

void stream_close(struct stream *stream)
{
    if (stream->owned) {
        close(stream->descriptor);
    }
    encoding_close(stream->decoder);
    text_free(&stream->raw);
    free(stream->bytes);
    stream->bytes = NULL;
}

static void carry_tail(struct stream *stream)
{
    size_t moved = stream->start;
    memmove(stream->bytes, stream->bytes + moved, stream->filled - moved);
    stream->start = 0;
    stream->checked -= moved;
    stream->filled -= moved;
    struct stream_marks *marks = &stream->marks;
    marks->line_feed -= marks->line_feed < moved ? marks->line_feed : moved;
    marks->carriage_return -= marks->carriage_return < moved ? marks->carriage_return : moved;
    marks->quote -= marks->quote < moved ? marks->quote : moved;
}

// A small tail is always carried, so that reading stays in the same few pages; a large one only when room is short.
static void make_room(struct stream *stream)
{
    size_t room = stream->block > ENCODING_ROOM ? stream->block : ENCODING_ROOM;
    bool short_of_room = stream->capacity - stream->filled < room;
    if (stream->start > 0 && (short_of_room || stream->filled - stream->start <= stream->start)) {
        carry_tail(stream);
    }
    if (stream->capacity - stream->filled < room) {
        stream->bytes = heap_grow(stream->bytes, &stream->capacity, stream->filled + room, 1);
    }
}

// Reads up to a block to where there is room for one. 0 at the end and when it fails.
static size_t read_block(struct stream *stream, char *to)
{
    ssize_t count = descriptor_read(stream->descriptor, to, stream->block);
    if (count > 0) {
        stream->total += (uint64_t)count;
        return (size_t)count;
    }
    stream->read_all = true;
    if (count == -1) {
        stream->fault = STREAM_UNREAD;
        stream->error = errno;
    }
    return 0;
}

// Takes to the buffer as much of what was read as there is room for.
static void decode(struct stream *stream)
{
    size_t written;
    struct slice raw = text_slice(&stream->raw);
    enum encoding_result result =
        encoding_decode(stream->decoder, &raw, stream->read_all, stream->bytes + stream->filled,
                        stream->capacity - stream->filled, &written);
    stream->filled += written;
    memmove(stream->raw.data, raw.data, raw.length);
    stream->raw.length = raw.length;
    stream->hungry = result == ENCODING_HUNGRY;
    stream->ended = result != ENCODING_FULL && result != ENCODING_HUNGRY;
    if (stream->fault != STREAM_SOUND) {
        return; // the last read failed: what it cut in two is not at fault
    }
    if (result == ENCODING_INVALID) {
        stream->fault = STREAM_NOT_TEXT;
    } else if (result == ENCODING_CUT) {
        stream->fault = STREAM_CUT;
    }
}

// Adds bytes to the buffer, by one read at most.
static void receive(struct stream *stream)
{
    make_room(stream);
    if (stream->decoder == NULL) {
        stream->filled += read_block(stream, stream->bytes + stream->filled);
        stream->ended = stream->read_all;
        return;
    }
    if (stream->hungry && !stream->read_all) {
        stream->raw.length += read_block(stream, text_reserve(&stream->raw, stream->block));
    }
    decode(stream);
}

static void check(struct stream *stream)
{
    bool cut;
    struct slice fresh = {stream->bytes + stream->checked, stream->filled - stream->checked};
    size_t valid = utf8_check(fresh, &cut);
    stream->checked += valid;
    bool alone = fresh.length - valid == 1; // what it may be told by the byte behind it
    if (valid == fresh.length || ((cut || alone) && !stream->ended)) {
        return;
    }
    if (fresh.data[valid] == '\0') {
        stream->fault = STREAM_NUL;
    } else if (stream->fault == STREAM_SOUND) {
        stream->fault = STREAM_NOT_TEXT;
    }
    stream->ended = true;
}

bool stream_more(struct stream *stream)
{
    size_t before = stream_available(stream);
    while (!stream->ended && stream_available(stream) == before) {
        receive(stream);
        check(stream);
    }
    return stream_available(stream) > before;
}

static void fill(struct stream *stream, size_t wanted)
{
    while (!stream->ended && stream->filled < wanted) {
        receive(stream);
    }
}

static bool has_other_than_ascii(struct slice bytes)
{
    for (size_t i = 0; i < bytes.length; i++) {
        if ((unsigned char)bytes.data[i] >= 0x80) {
            return true;
        }
    }
    return false;
}

// The encoding of a stream that begins so and has no byte-order mark.
static const char *settle_encoding(struct stream *stream, struct slice start)
{
    bool cut;
    const char *wanted = stream->wanted.name;
    if (wanted == NULL || encoding_is_utf8(wanted)) {
        return "UTF-8";
    }
    size_t valid = utf8_check(start, &cut);
    bool utf8 = valid == start.length || (cut && !stream->ended);
    stream->doubtful = utf8 && !stream->wanted.unless_utf8 && has_other_than_ascii(start);
    return utf8 && stream->wanted.unless_utf8 ? "UTF-8" : wanted;
}

// Sends what was read, from `from` on, through a decoder.
static void start_decoding(struct stream *stream, size_t from)
{
    struct slice read = {stream->bytes + from, stream->filled - from};
    stream->decoder = encoding_open(stream->encoding, read);
    text_reserve(&stream->raw, stream->block);
    text_append(&stream->raw, read);
    stream->filled = 0;
    stream->ended = false;
}

const char *stream_begin(struct stream *stream)
{
    static const struct slice mark = {"\xEF\xBB\xBF", 3};
    size_t wanted = stream->block > SIGNATURE_SIZE ? stream->block : SIGNATURE_SIZE;
    size_t length;
    fill(stream, wanted);
    struct slice read = {stream->bytes, stream->filled};
    stream->encoding = encoding_of_mark(read, &length);
    if (stream->encoding == NULL) {
        stream->encoding = settle_encoding(stream, read);
    }
    bool decoded = !encoding_is_utf8(stream->encoding);
    const char *problem = signature_problem(read, decoded);
    if (problem != NULL) {
        return problem;
    }
    if (decoded) {
        start_decoding(stream, length);
        fill(stream, wanted);
    }
    if (slice_starts((struct slice){stream->bytes, stream->filled}, mark)) {
        stream->start = stream->checked = mark.length;
    }
    check(stream);
    return NULL;
}

enum stream_line stream_line(struct stream *stream, size_t from, struct stream_span *span)
{
    size_t start = stream->start;
    size_t feed = stream_seek(stream, &stream->marks.line_feed, '\n', start + from);
    size_t carriage = stream_seek(stream, &stream->marks.carriage_return, '\r', start + from);
    if (carriage < feed) {
        span->length = carriage - start;
        if (carriage + 1 < stream->checked) {
            span->end = span->length + (carriage + 1 == feed ? 2 : 1);
            return STREAM_LINE;
        }
        span->end = stream->ended ? span->length + 1 : span->length;
        return stream->ended ? STREAM_LINE : STREAM_PART;
    }
    span->length = feed - start;
    if (feed < stream->checked) {
        span->end = span->length + 1;
        return STREAM_LINE;
    }
    span->end = span->length;
    return stream->ended ? STREAM_LAST : STREAM_PART;
}

void stream_pass_over(struct stream *stream, size_t size)
{
    const char *data = stream_data(stream);
    for (size_t i = 0; i < size; i++) {
        bool end = data[i] == '\n' || (data[i] == '\r' && (i + 1 == size || data[i + 1] != '\n'));
        stream->line += end;
        stream->skipped = end ? 0 : stream->skipped + 1;
    }
    stream->start += size;
}

bool stream_pass_line(struct stream *stream)
{
    struct stream_span span;
    enum stream_line found;
    while ((found = stream_line(stream, 0, &span)) == STREAM_PART) {
        stream_pass_over(stream, span.end);
        stream_more(stream);
    }
    stream_pass_over(stream, span.end);
    return found == STREAM_LINE;
}

void stream_return(struct stream *stream, const char *data, uint64_t line)
{
    stream->start = (size_t)(data - stream->bytes);
    stream->line = line;
    stream->skipped = 0;
    stream_rewind(stream);
}

static bool is_high(const struct stream *stream, size_t at)
{
    return at < stream->filled && (unsigned char)stream->bytes[at] >= 0x80;
}

// What bytes that are no UTF-8 may be: Chinese takes two high bytes or more in a row, an accented letter one.
static const char *guess(const struct stream *stream)
{
    size_t at = stream->checked;
    bool alone = is_high(stream, at) && !is_high(stream, at + 1);
    return alone ? "Western Excel try --encoding=cp1252" : "Chinese Excel try --encoding=gb18030";
}

void stream_explain(const struct stream *stream, char *out, size_t size)
{
    if (stream->fault == STREAM_UNREAD) {
        snprintf(out, size, "%s", strerror(stream->error));
        return;
    }
    const char *name = stream->encoding;
    uint64_t byte = stream->skipped + 1;
    if (stream->fault == STREAM_NUL && stream->decoder != NULL) {
        snprintf(out, size, "NUL, which no text holds");
    } else if (stream->fault == STREAM_NUL) {
        snprintf(out, size, "byte %" PRIu64 ": NUL, which no text holds", byte);
    } else if (stream->decoder == NULL && stream->wanted.name == NULL) {
        snprintf(out, size, "byte %" PRIu64 ": not valid UTF-8; if this file comes from %s", byte, guess(stream));
    } else {
        byte = stream->decoder == NULL ? byte : encoding_place(stream->decoder) + 1;
        snprintf(out, size,
                 stream->fault == STREAM_CUT ? "byte %" PRIu64 ": the file ends within a character of %s"
                 : stream->doubtful          ? "byte %" PRIu64 ": not valid %s, but the file looks like UTF-8"
                                             : "byte %" PRIu64 ": not valid %s",
                 byte, name);
    }
}
