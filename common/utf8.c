// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * utf8: ASCII is passed over 64 or 32 bytes at a time, every other character is checked against table 3-7 of the
 * Unicode standard (well-formed UTF-8 byte sequences).
 */
#include "utf8.h"

#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define EACH_ONE (UINT64_MAX / 255) // 0x01 in each byte
#define EACH_TOP (0x80 * EACH_ONE)  // 0x80 in each byte

static uint64_t load(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

// The top bit of some byte is set in the result when a byte of the word is NUL or above 0x7F, and only then.
static uint64_t odd_bytes(uint64_t word)
{
    return word | (word - EACH_ONE);
}

static bool is_ascii(char byte)
{
    return (unsigned char)(byte - 1) < 0x7F;
}

#ifdef __SSE2__
static __m128i load_quarter(const char *bytes)
{
    return _mm_loadu_si128((const __m128i *)(const void *)bytes);
}

// Are none of 64 bytes NUL or above 0x7F?
static bool are_ascii(const char *bytes)
{
    __m128i quarters[] = {load_quarter(bytes), load_quarter(bytes + 16), load_quarter(bytes + 32),
                          load_quarter(bytes + 48)};
    __m128i high = _mm_or_si128(_mm_or_si128(quarters[0], quarters[1]), _mm_or_si128(quarters[2], quarters[3]));
    __m128i low = _mm_min_epu8(_mm_min_epu8(quarters[0], quarters[1]), _mm_min_epu8(quarters[2], quarters[3]));
    return _mm_movemask_epi8(_mm_or_si128(high, _mm_cmpeq_epi8(low, _mm_setzero_si128()))) == 0;
}

static uint64_t odd_of_quarter(const char *bytes)
{
    __m128i quarter = load_quarter(bytes);
    __m128i odd = _mm_or_si128(quarter, _mm_cmpeq_epi8(quarter, _mm_setzero_si128()));
    return (uint64_t)(unsigned)_mm_movemask_epi8(odd);
}

// How many of 64 bytes stand before the first that is NUL or above 0x7F.
static size_t count_ascii(const char *bytes)
{
    uint64_t odd = odd_of_quarter(bytes) | odd_of_quarter(bytes + 16) << 16 | odd_of_quarter(bytes + 32) << 32 |
                   odd_of_quarter(bytes + 48) << 48;
    return odd == 0 ? 64 : (size_t)__builtin_ctzll(odd);
}

// As far as 64 bytes can be looked at.
static size_t skip_ascii_far(struct slice bytes, size_t at)
{
    while (bytes.length - at >= 64) {
        if (!are_ascii(bytes.data + at)) {
            return at + count_ascii(bytes.data + at);
        }
        at += 64;
    }
    return at;
}
#else
static size_t skip_ascii_far(struct slice bytes, size_t at)
{
    (void)bytes;
    return at;
}
#endif

// From `at` to the first byte that is something other than ASCII, or to the end.
static size_t skip_ascii(struct slice bytes, size_t at)
{
    at = skip_ascii_far(bytes, at);
    if (at < bytes.length && !is_ascii(bytes.data[at])) {
        return at;
    }
    while (bytes.length - at >= 32) {
        const char *from = bytes.data + at;
        uint64_t odd =
            odd_bytes(load(from)) | odd_bytes(load(from + 8)) | odd_bytes(load(from + 16)) | odd_bytes(load(from + 24));
        if ((odd & EACH_TOP) != 0) {
            break;
        }
        at += 32;
    }
    while (bytes.length - at >= 8 && (odd_bytes(load(bytes.data + at)) & EACH_TOP) == 0) {
        at += 8;
    }
    while (at < bytes.length && is_ascii(bytes.data[at])) {
        at++;
    }
    return at;
}

// From `at` past characters of three bytes whose second byte has no bounds of its own: nearly all that Chinese,
// Japanese and Korean are written in.
static size_t skip_threes(struct slice bytes, size_t at)
{
    const unsigned char *byte = (const unsigned char *)bytes.data;
    while (bytes.length - at >= 3 && byte[at] > 0xE0 && byte[at] < 0xF0 && byte[at] != 0xED &&
           ((byte[at + 1] ^ 0x80) | (byte[at + 2] ^ 0x80)) < 0x40) {
        at += 3;
    }
    return at;
}

struct lead {
    size_t length;     // of the character; 0 when no character begins so
    unsigned char low; // bounds of its second byte
    unsigned char high;
};

static struct lead lead_of(unsigned char byte)
{
    if (byte < 0xC2) {
        return (struct lead){byte > 0 && byte < 0x80 ? 1 : 0, 0, 0};
    }
    if (byte < 0xE0) {
        return (struct lead){2, 0x80, 0xBF};
    }
    if (byte < 0xF0) {
        return (struct lead){3, byte == 0xE0 ? 0xA0 : 0x80, byte == 0xED ? 0x9F : 0xBF};
    }
    if (byte < 0xF5) {
        return (struct lead){4, byte == 0xF0 ? 0x90 : 0x80, byte == 0xF4 ? 0x8F : 0xBF};
    }
    return (struct lead){0, 0, 0};
}

// The length of the valid character at the start of `size` > 0 bytes, or 0.
static size_t character(const unsigned char *bytes, size_t size, bool *cut)
{
    struct lead lead = lead_of(bytes[0]);
    for (size_t i = 1; i < lead.length; i++) {
        if (i == size) {
            *cut = true;
            return 0;
        }
        unsigned char low = i == 1 ? lead.low : 0x80;
        unsigned char high = i == 1 ? lead.high : 0xBF;
        if (bytes[i] < low || bytes[i] > high) {
            return 0;
        }
    }
    return lead.length;
}

size_t utf8_check(struct slice bytes, bool *cut)
{
    *cut = false;
    size_t at = 0;
    for (;;) {
        at = skip_threes(bytes, skip_ascii(bytes, at));
        if (at == bytes.length) {
            return at;
        }
        if (is_ascii(bytes.data[at])) {
            continue;
        }
        size_t length = character((const unsigned char *)bytes.data + at, bytes.length - at, cut);
        if (length == 0) {
            return at;
        }
        at += length;
    }
}
