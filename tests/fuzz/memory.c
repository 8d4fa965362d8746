// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * memory: common/descriptor.h without a system below it.
 */
#include "memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "descriptor.h"
#include "text.h"

static struct {
    struct slice bytes;
    size_t at;
} files[MEMORY_FILES] = {{{"", 0}, 0}, {{"", 0}, 0}, {{"", 0}, 0}, {{"", 0}, 0}};

static struct text written;

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
