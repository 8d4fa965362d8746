// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The strict UTF-8 check against the definition: every code point is encoded and looked for, every sequence of up to
 * four lead and tail bytes is judged by decoding it.
 */
#include "utf8.h"

#include <stdint.h>
#include <string.h>

#include "tap.h"

static size_t encode(uint32_t code, unsigned char out[4])
{
    if (code < 0x80) {
        out[0] = (unsigned char)code;
        return 1;
    }
    size_t length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = length; i-- > 1; code >>= 6) {
        out[i] = (unsigned char)(0x80 | (code & 0x3F));
    }
    out[0] = (unsigned char)(lead[length] | code);
    return length;
}

static size_t check(const unsigned char *bytes, size_t length, bool *cut)
{
    return utf8_check((struct slice){(const char *)bytes, length}, cut);
}

static void test_every_code_point(void)
{
    long wrong = 0;
    for (uint32_t code = 0; code < 0x200000; code++) {
        unsigned char bytes[4];
        bool cut;
        size_t length = encode(code, bytes);
        bool valid = code > 0 && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
        wrong += check(bytes, length, &cut) != (valid ? length : 0) || cut;
        for (size_t part = 1; part < length && valid; part++) {
            wrong += check(bytes, part, &cut) != 0 || !cut;
        }
    }
    CHECK(wrong == 0);
}

// The length of the valid character that the bytes begin with, by decoding and encoding it again.
static size_t judge(const unsigned char *bytes, size_t size)
{
    for (size_t length = 1; length <= size; length++) {
        static const unsigned char mask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
        uint32_t code = bytes[0] & mask[length];
        for (size_t i = 1; i < length; i++) {
            code = code << 6 | (bytes[i] & 0x3F);
        }
        unsigned char again[4];
        if (code > 0 && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF) && encode(code, again) == length &&
            memcmp(again, bytes, length) == 0) {
            return length;
        }
    }
    return 0;
}

static void test_every_sequence(void)
{
    static const unsigned char tails[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xFF};
    enum { TAILS = sizeof tails };
    long wrong = 0;
    for (int lead = 0; lead < 256; lead++) {
        for (int i = 0; i < TAILS * TAILS * TAILS; i++) {
            unsigned char bytes[] = {(unsigned char)lead, tails[i % TAILS], tails[i / TAILS % TAILS],
                                     tails[i / TAILS / TAILS]};
            bool cut;
            size_t at = 0;
            size_t length;
            while (at < sizeof bytes && (length = judge(bytes + at, sizeof bytes - at)) > 0) {
                at += length;
            }
            wrong += check(bytes, sizeof bytes, &cut) != at;
        }
    }
    CHECK(wrong == 0);
}

// An offence is found wherever it stands in long text, and nothing before it is.
static void test_every_place(void)
{
    enum { PLACES = 200 };
    long wrong = 0;
    for (size_t at = 0; at < PLACES; at++) {
        unsigned char bytes[PLACES];
        bool cut;
        memset(bytes, 'x', sizeof bytes);
        wrong += check(bytes, sizeof bytes, &cut) != sizeof bytes;
        bytes[at] = 0;
        wrong += check(bytes, sizeof bytes, &cut) != at || cut;
        bytes[at] = 0x80;
        wrong += check(bytes, sizeof bytes, &cut) != at || cut;
        bytes[at] = 0xC3;
        wrong += check(bytes, sizeof bytes, &cut) != at || cut != (at == PLACES - 1);
        if (at < PLACES - 1) {
            bytes[at + 1] = 0xA9;
            wrong += check(bytes, sizeof bytes, &cut) != sizeof bytes || cut;
        }
    }
    CHECK(wrong == 0);
}

int main(void)
{
    bool cut;
    CHECK(utf8_check((struct slice){NULL, 0}, &cut) == 0 && !cut);
    // The classic false friend, two characters in GBK that nearly pass for UTF-8.
    CHECK(utf8_check(slice_of("\xC1\xAA\xCD\xA8"), &cut) == 0 && !cut);
    test_every_code_point();
    test_every_sequence();
    test_every_place();
    return tap_done();
}
