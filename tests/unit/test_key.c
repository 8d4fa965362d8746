// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * key: encoding, and taking apart what was put together; anything else is no key.
 */
#include "../../cmd/remind/key.h"

#include "tap.h"

static void test_encoding(void)
{
    struct text text = {0};
    key_append_part(&text, slice_of("a/b c%,\"\n\xe7\x8e\x8b"));
    text_append_byte(&text, '/');
    key_append_part(&text, slice_of("AS-3._~"));
    key_append_occurrence(&text, 20778, 2);
    CHECK_TEXT(text_string(&text), "a%2Fb%20c%25%2C%22%0A%E7%8E%8B/AS-3._~/2026-11-21/2");
    text_free(&text);
}

// Plain is what is written as it is, byte by byte and as a whole.
static void test_plain_parts(void)
{
    bool right = true;
    struct text text = {0};
    for (int byte = 0; byte < 256; byte++) {
        char bytes[] = {'a', (char)byte, '9'};
        struct slice part = {bytes, sizeof bytes};
        text_clear(&text);
        key_append_part(&text, part);
        bool reserved = text.length != sizeof bytes;
        bool expected = strchr("-._~", byte) != NULL && byte != 0;
        expected =
            expected || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
        right = right && key_is_plain(part) == expected && reserved != expected;
    }
    CHECK(right && key_is_plain(slice_of("")));
    text_free(&text);
}

static void test_a_key_is_taken_apart(void)
{
    struct key key;
    CHECK(key_read(slice_of("a%2Fb/R%201/2026-11-21/9"), &key));
    CHECK(slice_is(key.customer, "a%2Fb") && slice_is(key.rule, "R%201") && key.nominal == 20778 && key.level == 9);
}

static void test_what_is_no_key(void)
{
    static const char *const texts[] = {
        "",
        "a",
        "a/R/2026-11-21",
        "a/R/2026-11-21/",
        "a/R/2026-11-21/10",
        "a/R/2026-11-21/x",
        "a/R/2026-11-31/0",
        "a/R/2026-1-21/0",
        "a/R/20261121/0",
        "/R/2026-11-21/0",
        "a//2026-11-21/0",
        "R/2026-11-21/0",
        "a/b/R/2026-11-21/0", // a slash of its own would be encoded
        "a/R/2026-11-21/0 ",
    };
    struct key key;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        tap_report(!key_read(slice_of(texts[i]), &key), texts[i], __FILE__, __LINE__);
    }
}

// Every byte there and back: what is encoded twice alike can only be the same.
static void test_different_customers_have_different_keys(void)
{
    bool different = true;
    struct text first = {0};
    struct text second = {0};
    for (int a = 1; a < 256; a++) {
        for (int b = 1; b < a; b++) {
            char one[] = {(char)a, '0', '\0'};
            char other[] = {(char)b, '0', '\0'};
            text_clear(&first);
            text_clear(&second);
            key_append_part(&first, slice_of(one));
            key_append_part(&second, slice_of(other));
            different = different && !slice_equal(text_slice(&first), text_slice(&second));
        }
    }
    CHECK(different);
    text_free(&first);
    text_free(&second);
}

int main(void)
{
    test_encoding();
    test_plain_parts();
    test_a_key_is_taken_apart();
    test_what_is_no_key();
    test_different_customers_have_different_keys();
    return tap_done();
}
