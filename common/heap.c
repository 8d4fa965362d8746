// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * heap: malloc's family with the failures taken out.
 *
 * A request for no bytes asks for one, so that NULL from the system always means that there is no memory. What is large
 * is asked for in large pages where the system has them: a map of a million entries is read at random, and with small
 * pages every second look-up would wait for the page's address too.
 */
#ifdef __linux__
#define _DEFAULT_SOURCE // madvise
#endif
#include "heap.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/mman.h>
#endif

#include "diag.h"

enum { LARGE_PAGE = 2 << 20 };

// Asks for large pages in what lies in whole ones. That is advice: when it is not taken nothing is lost.
static void *enlarge_pages(char *memory, size_t size)
{
#ifdef MADV_HUGEPAGE
    size_t before = -(uintptr_t)memory % LARGE_PAGE;
    if (size >= 4 * (size_t)LARGE_PAGE) {
        (void)madvise(memory + before, (size - before) / LARGE_PAGE * LARGE_PAGE, MADV_HUGEPAGE);
    }
#else
    (void)size;
#endif
    return memory;
}

void *heap_allocate(size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        diag_out_of_memory();
    }
    void *memory = calloc(count == 0 ? 1 : count, size == 0 ? 1 : size);
    if (memory == NULL) {
        diag_out_of_memory();
    }
    return enlarge_pages(memory, count * size);
}

void *heap_resize(void *memory, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        diag_out_of_memory();
    }
    size_t bytes = count * size;
    void *resized = realloc(memory, bytes == 0 ? 1 : bytes);
    if (resized == NULL) {
        diag_out_of_memory();
    }
    return resized;
}

void *heap_grow(void *memory, size_t *capacity, size_t needed, size_t size)
{
    enum { FIRST = 8 };
    if (needed <= *capacity) {
        return memory;
    }
    size_t grown = *capacity > SIZE_MAX / 2 ? needed : *capacity * 2;
    if (grown < FIRST) {
        grown = FIRST;
    }
    if (grown < needed) {
        grown = needed;
    }
    memory = heap_resize(memory, grown, size);
    *capacity = grown;
    return memory;
}

char *heap_string(struct slice from)
{
    if (from.length == SIZE_MAX) {
        diag_out_of_memory();
    }
    char *string = heap_resize(NULL, from.length + 1, 1);
    if (from.length > 0) {
        memcpy(string, from.data, from.length);
    }
    string[from.length] = '\0';
    return string;
}
