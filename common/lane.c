// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lane: where delimiters and line ends stand is found for 64 bytes at once, and many lines are cut before the first is
 * given, so that the search goes on where it stopped. A look at the outer bytes of every cell for blanks is spared
 * where no 64 bytes show any there. With quotes, memchr from quote to quote.
 */
#include "lane.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "marks.h"

enum { SPAN = MARKS_SPAN };

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

static bool is_mark(char byte, char delimiter)
{
    return byte == delimiter || byte == '\n' || byte == '\r';
}

#define LAST_BIT (UINT64_C(1) << (SPAN - 1))

// Of SPAN bytes, a bit each.
struct span {
    uint64_t ends;  // line feeds and carriage returns
    uint64_t marks; // these and delimiters
    uint64_t blanks;
};

static inline struct span look(const char *bytes, char delimiter)
{
    uint64_t ends = marks_of(bytes, '\n', '\r');
    return (struct span){
        .ends = ends,
        .marks = ends | marks_of(bytes, delimiter, delimiter),
        .blanks = marks_of(bytes, ' ', '\t'),
    };
}

// The same of fewer bytes.
static struct span look_at_rest(const char *from, const char *end, char delimiter)
{
    char room[MARKS_SPAN];
    struct slice rest = {from, (size_t)(end - from)};
    struct span span = look(marks_span(rest, 0, room), delimiter);
    uint64_t all = (UINT64_C(1) << rest.length) - 1;
    return (struct span){span.ends & all, span.marks & all, span.blanks & all};
}

// May a cell have a blank at its first byte in this span, or at its last? Of the span before the last bit counts.
static inline bool may_have_blanks(struct span before, struct span span)
{
    uint64_t begin = span.marks << 1 | before.marks >> (SPAN - 1);
    uint64_t blanks = span.blanks & ~span.marks;
    uint64_t blank_before = (before.blanks & ~before.marks) >> (SPAN - 1);
    return ((blanks & (begin | span.marks >> 1)) | (blank_before & span.marks)) != 0;
}

void lane_free(struct lane *lane)
{
    free(lane->cells);
    free(lane->rows);
}

// Nothing is found of the line there.
static void begin_line(struct lane *lane, const char *from, uint64_t number)
{
    lane->first = lane->cell_count;
    lane->number = number;
    lane->line = lane->cell = lane->searched = from;
}

void lane_begin(struct lane *lane, const char *from, uint64_t number)
{
    lane->row_count = lane->next = 0;
    lane->cell_count = 0;
    lane->blanks = NULL;
    begin_line(lane, from, number);
}

void lane_return(struct lane *lane, size_t index)
{
    const struct row *row = &lane->rows[index];
    lane->row_count = index;
    lane->cell_count = (size_t)(row->cells - lane->cells);
    begin_line(lane, row->raw.data, row->line);
}

// Where the next of everything goes.
struct cursor {
    struct row *row;
    struct slice *first; // cell of the line
    struct slice *cell;
    const char *line;
    const char *from; // where the cell begins
    const char *feed; // if it is a line feed it belongs to the line before
    uint64_t number;
    bool narrow;
};

// Ends the line at `end`, behind its last cell.
static inline void end_line(struct cursor *next, const char *end, const char *file)
{
    if (end == next->feed && *end == '\n') {
        next->cell--;
        next->line = next->from;
        return;
    }
    size_t count = (size_t)(next->cell - next->first);
    *next->row++ = (struct row){
        .cells = next->first,
        .count = count,
        .raw = {next->line, (size_t)(end - next->line)},
        .regular = true,
        .line = next->number++,
        .file = file,
    };
    next->narrow |= count == 1;
    next->first = next->cell;
    next->line = next->from;
    next->feed = *end == '\r' ? next->from : NULL;
}

// Ends cells at these marks of the span at `at`.
static inline void cut_cells(struct cursor *next, const char *at, uint64_t marks)
{
    for (; marks != 0; marks &= marks - 1) {
        const char *to = at + (unsigned)__builtin_ctzll(marks);
        *next->cell++ = (struct slice){next->from, (size_t)(to - next->from)};
        next->from = to + 1;
    }
}

static inline void cut_span(struct cursor *next, const char *at, struct span span, const char *file)
{
    uint64_t marks = span.marks;
    for (uint64_t ends = span.ends; ends != 0; ends &= ends - 1) {
        uint64_t line = ends ^ (ends - 1); // up to its end, which is in
        cut_cells(next, at, marks & line);
        end_line(next, next->from - 1, file);
        marks &= ~line;
    }
    cut_cells(next, at, marks);
}

// Where to stop searching: a line feed belongs to the carriage return before it.
static const char *stop_at(const struct lane *lane, const char *limit)
{
    bool far = limit - lane->searched > (ptrdiff_t)LANE_AHEAD;
    const char *stop = far ? lane->searched + LANE_AHEAD : limit;
    while (stop > lane->searched && stop[-1] == '\r') {
        stop--;
    }
    return stop;
}

// Leaves what was found of the line that is not ended.
static void drop_taken(struct lane *lane)
{
    lane->cell_count -= lane->first;
    if (lane->cell_count > 0) {
        memmove(lane->cells, lane->cells + lane->first, lane->cell_count * sizeof *lane->cells);
    }
    lane->first = 0;
    lane->row_count = lane->next = 0;
}

// Room for what may be found in so many bytes, so that nothing moves while they are searched.
static void reserve(struct lane *lane, size_t size)
{
    size_t cells = lane->cell_count + size;
    if (lane->cell_capacity < cells) {
        lane->cells = heap_grow(lane->cells, &lane->cell_capacity, cells, sizeof *lane->cells);
    }
    if (lane->row_capacity < size) {
        lane->rows = heap_grow(lane->rows, &lane->row_capacity, size, sizeof *lane->rows);
    }
}

static struct cursor cursor_of(const struct lane *lane)
{
    return (struct cursor){
        .row = lane->rows,
        .first = lane->cells,
        .cell = lane->cells + lane->cell_count,
        .line = lane->line,
        .from = lane->cell,
        .number = lane->number,
    };
}

static void take_cursor(struct lane *lane, const struct cursor *next)
{
    lane->row_count = (size_t)(next->row - lane->rows);
    lane->first = (size_t)(next->first - lane->cells);
    lane->cell_count = (size_t)(next->cell - lane->cells);
    lane->line = next->line;
    lane->cell = next->from;
    lane->number = next->number;
    lane->narrow = next->narrow;
}

bool lane_search(struct lane *lane, const char *limit, char delimiter)
{
    const char *from = lane->searched;
    const char *stop = stop_at(lane, limit);
    if (stop == from) {
        return false;
    }
    struct span before = {
        .marks = from == lane->line || is_mark(from[-1], delimiter) ? LAST_BIT : 0,
        .blanks = LAST_BIT,
    };
    drop_taken(lane);
    reserve(lane, (size_t)(stop - from));
    struct cursor next = cursor_of(lane);
    const char *file = lane->file;
    const char *blanks = lane->blanks;
    for (const char *at = from; at < stop; at += SPAN) {
        struct span span = stop - at >= SPAN ? look(at, delimiter) : look_at_rest(at, stop, delimiter);
        blanks = may_have_blanks(before, span) ? at + SPAN : blanks;
        before = span;
        cut_span(&next, at, span, file);
    }
    lane->blanks = blanks;
    lane->searched = stop;
    take_cursor(lane, &next);
    return true;
}

bool lane_trim(struct lane *lane, const struct row *row)
{
    bool trimmed = false;
    struct slice *cells = lane->cells + (row->cells - lane->cells);
    for (size_t i = 0; i < row->count; i++) {
        cells[i] = trim(cells[i], &trimmed);
    }
    return trimmed;
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
