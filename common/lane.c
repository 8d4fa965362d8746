// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lane: where delimiters and line feeds stand is found for 64 bytes at once, one bit each; with quotes, memchr from
 * quote to quote.
 *
 * A search of its own for every cell would cost more than all else that is done with it: cells are short, and where
 * they end cannot be foreseen. On x86-64 the bits come from SSE2, which every such processor has, else from a loop.
 */
#include "lane.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { SPAN = 64 }; // bytes that are searched at once

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static bool has_outer_blanks(struct slice cell)
{
    return cell.length > 0 && (is_blank(cell.data[0]) || is_blank(cell.data[cell.length - 1]));
}

static struct slice trim(struct slice cell, bool *trimmed)
{
    if (!has_outer_blanks(cell)) {
        return cell;
    }
    *trimmed = true;
    return slice_trim(cell);
}

static const char *seek(const char *from, const char *end, char byte)
{
    const char *found = from < end ? memchr(from, byte, (size_t)(end - from)) : NULL;
    return found == NULL ? end : found;
}

#ifdef __SSE2__
static uint64_t marks_of_quarter(const char *bytes, __m128i delimiters, __m128i line_feeds)
{
    __m128i quarter = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    __m128i found = _mm_or_si128(_mm_cmpeq_epi8(quarter, delimiters), _mm_cmpeq_epi8(quarter, line_feeds));
    return (uint64_t)(unsigned)_mm_movemask_epi8(found);
}

// Bit i is set when byte i of SPAN is a delimiter or a line feed.
static inline uint64_t marks_of(const char *bytes, char delimiter)
{
    __m128i delimiters = _mm_set1_epi8(delimiter);
    __m128i line_feeds = _mm_set1_epi8('\n');
    return marks_of_quarter(bytes, delimiters, line_feeds) |
           marks_of_quarter(bytes + 16, delimiters, line_feeds) << 16 |
           marks_of_quarter(bytes + 32, delimiters, line_feeds) << 32 |
           marks_of_quarter(bytes + 48, delimiters, line_feeds) << 48;
}
#else
static inline uint64_t marks_of(const char *bytes, char delimiter)
{
    uint64_t marks = 0;
    for (size_t i = 0; i < SPAN; i++) {
        marks |= (uint64_t)(bytes[i] == delimiter || bytes[i] == '\n') << i;
    }
    return marks;
}
#endif

// The same of fewer bytes.
static uint64_t marks_of_rest(struct slice rest, char delimiter)
{
    char bytes[SPAN] = {0};
    memcpy(bytes, rest.data, rest.length);
    return marks_of(bytes, delimiter);
}

// The same of those bytes from `at` on that stand before `limit`.
static uint64_t marks_at(struct slice bytes, size_t at, size_t limit, char delimiter)
{
    size_t size = limit - at;
    bool whole = bytes.length - at >= SPAN;
    uint64_t marks =
        whole ? marks_of(bytes.data + at, delimiter) : marks_of_rest(slice_part(bytes, at, limit), delimiter);
    return size < SPAN ? marks & ((UINT64_C(1) << size) - 1) : marks;
}

// Seldom is there something to trim; an empty cell is no case of its own, as which cells are empty cannot be foreseen.
static struct slice cell_between(const char *from, const char *to, bool *trimmed)
{
    static const bool blank[256] = {[' '] = true, ['\t'] = true};
    struct slice cell = {from, (size_t)(to - from)};
    const char *last = to - (from < to);
    return (blank[(unsigned char)*from] | blank[(unsigned char)*last]) ? trim(cell, trimmed) : cell;
}

enum lane_result lane_cut(struct record *record, struct slice bytes, size_t limit, char delimiter, size_t *length,
                          bool *trimmed)
{
    *trimmed = false;
    const char *from = bytes.data;
    for (size_t at = 0; at < limit; at += SPAN) {
        for (uint64_t marks = marks_at(bytes, at, limit, delimiter); marks != 0; marks &= marks - 1) {
            const char *to = bytes.data + at + __builtin_ctzll(marks);
            if (!record_add(record, cell_between(from, to, trimmed))) {
                return LANE_LIMIT;
            }
            if (*to == '\n') {
                *length = (size_t)(to - bytes.data);
                return LANE_CUT;
            }
            from = to + 1;
        }
    }
    *length = limit;
    struct slice last = {from, (size_t)(bytes.data + limit - from)};
    return record_add(record, trim(last, trimmed)) ? LANE_CUT : LANE_LIMIT;
}

// The quote that closes the cell whose first byte is `from`, or `end`.
static const char *closing_quote(const char *from, const char *end, bool *doubled)
{
    *doubled = false;
    const char *quote = seek(from, end, '"');
    while (end - quote > 1 && quote[1] == '"') {
        *doubled = true;
        quote = seek(quote + 2, end, '"');
    }
    return quote;
}

// A copy with single quotes for double ones, in room that was reserved.
static struct slice undouble(struct slice cell, struct text *bytes)
{
    char *start = bytes->data + bytes->length;
    char *to = start;
    const char *from = cell.data;
    const char *end = cell.data + cell.length;
    while (from < end) {
        const char *quote = seek(from, end, '"');
        size_t size = (size_t)(quote - from) + (quote < end);
        memcpy(to, from, size);
        to += size;
        from = quote < end ? quote + 2 : end;
    }
    bytes->length += (size_t)(to - start);
    return (struct slice){start, (size_t)(to - start)};
}

// The cell whose opening quote is at `from`; where it ends, or NULL when it does not end in this line.
static const char *cut_quotes(const char *from, struct slice line, struct text *bytes, struct slice *cell)
{
    bool doubled;
    const char *end = line.data + line.length;
    const char *close = closing_quote(from + 1, end, &doubled);
    if (close == end) {
        return NULL;
    }
    *cell = (struct slice){from + 1, (size_t)(close - from - 1)};
    if (doubled) {
        text_reserve(bytes, line.length - bytes->length); // for all such cells of the line, so that they never move
        *cell = undouble(*cell, bytes);
    }
    return close + 1;
}

enum lane_result lane_cut_quoted(struct record *record, struct slice line, char delimiter, bool *trimmed,
                                 struct text *bytes)
{
    *trimmed = false;
    text_clear(bytes);
    const char *from = line.data;
    const char *end = line.data + line.length;
    const char *quote = seek(from, end, '"');
    for (;;) {
        struct slice cell;
        const char *to;
        if (quote == from && from < end) {
            to = cut_quotes(from, line, bytes, &cell);
            if (to == NULL || (to < end && *to != delimiter)) {
                return LANE_IRREGULAR;
            }
            quote = seek(to, end, '"');
        } else {
            to = seek(from, end, delimiter);
            if (quote < to) {
                return LANE_IRREGULAR;
            }
            cell = trim((struct slice){from, (size_t)(to - from)}, trimmed);
        }
        if (!record_add(record, cell)) {
            return LANE_LIMIT;
        }
        if (to == end) {
            return LANE_CUT;
        }
        from = to + 1;
    }
}

// Past the closing quote of the cell whose opening one is at `from`, or beyond the end when there is none.
static size_t quoted_end(struct slice raw, size_t from)
{
    size_t at = slice_find(raw, '"', from + 1) + 1;
    while (at < raw.length && raw.data[at] == '"') {
        at = slice_find(raw, '"', at + 1) + 1;
    }
    return at;
}

bool lane_is_regular(struct slice raw, char delimiter)
{
    size_t at = 0;
    for (;;) {
        size_t end;
        if (at < raw.length && raw.data[at] == '"') {
            end = quoted_end(raw, at);
        } else {
            end = slice_find(raw, delimiter, at);
            struct slice cell = slice_part(raw, at, end);
            if (has_outer_blanks(cell) || slice_find(cell, '"', 0) < cell.length) {
                return false;
            }
        }
        if (end >= raw.length) {
            return end == raw.length;
        }
        if (raw.data[end] != delimiter) {
            return false;
        }
        at = end + 1;
    }
}
