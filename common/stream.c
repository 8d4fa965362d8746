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
#include "heap.h"
#include "signature.h"
#include "utf8.h"

void stream_open(struct stream *stream, int descriptor, bool owned, size_t block)
{
    *stream = (struct stream){.descriptor = descriptor, .owned = owned, .line = 1};
    stream->block = block == 0 ? STREAM_BLOCK : block;
    descriptor_widen(descriptor);
}

void stream_close(struct stream *stream)
{
    if (stream->owned) {
        close(stream->descriptor);
    }
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
    bool short_of_room = stream->capacity - stream->filled < stream->block;
    if (stream->start > 0 && (short_of_room || stream->filled - stream->start <= stream->start)) {
        carry_tail(stream);
    }
    if (stream->capacity - stream->filled < stream->block) {
        stream->bytes = heap_grow(stream->bytes, &stream->capacity, stream->filled + stream->block, 1);
    }
}

// Bytes added to the buffer by one read; the one place to put a decoder of other encodings.
static size_t receive(struct stream *stream)
{
    make_room(stream);
    ssize_t count = descriptor_read(stream->descriptor, stream->bytes + stream->filled, stream->block);
    if (count <= 0) {
        stream->ended = true;
        if (count == -1) {
            stream->fault = STREAM_UNREAD;
            stream->error = errno;
        }
        return 0;
    }
    stream->filled += (size_t)count;
    stream->total += (uint64_t)count;
    return (size_t)count;
}

static void check(struct stream *stream)
{
    bool cut;
    struct slice fresh = {stream->bytes + stream->checked, stream->filled - stream->checked};
    size_t valid = utf8_check(fresh, &cut);
    stream->checked += valid;
    if (valid == fresh.length || (cut && !stream->ended)) {
        return;
    }
    if (stream->fault == STREAM_SOUND) {
        stream->fault = fresh.data[valid] == '\0' ? STREAM_NUL : STREAM_NOT_TEXT;
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

const char *stream_begin(struct stream *stream)
{
    size_t wanted = stream->block > SIGNATURE_SIZE ? stream->block : SIGNATURE_SIZE;
    while (!stream->ended && stream->filled < wanted) {
        receive(stream);
    }
    if (stream->filled == 0) {
        return NULL;
    }
    struct slice read = {stream->bytes, stream->filled};
    const char *problem = signature_problem(read);
    if (problem != NULL) {
        return problem;
    }
    if (slice_starts(read, slice_of("\xEF\xBB\xBF"))) {
        stream->start = stream->checked = 3;
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

void stream_explain(const struct stream *stream, char *out, size_t size)
{
    if (stream->fault == STREAM_UNREAD) {
        snprintf(out, size, "%s", strerror(stream->error));
        return;
    }
    const char *what = stream->fault == STREAM_NUL
                           ? "NUL, which no text holds"
                           : "not valid UTF-8; if this file comes from Chinese Excel try --encoding=gb18030";
    snprintf(out, size, "byte %" PRIu64 ": %s", stream->skipped + 1, what);
}
