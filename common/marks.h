// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * marks: where a byte stands among 64, one bit for each, found for all of them at once.
 *
 * A search of its own for every cell of a line would cost more than all else that is done with it: cells are short, and
 * where they end cannot be foreseen. On x86-64 the bits come from SSE2, which every such processor has, else from a
 * loop. In line, for what looks at every byte of a table.
 */
#ifndef MARKS_H
#define MARKS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "slice.h"

#define MARKS_SPAN 64 // bytes that are searched at once

#ifdef __SSE2__
static inline uint64_t marks_of_quarter(const char *bytes, __m128i one, __m128i other)
{
    __m128i quarter = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    __m128i found = _mm_or_si128(_mm_cmpeq_epi8(quarter, one), _mm_cmpeq_epi8(quarter, other));
    return (uint64_t)(unsigned)_mm_movemask_epi8(found);
}

// Bit i is set when byte i of MARKS_SPAN is one of the two (which may be the same).
static inline uint64_t marks_of(const char *bytes, char one, char other)
{
    __m128i ones = _mm_set1_epi8(one);
    __m128i others = _mm_set1_epi8(other);
    return marks_of_quarter(bytes, ones, others) | marks_of_quarter(bytes + 16, ones, others) << 16 |
           marks_of_quarter(bytes + 32, ones, others) << 32 | marks_of_quarter(bytes + 48, ones, others) << 48;
}
#else
static inline uint64_t marks_of(const char *bytes, char one, char other)
{
    uint64_t marks = 0;
    for (size_t i = 0; i < MARKS_SPAN; i++) {
        marks |= (uint64_t)(bytes[i] == one || bytes[i] == other) << i;
    }
    return marks;
}
#endif

// The bytes from `at` on, MARKS_SPAN of them: a view, or where there are fewer a copy in `room`, with zeroes behind.
static inline const char *marks_span(struct slice bytes, size_t at, char room[MARKS_SPAN])
{
    if (bytes.length - at >= MARKS_SPAN) {
        return bytes.data + at;
    }
    memset(room, 0, MARKS_SPAN);
    memcpy(room, bytes.data + at, bytes.length - at);
    return room;
}

#endif
