// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What hints.h promises: which option would read what was refused, and silence where none would.
 */
#include "hints.h"

#include "tap.h"

// What is said of a header of these names.
static const char *delimiter_hint(struct slice *names, size_t count, char delimiter, struct text *out)
{
    struct columns header = {0};
    columns_set(&header, &(struct row){.cells = names, .count = count});
    text_clear(out);
    hints_delimiter(&header, delimiter, out);
    columns_free(&header);
    return text_string(out);
}

static void test_delimiter(struct text *out)
{
    struct slice one[] = {slice_of("customer:amount")};
    CHECK_TEXT(delimiter_hint(one, 1, ',', out), "; the header is one column, try --delimiter=':'");
    CHECK_TEXT(delimiter_hint(one, 1, ':', out), "");
    one[0] = slice_of("customer\tamount");
    CHECK_TEXT(delimiter_hint(one, 1, ',', out), "; the header is one column, try --delimiter='\\t'");
    one[0] = slice_of("customer，amount");
    CHECK_TEXT(delimiter_hint(one, 1, ',', out),
               "; the header is one column with full-width commas, make them ',' first");
    one[0] = slice_of("customer");
    CHECK_TEXT(delimiter_hint(one, 1, ',', out), "");
    struct slice two[] = {slice_of("a:b"), slice_of("c")};
    CHECK_TEXT(delimiter_hint(two, 2, ',', out), "");
}

static const char *form_hint(const char *cell, const char *wanted, struct text *out)
{
    static const struct cell_forms forms = {.decimal = '.'};
    text_clear(out);
    hints_form(&forms, slice_of(cell), wanted, out);
    return text_string(out);
}

static void test_form(struct text *out)
{
    CHECK_TEXT(form_hint("31/05/2023", "a date", out), " (or use --dates=dmy)");
    CHECK_TEXT(form_hint("nothing", "a date", out), "");
    CHECK_TEXT(form_hint("12,50", "an amount", out), " (or use --decimal=,)");
    CHECK_TEXT(form_hint("12,50", "a number", out), " (or use --decimal=,)");
    CHECK_TEXT(form_hint("twelve", "an amount", out), "");
    CHECK_TEXT(form_hint("12,50", "a name", out), "");
}

static const char *order_id_hint(struct slice *names, size_t count, struct text *out)
{
    struct columns columns = {0};
    columns_set(&columns, &(struct row){.cells = names, .count = count});
    text_clear(out);
    hints_order_id(&columns, out);
    columns_free(&columns);
    return text_string(out);
}

static void test_order_id(struct text *out)
{
    struct slice names[] = {slice_of("customer"), slice_of("Order ID"), slice_of("amount")};
    CHECK_TEXT(order_id_hint(names, 3, out), " (or use --order-id='Order ID')");
    names[1] = slice_of("order_id");
    CHECK_TEXT(order_id_hint(names, 3, out), " (or use --order-id=order_id)");
    names[1] = slice_of("number");
    CHECK_TEXT(order_id_hint(names, 3, out), "");
}

int main(void)
{
    struct text out = {0};
    test_delimiter(&out);
    test_form(&out);
    test_order_id(&out);
    text_free(&out);
    return tap_done();
}
