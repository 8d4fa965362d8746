// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * word: an event in 64 bits: its time above, then whether it had a time of day, then the number of its kind. So words
 * sort by time.
 */
#ifndef WORD_H
#define WORD_H

#include <stdbool.h>
#include <stdint.h>

#define WORD_KINDS (1 << 24)

enum {
    WORD_KIND_BITS = 24,
    WORD_TIME_SHIFT = WORD_KIND_BITS + 1,
};

_Static_assert(WORD_KINDS == 1 << WORD_KIND_BITS, "a kind's number fills the low bits of a word");

// Added to a time, so that all of the calendar is above zero.
#define WORD_TIME_BIAS (INT64_C(1) << 38)

static inline uint64_t word_of(int64_t time, bool has_time, uint32_t kind)
{
    return (uint64_t)(time + WORD_TIME_BIAS) << WORD_TIME_SHIFT | (uint64_t)has_time << WORD_KIND_BITS | kind;
}

static inline int64_t word_time(uint64_t word)
{
    return (int64_t)(word >> WORD_TIME_SHIFT) - WORD_TIME_BIAS;
}

static inline bool word_has_time(uint64_t word)
{
    return (word >> WORD_KIND_BITS & 1) != 0;
}

static inline uint32_t word_kind(uint64_t word)
{
    return (uint32_t)(word & (WORD_KINDS - 1));
}

#endif
