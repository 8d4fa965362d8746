// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * descriptor: thin layer over read(2), write(2) and fcntl(2). Keeps nothing.
 */
#include "descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __linux__
enum { SET_PIPE_SIZE = 1031 }; // F_SETPIPE_SZ, which <fcntl.h> shows only to GNU sources
#endif

enum { PIPE_SIZE = 1 << 20 };

void descriptor_guard(void)
{
    static const int modes[] = {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++) {
        if (fcntl(descriptor, F_GETFD) == -1 && errno == EBADF) {
            // The lowest free number is this one: those below it were just seen to be open.
            (void)open("/dev/null", modes[descriptor]);
        }
    }
}

void descriptor_widen(int descriptor)
{
#ifdef __linux__
    (void)fcntl(descriptor, SET_PIPE_SIZE, PIPE_SIZE);
#else
    (void)descriptor;
#endif
}

int descriptor_open(const char *path)
{
    descriptor_guard();
    bool standard = strcmp(path, "-") == 0;
    int descriptor = standard ? STDIN_FILENO : open(path, O_RDONLY | O_NOCTTY);
    struct stat status;
    if (descriptor != -1 && fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
        if (!standard) {
            close(descriptor);
        }
        errno = EISDIR;
        return -1;
    }
    return descriptor;
}

ssize_t descriptor_read(int descriptor, char *bytes, size_t size)
{
    ssize_t count;
    do {
        count = read(descriptor, bytes, size);
    } while (count == -1 && errno == EINTR);
    return count;
}

bool descriptor_write(int descriptor, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t count = write(descriptor, bytes, size);
        if (count == -1 && errno != EINTR) {
            return false;
        }
        if (count > 0) {
            bytes += count;
            size -= (size_t)count;
        }
    }
    return true;
}
