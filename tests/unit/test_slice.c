// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Tests of slice: comparisons by byte, ASCII folding, searching, and the two ways of trimming.
 */
#include "slice.h"

#include <stddef.h>

#include "tap.h"

static const struct slice nothing = {NULL, 0};

static void equality_is_by_byte_and_the_empty_slice_may_be_null(void)
{
    CHECK(slice_equal(nothing, slice_of("")));
    CHECK(slice_is(nothing, ""));
    CHECK(slice_is(slice_of("regular"), "regular"));
    CHECK(!slice_is(slice_of("regular"), "regula"));
    CHECK(!slice_is(slice_of("regular"), "Regular"));
    CHECK(!slice_equal((struct slice){"a\0b", 3}, (struct slice){"a\0c", 3}));
    CHECK(slice_is(slice_part(slice_of("orders.csv"), 6, 10), ".csv"));
    CHECK(slice_is(slice_part(slice_of("orders"), 6, 6), ""));
}

static void order_is_by_unsigned_byte_with_a_prefix_first(void)
{
    CHECK(slice_compare(nothing, nothing) == 0);
    CHECK(slice_compare(nothing, slice_of("a")) < 0);
    CHECK(slice_compare(slice_of("a"), nothing) > 0);
    CHECK(slice_compare(slice_of("ab"), slice_of("abc")) < 0);
    CHECK(slice_compare(slice_of("abd"), slice_of("abc")) > 0);
    CHECK(slice_compare(slice_of("b"), slice_of("abc")) > 0);
    CHECK(slice_compare(slice_of("z"), slice_of("\xe4\xb8\xad")) < 0);
    CHECK(slice_compare((struct slice){"a\0b", 3}, (struct slice){"a\0c", 3}) < 0);
}

static void only_ascii_letters_fold(void)
{
    CHECK(slice_equal_fold(slice_of("OrderID"), slice_of("orderid")));
    CHECK(slice_equal_fold(nothing, slice_of("")));
    CHECK(!slice_equal_fold(slice_of("a"), slice_of("ab")));
    CHECK(!slice_equal_fold(slice_of("@["), slice_of("`{")));
    CHECK(!slice_equal_fold(slice_of("\xc3\x84"), slice_of("\xc3\xa4")));
}

static void starts_and_ends(void)
{
    CHECK(slice_starts(slice_of("sep=;"), slice_of("sep=")));
    CHECK(slice_starts(slice_of("sep"), nothing));
    CHECK(slice_starts(nothing, nothing));
    CHECK(!slice_starts(slice_of("se"), slice_of("sep")));
    CHECK(slice_ends(slice_of("orders.csv"), slice_of(".csv")));
    CHECK(slice_ends(slice_of(".csv"), slice_of(".csv")));
    CHECK(slice_ends(nothing, nothing));
    CHECK(!slice_ends(slice_of("csv"), slice_of(".csv")));
    CHECK(!slice_ends(slice_of("csv."), slice_of(".csv")));
}

static void find_gives_the_length_when_there_is_none(void)
{
    struct slice text = slice_of("a,b,c");
    CHECK(slice_find(text, ',', 0) == 1);
    CHECK(slice_find(text, ',', 1) == 1);
    CHECK(slice_find(text, ',', 2) == 3);
    CHECK(slice_find(text, ',', 4) == 5);
    CHECK(slice_find(text, ',', 5) == 5);
    CHECK(slice_find(text, ';', 0) == 5);
    CHECK(slice_find(slice_part(text, 0, 1), ',', 0) == 1);
    CHECK(slice_find(nothing, ',', 0) == 0);
    CHECK(slice_find((struct slice){"a\0b", 3}, '\0', 0) == 1);
}

static void trim_takes_spaces_and_tabs_only(void)
{
    CHECK(slice_is(slice_trim(slice_of(" \t a b\t ")), "a b"));
    CHECK(slice_is(slice_trim(slice_of("\na\r")), "\na\r"));
    CHECK(slice_is(slice_trim(slice_of(" \t ")), ""));
    CHECK(slice_is(slice_trim(nothing), ""));
    CHECK(slice_is(slice_trim(slice_of("\u00a0a\u3000")), "\u00a0a\u3000"));
}

static void trim_value_takes_all_white_space_a_spreadsheet_leaves(void)
{
    CHECK(slice_is(slice_trim_value(slice_of("plain")), "plain"));
    CHECK(slice_is(slice_trim_value(slice_of(" \t\r\na b\n\r\t ")), "a b"));
    CHECK(slice_is(slice_trim_value(slice_of("\u00a0\u3000\ufeff a \ufeff\u3000\u00a0")), "a"));
    CHECK(slice_is(slice_trim_value(slice_of("\u3000 \u00a0")), ""));
    CHECK(slice_is(slice_trim_value(nothing), ""));
    CHECK(slice_is(slice_trim_value(slice_of("a\u3000b")), "a\u3000b"));
}

static void trim_value_leaves_characters_that_share_bytes_with_white_space(void)
{
    // U+00E0 ends in A0, U+3001 starts with E3 80, U+4E00 ends in 80, U+FF1F and U+00C2 share lead bytes.
    CHECK(slice_is(slice_trim_value(slice_of("\u00e0")), "\u00e0"));
    CHECK(slice_is(slice_trim_value(slice_of("\u3001\u3001")), "\u3001\u3001"));
    CHECK(slice_is(slice_trim_value(slice_of("\u4e00")), "\u4e00"));
    CHECK(slice_is(slice_trim_value(slice_of("\uff1f")), "\uff1f"));
    CHECK(slice_is(slice_trim_value(slice_of("\xc2")), "\xc2"));
    CHECK(slice_is(slice_trim_value(slice_of("\xa0")), "\xa0"));
    CHECK(slice_is(slice_trim_value((struct slice){"\0", 1}), "") == false);
}

static void trimming_never_reads_past_the_slice(void)
{
    CHECK(slice_is(slice_trim_value((struct slice){"\xe3\x80\x80", 2}), "\xe3\x80"));
    CHECK(slice_is(slice_trim_value(slice_part(slice_of("\xe3\x80\x80"), 1, 3)), "\x80\x80"));
}

int main(void)
{
    equality_is_by_byte_and_the_empty_slice_may_be_null();
    order_is_by_unsigned_byte_with_a_prefix_first();
    only_ascii_letters_fold();
    starts_and_ends();
    find_gives_the_length_when_there_is_none();
    trim_takes_spaces_and_tabs_only();
    trim_value_takes_all_white_space_a_spreadsheet_leaves();
    trim_value_leaves_characters_that_share_bytes_with_white_space();
    trimming_never_reads_past_the_slice();
    return tap_done();
}
