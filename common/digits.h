// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * digits: a number of up to eight bytes, digits and perhaps a decimal mark, read as one word.
 *
 * Most numbers are as short as that, and where one ends cannot be foreseen: a loop over its digits costs less than the
 * processor's wrong guess at the loop's end, so there is neither here. In line, for numbers and money in every row.
 */
#ifndef DIGITS_H
#define DIGITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "slice.h"

#define DIGITS_MOST 8                      // bytes
#define DIGITS_EACH_ONE (UINT64_MAX / 255) // 0x01 in each byte

// One to eight bytes, the first one lowest, zeroes above.
static inline uint64_t digits_load(const char *bytes, size_t length)
{
    const unsigned char *from = (const unsigned char *)bytes;
    if (length < 4) {
        size_t middle = length / 2;
        size_t last = length - 1;
        return from[0] | (uint64_t)from[middle] << middle * 8 | (uint64_t)from[last] << last * 8;
    }
    uint32_t low;
    uint32_t high;
    memcpy(&low, bytes, sizeof low);
    memcpy(&high, bytes + length - sizeof high, sizeof high);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    low = __builtin_bswap32(low);
    high = __builtin_bswap32(high);
#endif
    return low | (uint64_t)high << (length - sizeof high) * 8;
}

// Eight digits without their '0', the first one lowest, as a number: pairs, then fours, then all.
static inline uint64_t digits_join(uint64_t digits)
{
    digits = (digits * 10 + (digits >> 8)) & UINT64_C(0x00FF00FF00FF00FF);
    digits = digits * (1 + (UINT64_C(100) << 16)) >> 16 & UINT64_C(0x0000FFFF0000FFFF);
    return digits * (1 + (UINT64_C(10000) << 32)) >> 32;
}

// Eight bytes, the lowest one first.
static inline void digits_store(char *to, uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    memcpy(to, &word, sizeof word);
}

// A number below 10^8 as eight digits without their '0', the first one lowest: the way of digits_join back.
static inline uint64_t digits_split(uint64_t value)
{
    uint64_t fours = value / 10000 | value % 10000 << 32;
    uint64_t pairs = fours * 10486 >> 20 & UINT64_C(0x0000007F0000007F); // hundreds
    pairs |= (fours - pairs * 100) << 16;
    uint64_t tens = pairs * 103 >> 10 & UINT64_C(0x000F000F000F000F);
    return tens | (pairs - tens * 10) << 8;
}

// The top bits of those bytes that, without their '0', are no digits, and perhaps of some above one that is none.
static inline uint64_t digits_others(uint64_t digits)
{
    return ((digits + (0x7F - 9) * DIGITS_EACH_ONE) | digits) & 0x80 * DIGITS_EACH_ONE;
}

// Eight digits, the first one lowest, as a number. False when one is no digit.
static inline bool digits_value(uint64_t word, uint64_t *value)
{
    uint64_t digits = word ^ '0' * DIGITS_EACH_ONE;
    *value = digits_join(digits);
    return digits_others(digits) == 0;
}

// The highest bytes of a word, as many.
static inline uint64_t digits_highest(uint64_t word, size_t count)
{
    static const uint64_t masks[] = {
        0,
        UINT64_C(0xFF) << 56,
        UINT64_C(0xFFFF) << 48,
        UINT64_C(0xFFFFFF) << 40,
        UINT64_C(0xFFFFFFFF) << 32,
        UINT64_C(0xFFFFFFFFFF) << 24,
        UINT64_C(0xFFFFFFFFFFFF) << 16,
        UINT64_C(0xFFFFFFFFFFFFFF) << 8,
        UINT64_MAX,
    };
    return word & masks[count];
}

// The bytes of a cell of one to DIGITS_MOST, without the '0' of digits, the last one highest; zeroes below.
static inline uint64_t digits_of(struct slice cell)
{
    uint64_t digits = digits_load(cell.data, cell.length) ^ '0' * DIGITS_EACH_ONE;
    return digits << (DIGITS_MOST - cell.length) * 8;
}

// Where a cell of a record begins so far behind the record's first byte that DIGITS_MOST bytes may be loaded up to the
// cell's end.
struct digits_inner {
    uintptr_t from;
    size_t length; // up to the end of the record, for a last cell that is empty
};

static inline struct digits_inner digits_inner(struct slice record)
{
    size_t length = record.length < DIGITS_MOST ? 0 : record.length - DIGITS_MOST + 1;
    return (struct digits_inner){(uintptr_t)record.data + DIGITS_MOST, length};
}

static inline bool digits_is_inner(struct digits_inner inner, struct slice cell)
{
    return (uintptr_t)cell.data - inner.from < inner.length;
}

// The same as digits_of, and of an empty cell too, where digits_is_inner holds: without a choice by length.
static inline uint64_t digits_before(struct slice cell)
{
    uint64_t word;
    memcpy(&word, cell.data + cell.length - sizeof word, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return digits_highest(word ^ '0' * DIGITS_EACH_ONE, cell.length);
}

// The same as digits_of, of a cell that is likely to be inner.
static inline uint64_t digits_within(struct digits_inner inner, struct slice cell)
{
    return digits_is_inner(inner, cell) ? digits_before(cell) : digits_of(cell);
}

// Takes the decimal mark out of such digits of a cell; *places tells how many stand behind it. False when there is
// anything else, or no digit.
static inline bool digits_unmark(uint64_t *digits, struct slice cell, char decimal, size_t *places)
{
    uint64_t others = digits_others(*digits);
    *places = 0;
    if (others != 0) {
        size_t behind = (size_t)__builtin_clzll(others) / 8;
        uint64_t moved = *digits << 8;
        if ((others & (others - 1)) != 0 || cell.data[cell.length - 1 - behind] != decimal || cell.length == 1) {
            return false;
        }
        *digits = moved ^ digits_highest(moved ^ *digits, behind);
        *places = behind;
    }
    return true;
}

// Digits without a mark as a word that is greater where the number is, of as many places.
static inline uint64_t digits_order(uint64_t digits)
{
    return __builtin_bswap64(digits);
}

// The digits of a cell of one to DIGITS_MOST bytes as a number, and how many of them stand behind the mark. False when
// there is anything else in it, or no digit.
static inline bool digits_read(struct slice cell, char decimal, uint64_t *value, int *places)
{
    uint64_t digits = digits_of(cell);
    size_t behind;
    if (!digits_unmark(&digits, cell, decimal, &behind)) {
        return false;
    }
    *value = digits_join(digits);
    *places = (int)behind;
    return true;
}

#endif
