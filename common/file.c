// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * file: reads to the end, in blocks, up to the limit.
 */
#include "file.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "descriptor.h"
#include "text.h"

static bool read_all(int descriptor, struct text *bytes, const char **reason)
{
    enum { BLOCK = 65536 };
    size_t start = bytes->length;
    while (bytes->length - start <= FILE_LARGEST) {
        ssize_t got = descriptor_read(descriptor, text_reserve(bytes, BLOCK), BLOCK);
        if (got == 0) {
            return true;
        }
        if (got < 0) {
            *reason = strerror(errno);
            return false;
        }
        bytes->length += (size_t)got;
    }
    *reason = "larger than 16 MiB; is it the right file?";
    return false;
}

static void drop_mark(struct text *bytes, size_t start)
{
    static const char mark[] = {'\xef', '\xbb', '\xbf'};
    size_t length = bytes->length - start;
    if (length >= sizeof mark && memcmp(bytes->data + start, mark, sizeof mark) == 0) {
        memmove(bytes->data + start, bytes->data + start + sizeof mark, length - sizeof mark);
        bytes->length -= sizeof mark;
    }
}

bool file_read(const char *path, struct text *bytes, const char **reason)
{
    bool standard = strcmp(path, "-") == 0;
    size_t start = bytes->length;
    int descriptor = descriptor_open(path);
    if (descriptor == -1) {
        *reason = strerror(errno);
        return false;
    }
    bool read = read_all(descriptor, bytes, reason);
    if (!standard) {
        close(descriptor);
    }
    drop_mark(bytes, start);
    return read;
}
