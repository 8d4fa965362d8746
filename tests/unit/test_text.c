// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Tests of text: appending in every way, bytes of any value, and the NUL that is not counted.
 */
#include "text.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"

static void the_zero_value_is_empty(void)
{
    struct text text = {0};
    CHECK(text_slice(&text).length == 0);
    text_append(&text, (struct slice){NULL, 0});
    text_append_string(&text, "");
    text_clear(&text);
    CHECK(text_slice(&text).length == 0);
    CHECK_TEXT(text_string(&text), "");
    text_free(&text);
    text_free(&text);
    CHECK(text.data == NULL && text.capacity == 0);
    CHECK_TEXT(text_string(&text), "");
    text_free(&text);
}

static void appends_follow_each_other(void)
{
    struct text text = {0};
    text_append(&text, (struct slice){"customer,", 9});
    text_append_string(&text, "amount");
    text_append_byte(&text, '\n');
    CHECK_TEXT(text_string(&text), "customer,amount\n");
    CHECK(text.length == 16);
    text_append_byte(&text, '\0');
    text_append_string(&text, "x");
    CHECK(text.length == 18);
    CHECK(memcmp(text_slice(&text).data, "customer,amount\n\0x", 18) == 0);
    text_clear(&text);
    CHECK(text.length == 0);
    text_append_string(&text, "again");
    CHECK_TEXT(text_string(&text), "again");
    text_free(&text);
}

static void the_nul_is_not_counted_and_comes_at_every_length(void)
{
    struct text text = {0};
    size_t right = 0;
    for (size_t length = 0; length < 300; length++) {
        right += text.length == length && strlen(text_string(&text)) == length;
        text_append_byte(&text, 'a');
    }
    CHECK(right == 300);
    text_free(&text);
}

static void reserve_gives_room_to_write(void)
{
    struct text text = {0};
    text_append_string(&text, "<");
    memset(text_reserve(&text, 100000), '-', 100000);
    CHECK(text.length == 1);
    text.length += 3;
    text_append_string(&text, ">");
    CHECK_TEXT(text_string(&text), "<--->");
    text_free(&text);
}

static void format_appends_what_printf_prints(void)
{
    struct text text = {0};
    text_format(&text, "%d,%s,%.2f", -7, "a", 1234.5);
    CHECK_TEXT(text_string(&text), "-7,a,1234.50");
    text_format(&text, "%s", "");
    CHECK(text.length == 12);
    text_free(&text);
}

static void format_fits_at_every_length(void)
{
    char expected[200];
    size_t right = 0;
    for (int length = 0; length < 199; length++) {
        struct text text = {0};
        memset(expected, ' ', sizeof expected);
        expected[0] = '<';
        snprintf(expected + 1, sizeof expected - 1, "%*s", length, "");
        text_append_byte(&text, '<');
        text_format(&text, "%*s", length, "");
        right += strcmp(text_string(&text), expected) == 0;
        text_free(&text);
    }
    CHECK(right == 199);
}

int main(void)
{
    the_zero_value_is_empty();
    appends_follow_each_other();
    the_nul_is_not_counted_and_comes_at_every_length();
    reserve_gives_room_to_write();
    format_appends_what_printf_prints();
    format_fits_at_every_length();
    return tap_done();
}
