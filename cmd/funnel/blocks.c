// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * blocks: cut from chunks, each twice as large as the one before up to a limit; a free block holds the address of the
 * next in its first word, a chunk that of the chunk before.
 */
#include "blocks.h"

#include <stdlib.h>
#include <string.h>

#include "heap.h"

enum {
    CHUNK_FIRST = 512, // words
    CHUNK_LARGEST = 1 << 21,
    CHUNK_HEAD = 8, // words, so that blocks do not lie across more cache lines than they must
};

size_t blocks_words(unsigned size)
{
    return size == 0 ? 0 : (size_t)4 << size;
}

static void add_chunk(struct blocks *blocks, size_t needed)
{
    size_t words = blocks->chunk_size == 0 ? CHUNK_FIRST : blocks->chunk_size * 2;
    words = words > CHUNK_LARGEST ? CHUNK_LARGEST : words;
    blocks->chunk_size = words;
    words = words < needed + CHUNK_HEAD ? needed + CHUNK_HEAD : words;
    uint64_t *chunk = heap_allocate(words, sizeof *chunk);
    memcpy(chunk, &blocks->chunk, sizeof blocks->chunk);
    blocks->chunk = chunk;
    blocks->free = chunk + CHUNK_HEAD;
    blocks->free_count = words - CHUNK_HEAD;
}

uint64_t *blocks_take(struct blocks *blocks, unsigned size)
{
    uint64_t *words = blocks->spare[size];
    if (words != NULL) {
        memcpy(&blocks->spare[size], words, sizeof(uint64_t *));
        return words;
    }
    if (blocks->free_count < blocks_words(size)) {
        add_chunk(blocks, blocks_words(size));
    }
    words = blocks->free;
    blocks->free += blocks_words(size);
    blocks->free_count -= blocks_words(size);
    return words;
}

void blocks_give(struct blocks *blocks, uint64_t *words, unsigned size)
{
    if (size > 0) {
        memcpy(words, &blocks->spare[size], sizeof(uint64_t *));
        blocks->spare[size] = words;
    }
}

void blocks_free(struct blocks *blocks)
{
    for (uint64_t *chunk = blocks->chunk, *before; chunk != NULL; chunk = before) {
        memcpy(&before, chunk, sizeof before);
        free(chunk);
    }
    *blocks = (struct blocks){.chunk = NULL};
}
