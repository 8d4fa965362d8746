// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What customer_key.h promises: which cells tell customers apart, as they stand but for blanks around them.
 */
#include "customer_key.h"

#include "tap.h"

static enum customer_key judge(const char *cell, struct slice *key)
{
    static const struct cell_forms forms = {.decimal = '.'};
    return customer_key_of(&forms, slice_of(cell), key);
}

static void test_keys(void)
{
    struct slice key;
    CHECK(judge(" a B\t", &key) == CUSTOMER_KEY_GOOD && slice_equal(key, slice_of("a B")));
    CHECK(judge("013800138000", &key) == CUSTOMER_KEY_GOOD && key.length == 12);
    CHECK(judge("", &key) == CUSTOMER_KEY_BLANK);
    CHECK(judge(" \xE3\x80\x80", &key) == CUSTOMER_KEY_BLANK);
    CHECK(judge("--", &key) == CUSTOMER_KEY_BLANK);
    CHECK(judge("N/A", &key) == CUSTOMER_KEY_BLANK);
    CHECK(judge("186****05", &key) == CUSTOMER_KEY_MASKED);
    CHECK(judge("1.38E+10", &key) == CUSTOMER_KEY_ROUNDED);
    CHECK(judge("1.38E+10x", &key) == CUSTOMER_KEY_GOOD);
}

// ASCII letters alone, so that a key of another alphabet keeps its bytes.
static void test_folding(void)
{
    struct arena arena = {0};
    CHECK(slice_equal(customer_key_fold(slice_of("Ann@X.COM[Z{"), &arena), slice_of("ann@x.com[z{")));
    CHECK(slice_equal(customer_key_fold(slice_of("ÉÀ@`"), &arena), slice_of("ÉÀ@`")));
    CHECK(customer_key_fold(slice_of(""), &arena).length == 0);
    arena_free(&arena);
}

static void test_reasons(void)
{
    CHECK_TEXT(customer_key_reason(CUSTOMER_KEY_BLANK), "blank, but a customer is needed");
    CHECK_TEXT(customer_key_reason(CUSTOMER_KEY_MASKED), "masked, so it cannot tell customers apart");
    CHECK_TEXT(customer_key_reason(CUSTOMER_KEY_ROUNDED),
               "rounded by a spreadsheet, so it cannot tell customers apart");
    CHECK_TEXT(customer_key_reason(CUSTOMER_KEY_GOOD), "");
}

int main(void)
{
    test_keys();
    test_folding();
    test_reasons();
    return tap_done();
}
