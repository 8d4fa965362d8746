// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lane: memchr from delimiter to delimiter.
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

bool lane_cut(struct record *record, struct slice line, char delimiter, bool *trimmed)
{
    *trimmed = false;
    const char *from = line.data;
    const char *end = line.data + line.length;
    for (;;) {
        const char *at = from < end ? memchr(from, delimiter, (size_t)(end - from)) : NULL;
        const char *to = at == NULL ? end : at;
        struct slice cell = {from, (size_t)(to - from)};
        if (has_outer_blanks(cell)) {
            *trimmed = true;
            cell = slice_trim(cell);
        }
        if (!record_add(record, cell)) {
            return false;
        }
        if (at == NULL) {
            return true;
        }
        from = at + 1;
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
