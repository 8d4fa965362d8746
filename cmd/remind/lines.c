// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lines: keeps a window of the file, large for lines read in order and small for a line by itself.
 */
#include "lines.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { WINDOW_IN_ORDER = 1 << 18, WINDOW_ALONE = 1 << 12 };

// Adds to the end of the window: bytes read, 0 at the end of the file, -1 with errno.
static ssize_t widen(struct lines *lines, size_t size)
{
    ssize_t got;
    if (lines->descriptor == -1) {
        return 0;
    }
    char *room = text_reserve(&lines->window, size);
    do {
        got = pread(lines->descriptor, room, size, (off_t)(lines->start + lines->window.length));
    } while (got == -1 && errno == EINTR);
    lines->window.length += got > 0 ? (size_t)got : 0;
    return got;
}

// Lets the window begin at `place`, keeping what it has of the bytes from there on.
static void move(struct lines *lines, uint64_t place)
{
    uint64_t end = lines->start + lines->window.length;
    size_t kept = place >= lines->start && place < end ? (size_t)(end - place) : 0;
    if (kept > 0) {
        memmove(lines->window.data, lines->window.data + (lines->window.length - kept), kept);
    }
    lines->window.length = kept;
    lines->start = place;
}

// Where the line feed after `place` stands in the window, or the window's length.
static size_t line_end(const struct lines *lines, size_t from)
{
    return slice_find(text_slice(&lines->window), '\n', from);
}

enum lines_result lines_at(struct lines *lines, uint64_t *place, struct slice *line)
{
    size_t size = *place == lines->next ? WINDOW_IN_ORDER : WINDOW_ALONE;
    if (*place < lines->start || *place > lines->start + lines->window.length) {
        move(lines, *place);
    }
    size_t begin = (size_t)(*place - lines->start);
    size_t end = line_end(lines, begin);
    if (end == lines->window.length) {
        move(lines, *place);
        begin = 0;
        end = lines->window.length;
    }
    while (end == lines->window.length) {
        ssize_t got = widen(lines, size);
        if (got < 0) {
            return LINES_FAILED;
        }
        if (got == 0) {
            *line = text_slice(&lines->window);
            return lines->window.length == 0 ? LINES_END : LINES_TORN;
        }
        end = line_end(lines, end);
    }
    *line = slice_part(text_slice(&lines->window), begin,
                       end > begin && lines->window.data[end - 1] == '\r' ? end - 1 : end);
    lines->next = *place + (end - begin) + 1;
    *place = lines->next;
    return LINES_LINE;
}

struct slice lines_held(const struct lines *lines, uint64_t place)
{
    struct slice window = text_slice(&lines->window);
    bool held = place >= lines->start && place - lines->start <= window.length;
    size_t from = held ? (size_t)(place - lines->start) : window.length;
    return slice_part(window, from, window.length);
}

void lines_pass(struct lines *lines, uint64_t place)
{
    lines->next = place;
}

void lines_free(struct lines *lines)
{
    text_free(&lines->window);
}
