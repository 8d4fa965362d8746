// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * marks: each bit is what a look at that byte alone says, for all bytes and all places; what is short has zeroes
 * behind.
 */
#include "marks.h"

#include <stdint.h>
#include <string.h>

#include "tap.h"

static void test_every_byte_at_every_place(void)
{
    bool right = true;
    for (int byte = 0; byte < 256; byte++) {
        for (size_t at = 0; at < MARKS_SPAN; at++) {
            char bytes[MARKS_SPAN];
            char other = (char)(byte + 1);
            uint64_t bit = UINT64_C(1) << at;
            memset(bytes, byte ^ 0x80, sizeof bytes);
            bytes[at] = (char)byte;
            right = right && marks_of(bytes, (char)byte, (char)byte) == bit;
            right = right && marks_of(bytes, other, (char)byte) == bit && marks_of(bytes, (char)byte, other) == bit;
            right = right && marks_of(bytes, (char)(byte ^ 0x80), (char)byte) == UINT64_MAX;
            right = right && marks_of(bytes, other, other) == 0;
        }
    }
    CHECK(right);
}

static void test_many_marks(void)
{
    static const char line[] = "due,2026-11-21,r.1\n,,a,\"b\",\n,0123456789,0123456789,0123456789,012345";
    bool right = sizeof line > MARKS_SPAN;
    uint64_t marks = marks_of(line, ',', '\n');
    for (size_t i = 0; i < MARKS_SPAN; i++) {
        right = right && (marks >> i & 1) == (line[i] == ',' || line[i] == '\n');
    }
    CHECK(right);
}

static void test_spans(void)
{
    char bytes[MARKS_SPAN * 2];
    char room[MARKS_SPAN];
    memset(bytes, ',', sizeof bytes);
    bool right = true;
    for (size_t length = 1; length <= sizeof bytes; length++) {
        for (size_t at = 0; at < length; at++) {
            size_t left = length - at;
            const char *span = marks_span((struct slice){bytes, length}, at, room);
            uint64_t expected = left >= MARKS_SPAN ? UINT64_MAX : (UINT64_C(1) << left) - 1;
            right = right && marks_of(span, ',', '\n') == expected && (span == room) == (left < MARKS_SPAN);
        }
    }
    CHECK(right);
}

int main(void)
{
    test_every_byte_at_every_place();
    test_many_marks();
    test_spans();
    return tap_done();
}
