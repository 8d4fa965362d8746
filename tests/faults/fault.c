// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fault: stands between a program and its C library (LD_PRELOAD) and lets one call fail, the one that FAULT names:
 *
 *   FAULT=allocate:N    the N-th malloc, calloc or realloc, and all after it, find no memory
 *   FAULT=read:N        the N-th read, and all after it, fails with EIO
 *   FAULT=write:N       the N-th write, and all after it, fails with ENOSPC; standard error is left alone
 *   FAULT=CALL:N        the N-th open, pread, close, fsync, fdatasync, rename, ftruncate or flock, and all after it,
 * fails FAULT=hurry:N       no call fails, but the clock that measures how long a run takes is N seconds on at each
 * look FAULT=slow:N        no call fails, but reads and writes do N bytes at most, and every third one is interrupted
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

// The C library's own, under their second names.
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);

long syscall(long number, ...);

static unsigned long calls;

// The number behind "kind:" when FAULT is of that kind, else 0.
static unsigned long fault_number(const char *kind)
{
    const char *fault = getenv("FAULT");
    size_t length = strlen(kind);
    if (fault == NULL || strncmp(fault, kind, length) != 0 || fault[length] != ':') {
        return 0;
    }
    return strtoul(fault + length + 1, NULL, 10);
}

static bool fails(const char *kind)
{
    unsigned long number = fault_number(kind);
    return number > 0 && ++calls >= number;
}

void *malloc(size_t size)
{
    return fails("allocate") ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails("allocate") ? NULL : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    return fails("allocate") ? NULL : __libc_realloc(memory, size);
}

// How many bytes a call may move; 0: it is interrupted.
static size_t allowed(size_t size)
{
    unsigned long slow = fault_number("slow");
    if (slow == 0) {
        return size;
    }
    return ++calls % 3 == 0 ? 0 : size < slow ? size : slow;
}

ssize_t read(int descriptor, void *bytes, size_t size)
{
    size_t most = allowed(size);
    if (fails("read") || (size > 0 && most == 0)) {
        errno = most == 0 ? EINTR : EIO;
        return -1;
    }
    return (ssize_t)syscall(SYS_read, descriptor, bytes, most);
}

ssize_t write(int descriptor, const void *bytes, size_t size)
{
    size_t most = allowed(size);
    if ((descriptor != STDERR_FILENO && fails("write")) || (size > 0 && most == 0)) {
        errno = most == 0 ? EINTR : ENOSPC;
        return -1;
    }
    return (ssize_t)syscall(SYS_write, descriptor, bytes, most);
}

// The result of a call without its second name: that of the system, or -1 when it is the one to fail.
static long call(const char *kind, int error, long number, long first, long second, long third, long fourth)
{
    if (fails(kind)) {
        errno = error;
        return -1;
    }
    return syscall(number, first, second, third, fourth);
}

int open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    return (int)call("open", EACCES, SYS_openat, AT_FDCWD, (long)path, flags, mode);
}

ssize_t pread(int descriptor, void *bytes, size_t size, off_t offset)
{
    return (ssize_t)call("pread", EIO, SYS_pread64, descriptor, (long)bytes, (long)size, offset);
}

int close(int descriptor)
{
    return (int)call("close", EIO, SYS_close, descriptor, 0, 0, 0);
}

int fsync(int descriptor)
{
    return (int)call("fsync", EIO, SYS_fsync, descriptor, 0, 0, 0);
}

int fdatasync(int descriptor)
{
    return (int)call("fdatasync", EIO, SYS_fdatasync, descriptor, 0, 0, 0);
}

int rename(const char *from, const char *to);
int rename(const char *from, const char *to)
{
    return (int)call("rename", EIO, SYS_renameat, AT_FDCWD, (long)from, AT_FDCWD, (long)to);
}

int ftruncate(int descriptor, off_t length)
{
    return (int)call("ftruncate", EIO, SYS_ftruncate, descriptor, length, 0, 0);
}

int flock(int descriptor, int operation);
int flock(int descriptor, int operation)
{
    return (int)call("flock", ENOLCK, SYS_flock, descriptor, operation, 0, 0);
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    int result = (int)syscall(SYS_clock_gettime, clock, now);
    now->tv_sec += clock == CLOCK_MONOTONIC ? (time_t)(fault_number("hurry") * ++calls) : 0;
    return result;
}
