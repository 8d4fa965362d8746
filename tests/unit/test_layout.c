// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What layout.h promises: a layout is known by its header and by no part of it, fixes only columns that are there, and
 * the table of them is consistent.
 */
#include "layout.h"

#include <stdio.h>
#include <stdlib.h>

#include "tap.h"
#include "text.h"

// A header of names that ';' parts.
static void set(struct columns *columns, const char *names)
{
    struct slice cells[64];
    size_t count = 0;
    struct slice all = slice_of(names);
    for (size_t at = 0; at <= all.length;) {
        size_t end = slice_find(all, ';', at);
        cells[count++] = slice_part(all, at, end);
        at = end + 1;
    }
    columns_set(columns, &(struct row){.cells = cells, .count = count});
}

static const char *title_of(const char *names, int word)
{
    struct columns columns = {0};
    set(&columns, names);
    const struct layout *layout = layout_of(&columns, word);
    columns_free(&columns);
    return layout == NULL ? "none" : layout->title;
}

static int word_of(const char *name)
{
    int word = 0;
    while (layout_words[word] != NULL && strcmp(layout_words[word], name) != 0) {
        word++;
    }
    return word;
}

static void test_recognition(void)
{
    const char *discord = "AuthorID;Author;Date;Content;Attachments;Reactions";
    CHECK_TEXT(title_of(discord, LAYOUT_AUTO), "Discord messages");
    CHECK_TEXT(title_of(discord, LAYOUT_NONE), "none");
    CHECK_TEXT(title_of(discord, word_of("discord")), "Discord messages");
    CHECK_TEXT(title_of(discord, word_of("slack")), "none");
    // Every name, in its place where places count, after trimming and folding; more columns do no harm.
    CHECK_TEXT(title_of(" AuthorID ;Author;Date;Content;Attachments;Reactions;More", LAYOUT_AUTO), "Discord messages");
    CHECK_TEXT(title_of("Author;AuthorID;Date;Content;Attachments;Reactions", LAYOUT_AUTO), "none");
    CHECK_TEXT(title_of("AuthorID;Author;Date;Content;Attachments", LAYOUT_AUTO), "none");
    CHECK_TEXT(title_of("authorid;Author;Date;Content;Attachments;Reactions", LAYOUT_AUTO), "none");
    CHECK_TEXT(title_of("备注;交易单号;交易时间;交易类型;交易对方;收/支;金额（元）;当前状态", LAYOUT_AUTO),
               "WeChat Pay bill");
    // Two kinds of one service, two ages of one name.
    CHECK_TEXT(
        title_of("First Name;Last Name;Email;Accepts Email Marketing;Total Spent;Total Orders", word_of("shopify")),
        "Shopify customers");
    CHECK_TEXT(title_of("id;Created (UTC);Amount;Amount Refunded;Currency;Status", LAYOUT_AUTO), "Stripe payments");
    CHECK_TEXT(title_of("id;Created date (UTC);Amount;Amount Refunded;Currency;Status", LAYOUT_AUTO),
               "Stripe payments");
    CHECK_TEXT(title_of("customer;date;amount", LAYOUT_AUTO), "none");
    CHECK_TEXT(title_of("", LAYOUT_AUTO), "none");
    CHECK_TEXT(title_of("Email Address;Timestamp", LAYOUT_AUTO), "none");
    CHECK_TEXT(title_of("Timestamp", LAYOUT_AUTO), "none");
}

static void test_preambles(void)
{
    CHECK(layout_may_follow(slice_of("微信支付账单明细"), LAYOUT_AUTO));
    CHECK(layout_may_follow(slice_of("----------------------"), LAYOUT_AUTO));
    CHECK(layout_may_follow(slice_of("导出信息："), word_of("alipay")));
    CHECK(!layout_may_follow(slice_of("微信支付账单明细"), word_of("alipay")));
    CHECK(!layout_may_follow(slice_of("微信支付账单明细"), LAYOUT_NONE));
    CHECK(!layout_may_follow(slice_of("customer"), LAYOUT_AUTO));
    CHECK(!layout_may_follow(slice_of(""), LAYOUT_AUTO));
    CHECK(!layout_may_follow(slice_of("--"), LAYOUT_AUTO));
}

static void test_roles(void)
{
    struct columns columns = {0};
    set(&columns, "Status;Currency;Amount Refunded;Amount;Created (UTC);id;Customer ID");
    const struct layout *stripe = layout_of(&columns, LAYOUT_AUTO);
    size_t index = 99;
    CHECK(stripe != NULL && stripe->utc);
    CHECK(layout_role(stripe, &columns, ROLE_CUSTOMER, &index) && index == 6);
    CHECK(layout_role(stripe, &columns, ROLE_AMOUNT, &index) && index == 3);
    CHECK(layout_currency(stripe, &columns, &index) && index == 1);
    CHECK(!layout_role(stripe, &columns, ROLE_CHANNEL, &index));
    columns_free(&columns);
    set(&columns, "Status;Currency;Amount Refunded;Amount;Created (UTC);id;Converted Amount;Converted Currency");
    CHECK(layout_role(stripe, &columns, ROLE_AMOUNT, &index) && index == 6);
    CHECK(layout_currency(stripe, &columns, &index) && index == 7);
    CHECK(!layout_role(stripe, &columns, ROLE_CUSTOMER, &index)); // named by it, but not there
    columns_free(&columns);
}

static void test_table(void)
{
    const struct layout *layout;
    size_t count = 0;
    for (; (layout = layout_at(count)) != NULL; count++) {
        int word = word_of(layout->name);
        CHECK(layout_words[word] != NULL && word >= LAYOUT_FIRST);
        CHECK(layout->header[1] != NULL && layout->title[0] != '\0');
        CHECK((layout->counted == NULL) == (layout->uncounted == NULL));
        // Its own header, of each name the first, is known as this layout.
        struct text names = {0};
        for (size_t i = 0; i < LAYOUT_NAMES && layout->header[i] != NULL; i++) {
            text_append_string(&names, i > 0 ? ";" : "");
            text_append(&names, (struct slice){layout->header[i], strcspn(layout->header[i], "|")});
        }
        CHECK_TEXT(title_of(text_string(&names), LAYOUT_AUTO), layout->title);
        text_free(&names);
    }
    CHECK_TEXT(layout_words[LAYOUT_AUTO], "auto");
    CHECK_TEXT(layout_words[LAYOUT_NONE], "none");
    for (int word = LAYOUT_FIRST; layout_words[word] != NULL; word++) {
        bool used = false;
        for (size_t i = 0; i < count; i++) {
            used = used || strcmp(layout_at(i)->name, layout_words[word]) == 0;
        }
        CHECK(used);
    }
}

int main(void)
{
    test_recognition();
    test_preambles();
    test_roles();
    test_table();
    return tap_done();
}
