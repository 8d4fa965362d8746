// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * arena: many small pieces of memory with one life, given back all at once.
 *
 * The zero value is an empty arena, ready for use. Pieces are aligned for any type and never move; they live until
 * arena_reset or arena_free. Running out of memory ends the program (heap.h). Used for the three lives of the house:
 * row (reset by the reader), group (reset by a mode between customers) and run (freed at the end).
 */
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>

#include "slice.h"

struct arena_block;

struct arena {
    struct arena_block *blocks; // newest first
    size_t used;                // bytes handed out of the newest block
};

// `size` bytes, not set.
void *arena_allocate(struct arena *arena, size_t size);

// A copy of the bytes; a NUL follows them, so .data also serves as a C string.
struct slice arena_copy(struct arena *arena, struct slice from);

// Bytes taken from the system so far: what a mode reports as its memory.
size_t arena_size(const struct arena *arena);

// Forgets every piece and keeps one block for the next ones.
void arena_reset(struct arena *arena);

// Gives everything back; the arena is empty again.
void arena_free(struct arena *arena);

#endif
