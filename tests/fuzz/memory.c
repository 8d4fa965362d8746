// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * memory: common/descriptor.h without a system below it.
 */
#include "memory.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "descriptor.h"
#include "number.h"
#include "text.h"

static struct {
    struct slice bytes;
    size_t at;
} files[MEMORY_FILES] = {{{"", 0}, 0}, {{"", 0}, 0}, {{"", 0}, 0}, {{"", 0}, 0}};

static struct text written;

static struct {
    FILE *console;
    char *message;
    size_t length;
} heard;

void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

void memory_fill(int descriptor, struct slice bytes)
{
    files[descriptor].bytes = bytes.length == 0 ? (struct slice){"", 0} : bytes;
    files[descriptor].at = 0;
}

void memory_rewind(int descriptor)
{
    files[descriptor].at = 0;
}

struct slice memory_written(void)
{
    return text_slice(&written);
}

void memory_forget(void)
{
    text_clear(&written);
}

void memory_listen(void)
{
    heard.console = stderr;
    stderr = open_memstream(&heard.message, &heard.length); // a variable with the C libraries of Linux and BSD
    require(stderr != NULL);
}

void memory_heard(struct text *said)
{
    fclose(stderr);
    stderr = heard.console;
    text_append(said, (struct slice){heard.message, heard.length});
    free(heard.message);
}

static uint64_t count_lines(struct slice bytes)
{
    uint64_t lines = 1;
    for (size_t i = 0; i < bytes.length; i++) {
        lines += bytes.data[i] == '\n' || bytes.data[i] == '\r';
    }
    return lines;
}

// Of "remind: stdin:3: text", where it starts with `start`, 3; 0 when the line is no message or gives no place.
static uint64_t place_in(struct slice line, struct slice start)
{
    int64_t place = 0;
    if (slice_starts(line, start)) {
        struct slice rest = slice_part(line, start.length, line.length);
        number_read_whole(slice_part(rest, 0, slice_find(rest, ':', 0)), &place);
    }
    return (uint64_t)place;
}

void memory_check_places(struct slice said, const char *name, struct slice file)
{
    struct text start = {0};
    uint64_t lines = count_lines(file);
    text_format(&start, "%s: stdin:", name);
    require(said.length > 0);
    for (size_t at = 0; at < said.length;) {
        size_t end = slice_find(said, '\n', at);
        require(place_in(slice_part(said, at, end), text_slice(&start)) <= lines);
        at = end + 1;
    }
    text_free(&start);
}

void descriptor_guard(void)
{
}

void descriptor_widen(int descriptor)
{
    (void)descriptor;
}

int descriptor_open(const char *path)
{
    errno = ENOENT;
    return strcmp(path, "-") == 0 ? 0 : -1;
}

ssize_t descriptor_read(int descriptor, char *bytes, size_t size)
{
    struct slice all = files[descriptor].bytes;
    struct slice left = slice_part(all, files[descriptor].at, all.length);
    size_t count = size < left.length ? size : left.length;
    memcpy(bytes, left.data, count);
    files[descriptor].at += count;
    return (ssize_t)count;
}

bool descriptor_write(int descriptor, const char *bytes, size_t size)
{
    (void)descriptor;
    text_append(&written, (struct slice){bytes, size});
    return true;
}
