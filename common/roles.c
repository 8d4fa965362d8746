// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * roles: the published list of usual names, as data, and the look-up in it.
 *
 * Names stand in the list as people write them; they are compared without ASCII case, blanks, underscores and hyphens.
 * The names this toolkit itself writes come first in their role, so that programs chain without options. Not listed on
 * purpose: frequency, monetary_value and the like, which mean other things in other tools. Sources: the header rows of
 * the exports named in regulars-tables(5).
 */
#include "roles.h"

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "slice.h"
#include "text.h"

// One name a line would hide the list.
// clang-format off
static const char *const customer_identifiers[] = {
    "customer", "customer_id", "customer_no", "customer_number", "customer_code", "customer_key", "cust",
    "cust_id", "cust_no", "client_id", "client_no", "user_id", "member_id", "member_no", "buyer_id",
    "shopper_id", "客户编号", "客户号", "客户ID", "用户ID", "用户编号", "会员编号", "会员号", "会员ID",
    "会员卡号", "买家ID", "顾客编号", "顾客ID", NULL};
static const char *const customer_other_identifiers[] = {
    "external_user_id", "uid", "account_id", "contact_id", "person_id", "visitor_id", "subscriber_id",
    "patron_id", "student_id", "author_id", "record_id", "unionid", "openid", "学员编号", "学员ID", "学号", NULL};
static const char *const customer_accounts[] = {
    "username", "user", "login", "account", "account_name", "member", "client", "buyer", "author", "handle",
    "screen_name", "wechat_id", "买家会员名", "会员名", "用户名", "账号", "客户", "会员", "用户", "买家",
    "顾客", "学员", "微信号", "对方账号", NULL};
static const char *const customer_contacts[] = {
    "email", "email_address", "customer_email", "customer_email_address", "user_email", "member_email",
    "buyer_email", "contact_email", "from_email_address", "mail", "phone", "phone_number", "customer_phone",
    "customer_phone_number", "user_phone", "buyer_phone", "mobile", "mobile_number", "mobile_phone",
    "cell_phone", "telephone", "whatsapp", "邮箱", "电子邮箱", "客户邮箱", "手机", "手机号", "手机号码",
    "客户手机号", "客户手机", "买家手机号", "用户手机号", "会员手机号", "联系手机", "电话", NULL};
// Of whoever received the goods, who need not be the one who bought them.
static const char *const customer_recipient_contacts[] = {
    "shipping_phone", "billing_phone", "recipient_phone", "receiver_phone", "收件人手机号", "收货人手机号",
    "收货人手机号/提货人手机号", "收货人电话", "联系电话", NULL};
static const char *const customer_names[] = {
    "name", "customer_name", "client_name", "full_name", "display_name", "nickname", "member_name",
    "buyer_name", "contact_name", "姓名", "客户姓名", "客户名称", "客户名", "客户昵称", "会员姓名", "用户昵称",
    "用户姓名", "买家昵称", "买家姓名", "顾客姓名", "学员姓名", "昵称", "交易对方", NULL};
static const char *const customer_recipients[] = {
    "shipping_name", "billing_name", "recipient", "收货人姓名", "收货人", "收件人", "收货人/提货人", NULL};
static const char *const customer_bare[] = {
    "id", "编号", NULL};

static const char *const date_own[] = {
    "date", "日期", NULL};
static const char *const date_ordered[] = {
    "order_date", "purchase_date", "transaction_date", "trans_date", "sale_date", "sales_date", "invoice_date",
    "order_time", "order_datetime", "order_timestamp", "order_purchase_timestamp", "purchase_time",
    "transaction_time", "transaction_datetime", "ordered_at", "purchased_at", "订单日期", "下单日期",
    "下单时间", "订单时间", "交易日期", "交易时间", "购买日期", "购买时间", "消费日期", "消费时间", "成交日期",
    "成交时间", "销售日期", NULL};
static const char *const date_created[] = {
    "created_at", "created", "create_time", "create_date", "created_date", "created_date (UTC)",
    "created (UTC)", "created_time", "created_on", "creation_date", "order_created_at", "订单创建时间",
    "订单提交时间", "交易创建时间", "创建时间", "创建日期", NULL};
static const char *const date_paid[] = {
    "paid_at", "paid", "paid_date", "payment_date", "payment_time", "pay_time", "订单付款时间", "买家付款时间",
    "付款时间", "付款日期", "支付时间", "支付日期", NULL};
static const char *const date_completed[] = {
    "completed_at", "completed_date", "交易成功时间", "订单完成时间", "完成时间", NULL};
static const char *const date_other[] = {
    "time", "timestamp", "datetime", "date_time", "event_date", "event_time", "visit_date", "occurred_at", "ts",
    "day", "时间", "时间戳", "发生时间", NULL};

static const char *const amount_own[] = {
    "amount", "金额", "金额(元)", NULL};
static const char *const amount_paid[] = {
    "amount_paid", "paid_amount", "payment_amount", "pay_amount", "total_collected", "买家实际支付金额",
    "订单实付金额", "实付金额", "实付款", "实收金额", "支付金额", "付款金额", NULL};
static const char *const amount_total[] = {
    "total", "total_amount", "order_amount", "order_total", "order_value", "total_price", "transaction_amount",
    "sale_amount", "sales_amount", "invoice_amount", "purchase_amount", "grand_total", "订单金额",
    "订单应付金额", "订单总额", "总金额", "交易金额", "消费金额", "成交金额", "销售额", "销售金额", NULL};
static const char *const amount_sales[] = {
    "revenue", "sales", "gross", "gross_sales", "net_sales", "收入", NULL};
static const char *const amount_other[] = {
    "spend", "spent", "value", "price", "subtotal", "价格", NULL};

static const char *const order_id_own[] = {
    "order_id", "order_no", "order_number", "order", "order_code", "主订单编号", "订单编号", "订单号", NULL};
static const char *const order_id_transaction[] = {
    "invoice_id", "invoice_no", "invoice_number", "invoice", "transaction_id", "transaction_no", "payment_id",
    "receipt_no", "receipt_number", "交易单号", "交易订单号", "交易号", NULL};

static const char *const cost_own[] = {
    "cost", NULL};
static const char *const cost_total[] = {
    "total_cost", "order_cost", "cost_of_goods", "cost_of_goods_sold", "cogs", "成本", "总成本", "订单成本",
    NULL};
static const char *const cost_other[] = {
    "costs", "unit_cost", "成本价", NULL};

static const char *const refunded_own[] = {
    "refunded", NULL};
static const char *const refunded_amount[] = {
    "refunded_amount", "amount_refunded", "refund_amount", "退款金额", "已退款金额", "退款", NULL};
static const char *const refunded_other[] = {
    "refund", "partial_refunds", "returns", NULL};

static const char *const time_event[] = {
    "event_time", "event_timestamp", "event_datetime", "timestamp", "time_stamp", "datetime", "date_time",
    "occurred_at", "event_at", "ts", "事件时间", "发生时间", "时间戳", NULL};
// Both at once are a date and a time of day, and which is meant only the user knows.
static const char *const time_own[] = {
    "time", "date", "时间", "日期", NULL};
static const char *const time_visit[] = {
    "event_date", "posted_at", "sent_at", "visited_at", "visit_time", "visit_date", "message_time", "发送时间",
    "发言时间", "消息时间", "访问时间", "签到时间", NULL};
static const char *const time_created[] = {
    "created_at", "created", "create_time", "created_date", "created_date (UTC)", "created (UTC)",
    "created_time", "订单创建时间", "订单提交时间", "创建时间", "添加时间", "成为客户时间", NULL};
static const char *const time_order[] = {
    "order_time", "order_datetime", "order_timestamp", "order_purchase_timestamp", "transaction_time",
    "purchase_time", "下单时间", "交易时间", "购买时间", "消费时间", NULL};
static const char *const time_order_date[] = {
    "order_date", "purchase_date", "transaction_date", "sale_date", "invoice_date", "订单日期", "下单日期",
    "交易日期", "购买日期", "消费日期", NULL};
static const char *const time_paid[] = {
    "paid_at", "paid_date", "payment_date", "payment_time", "订单付款时间", "付款时间", "支付时间", NULL};

static const char *const event_own[] = {
    "event", "事件", NULL};
static const char *const event_name[] = {
    "event_name", "event_type", "事件名称", "事件名", "事件类型", NULL};
static const char *const event_action[] = {
    "action", "action_type", "behavior", "behaviour", "behavior_type", "行为", "行为类型", "动作", "操作", NULL};

static const char *const segment_own[] = {
    "segment", NULL};
static const char *const segment_other[] = {
    "customer_segment", "rfm_segment", "segment_name", "分群", "客群", "客户分群", "用户分群", "人群", NULL};

static const char *const stage_own[] = {
    "stage", NULL};
static const char *const stage_other[] = {
    "lifecycle_stage", "life_cycle_stage", "customer_stage", "阶段", "客户阶段", "生命周期", "生命周期阶段",
    NULL};
static const char *const stage_deal[] = {
    "商机阶段", NULL};

static const char *const tier_own[] = {
    "tier", NULL};
static const char *const tier_other[] = {
    "customer_tier", "member_tier", "loyalty_tier", "vip_tier", "vip_level", "member_level", "客户等级",
    "会员等级", "会员级别", "客户级别", "等级", NULL};

static const char *const revenue_own[] = {
    "revenue", NULL};
static const char *const revenue_total[] = {
    "total_revenue", "total_spent", "total_spend", "amount_spent", "lifetime_revenue", "lifetime_spend",
    "customer_revenue", "monetary", "累计消费金额", "累计消费", "消费总额", "累计金额", "总消费金额", NULL};
static const char *const revenue_other[] = {
    "消费金额", "交易总额", "spent", "spend", "sales", NULL};

static const char *const orders_own[] = {
    "orders", NULL};
static const char *const orders_other[] = {
    "order_count", "orders_count", "total_orders", "number_of_orders", "num_orders", "n_orders", "purchases",
    "purchase_count", "累计订单数", "订单数", "订单总数", "购买次数", "消费次数", "下单次数", NULL};

static const char *const last_order_own[] = {
    "last_order", NULL};
static const char *const last_order_other[] = {
    "last_order_date", "last_order_at", "last_order_time", "last_purchase", "last_purchase_date",
    "last_purchase_at", "most_recent_order", "上次消费时间", "最近消费时间", "最后消费时间", "最近一次消费",
    "最近下单时间", "最后下单时间", "最近购买时间", "最后购买时间", NULL};

static const char *const recency_own[] = {
    "recency", NULL};
static const char *const recency_other[] = {
    "recency_days", "days_since_last_order", "days_since_last_purchase", "距上次消费天数", "未消费天数", NULL};

static const char *const net_own[] = {
    "net", NULL};
static const char *const net_other[] = {
    "net_value", "net_revenue", "profit", "net_profit", "contribution", "净收益", "净利润", "利润", NULL};

static const char *const owner_own[] = {
    "owner", NULL};
static const char *const owner_other[] = {
    "contact_owner", "account_owner", "customer_owner", "assigned_to", "assignee", "sales_rep", "staff_name",
    "staff", "负责人", "客户负责人", "跟进人", "跟进员工", "导购员", "导购", "顾问", "教练", "群主", NULL};

static const char *const channel_own[] = {
    "channel", NULL};
static const char *const channel_other[] = {
    "preferred_channel", "contact_channel", "marketing_channel", "渠道", "联系渠道", NULL};
static const char *const channel_source[] = {
    "utm_source", "source", "traffic_source", "来源渠道", "来源", "销售渠道", NULL};

static const char *const zone_own[] = {
    "zone", NULL};
static const char *const zone_other[] = {
    "time_zone", "tz", "时区", NULL};

// One rank: where there are several, one of them may say no and another one yes.
static const char *const opt_out_own[] = {
    "opt_out", "opted_out", "unsubscribed", "is_unsubscribed", "unsubscribed_from_all_email", "do_not_contact",
    "do_not_disturb", "no_contact", "dnc", "退订", "已退订", "是否退订", "拒绝联系", "请勿联系", "免打扰", "勿扰", NULL};

static const char *const paused_until_own[] = {
    "paused_until", "pause_until", "on_hold_until", "hold_until", "resume_on", "resume_date", "resumes_on",
    "暂停至", "暂停到", "恢复日期", NULL};
// clang-format on

enum { RANKS = 8 };

struct usual {
    const char *name;
    const char *const *ranks[RANKS]; // best first, NULL where there are no more
};

static const struct usual usual[ROLE_COUNT_] = {
    [ROLE_CUSTOMER] = {"customer",
                       {customer_identifiers, customer_other_identifiers, customer_accounts, customer_contacts,
                        customer_recipient_contacts, customer_names, customer_recipients, customer_bare}},
    [ROLE_DATE] = {"date", {date_own, date_ordered, date_created, date_paid, date_completed, date_other}},
    [ROLE_AMOUNT] = {"amount", {amount_own, amount_paid, amount_total, amount_sales, amount_other}},
    [ROLE_ORDER_ID] = {"order-id", {order_id_own, order_id_transaction}},
    [ROLE_COST] = {"cost", {cost_own, cost_total, cost_other}},
    [ROLE_REFUNDED] = {"refunded", {refunded_own, refunded_amount, refunded_other}},
    [ROLE_TIME] = {"time", {time_event, time_own, time_visit, time_created, time_order, time_order_date, time_paid}},
    [ROLE_EVENT] = {"event", {event_own, event_name, event_action}},
    [ROLE_SEGMENT] = {"segment", {segment_own, segment_other}},
    [ROLE_STAGE] = {"stage", {stage_own, stage_other, stage_deal}},
    [ROLE_TIER] = {"tier", {tier_own, tier_other}},
    [ROLE_REVENUE] = {"revenue", {revenue_own, revenue_total, revenue_other}},
    [ROLE_ORDERS] = {"orders", {orders_own, orders_other}},
    [ROLE_LAST_ORDER] = {"last-order", {last_order_own, last_order_other}},
    [ROLE_RECENCY] = {"recency", {recency_own, recency_other}},
    [ROLE_NET] = {"net", {net_own, net_other}},
    [ROLE_OWNER] = {"owner", {owner_own, owner_other}},
    [ROLE_CHANNEL] = {"channel", {channel_own, channel_other, channel_source}},
    [ROLE_ZONE] = {"zone", {zone_own, zone_other}},
    [ROLE_OPT_OUT] = {"opt-out", {opt_out_own}},
    [ROLE_PAUSED_UNTIL] = {"paused-until", {paused_until_own}},
};

const char *roles_name(enum role role)
{
    return usual[role].name;
}

const char *const *roles_usual(enum role role, size_t rank)
{
    return rank < RANKS ? usual[role].ranks[rank] : NULL;
}

static bool is_ignored(char byte)
{
    return byte == ' ' || byte == '_' || byte == '-';
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

// Are a column's (folded) name and a usual name the same, but for what is ignored?
static bool is_same(struct slice name, const char *listed)
{
    size_t i = 0;
    while (true) {
        while (i < name.length && is_ignored(name.data[i])) {
            i++;
        }
        while (is_ignored(*listed)) {
            listed++;
        }
        if (i == name.length || *listed == '\0') {
            return i == name.length && *listed == '\0';
        }
        if (lower(name.data[i++]) != lower(*listed++)) {
            return false;
        }
    }
}

static bool is_among(struct slice name, const char *const *names)
{
    for (; name.length > 0 && *names != NULL; names++) {
        if (is_same(name, *names)) {
            return true;
        }
    }
    return false;
}

// The first column from `from` on that has one of the names, or the number of columns.
static size_t next_column(const struct columns *columns, const char *const *names, size_t from)
{
    while (from < columns->count && !is_among(columns->folded[from], names)) {
        from++;
    }
    return from;
}

// What to type for a column: its name, or its number when the name stands twice.
static void append_wanted(const struct columns *columns, size_t index, struct text *out)
{
    struct slice name = columns->folded[index];
    bool quotes = slice_find(name, ' ', 0) < name.length;
    size_t same = 0;
    if (columns_has(columns, name, &same)) {
        text_append_string(out, quotes ? "'" : "");
        text_append(out, name);
        text_append_string(out, quotes ? "'" : "");
    } else {
        text_format(out, "%zu", index + 1);
    }
}

static void explain_ambiguous(const struct columns *columns, enum role role, size_t first, size_t second,
                              struct text *problem)
{
    text_append_string(problem, "columns '");
    text_append(problem, columns->folded[first]);
    text_append_string(problem, "' and '");
    text_append(problem, columns->folded[second]);
    text_format(problem, "' may both be the %s: say which, --%s=", roles_name(role), roles_name(role));
    append_wanted(columns, first, problem);
    text_format(problem, " or --%s=", roles_name(role));
    append_wanted(columns, second, problem);
}

enum roles_result roles_find(const struct columns *columns, enum role role, size_t *index, struct text *problem)
{
    const char *const *names;
    for (size_t rank = 0; (names = roles_usual(role, rank)) != NULL; rank++) {
        size_t first = next_column(columns, names, 0);
        if (first == columns->count) {
            continue;
        }
        size_t second = next_column(columns, names, first + 1);
        if (second < columns->count) {
            explain_ambiguous(columns, role, first, second, problem);
            return ROLES_AMBIGUOUS;
        }
        *index = first;
        return ROLES_FOUND;
    }
    return ROLES_ABSENT;
}
