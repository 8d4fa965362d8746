// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * descriptor: what reader and output both need of file descriptors: interrupted calls, short writes, wide pipes.
 */
#ifndef DESCRIPTOR_H
#define DESCRIPTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

// Makes sure that no file opened from now on becomes standard input, output or error: a closed one of these is taken by
// a descriptor on which every read or write in its direction fails. Cheap; said before anything is opened.
void descriptor_guard(void);

// Asks for a buffer of 1 MiB where the descriptor is a pipe and the system offers it. Never fails.
void descriptor_widen(int descriptor);

// Opens a file for reading: -1 with errno when that fails or it is a directory. "-" is standard input.
int descriptor_open(const char *path);

// read(2), again when a signal interrupts it: bytes read, 0 at the end, -1 with errno.
ssize_t descriptor_read(int descriptor, char *bytes, size_t size);

// Writes all of it. False, with errno, when that fails.
bool descriptor_write(int descriptor, const char *bytes, size_t size);

#endif
