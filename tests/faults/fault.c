// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fault: stands between a program and its C library (LD_PRELOAD) and lets one call fail, the one that FAULT names:
 *
 *   FAULT=allocate:N    the N-th malloc, calloc or realloc, and all after it, find no memory
 *   FAULT=read:N        the N-th read, and all after it, fails with EIO
 *   FAULT=write:N       the N-th write, and all after it, fails with ENOSPC; standard error is left alone
 *   FAULT=slow:N        no call fails, but reads and writes do N bytes at most, and every third one is interrupted
 */
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
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
