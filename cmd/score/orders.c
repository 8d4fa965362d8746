// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * orders: see orders.h. Streams; keeps only order ids where there is a column of them.
 */
#include "orders.h"

#include <string.h>

#include "cell.h"
#include "date.h"

enum {
    OLD_LOG_DAYS = 30, // a log older than this is worth a word
};

// What the first row of an order id said, for its further parts.
struct orders_known {
    struct slice customer; // in the arena; data is NULL until the first row was read
    int32_t day;
    bool counted; // did a row of it count as an order?
    bool late;    // so far it is dated after today
};

static bool find_amount(struct table *table, const struct orders_columns *columns, size_t *index)
{
    return columns->worthless ? table_optional_role(table, ROLE_AMOUNT, columns->amount, index)
                              : table_role(table, ROLE_AMOUNT, columns->amount, index);
}

bool orders_open(struct orders *orders, struct table *table, const struct orders_columns *columns,
                 enum orders_refunds refunds, const struct clock *clock, const struct cell_forms *forms)
{
    *orders = (struct orders){.table = table,
                              .clock = clock,
                              .forms = forms,
                              .refunds = refunds,
                              .id_column = TABLE_NO_COLUMN,
                              .refunded_column = TABLE_NO_COLUMN};
    if (!table_role(table, ROLE_CUSTOMER, columns->customer, &orders->customer_column) ||
        !table_role(table, ROLE_DATE, columns->date, &orders->date_column) ||
        !find_amount(table, columns, &orders->amount_column) ||
        !table_optional_role(table, ROLE_COST, columns->cost, &orders->cost_column)) {
        return false;
    }
    if (!table_chosen_role(table, ROLE_ORDER_ID, columns->order_id, &orders->id_column) ||
        !table_chosen_role(table, ROLE_REFUNDED, columns->refunded, &orders->refunded_column)) {
        return false;
    }
    if (orders->id_column != TABLE_NO_COLUMN) {
        orders->ids = map_create(sizeof(struct orders_known));
    }
    return true;
}

static bool blank(const struct orders *orders, const struct row *row, size_t column)
{
    return cell_is_blank(orders->forms, row->cells[column]);
}

// The record of this row's order id, or NULL when the row has none.
static struct orders_known *known_order(struct orders *orders, const struct row *row)
{
    if (orders->ids == NULL || blank(orders, row, orders->id_column)) {
        return NULL;
    }
    return map_add(orders->ids, slice_trim_value(row->cells[orders->id_column]), NULL);
}

static bool read_customer(struct orders *orders, const struct row *row, const struct orders_known *known,
                          struct order *order)
{
    if (known != NULL && known->customer.data != NULL && blank(orders, row, orders->customer_column)) {
        order->customer = known->customer;
        return true;
    }
    if (!table_key(orders->table, row, orders->customer_column, &order->customer)) {
        return false;
    }
    if (known != NULL && known->customer.data != NULL && !slice_equal(known->customer, order->customer)) {
        table_refuse(orders->table, row, orders->customer_column, "another customer has the same order id");
        return false;
    }
    return true;
}

// The day a local time falls on; times before 1970 too.
static int32_t day_of(int64_t local)
{
    int64_t day = local / DATE_DAY_SECONDS;
    return (int32_t)(local % DATE_DAY_SECONDS < 0 ? day - 1 : day);
}

// The time in a cell, which is read only where it is not that of the row before.
static enum cell_result read_time(struct orders *orders, struct slice cell, int64_t *local)
{
    if (cell.length > 0 && slice_equal(cell, (struct slice){orders->date, orders->date_length})) {
        *local = orders->date_local;
        return CELL_OK;
    }
    enum cell_result result = cell_time(orders->forms, cell, local, NULL);
    if (result == CELL_OK && cell.length <= ORDERS_DATE) {
        memcpy(orders->date, cell.data, cell.length);
        orders->date_length = cell.length;
        orders->date_local = *local;
    }
    return result;
}

// A row dated after today. Its further parts, whose date is blank, are to be left out with it.
static void leave_out(struct orders *orders, struct orders_known *known, struct slice customer)
{
    if (known != NULL && known->customer.data == NULL) {
        known->customer = arena_copy(&orders->arena, customer);
        known->late = true;
    }
    table_leave_out(orders->table, "dated after today");
}

static bool read_day(struct orders *orders, const struct row *row, struct orders_known *known, struct order *order)
{
    int64_t local = 0;
    enum cell_result result = read_time(orders, row->cells[orders->date_column], &local);
    if (result == CELL_BLANK && known != NULL && known->customer.data != NULL) {
        if (known->late) {
            leave_out(orders, known, order->customer);
        }
        order->day = known->day;
        return !known->late;
    }
    if (!table_needs(orders->table, row, orders->date_column, result, "a date")) {
        return false;
    }
    if (!clock_knows(orders->clock, local)) {
        leave_out(orders, known, order->customer);
        return false;
    }
    order->day = day_of(local);
    return true;
}

// Two currencies cannot be added up.
static bool same_currency(struct orders *orders, const struct row *row, size_t column, struct money value)
{
    if (value.currency == MONEY_NO_CURRENCY || value.currency == orders->currency) {
        return true;
    }
    if (orders->currency == MONEY_NO_CURRENCY) {
        orders->currency = value.currency;
        orders->currency_line = row->line;
        return true;
    }
    table_refuse(orders->table, row, column, "another currency than in the rows before");
    return false;
}

static bool read_amount(struct orders *orders, const struct row *row, const struct orders_known *known,
                        struct order *order)
{
    struct money value = {0};
    if (!orders_have_amount(orders)) {
        order->counts = true;
        return true;
    }
    enum cell_result result = cell_money(orders->forms, row->cells[orders->amount_column], &value);
    if (result == CELL_BLANK && known != NULL && known->customer.data != NULL) {
        order->counts = false;
        return true;
    }
    if (!table_needs(orders->table, row, orders->amount_column, result, "an amount") ||
        !same_currency(orders, row, orders->amount_column, value)) {
        return false;
    }
    if (value.micros >= 0) {
        order->amount = value;
        order->counts = true;
        return true;
    }
    order->refunded = value;
    order->refunded.micros = -value.micros;
    order->counts = false;
    return true;
}

// Reads a column of money that may be blank, for which *amount, which is 0, stays.
static bool read_extra(struct orders *orders, const struct row *row, size_t column, struct money *amount)
{
    struct money value = {0};
    enum cell_result result = cell_money(orders->forms, row->cells[column], &value);
    if (result == CELL_BLANK) {
        return true;
    }
    if (result == CELL_BAD) {
        return table_needs(orders->table, row, column, result, "an amount");
    }
    if (!same_currency(orders, row, column, value)) {
        return false;
    }
    amount->micros = value.micros;
    amount->places = value.places;
    return true;
}

// Some exports write what was given back as -5.00, some as 5.00.
static void take_size(struct money *value)
{
    if (value->micros < 0) {
        value->micros = -value->micros;
    }
}

static bool read_extras(struct orders *orders, const struct row *row, struct order *order)
{
    if (orders->cost_column != TABLE_NO_COLUMN && !read_extra(orders, row, orders->cost_column, &order->cost)) {
        return false;
    }
    if (orders->refunded_column != TABLE_NO_COLUMN) {
        struct money refunded = {0};
        if (!read_extra(orders, row, orders->refunded_column, &refunded)) {
            return false;
        }
        take_size(&refunded);
        if (__builtin_add_overflow(order->refunded.micros, refunded.micros, &order->refunded.micros)) {
            table_refuse(orders->table, row, orders->refunded_column, "an amount out of range");
            return false;
        }
        order->refunded.places = refunded.places > order->refunded.places ? refunded.places : order->refunded.places;
    }
    if (order->refunded.micros == 0 || orders->refunds == ORDERS_REFUNDS_NET) {
        return true;
    }
    if (orders->refunds == ORDERS_REFUNDS_ERROR) {
        table_refuse(orders->table, row, orders->amount_column, "a refund");
        return false;
    }
    order->refunded.micros = 0;
    return true;
}

// Several rows of one id are one order: only the first that can count does.
static void remember(struct orders *orders, struct orders_known *known, struct order *order)
{
    if (known->customer.data == NULL) {
        known->customer = arena_copy(&orders->arena, order->customer);
        known->day = order->day;
    } else if (known->late) {
        known->day = order->day;
        known->late = false;
    }
    order->day = known->day;
    if (known->counted) {
        order->counts = false;
    }
    known->counted = known->counted || order->counts;
}

static bool read_order(struct orders *orders, const struct row *row, struct order *order)
{
    *order = (struct order){0};
    struct orders_known *known = known_order(orders, row);
    if (!read_customer(orders, row, known, order) || !read_day(orders, row, known, order)) {
        return false;
    }
    if (!read_amount(orders, row, known, order) || !read_extras(orders, row, order)) {
        return false;
    }
    if (known != NULL) {
        remember(orders, known, order);
    }
    return true;
}

bool orders_next(struct orders *orders, struct order *order)
{
    while (table_next(orders->table, &orders->row)) {
        if (read_order(orders, &orders->row, order)) {
            if (!orders->any || order->day > orders->last_day) {
                orders->last_day = order->day;
            }
            orders->any = true;
            return true;
        }
    }
    return false;
}

void orders_refuse(struct orders *orders, const char *reason)
{
    table_refuse(orders->table, &orders->row, orders->date_column, reason);
}

bool orders_have_amount(const struct orders *orders)
{
    return orders->amount_column != TABLE_NO_COLUMN;
}

bool orders_have_cost(const struct orders *orders)
{
    return orders->cost_column != TABLE_NO_COLUMN;
}

void orders_note_age(const struct orders *orders, const struct diag *diag)
{
    if (!orders->any || orders->clock->today - orders->last_day <= OLD_LOG_DAYS) {
        return;
    }
    char last[DATE_SIZE];
    char today[DATE_SIZE];
    last[date_print(last, orders->last_day)] = '\0';
    today[date_print(today, orders->clock->today)] = '\0';
    diag_note(diag, "the last order is of %s, today is %s (set the day with --today=DATE)", last, today);
}

void orders_free(struct orders *orders)
{
    if (orders->ids != NULL) {
        map_free(orders->ids);
    }
    arena_free(&orders->arena);
}
