// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * layout: the table, and the look-up in it. Sources: the header rows of the exports named in regulars-tables(5).
 */
#include "layout.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "columns.h"
#include "roles.h"
#include "slice.h"

const char *const layout_words[] = {"auto",      "none",    "wechat",  "alipay",       "taobao",
                                    "youzan",    "shopify", "stripe",  "paypal",       "hubspot",
                                    "mailchimp", "slack",   "discord", "google-forms", NULL};

static const struct layout layouts[] = {
    {.name = "wechat",
     .title = "WeChat Pay bill",
     .header = {"交易时间", "交易类型", "交易对方", "收/支", "金额(元)", "当前状态", "交易单号"},
     .opening = "微信支付账单",
     .roles = {{ROLE_CUSTOMER, "交易对方"},
               {ROLE_DATE, "交易时间"},
               {ROLE_TIME, "交易时间"},
               {ROLE_AMOUNT, "金额(元)"},
               {ROLE_ORDER_ID, "交易单号"}},
     .counted = "[收/支] = '收入' and not [交易类型] like '%退款%' and not [当前状态] like '%退%'",
     .uncounted = "payments made, transfers or refunds"},
    {.name = "alipay",
     .title = "Alipay bill",
     .header = {"交易时间", "交易分类", "交易对方", "收/支", "金额", "交易状态", "交易订单号"},
     .opening = "----------|支付宝|导出信息",
     .roles = {{ROLE_CUSTOMER, "交易对方"},
               {ROLE_DATE, "交易时间"},
               {ROLE_TIME, "交易时间"},
               {ROLE_AMOUNT, "金额"},
               {ROLE_ORDER_ID, "交易订单号"}},
     .counted = "[收/支] = '收入' and [交易状态] = '交易成功' and not [交易分类] like '%退款%'",
     .uncounted = "payments made, transfers, refunds or not completed"},
    {.name = "taobao",
     .title = "Taobao orders",
     .header = {"订单编号", "买家会员名", "买家实际支付金额", "订单状态", "订单创建时间", "订单付款时间"},
     .roles = {{ROLE_CUSTOMER, "买家会员名"},
               {ROLE_DATE, "订单创建时间"},
               {ROLE_TIME, "订单创建时间"},
               {ROLE_AMOUNT, "买家实际支付金额"},
               {ROLE_ORDER_ID, "订单编号"}},
     .counted = "[订单付款时间] is not missing and [订单状态] != '交易关闭'",
     .uncounted = "not paid or closed"},
    {.name = "youzan",
     .title = "Youzan orders",
     .header = {"订单号", "订单状态", "订单创建时间", "买家付款时间", "订单实付金额", "买家手机号"},
     .roles = {{ROLE_CUSTOMER, "买家手机号"},
               {ROLE_DATE, "订单创建时间"},
               {ROLE_TIME, "订单创建时间"},
               {ROLE_AMOUNT, "订单实付金额"},
               {ROLE_ORDER_ID, "订单号"},
               {ROLE_CHANNEL, "销售渠道"}},
     .counted = "[买家付款时间] is not missing and not [订单状态] like '%关闭%'",
     .uncounted = "not paid or closed"},
    {.name = "youzan",
     .title = "Youzan customers",
     .header = {"客户姓名", "客户手机号", "消费次数", "消费金额", "上次消费时间", "成为客户时间"},
     .roles = {{ROLE_CUSTOMER, "客户手机号"},
               {ROLE_TIME, "成为客户时间"},
               {ROLE_REVENUE, "消费金额"},
               {ROLE_ORDERS, "消费次数"},
               {ROLE_LAST_ORDER, "上次消费时间"},
               {ROLE_OWNER, "导购员"},
               {ROLE_CHANNEL, "来源渠道"}}},
    {.name = "shopify",
     .title = "Shopify orders",
     .header = {"Name", "Email", "Financial Status", "Paid at", "Currency", "Total", "Created at", "Lineitem quantity"},
     .roles = {{ROLE_CUSTOMER, "Email"},
               {ROLE_DATE, "Created at"},
               {ROLE_TIME, "Created at"},
               {ROLE_AMOUNT, "Total"},
               {ROLE_ORDER_ID, "Name"},
               {ROLE_REFUNDED, "Refunded Amount"},
               {ROLE_CHANNEL, "Source"}},
     .counted = "[Financial Status] in ('paid', 'partially_refunded', 'refunded')",
     .uncounted = "not paid, or further lines of an order",
     .currency = "Currency"},
    {.name = "shopify",
     .title = "Shopify customers",
     .header = {"First Name", "Last Name", "Email", "Accepts Email Marketing", "Total Spent", "Total Orders"},
     .roles = {{ROLE_CUSTOMER, "Email"}, {ROLE_REVENUE, "Total Spent"}, {ROLE_ORDERS, "Total Orders"}}},
    {.name = "stripe",
     .title = "Stripe payments",
     .header = {"id", "Created date (UTC)|Created (UTC)", "Amount", "Amount Refunded", "Currency", "Status"},
     .roles = {{ROLE_CUSTOMER, "Customer Email|Customer ID"},
               {ROLE_DATE, "Created date (UTC)|Created (UTC)"},
               {ROLE_TIME, "Created date (UTC)|Created (UTC)"},
               {ROLE_AMOUNT, "Converted Amount|Amount"},
               {ROLE_ORDER_ID, "id"},
               {ROLE_REFUNDED, "Converted Amount Refunded|Amount Refunded"}},
     .counted = "lower([Status]) in ('paid', 'succeeded', 'refunded', 'partial refund', 'partially refunded')",
     .uncounted = "not paid",
     .currency = "Converted Currency|Currency",
     .utc = true},
    {.name = "paypal",
     .title = "PayPal activity",
     .header = {"Date", "Time", "Name", "Type", "Status", "Currency", "Gross", "From Email Address", "Transaction ID",
                "Balance Impact"},
     .leading = 2,
     .roles = {{ROLE_CUSTOMER, "From Email Address"},
               {ROLE_DATE, "Date"},
               {ROLE_TIME, "Date"},
               {ROLE_AMOUNT, "Gross"},
               {ROLE_ORDER_ID, "Transaction ID"}},
     .counted = "[Status] = 'Completed' and [Balance Impact] = 'Credit' and [From Email Address] is not missing",
     .uncounted = "no completed payments of customers",
     .currency = "Currency",
     .advice = "dates are written as the account is set: --dates=dmy or --dates=mdy"},
    {.name = "hubspot",
     .title = "HubSpot contacts",
     .header = {"Record ID", "First Name", "Last Name", "Email", "Create Date"},
     .leading = 1,
     .roles = {{ROLE_CUSTOMER, "Record ID"},
               {ROLE_DATE, "Create Date"},
               {ROLE_TIME, "Create Date"},
               {ROLE_OWNER, "Contact owner"},
               {ROLE_STAGE, "Lifecycle Stage|Lead Status"}}},
    {.name = "mailchimp",
     .title = "Mailchimp audience",
     .header = {"Email Address", "MEMBER_RATING", "OPTIN_TIME", "LAST_CHANGED", "LEID", "EUID"},
     .leading = 1,
     .roles = {{ROLE_CUSTOMER, "Email Address"}, {ROLE_DATE, "OPTIN_TIME"}, {ROLE_TIME, "OPTIN_TIME"}}},
    {.name = "slack",
     .title = "Slack members",
     .header = {"username", "email", "status", "billing-active", "userid", "fullname", "displayname"},
     .leading = 4,
     .roles = {{ROLE_CUSTOMER, "userid"}}},
    {.name = "discord",
     .title = "Discord messages",
     .header = {"AuthorID", "Author", "Date", "Content", "Attachments", "Reactions"},
     .leading = 6,
     .roles = {{ROLE_CUSTOMER, "AuthorID"}, {ROLE_DATE, "Date"}, {ROLE_TIME, "Date"}}},
    {.name = "google-forms",
     .title = "Google Forms answers",
     .header = {"Timestamp|时间戳记", "Email Address|Username|电子邮件地址|用户名"},
     .leading = 2,
     .roles = {{ROLE_CUSTOMER, "Email Address|Username|电子邮件地址|用户名"},
               {ROLE_DATE, "Timestamp|时间戳记"},
               {ROLE_TIME, "Timestamp|时间戳记"}},
     .advice = "dates are written as the form's language is set: --dates=mdy or --dates=dmy unless they begin with "
               "the year"},
};

enum { LAYOUT_COUNT = sizeof layouts / sizeof layouts[0] };

const struct layout *layout_at(size_t index)
{
    return index < LAYOUT_COUNT ? &layouts[index] : NULL;
}

// Takes the next of the texts that '|' parts off the front. False when there is none.
static bool next_text(const char **texts, struct slice *text)
{
    if (*texts == NULL || **texts == '\0') {
        return false;
    }
    *text = (struct slice){*texts, strcspn(*texts, "|")};
    *texts += text->length + ((*texts)[text->length] == '|');
    return true;
}

static bool is_named(struct slice name, const char *names)
{
    struct slice one;
    while (next_text(&names, &one)) {
        if (slice_equal(name, one)) {
            return true;
        }
    }
    return false;
}

// The first column that has one of the names, the names in their order.
static bool find(const struct columns *columns, const char *names, size_t *index)
{
    struct slice name;
    while (next_text(&names, &name)) {
        for (size_t i = 0; i < columns->count; i++) {
            if (slice_equal(columns->folded[i], name)) {
                *index = i;
                return true;
            }
        }
    }
    return false;
}

static bool is_layout(const struct layout *layout, const struct columns *header)
{
    size_t index;
    for (size_t i = 0; i < LAYOUT_NAMES && layout->header[i] != NULL; i++) {
        if (i < layout->leading ? i >= header->count || !is_named(header->folded[i], layout->header[i])
                                : !find(header, layout->header[i], &index)) {
            return false;
        }
    }
    return true;
}

static bool is_allowed(const struct layout *layout, int word)
{
    return word == LAYOUT_AUTO || (word != LAYOUT_NONE && strcmp(layout->name, layout_words[word]) == 0);
}

const struct layout *layout_of(const struct columns *header, int word)
{
    for (size_t i = 0; i < LAYOUT_COUNT; i++) {
        if (is_allowed(&layouts[i], word) && is_layout(&layouts[i], header)) {
            return &layouts[i];
        }
    }
    return NULL;
}

bool layout_may_follow(struct slice first_cell, int word)
{
    for (size_t i = 0; i < LAYOUT_COUNT; i++) {
        const char *openings = layouts[i].opening;
        struct slice opening;
        while (is_allowed(&layouts[i], word) && next_text(&openings, &opening)) {
            if (slice_starts(first_cell, opening)) {
                return true;
            }
        }
    }
    return false;
}

bool layout_role(const struct layout *layout, const struct columns *columns, enum role role, size_t *index)
{
    for (size_t i = 0; i < LAYOUT_ROLES && layout->roles[i].columns != NULL; i++) {
        if (layout->roles[i].role == role) {
            return find(columns, layout->roles[i].columns, index);
        }
    }
    return false;
}

bool layout_currency(const struct layout *layout, const struct columns *columns, size_t *index)
{
    return layout->currency != NULL && find(columns, layout->currency, index);
}
