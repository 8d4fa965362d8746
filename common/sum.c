// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * sum: Neal's small superaccumulator: a fixed-point number wide enough for every double, in chunks of 32 bits.
 *
 * The lowest bit is worth 2^-1074, the smallest double. A chunk may run over its 32 bits for a while, in both
 * directions; carries are passed on before it could run over 64.
 */
#include "sum.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#define CHUNK_BITS 32
#define CHUNK_MASK UINT32_MAX
#define LOWEST_POWER (-1074)
#define MANTISSA_BITS 53

// An addition changes a chunk by less than 2^32, and 2^30 of them by less than 2^62.
#define MOST_PENDING (UINT32_C(1) << 30)

// Leaves every chunk but the last within 0 and 2^32 - 1; the last one has the sign.
static void pass_carries(struct sum *sum)
{
    for (size_t i = 0; i + 1 < SUM_CHUNKS; i++) {
        int64_t low = (int64_t)((uint64_t)sum->chunks[i] & CHUNK_MASK);
        sum->chunks[i + 1] += (sum->chunks[i] - low) / (INT64_C(1) << CHUNK_BITS);
        sum->chunks[i] = low;
    }
    sum->pending = 0;
}

void sum_add(struct sum *sum, double value)
{
    if (sum->pending >= MOST_PENDING) {
        pass_carries(sum);
    }
    sum->pending++;
    uint64_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    unsigned exponent = (unsigned)(bits >> 52) & 0x7FF;
    uint64_t mantissa = bits & ((UINT64_C(1) << 52) - 1);
    if (exponent > 0) {
        mantissa |= UINT64_C(1) << 52;
        exponent--;
    }
    // The mantissa's 53 bits, shifted by up to 31, reach over three chunks.
    unsigned shift = exponent % CHUNK_BITS;
    int64_t *chunk = &sum->chunks[exponent / CHUNK_BITS];
    uint64_t low = mantissa << shift;
    int64_t parts[3] = {(int64_t)(low & CHUNK_MASK), (int64_t)(low >> CHUNK_BITS),
                        shift == 0 ? 0 : (int64_t)(mantissa >> (64 - shift))};
    bool negative = bits >> 63 != 0;
    for (int i = 0; i < 3; i++) {
        chunk[i] += negative ? -parts[i] : parts[i];
    }
}

void sum_merge(struct sum *sum, const struct sum *other)
{
    struct sum added = *other;
    pass_carries(&added);
    pass_carries(sum);
    for (size_t i = 0; i < SUM_CHUNKS; i++) {
        sum->chunks[i] += added.chunks[i];
    }
    sum->pending = 1;
}

static bool bit_is_set(const struct sum *sum, size_t bit)
{
    return ((uint64_t)sum->chunks[bit / CHUNK_BITS] >> bit % CHUNK_BITS & 1) != 0;
}

static bool any_set_below(const struct sum *sum, size_t bit)
{
    for (size_t i = 0; i < bit / CHUNK_BITS; i++) {
        if (sum->chunks[i] != 0) {
            return true;
        }
    }
    uint64_t rest = (uint64_t)sum->chunks[bit / CHUNK_BITS];
    return (rest & ((UINT64_C(1) << bit % CHUNK_BITS) - 1)) != 0;
}

// The highest bit set, counted from 1; 0 when there is none.
static size_t bit_length(const struct sum *sum)
{
    for (size_t i = SUM_CHUNKS; i > 0; i--) {
        size_t length = i * CHUNK_BITS;
        for (uint64_t bits = (uint64_t)sum->chunks[i - 1]; bits != 0; bits <<= 1, length--) {
            if ((bits >> (CHUNK_BITS - 1) & 1) != 0) {
                return length;
            }
        }
    }
    return 0;
}

// The value of a sum of chunks that are all positive, rounded to the nearest double, ties to even.
static double magnitude(const struct sum *sum)
{
    size_t length = bit_length(sum);
    size_t first = length > MANTISSA_BITS ? length - MANTISSA_BITS : 0;
    uint64_t mantissa = 0;
    for (size_t bit = length; bit > first; bit--) {
        mantissa = mantissa << 1 | bit_is_set(sum, bit - 1);
    }
    if (first > 0 && bit_is_set(sum, first - 1) && ((mantissa & 1) != 0 || any_set_below(sum, first - 1))) {
        mantissa++;
    }
    return ldexp((double)mantissa, (int)first + LOWEST_POWER);
}

double sum_value(const struct sum *sum)
{
    struct sum passed = *sum;
    pass_carries(&passed);
    bool negative = passed.chunks[SUM_CHUNKS - 1] < 0;
    if (negative) {
        for (size_t i = 0; i < SUM_CHUNKS; i++) {
            passed.chunks[i] = -passed.chunks[i];
        }
        pass_carries(&passed);
    }
    double value = magnitude(&passed);
    return negative ? -value : value;
}
