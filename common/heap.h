// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * heap: memory that always comes, for the few things that live neither in an arena nor on the stack.
 *
 * Every function returns memory or does not return: when there is none, diag_out_of_memory() ends the program with
 * status 3. Sizes are count times size; a product that overflows counts as no memory. What is returned is owned by
 * the caller, who gives it back with free().
 */
#ifndef HEAP_H
#define HEAP_H

#include <stddef.h>

#include "slice.h"

// `count` elements of `size` bytes, all zero. A count of zero gives a pointer that free() accepts.
void *heap_allocate(size_t count, size_t size);

// `memory` (or NULL) made to hold `count` elements of `size` bytes; the added bytes are not set.
void *heap_resize(void *memory, size_t count, size_t size);

// `memory` (or NULL) made to hold at least `needed` elements; *capacity, in elements, grows by doubling and is kept up
// to date. For arrays that grow one element at a time.
void *heap_grow(void *memory, size_t *capacity, size_t needed, size_t size);

// The bytes of `from` as a C string.
char *heap_string(struct slice from);

#endif
