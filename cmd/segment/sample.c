// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * sample: every point gets a key; those with the lowest keys are drawn.
 *
 * Equal points have to be told apart to have keys of their own, so points are put in order of their hashes, in parts of
 * about 2^17 points so that memory stays small, and of each part only points that may be among the lowest are kept.
 */
#include "sample.h"

#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "random.h"

enum {
    PART = 1 << 17,
    DIGIT_BITS = 8,
    DIGITS = 1 << DIGIT_BITS,
};

struct draw {
    uint64_t key;
    size_t index;
};

struct draws {
    struct draw *items;
    size_t count;
    size_t capacity;
};

static void add(struct draws *draws, uint64_t key, size_t index)
{
    draws->items = heap_grow(draws->items, &draws->capacity, draws->count + 1, sizeof *draws->items);
    draws->items[draws->count++] = (struct draw){key, index};
}

// One pass of a radix sort: by one digit of the key, equal ones in their order.
static void sort_by_digit(const struct draw *from, struct draw *to, size_t count, unsigned shift)
{
    size_t places[DIGITS + 1] = {0};
    for (size_t i = 0; i < count; i++) {
        places[(from[i].key >> shift & (DIGITS - 1)) + 1]++;
    }
    for (size_t i = 0; i < DIGITS; i++) {
        places[i + 1] += places[i];
    }
    for (size_t i = 0; i < count; i++) {
        to[places[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
    }
}

static void sort(struct draws *draws)
{
    struct draw *other = heap_allocate(draws->count, sizeof *other);
    struct draw *from = draws->items;
    for (unsigned shift = 0; shift < 64; shift += DIGIT_BITS) { // an even number of passes ends where it began
        sort_by_digit(from, other, draws->count, shift);
        struct draw *kept = from;
        from = other;
        other = kept;
    }
    free(other);
}

static uint64_t hash(const double *point, size_t dimensions, uint64_t seed)
{
    uint64_t value = random_mix(seed);
    for (size_t i = 0; i < dimensions; i++) {
        uint64_t bits;
        memcpy(&bits, &point[i], sizeof bits);
        value = random_mix(value ^ bits);
    }
    return value;
}

// Keys for the points of one part, which are in order of their hashes; those up to `limit` are kept.
static void draw_part(const struct draws *part, uint64_t limit, struct draws *kept)
{
    uint64_t state = 0;
    for (size_t i = 0; i < part->count; i++) {
        uint64_t own = part->items[i].key;
        state = i > 0 && own == part->items[i - 1].key ? state : own;
        uint64_t key = random_next(&state);
        if (key <= limit) {
            add(kept, key, part->items[i].index);
        }
    }
}

// Which of `parts` parts a hash belongs to.
static size_t part_of(uint64_t value, size_t parts)
{
    return (size_t)((value >> 32) * parts >> 32);
}

// Of very many points, about twice as many as are wanted have keys up to this limit.
static uint64_t key_limit(size_t count, size_t most)
{
    return count / 2 > most ? UINT64_MAX / count * (2 * most) : UINT64_MAX;
}

size_t *sample_draw(const struct points *points, uint64_t seed, size_t most, size_t *count)
{
    struct draws kept = {0};
    struct draws part = {0};
    size_t parts = points->count / PART + 1;
    uint64_t *hashes = heap_allocate(points->count, sizeof *hashes);
    for (size_t i = 0; i < points->count; i++) {
        hashes[i] = hash(points_at(points, i), points->dimensions, seed);
    }
    for (size_t number = 0; number < parts; number++) {
        part.count = 0;
        for (size_t i = 0; i < points->count; i++) {
            if (part_of(hashes[i], parts) == number) {
                add(&part, hashes[i], i);
            }
        }
        sort(&part);
        draw_part(&part, key_limit(points->count, most), &kept);
    }
    free(hashes);
    free(part.items);
    sort(&kept);
    *count = kept.count < most ? kept.count : most;
    size_t *indices = heap_allocate(*count, sizeof *indices);
    for (size_t i = 0; i < *count; i++) {
        indices[i] = kept.items[i].index;
    }
    free(kept.items);
    return indices;
}
