// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lane: memchr from delimiter to delimiter, and from quote to quote.
 */
#include "lane.h"

#include <stddef.h>
#include <string.h>

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

enum lane_result lane_cut(struct record *record, struct slice line, char delimiter, bool *trimmed)
{
    *trimmed = false;
    const char *from = line.data;
    const char *end = line.data + line.length;
    for (;;) {
        const char *to = seek(from, end, delimiter);
        if (!record_add(record, trim((struct slice){from, (size_t)(to - from)}, trimmed))) {
            return LANE_LIMIT;
        }
        if (to == end) {
            return LANE_CUT;
        }
        from = to + 1;
    }
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
