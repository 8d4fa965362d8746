// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What roles.h promises: known exports need no options, the best rank wins, two of one rank are told apart by the user.
 */
#include "roles.h"
#include "tap.h"

// A header written with commas.
static struct columns make(const char *header)
{
    struct slice cells[64];
    size_t count = 0;
    struct slice rest = slice_of(header);
    for (size_t from = 0; from <= rest.length; count++) {
        size_t end = slice_find(rest, ',', from);
        cells[count] = slice_part(rest, from, end);
        from = end + 1;
    }
    struct columns columns = {0};
    columns_set(&columns, &(struct row){.cells = cells, .count = count});
    return columns;
}

// The name of the column found, "(none)", or the problem. Lives until the next call.
static const char *found(const char *header, enum role role)
{
    static char answer[512];
    struct columns columns = make(header);
    struct text problem = {0};
    size_t index = 0;
    switch (roles_find(&columns, role, &index, &problem)) {
    case ROLES_FOUND:
        snprintf(answer, sizeof answer, "%.*s", (int)columns.names[index].length, columns.names[index].data);
        break;
    case ROLES_ABSENT:
        snprintf(answer, sizeof answer, "(none)");
        break;
    case ROLES_AMBIGUOUS:
        snprintf(answer, sizeof answer, "%s", text_string(&problem));
        break;
    }
    text_free(&problem);
    columns_free(&columns);
    return answer;
}

static void test_spelling_is_ignored(void)
{
    CHECK_TEXT(found("Customer ID,x", ROLE_CUSTOMER), "Customer ID");
    CHECK_TEXT(found("CustomerID,x", ROLE_CUSTOMER), "CustomerID");
    CHECK_TEXT(found("customer-id,x", ROLE_CUSTOMER), "customer-id");
    CHECK_TEXT(found(" ＣＵＳＴＯＭＥＲ＿ＩＤ ,x", ROLE_CUSTOMER), " ＣＵＳＴＯＭＥＲ＿ＩＤ ");
    CHECK_TEXT(found("customer_ids,customer_i", ROLE_CUSTOMER), "(none)");
    CHECK_TEXT(found(",_,-", ROLE_CUSTOMER), "(none)");
}

static void test_ranks(void)
{
    CHECK_TEXT(found("name,email,username,customer_id", ROLE_CUSTOMER), "customer_id");
    CHECK_TEXT(found("name,email,username", ROLE_CUSTOMER), "username");
    CHECK_TEXT(found("name,email", ROLE_CUSTOMER), "email");
    CHECK_TEXT(found("id,name", ROLE_CUSTOMER), "name");
    CHECK_TEXT(found("id,amount", ROLE_CUSTOMER), "id"); // when nothing else is there
    CHECK_TEXT(found("a,b", ROLE_CUSTOMER), "(none)");
    CHECK_TEXT(found("amount,total,paid_amount", ROLE_AMOUNT), "amount");
    CHECK_TEXT(found("date,order_date,created_at", ROLE_DATE), "date");
}

static void test_two_of_one_rank(void)
{
    CHECK_TEXT(found("user_id,x,客户编号", ROLE_CUSTOMER),
               "columns 'user_id' and '客户编号' may both be the customer: say which, --customer=user_id or "
               "--customer=客户编号");
    CHECK_TEXT(found("Email,Phone Number", ROLE_CUSTOMER),
               "columns 'Email' and 'Phone Number' may both be the customer: say which, --customer=Email or "
               "--customer='Phone Number'");
    CHECK_TEXT(found("customer,date,customer", ROLE_CUSTOMER),
               "columns 'customer' and 'customer' may both be the customer: say which, --customer=1 or --customer=3");
    CHECK_TEXT(found("Date,Time", ROLE_TIME),
               "columns 'Date' and 'Time' may both be the time: say which, --time=Date or --time=Time");
}

static void test_order_logs(void)
{
    const char *cdnow = "customer,date,cds,amount";
    CHECK_TEXT(found(cdnow, ROLE_CUSTOMER), "customer");
    CHECK_TEXT(found(cdnow, ROLE_DATE), "date");
    CHECK_TEXT(found(cdnow, ROLE_AMOUNT), "amount");
    CHECK_TEXT(found(cdnow, ROLE_ORDER_ID), "(none)");
    CHECK_TEXT(found(cdnow, ROLE_COST), "(none)");
    const char *orders = "customer_id,order_date,revenue";
    CHECK_TEXT(found(orders, ROLE_CUSTOMER), "customer_id");
    CHECK_TEXT(found(orders, ROLE_DATE), "order_date");
    CHECK_TEXT(found(orders, ROLE_AMOUNT), "revenue");
    CHECK_TEXT(found("master_customer,customer,date,cds,amount", ROLE_CUSTOMER), "customer");
    CHECK_TEXT(found("InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID", ROLE_DATE), "InvoiceDate");
    CHECK_TEXT(found("InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID", ROLE_ORDER_ID), "InvoiceNo");
}

// Programs chain: what one writes the next one finds.
static void test_own_outputs(void)
{
    const char *rfm = "customer,orders,revenue,cost,first_order,last_order,recency,x,t_x,T,m,r_score,f_score,m_score,"
                      "rfm,segment,treatment,tier,net";
    CHECK_TEXT(found(rfm, ROLE_CUSTOMER), "customer");
    CHECK_TEXT(found(rfm, ROLE_ORDERS), "orders");
    CHECK_TEXT(found(rfm, ROLE_REVENUE), "revenue");
    CHECK_TEXT(found(rfm, ROLE_COST), "cost");
    CHECK_TEXT(found(rfm, ROLE_LAST_ORDER), "last_order");
    CHECK_TEXT(found(rfm, ROLE_RECENCY), "recency");
    CHECK_TEXT(found(rfm, ROLE_SEGMENT), "segment");
    CHECK_TEXT(found(rfm, ROLE_TIER), "tier");
    CHECK_TEXT(found(rfm, ROLE_NET), "net");
    CHECK_TEXT(found(rfm, ROLE_DATE), "(none)"); // a summary is no log
    CHECK_TEXT(found(rfm, ROLE_TIME), "(none)");
    CHECK_TEXT(found(rfm, ROLE_EVENT), "(none)");
    const char *due = "customer,owner,rule,touch,channel,due,nominal,overdue,level,priority,cost,reason,key";
    CHECK_TEXT(found(due, ROLE_OWNER), "owner");
    CHECK_TEXT(found(due, ROLE_CHANNEL), "channel");
    CHECK_TEXT(found(due, ROLE_TIER), "(none)");
    CHECK_TEXT(found("customer,stage,since,previous", ROLE_STAGE), "stage");
}

// Another tool's recency and frequency mean other things.
static void test_what_is_left_to_the_user(void)
{
    CHECK_TEXT(found("frequency,T,monetary_value", ROLE_ORDERS), "(none)");
    CHECK_TEXT(found("frequency,T,monetary_value", ROLE_REVENUE), "(none)");
}

static void test_exports(void)
{
    const char *taobao = "订单编号,买家会员名,买家支付宝账号,买家应付货款,总金额,买家实际支付金额,订单状态,收货人姓名,"
                         "收货地址,联系电话,联系手机,订单创建时间,订单付款时间,宝贝标题";
    CHECK_TEXT(found(taobao, ROLE_CUSTOMER), "买家会员名");
    CHECK_TEXT(found(taobao, ROLE_DATE), "订单创建时间");
    CHECK_TEXT(found(taobao, ROLE_AMOUNT), "买家实际支付金额");
    CHECK_TEXT(found(taobao, ROLE_ORDER_ID), "订单编号");
    const char *youzan = "订单号,销售渠道,订单状态,订单创建时间,买家付款时间,交易成功时间,订单实付金额,收货人/提货人,"
                         "收货人手机号/提货人手机号,买家手机号";
    CHECK_TEXT(found(youzan, ROLE_CUSTOMER), "买家手机号");
    CHECK_TEXT(found(youzan, ROLE_DATE), "订单创建时间");
    CHECK_TEXT(found(youzan, ROLE_AMOUNT), "订单实付金额");
    const char *people =
        "客户姓名,客户昵称,客户手机号,客户生日,消费次数,消费金额,累计退款金额,上次消费时间,导购员,来源渠道";
    CHECK_TEXT(found(people, ROLE_CUSTOMER), "客户手机号");
    CHECK_TEXT(found(people, ROLE_ORDERS), "消费次数");
    CHECK_TEXT(found(people, ROLE_REVENUE), "消费金额");
    CHECK_TEXT(found(people, ROLE_LAST_ORDER), "上次消费时间");
    CHECK_TEXT(found(people, ROLE_OWNER), "导购员");
    const char *wechat = "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注";
    CHECK_TEXT(found(wechat, ROLE_CUSTOMER), "交易对方");
    CHECK_TEXT(found(wechat, ROLE_DATE), "交易时间");
    CHECK_TEXT(found(wechat, ROLE_AMOUNT), "金额(元)");
    const char *douyin = "主订单编号,子订单编号,选购商品,订单应付金额,收件人,收件人手机号,订单提交时间,订单完成时间";
    CHECK_TEXT(found(douyin, ROLE_CUSTOMER), "收件人手机号");
    CHECK_TEXT(found(douyin, ROLE_ORDER_ID), "主订单编号");
    CHECK_TEXT(found(douyin, ROLE_DATE), "订单提交时间");
    const char *stripe = "id,Created date (UTC),Amount,Amount Refunded,Currency,Converted Amount,Fee,Customer Email";
    CHECK_TEXT(found(stripe, ROLE_CUSTOMER), "Customer Email");
    CHECK_TEXT(found(stripe, ROLE_DATE), "Created date (UTC)");
    CHECK_TEXT(found(stripe, ROLE_AMOUNT), "Amount");
    CHECK_TEXT(found(stripe, ROLE_REFUNDED), "Amount Refunded");
    const char *paypal = "Date,Time,TimeZone,Name,Gross,Fee,Net,From Email Address,To Email Address,Transaction ID";
    CHECK_TEXT(found(paypal, ROLE_CUSTOMER), "From Email Address");
    CHECK_TEXT(found(paypal, ROLE_DATE), "Date");
    CHECK_TEXT(found(paypal, ROLE_AMOUNT), "Gross");
    CHECK_TEXT(found(paypal, ROLE_ZONE), "TimeZone");
    const char *shopify = "Customer ID,First Name,Email,Phone,Total Spent,Total Orders,Tags";
    CHECK_TEXT(found(shopify, ROLE_CUSTOMER), "Customer ID");
    CHECK_TEXT(found(shopify, ROLE_REVENUE), "Total Spent");
    CHECK_TEXT(found(shopify, ROLE_ORDERS), "Total Orders");
    const char *square =
        "Date,Time,Time Zone,Gross Sales,Net Sales,Partial Refunds,Total Collected,Source,Transaction ID";
    CHECK_TEXT(found(square, ROLE_AMOUNT), "Total Collected");
    CHECK_TEXT(found(square, ROLE_REFUNDED), "Partial Refunds");
    const char *hubspot = "Record ID,First Name,Email,Phone Number,Contact owner,Create Date,Lifecycle Stage";
    CHECK_TEXT(found(hubspot, ROLE_CUSTOMER), "Record ID");
    CHECK_TEXT(found(hubspot, ROLE_OWNER), "Contact owner");
    CHECK_TEXT(found(hubspot, ROLE_STAGE), "Lifecycle Stage");
    CHECK_TEXT(found("username,email,status,userid,fullname,displayname", ROLE_CUSTOMER), "userid");
    CHECK_TEXT(found("AuthorID,Author,Date,Content,Attachments,Reactions", ROLE_CUSTOMER), "AuthorID");
    CHECK_TEXT(found("AuthorID,Author,Date,Content,Attachments,Reactions", ROLE_TIME), "Date");
}

static bool is_own_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || byte == '-';
}

// Every role has an option-like word and a list whose first name this toolkit itself can write.
static void test_the_list(void)
{
    bool words = true;
    bool listed = true;
    for (int role = 0; role < ROLE_COUNT_; role++) {
        const char *name = roles_name((enum role)role);
        for (; *name != '\0'; name++) {
            words = words && is_own_letter(*name);
        }
        size_t rank = 0;
        for (; roles_usual((enum role)role, rank) != NULL; rank++) {
            listed = listed && roles_usual((enum role)role, rank)[0] != NULL;
        }
        listed = listed && rank > 0;
    }
    CHECK(words);
    CHECK(listed);
    CHECK_TEXT(roles_name(ROLE_ORDER_ID), "order-id");
    CHECK(roles_usual(ROLE_CUSTOMER, 1000) == NULL);
}

// No name of a role stands in two of its ranks: the lower one would never be reached.
static void test_no_name_twice(void)
{
    bool once = true;
    for (int role = 0; role < ROLE_COUNT_; role++) {
        for (size_t rank = 0; roles_usual((enum role)role, rank) != NULL; rank++) {
            for (const char *const *name = roles_usual((enum role)role, rank); *name != NULL; name++) {
                char header[128];
                snprintf(header, sizeof header, "%s,zzz", *name);
                once = once && strcmp(found(header, (enum role)role), *name) == 0;
                for (size_t lower = rank; roles_usual((enum role)role, lower) != NULL; lower++) {
                    for (const char *const *other = roles_usual((enum role)role, lower); *other != NULL; other++) {
                        once = once && (other == name || strcmp(*other, *name) != 0);
                    }
                }
            }
        }
    }
    CHECK(once);
}

int main(void)
{
    test_spelling_is_ignored();
    test_ranks();
    test_two_of_one_rank();
    test_order_logs();
    test_own_outputs();
    test_what_is_left_to_the_user();
    test_exports();
    test_the_list();
    test_no_name_twice();
    return tap_done();
}
