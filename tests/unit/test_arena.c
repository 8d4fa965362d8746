// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Tests of arena: pieces are aligned, apart from each other and stay where they are; a reset keeps a block and no more.
 */
#include "arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"

static void an_empty_arena_may_be_reset_and_freed(void)
{
    struct arena arena = {0};
    CHECK(arena_size(&arena) == 0);
    arena_reset(&arena);
    CHECK(arena_size(&arena) == 0);
    arena_free(&arena);
    arena_free(&arena);
    CHECK(arena_size(&arena) == 0);
}

enum { PIECES = 5000 };

// Sizes from none to far above the first block, in no order.
static size_t size_of_piece(size_t i)
{
    return i % 500 == 499 ? i * 50 : i * 37 % 200;
}

static void pieces_are_aligned_and_keep_their_bytes(void)
{
    static unsigned char *pieces[PIECES];
    struct arena arena = {0};
    bool aligned = true;
    size_t total = 0;
    for (size_t i = 0; i < PIECES; i++) {
        pieces[i] = arena_allocate(&arena, size_of_piece(i));
        aligned = aligned && pieces[i] != NULL && (uintptr_t)pieces[i] % alignof(max_align_t) == 0;
        memset(pieces[i], (int)(i % 251), size_of_piece(i));
        total += size_of_piece(i);
    }
    CHECK(aligned);
    bool kept = true;
    for (size_t i = 0; i < PIECES; i++) {
        for (size_t j = 0; j < size_of_piece(i); j++) {
            kept = kept && pieces[i][j] == i % 251;
        }
    }
    CHECK(kept);
    CHECK(arena_size(&arena) >= total);
    CHECK(arena_size(&arena) < total * 3);
    arena_free(&arena);
}

static void a_copy_has_a_nul_behind_it(void)
{
    struct arena arena = {0};
    char source[] = "a\0b";
    struct slice copy = arena_copy(&arena, (struct slice){source, 3});
    source[0] = 'x';
    CHECK(copy.length == 3);
    CHECK(memcmp(copy.data, "a\0b", 4) == 0);
    struct slice empty = arena_copy(&arena, (struct slice){NULL, 0});
    CHECK(empty.length == 0);
    CHECK_TEXT(empty.data, "");
    struct slice word = arena_copy(&arena, slice_of("sixteen bytes..."));
    CHECK_TEXT(word.data, "sixteen bytes...");
    arena_free(&arena);
}

static void fill(struct arena *arena)
{
    for (size_t i = 0; i < 1000; i++) {
        memset(arena_allocate(arena, 100), 'x', 100);
    }
    memset(arena_allocate(arena, 300000), 'y', 300000);
}

static void a_reset_keeps_one_block_and_filling_again_soon_takes_no_more(void)
{
    struct arena arena = {0};
    fill(&arena);
    size_t filled = arena_size(&arena);
    arena_reset(&arena);
    CHECK(arena_size(&arena) > 0);
    CHECK(arena_size(&arena) < filled);
    for (int i = 0; i < 4; i++) {
        fill(&arena);
        arena_reset(&arena);
    }
    size_t settled = arena_size(&arena);
    fill(&arena);
    CHECK(arena_size(&arena) == settled);
    arena_reset(&arena);
    CHECK(arena_size(&arena) == settled);
    arena_free(&arena);
    CHECK(arena_size(&arena) == 0);
}

static void a_first_piece_larger_than_a_block_is_served(void)
{
    struct arena arena = {0};
    char *large = arena_allocate(&arena, 3000000);
    memset(large, 'a', 3000000);
    char *small = arena_allocate(&arena, 1);
    *small = 'b';
    CHECK(large[0] == 'a' && large[2999999] == 'a');
    arena_free(&arena);
}

int main(void)
{
    an_empty_arena_may_be_reset_and_freed();
    pieces_are_aligned_and_keep_their_bytes();
    a_copy_has_a_nul_behind_it();
    a_reset_keeps_one_block_and_filling_again_soon_takes_no_more();
    a_first_piece_larger_than_a_block_is_served();
    return tap_done();
}
