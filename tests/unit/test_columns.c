// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What columns.h promises: names by any spelling of blanks and width, numbers, name[2], messages, agreement of headers.
 */
#include <stdlib.h>

#include "columns.h"
#include "tap.h"

// A header of names written with bars between them.
static struct columns make(const char *names)
{
    struct slice cells[16];
    size_t count = 0;
    struct slice rest = slice_of(names);
    for (size_t from = 0; from <= rest.length; count++) {
        size_t end = slice_find(rest, '|', from);
        cells[count] = slice_part(rest, from, end);
        from = end + 1;
    }
    struct columns columns = {0};
    columns_set(&columns, &(struct row){.cells = cells, .count = count});
    return columns;
}

// The position found for `wanted`, or -1, with the problem in *problem.
static long find(const struct columns *columns, const char *wanted, struct text *problem)
{
    size_t index = 0;
    text_clear(problem);
    return columns_find(columns, slice_of(wanted), &index, problem) ? (long)index : -1;
}

static void test_every_width(void)
{
    // The first and the last character of each range that is folded, and their neighbours, which are not.
    struct text problem = {0};
    struct columns columns = make("a\u3000b|\uFF01|\uFF3F|\uFF40|\uFF5E|\uFF00|\uFF5F|\u3001|\uFF9F|\u2100");
    CHECK(find(&columns, "a b", &problem) == 0 && find(&columns, "!", &problem) == 1);
    CHECK(find(&columns, "_", &problem) == 2 && find(&columns, "`", &problem) == 3);
    CHECK(find(&columns, "~", &problem) == 4 && find(&columns, "\uFF5F", &problem) == 6);
    CHECK(find(&columns, "\u3001", &problem) == 7 && find(&columns, "\uFF9F", &problem) == 8);
    CHECK(find(&columns, "\u2100", &problem) == 9 && find(&columns, "\uFF00", &problem) == 5);
    CHECK(find(&columns, "a b[1]", &problem) == 0 && find(&columns, "a b[2]", &problem) == -1);
    CHECK(find(&columns, "[1]", &problem) == -1 && find(&columns, "a b[1", &problem) == -1);
    columns_free(&columns);
    text_free(&problem);
}

static void test_names(void)
{
    struct text problem = {0};
    struct columns columns = make("customer| Amount \t|金额（元）|\xEF\xBB\xBFｄａｔｅ　１|");
    CHECK(find(&columns, "customer", &problem) == 0);
    CHECK(find(&columns, " customer ", &problem) == 0);
    CHECK(find(&columns, "Amount", &problem) == 1);
    CHECK(find(&columns, "amount", &problem) == -1); // case matters
    CHECK(find(&columns, "金额(元)", &problem) == 2);
    CHECK(find(&columns, "金额（元）", &problem) == 2);
    CHECK(find(&columns, "date 1", &problem) == 3);
    CHECK(find(&columns, "", &problem) == -1); // an empty name names nothing
    CHECK(find(&columns, "5", &problem) == 4); // but its number does
    CHECK(slice_is(columns.names[1], " Amount \t"));
    CHECK(slice_is(columns.folded[1], "Amount"));
    text_free(&problem);
    columns_free(&columns);
    CHECK(columns.count == 0);
}

static void test_full_width(void)
{
    // the first and last of the range, and their neighbours, which stay
    struct columns columns = make("！～|＿|｀|｟|＀|﹁");
    CHECK(slice_is(columns.folded[0], "!~"));
    CHECK(slice_is(columns.folded[1], "_"));
    CHECK(slice_is(columns.folded[2], "`"));
    CHECK(slice_is(columns.folded[3], "｟"));
    CHECK(slice_is(columns.folded[4], "＀"));
    CHECK(slice_is(columns.folded[5], "﹁"));
    columns_free(&columns);
    struct columns cut = make("\xEF\xBC|"
                              "a\xEF|\xE3\x80"); // half a character is left alone
    CHECK(slice_is(cut.folded[0], "\xEF\xBC"));
    CHECK(slice_is(cut.folded[1], "a\xEF"));
    CHECK(slice_is(cut.folded[2], "\xE3\x80"));
    columns_free(&cut);
}

static void test_numbers_and_repeated_names(void)
{
    struct text problem = {0};
    struct columns columns = make("a|b|a|2|x[1]|a");
    CHECK(find(&columns, "1", &problem) == 0);
    CHECK(find(&columns, "6", &problem) == 5);
    CHECK(find(&columns, "2", &problem) == 3); // a name is looked for before a number
    CHECK(find(&columns, "0", &problem) == -1);
    CHECK(find(&columns, "7", &problem) == -1);
    CHECK(find(&columns, "-1", &problem) == -1);
    CHECK(find(&columns, "+1", &problem) == -1);
    CHECK(find(&columns, "99999999999999999999999", &problem) == -1);
    CHECK(find(&columns, "a[1]", &problem) == 0);
    CHECK(find(&columns, "a[2]", &problem) == 2);
    CHECK(find(&columns, "a [3]", &problem) == 5);
    CHECK(find(&columns, "a[4]", &problem) == -1);
    CHECK(find(&columns, "a[0]", &problem) == -1);
    CHECK(find(&columns, "a[]", &problem) == -1);
    CHECK(find(&columns, "[1]", &problem) == -1);
    CHECK(find(&columns, "b[1]", &problem) == 1);
    CHECK(find(&columns, "x[1]", &problem) == 4); // the whole name first
    CHECK(find(&columns, "a", &problem) == -1);
    CHECK_TEXT(text_string(&problem), "column 'a' is there 3 times (columns 1 and 3 ...): write 'a[1]' or 'a[2]'");
    CHECK(columns_times(&columns, slice_of(" a ")) == 3);
    CHECK(columns_times(&columns, slice_of("c")) == 0);
    text_free(&problem);
    columns_free(&columns);
}

static void test_problems(void)
{
    struct text problem = {0};
    struct columns columns = make("customer|revenue|");
    CHECK(find(&columns, "reveneu", &problem) == -1);
    CHECK_TEXT(text_string(&problem), "no column 'reveneu' (did you mean 'revenue'?); have: customer, revenue, 3");
    CHECK(find(&columns, "zzz", &problem) == -1);
    CHECK_TEXT(text_string(&problem), "no column 'zzz'; have: customer, revenue, 3");
    columns_free(&columns);
    struct columns none = {0};
    CHECK(find(&none, "a", &problem) == -1);
    CHECK_TEXT(text_string(&problem), "no column 'a'");
    struct columns odd = make("two\nlines|0123456789012345678901234567890123456789012345客户编号的名称很长");
    CHECK(find(&odd, "q", &problem) == -1);
    CHECK_TEXT(text_string(&problem),
               "no column 'q'; have: two lines, 0123456789012345678901234567890123456789012345...");
    columns_free(&odd);
    text_free(&problem);
}

static void test_long_lists_are_cut(void)
{
    struct columns columns = {0};
    columns_number(&columns, 65536);
    CHECK(columns.count == 65536);
    CHECK(slice_is(columns.names[65535], "65536"));
    struct text list = {0};
    columns_list(&columns, &list);
    CHECK(list.length < 300);
    CHECK(strstr(text_string(&list), "more)") != NULL);
    struct text problem = {0};
    CHECK(find(&columns, "65536", &problem) == 65535);
    CHECK(find(&columns, "65537", &problem) == -1);
    text_free(&problem);
    text_free(&list);
    columns_free(&columns);
}

static void test_has_is_quiet_and_exact(void)
{
    struct columns columns = make("a|b|a|");
    size_t index = 99;
    CHECK(columns_has(&columns, slice_of("b"), &index) && index == 1);
    index = 99;
    CHECK(!columns_has(&columns, slice_of("a"), &index) && index == 99);
    CHECK(!columns_has(&columns, slice_of("2"), &index));
    CHECK(!columns_has(&columns, slice_of(""), &index));
    columns_free(&columns);
}

static void test_headers_agree_in_any_order(void)
{
    size_t order[8] = {0};
    struct columns ours = make("a|b|x|x");
    struct columns shuffled = make("x| b|ｘ|a");
    CHECK(columns_agree(&ours, &shuffled, order));
    CHECK(order[0] == 3 && order[1] == 1 && order[2] == 0 && order[3] == 2); // the first x is the first x
    struct columns once = make("a|b|b|x");
    CHECK(!columns_agree(&ours, &once, order));
    struct columns fewer = make("a|b|x");
    CHECK(!columns_agree(&ours, &fewer, order));
    struct columns none = {0};
    CHECK(columns_agree(&none, &none, order));
    struct text difference = {0};
    struct columns other = make("a|B|x|note");
    columns_differ(&ours, &other, &difference);
    CHECK_TEXT(text_string(&difference), "without 'b', 'x'; with 'B', 'note'");
    text_clear(&difference);
    columns_differ(&ours, &fewer, &difference);
    CHECK_TEXT(text_string(&difference), "without 'x'");
    text_clear(&difference);
    columns_differ(&fewer, &ours, &difference);
    CHECK_TEXT(text_string(&difference), "with 'x'");
    text_free(&difference);
    columns_free(&other);
    columns_free(&fewer);
    columns_free(&once);
    columns_free(&shuffled);
    columns_free(&ours);
}

static void test_wide_headers_agree_quickly(void)
{
    enum { COUNT = 65536 };
    struct columns ours = {0};
    struct columns theirs = {0};
    columns_number(&ours, COUNT);
    struct slice *reversed = malloc(COUNT * sizeof *reversed);
    size_t *order = malloc(COUNT * sizeof *order);
    for (size_t i = 0; i < COUNT; i++) {
        reversed[i] = ours.names[COUNT - 1 - i];
    }
    columns_set(&theirs, &(struct row){.cells = reversed, .count = COUNT});
    CHECK(columns_agree(&ours, &theirs, order));
    CHECK(order[0] == COUNT - 1 && order[COUNT - 1] == 0);
    free(order);
    free(reversed);
    columns_free(&theirs);
    columns_free(&ours);
}

static void test_setting_again_forgets(void)
{
    struct columns columns = make("a|b");
    struct slice cell = slice_of("c");
    columns_set(&columns, &(struct row){.cells = &cell, .count = 1});
    CHECK(columns.count == 1 && slice_is(columns.names[0], "c"));
    columns_free(&columns);
}

int main(void)
{
    test_names();
    test_every_width();
    test_full_width();
    test_numbers_and_repeated_names();
    test_problems();
    test_long_lists_are_cut();
    test_has_is_quiet_and_exact();
    test_headers_agree_in_any_order();
    test_wide_headers_agree_quickly();
    test_setting_again_forgets();
    return tap_done();
}
