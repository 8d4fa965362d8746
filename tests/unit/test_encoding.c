// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What encoding.h promises: every encoding gives the same text however its bytes are cut and however little room there
 * is, byte-order marks are known, and what is no character, or half of one at the end, is never passed over.
 */
#include "encoding.h"

#include <stdio.h>

#include "tap.h"
#include "text.h"

static const char *result_word(enum encoding_result result)
{
    switch (result) {
    case ENCODING_FULL:
        return "full";
    case ENCODING_HUNGRY:
        return "hungry";
    case ENCODING_INVALID:
        return "invalid";
    case ENCODING_CUT:
        return "cut";
    case ENCODING_DONE:
        return "done";
    }
    return "?";
}

// Decodes in pieces of `size` bytes with `room` at a time: the text, '|', how it ended, and in which byte of the line.
static const char *decode(const char *name, struct slice bytes, size_t size, size_t room, struct text *out)
{
    struct encoding *encoding = encoding_open(name, bytes);
    text_clear(out);
    if (encoding == NULL) {
        return "unknown";
    }
    enum encoding_result result = ENCODING_HUNGRY;
    size_t start = 0;
    size_t given = 0;
    while (result == ENCODING_FULL || result == ENCODING_HUNGRY) {
        if (result == ENCODING_HUNGRY) {
            given = given + size < bytes.length ? given + size : bytes.length;
        }
        struct slice piece = slice_part(bytes, start, given);
        size_t written;
        result = encoding_decode(encoding, &piece, given == bytes.length, text_reserve(out, room), room, &written);
        out->length += written;
        start = given - piece.length;
    }
    text_format(out, "|%s %d", result_word(result), (int)encoding_place(encoding));
    encoding_close(encoding);
    return text_string(out);
}

// The same in any pieces and with any room.
static void check_decoded(const char *name, struct slice bytes, const char *expected)
{
    static const size_t sizes[] = {1, 2, 3, 5, 4096};
    static const size_t rooms[] = {16, 17, 4096};
    struct text out = {0};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (size_t k = 0; k < sizeof rooms / sizeof *rooms; k++) {
            if (!CHECK_TEXT(decode(name, bytes, sizes[i], rooms[k], &out), expected)) {
                printf("# %s, pieces of %zu, room for %zu\n", name, sizes[i], rooms[k]);
            }
        }
    }
    text_free(&out);
}

#define BYTES(literal) ((struct slice){literal, sizeof(literal) - 1})

static void test_names(void)
{
    static const char *const known[] = {"gb18030",  "GBK",      "cp936",  "big5",     "cp1252", "Shift_JIS", "utf-16",
                                        "utf-16le", "UTF-16BE", "utf-32", "utf-32be", "utf-8",  "utf8",      "latin1"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        CHECK(encoding_known(known[i]));
    }
    CHECK(!encoding_known("no-such-encoding"));
    CHECK(!encoding_known(""));
    // What would drop or replace characters is no encoding.
    CHECK(!encoding_known("gb18030//IGNORE"));
    CHECK(!encoding_known("gb18030//TRANSLIT"));
    CHECK(encoding_open("no-such-encoding", BYTES("a")) == NULL);
    CHECK(encoding_is_utf8("UTF-8") && encoding_is_utf8("utf8") && !encoding_is_utf8("utf-16"));
    encoding_close(NULL);
}

static void test_marks(void)
{
    size_t length = 9;
    CHECK_TEXT(encoding_of_mark(BYTES("\xEF\xBB\xBF"), &length), "UTF-8");
    CHECK(length == 3);
    CHECK_TEXT(encoding_of_mark(BYTES("\xFF\xFE"
                                      "a\0"),
                                &length),
               "UTF-16LE");
    CHECK(length == 2);
    CHECK_TEXT(encoding_of_mark(BYTES("\xFE\xFF\0a"), &length), "UTF-16BE");
    CHECK_TEXT(encoding_of_mark(BYTES("\xFF\xFE\0\0a"), &length), "UTF-32LE");
    CHECK(length == 4);
    CHECK_TEXT(encoding_of_mark(BYTES("\0\0\xFE\xFF"), &length), "UTF-32BE");
    CHECK(encoding_of_mark(BYTES("abc"), &length) == NULL);
    CHECK(length == 0);
    CHECK(encoding_of_mark(BYTES(""), &length) == NULL);
    CHECK_TEXT(encoding_without_mark(BYTES("a\0,\0")), "UTF-16LE");
    CHECK_TEXT(encoding_without_mark(BYTES("\0a\0,")), "UTF-16BE");
    CHECK(encoding_without_mark(BYTES("a\0\0\0")) == NULL);
    CHECK(encoding_without_mark(BYTES("abcd")) == NULL);
}

static void test_texts(void)
{
    // Two bytes; ending in a backslash and in a pipe; four bytes (U+20000); the euro sign of Windows; the wide yuan.
    check_decoded("gb18030", BYTES("\xC1\xAA\xCD\xA8\n"), "联通\n|done 0");
    check_decoded("gb18030", BYTES("\xD5\x5C\xAE\x7C,"), "誠畖,|done 5");
    check_decoded("gb18030", BYTES("\x95\x32\x82\x36x"), "𠀀x|done 5");
    check_decoded("GB18030", BYTES("\x80 12\r\n\xA3\xA4 1"), "€ 12\r\n￥ 1|done 4");
    check_decoded("cp936", BYTES("\x80\xC4\xE3"), "€你|done 3");
    check_decoded("big5", BYTES("\xA7\x41,\xA6\x6E\n"), "你,好\n|done 0");
    check_decoded("cp1252", BYTES("M\xFCller;\x80 5\n"), "Müller;€ 5\n|done 0");
    check_decoded("shift_jis", BYTES("\x93\xFA\x96\x7B\n"), "日本\n|done 0");
    check_decoded("iso-2022-jp", BYTES("\x1B$BF|K\\\x1B(B\n"), "日本\n|done 0");
    check_decoded("latin1", BYTES(""), "|done 0");
    check_decoded("utf-16le", BYTES("a\0\n\0\xE9\0\x3D\xD8\x00\xDE"), "a\né😀|done 6");
    check_decoded("utf-16be", BYTES("\0a\0\n\x0A\x0A"), "a\n\xE0\xA8\x8A|done 2"); // U+0A0A is no line end
    check_decoded("utf-16", BYTES("\0a\0b"), "ab|done 4");
    check_decoded("utf-16", BYTES("a\0b\0"), "ab|done 4");
    check_decoded("utf-16", BYTES("\x60\x4F\r\0"), "你\r|done 0");
    check_decoded("utf-32", BYTES("a\0\0\0"), "a|done 4");
    check_decoded("utf-32", BYTES("\0\0\0a\0\0\0\n"), "a\n|done 0");
}

static void test_faults(void)
{
    check_decoded("gb18030", BYTES("ab\nc\xFF\n"), "ab\nc|invalid 1");
    check_decoded("gb18030", BYTES("ab\n\xC4"), "ab\n|cut 0");
    check_decoded("gb18030", BYTES("a\x95\x32\x82"), "a|cut 1");
    check_decoded("gbk", BYTES("a,\xC4\xE3\xFF"), "a,你|invalid 4");
    check_decoded("cp1252", BYTES("a\r\x81"), "a\r|invalid 0");
    check_decoded("shift_jis", BYTES("\x93"), "|cut 0");
    check_decoded("utf-16le", BYTES("a\0\n\0b\0\x00\xDC"), "a\nb|invalid 2"); // half a pair
    check_decoded("utf-16le", BYTES("a\0\n\0b\0c"), "a\nb|cut 2");
    check_decoded("utf-16be", BYTES("\0a\xD8\x3D"), "a|cut 2");
    check_decoded("utf-32le", BYTES("a\0\0\0\0\xD8\0\0"), "a|invalid 4");
    check_decoded("utf-32be", BYTES("\0\0\0\n\0\x7F\0\0"), "\n|invalid 0");
    // Room that ends before the fault makes no difference, nor a euro sign at its edge.
    check_decoded("gb18030", BYTES("0123456789abcde\xFF"), "0123456789abcde|invalid 15");
    check_decoded("gb18030", BYTES("0123456789abcd\x80x"), "0123456789abcd€x|done 16");
}

int main(void)
{
    test_names();
    test_marks();
    test_texts();
    test_faults();
    return tap_done();
}
