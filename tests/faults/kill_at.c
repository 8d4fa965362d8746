// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * kill_at: stands between a program and its C library (LD_PRELOAD) and ends the program, as a power failure would, at one
 * of its calls that change something outside: open, flock, write, ftruncate, fdatasync, fsync, rename.
 *
 *   KILL_AT=N      the program ends instead of making the N-th such call
 *   KILL_HALF=1    if that call is a write, half of its bytes are written first
 *
 * Standard error is left alone. Calls are not undone: what was written stays, as in the page cache.
 */
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

long syscall(long number, ...);

enum { KILLED = 77 };

static unsigned long calls;

// Is this the call at which the program ends?
static bool is_last(void)
{
    const char *number = getenv("KILL_AT");
    return number != NULL && ++calls == strtoul(number, NULL, 10);
}

static void count(void)
{
    if (is_last()) {
        _exit(KILLED);
    }
}

int open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    count();
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int flock(int descriptor, int operation);
int flock(int descriptor, int operation)
{
    count();
    return (int)syscall(SYS_flock, descriptor, operation);
}

ssize_t write(int descriptor, const void *bytes, size_t size)
{
    if (descriptor != STDERR_FILENO && is_last()) {
        if (getenv("KILL_HALF") != NULL) {
            syscall(SYS_write, descriptor, bytes, size / 2);
        }
        _exit(KILLED);
    }
    return (ssize_t)syscall(SYS_write, descriptor, bytes, size);
}

int ftruncate(int descriptor, off_t length)
{
    count();
    return (int)syscall(SYS_ftruncate, descriptor, length);
}

int fdatasync(int descriptor)
{
    count();
    return (int)syscall(SYS_fdatasync, descriptor);
}

int fsync(int descriptor)
{
    count();
    return (int)syscall(SYS_fsync, descriptor);
}

int rename(const char *from, const char *to);
int rename(const char *from, const char *to)
{
    count();
    return (int)syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to);
}
