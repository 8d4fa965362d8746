// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * arena: a list of blocks, each twice as large as the one before up to a limit, cut up from the front.
 *
 * A piece too large for the next block gets one of its own behind the newest, whose rest stays in use. A reset keeps
 * the largest block, so an arena that is filled and reset again and again soon stops asking the system.
 */
#include "arena.h"

#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "heap.h"

enum { BLOCK_FIRST = 4096, BLOCK_LARGEST = 1 << 20, ALIGNMENT = alignof(max_align_t) };

struct arena_block {
    struct arena_block *next;
    size_t size; // of the bytes below
    alignas(max_align_t) char bytes[];
};

static struct arena_block *create_block(size_t size)
{
    if (size > SIZE_MAX - sizeof(struct arena_block)) {
        diag_out_of_memory();
    }
    struct arena_block *block = heap_resize(NULL, sizeof *block + size, 1);
    block->size = size;
    return block;
}

static size_t next_size(const struct arena *arena)
{
    if (arena->blocks == NULL) {
        return BLOCK_FIRST;
    }
    return arena->blocks->size >= BLOCK_LARGEST / 2 ? BLOCK_LARGEST : arena->blocks->size * 2;
}

// A piece that the newest block has no room for. `size` is a multiple of the alignment.
static void *allocate_from_new_block(struct arena *arena, size_t size)
{
    size_t block_size = next_size(arena);
    if (arena->blocks != NULL && size > block_size / 2) {
        struct arena_block *own = create_block(size);
        own->next = arena->blocks->next;
        arena->blocks->next = own;
        return own->bytes;
    }
    struct arena_block *block = create_block(size > block_size ? size : block_size);
    block->next = arena->blocks;
    arena->blocks = block;
    arena->used = size;
    return block->bytes;
}

void *arena_allocate(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX - ALIGNMENT) {
        diag_out_of_memory();
    }
    size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (arena->blocks == NULL || rounded > arena->blocks->size - arena->used) {
        return allocate_from_new_block(arena, rounded);
    }
    void *piece = arena->blocks->bytes + arena->used;
    arena->used += rounded;
    return piece;
}

struct slice arena_copy(struct arena *arena, struct slice from)
{
    if (from.length == SIZE_MAX) {
        diag_out_of_memory();
    }
    char *copy = arena_allocate(arena, from.length + 1);
    if (from.length > 0) {
        memcpy(copy, from.data, from.length);
    }
    copy[from.length] = '\0';
    return (struct slice){copy, from.length};
}

size_t arena_size(const struct arena *arena)
{
    size_t size = 0;
    for (const struct arena_block *block = arena->blocks; block != NULL; block = block->next) {
        size += sizeof *block + block->size;
    }
    return size;
}

void arena_reset(struct arena *arena)
{
    arena->used = 0;
    if (arena->blocks == NULL || arena->blocks->next == NULL) {
        return;
    }
    struct arena_block *largest = arena->blocks;
    for (struct arena_block *block = largest->next; block != NULL; block = block->next) {
        if (block->size > largest->size) {
            largest = block;
        }
    }
    for (struct arena_block *block = arena->blocks, *next; block != NULL; block = next) {
        next = block->next;
        if (block != largest) {
            free(block);
        }
    }
    largest->next = NULL;
    arena->blocks = largest;
}

void arena_free(struct arena *arena)
{
    for (struct arena_block *block = arena->blocks, *next; block != NULL; block = next) {
        next = block->next;
        free(block);
    }
    *arena = (struct arena){0};
}
