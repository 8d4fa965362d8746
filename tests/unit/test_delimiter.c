// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Which delimiter is chosen by the first record, and what passes for the line that names one.
 */
#include "delimiter.h"

#include "tap.h"

static void test_choice(void)
{
    CHECK(delimiter_choose(slice_of(""), '\"', 0) == ',');
    CHECK(delimiter_choose(slice_of("a;b;c,d\n"), '\"', 0) == ';');
    CHECK(delimiter_choose(slice_of("a|b\r1,2,3"), '\"', 0) == '|');
    CHECK(delimiter_choose(slice_of("a;b,c\td|e"), '\"', 0) == ',');
    CHECK(delimiter_choose(slice_of("a;b\td|e"), '\"', 0) == '\t');
    CHECK(delimiter_choose(slice_of(" \t\n\r\n;a\n"), '\"', 0) == ';');
    CHECK(delimiter_choose(slice_of("\"x,y\nz,\";b\n"), '\"', 0) == ';');
    CHECK(delimiter_choose(slice_of("\"x,y\";b\n,,,"), 0, 0) == ',');
    CHECK(delimiter_choose(slice_of("6\" x;9\" y;n\n"), '\"', 0) == ';');
    CHECK(delimiter_choose(slice_of("a;b;c,d\n"), '\"', ';') == ',');
    CHECK(delimiter_choose(slice_of("a,b,c|d\n"), ',', '\\') == '|');
    CHECK(delimiter_choose(slice_of("a"), ',', '\t') == ';');
    CHECK(delimiter_choose(slice_of("6\" x;n\n1,2,3,4;5\n"), '\"', 0) == ';'); // the quote is never closed
}

static void test_line(void)
{
    char delimiter = 'x';
    CHECK(delimiter_line(slice_of("sep=;"), &delimiter) && delimiter == ';');
    CHECK(delimiter_line(slice_of("Sep=\t"), &delimiter) && delimiter == '\t');
    CHECK(!delimiter_line(slice_of("sep="), &delimiter));
    CHECK(!delimiter_line(slice_of("sep=;;"), &delimiter));
    CHECK(!delimiter_line(slice_of("sep=\""), &delimiter));
    CHECK(!delimiter_line(slice_of("sep=\xC3\xA9"), &delimiter));
    CHECK(!delimiter_line(slice_of("set=;"), &delimiter));
    CHECK(delimiter == '\t');
}

int main(void)
{
    test_choice();
    test_line();
    return tap_done();
}
