// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * blocks: runs of 64-bit words whose sizes double, taken and given back many times.
 *
 * Size 0 is no block at all. Blocks given back wait in a list of their size for who takes the next. All live until
 * blocks_free. The zero value is usable.
 */
#ifndef BLOCKS_H
#define BLOCKS_H

#include <stddef.h>
#include <stdint.h>

enum { BLOCKS_SIZES = 40 };

struct blocks {
    uint64_t *spare[BLOCKS_SIZES]; // linked through their first word
    uint64_t *chunk;               // the newest
    size_t chunk_size;             // what it would be but for a block that is larger, in words
    uint64_t *free;                // the rest of it
    size_t free_count;
};

// The words of a block of that size: none, 8, 16, 32 and so on.
size_t blocks_words(unsigned size);

// Its words are not set.
uint64_t *blocks_take(struct blocks *blocks, unsigned size);
void blocks_give(struct blocks *blocks, uint64_t *words, unsigned size);

void blocks_free(struct blocks *blocks);

#endif
