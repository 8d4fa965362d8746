// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * character: strict decoding, control characters, and widths on a terminal.
 */
#include "character.h"

#include "tap.h"

static struct character at(const char *bytes)
{
    return character_at(slice_of(bytes));
}

static bool lone(const char *bytes)
{
    struct character character = at(bytes);
    return !character.valid && character.length == 1 && character.code == (unsigned char)bytes[0];
}

static void test_decoding(void)
{
    CHECK(at("a").code == 'a' && at("a").length == 1 && at("a").valid);
    CHECK(at("\xc3\xa9").code == 0xE9 && at("\xc3\xa9").length == 2);
    CHECK(at("\xe7\x8e\x8b").code == 0x738B && at("\xe7\x8e\x8b").length == 3);
    CHECK(at("\xf0\x9f\x98\x80").code == 0x1F600 && at("\xf0\x9f\x98\x80").length == 4);
    CHECK(at("\xf4\x8f\xbf\xbf").code == 0x10FFFF);
}

static void test_bytes_that_are_no_utf8_stand_alone(void)
{
    CHECK(lone("\x80"));             // a continuation without a start
    CHECK(lone("\xc0\xaf"));         // overlong
    CHECK(lone("\xe0\x80\xaf"));     // overlong
    CHECK(lone("\xed\xa0\x80"));     // a surrogate
    CHECK(lone("\xf4\x90\x80\x80")); // beyond U+10FFFF
    CHECK(lone("\xe7\x8e"));         // cut
    CHECK(lone("\xff"));
}

static void test_controls(void)
{
    CHECK(character_is_control(at("\t")));
    CHECK(character_is_control(at("\x1b")));
    CHECK(character_is_control(at("\x7f")));
    CHECK(character_is_control(at("\xc2\x85")));
    CHECK(!character_is_control(at(" ")));
    CHECK(!character_is_control(at("\x85"))); // no character at all
}

static void test_widths(void)
{
    CHECK(character_width('a') == 1);
    CHECK(character_width(0xE9) == 1);
    CHECK(character_width(0x738B) == 2);  // a Chinese character
    CHECK(character_width(0xFF21) == 2);  // a full-width letter
    CHECK(character_width(0xFF71) == 1);  // a half-width kana
    CHECK(character_width(0x1F600) == 2); // a picture
    CHECK(character_width(0x301) == 0);   // an accent upon the letter before it
    CHECK(character_width(0x20000) == 2);
}

int main(void)
{
    test_decoding();
    test_bytes_that_are_no_utf8_stand_alone();
    test_controls();
    test_widths();
    return tap_done();
}
