// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * score rfm from an order log: gathers one summary a customer (purchases.h), learns the cuts, writes a row a customer
 * or a row of --customers.
 */
#include <stdlib.h>

#include "customers.h"
#include "heap.h"
#include "purchases.h"
#include "rfm.h"
#include "unit.h"

static struct scores_measures measures_of(const struct purchases_summary *summary, int32_t today)
{
    return (struct scores_measures){{[SCORES_RECENCY] = today - summary->last,
                                     [SCORES_FREQUENCY] = (double)summary->orders,
                                     [SCORES_MONETARY] = money_number(summary->revenue)}};
}

static bool learn(struct scores *scores, const struct rfm_settings *settings, const struct purchases *purchases,
                  int32_t today)
{
    size_t count = purchases_count(purchases);
    struct scores_measures *buyers = heap_allocate(count, sizeof *buyers);
    size_t buyer_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct purchases_summary summary = purchases_summary(purchases, i);
        if (summary.orders > 0) {
            buyers[buyer_count++] = measures_of(&summary, today);
        }
    }
    bool saved = scores_learn(scores, buyers, buyer_count, settings->save);
    free(buyers);
    return saved;
}

// What the rows of the result need to know.
struct result {
    struct writer *writer;
    struct scores *scores;
    int32_t today;
    double unit_days;
    bool cost;
};

static const char *const result_names[] = {"first_order", "last_order", "recency", "x", "t_x", "T", "m"};
enum {
    RESULT_NAMES = sizeof result_names / sizeof result_names[0],
};

static void write_names(struct writer *writer, bool cost)
{
    writer_name(writer, slice_of("orders"));
    writer_name(writer, slice_of("revenue"));
    if (cost) {
        writer_name(writer, slice_of("cost"));
    }
    for (size_t i = 0; i < RESULT_NAMES; i++) {
        writer_name(writer, slice_of(result_names[i]));
    }
    scores_write_names(writer);
    writer_end(writer);
}

static void write_result(const struct result *result, const struct purchases_summary *summary)
{
    struct writer *writer = result->writer;
    writer_whole(writer, (int64_t)summary->orders);
    writer_money(writer, summary->revenue);
    if (result->cost) {
        writer_money(writer, summary->cost);
    }
    if (summary->orders == 0) {
        for (size_t i = 0; i < RESULT_NAMES; i++) {
            writer_blank(writer);
        }
        scores_write_blanks(writer);
        writer_end(writer);
        return;
    }
    writer_day(writer, summary->first);
    writer_day(writer, summary->last);
    writer_whole(writer, result->today - summary->last);
    writer_whole(writer, summary->x);
    writer_number(writer, (summary->last - summary->first) / result->unit_days);
    writer_number(writer, (result->today - summary->first) / result->unit_days);
    if (summary->x == 0) {
        writer_blank(writer);
    } else {
        writer_number(writer, money_number(summary->repeat) / summary->x);
    }
    struct scores_measures measures = measures_of(summary, result->today);
    scores_write(result->scores, &measures, writer);
    writer_end(writer);
}

static void write_customers(const struct result *result, const struct purchases *purchases)
{
    writer_name(result->writer, slice_of("customer"));
    write_names(result->writer, result->cost);
    for (size_t i = 0; i < purchases_count(purchases) && writer_good(result->writer); i++) {
        struct purchases_summary summary = purchases_summary(purchases, i);
        writer_text(result->writer, summary.customer);
        write_result(result, &summary);
    }
}

// The rows of --customers, each with its result, or with nothing bought.
static void write_joined(const struct result *result, const struct purchases *purchases, struct customers *customers,
                         const struct columns *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        writer_name(result->writer, columns->names[i]);
    }
    write_names(result->writer, result->cost);
    for (size_t i = 0; i < customers_count(customers) && writer_good(result->writer); i++) {
        struct row row;
        struct slice key;
        customers_row(customers, i, &row, &key);
        size_t found = purchases_find(purchases, key);
        struct purchases_summary summary =
            found == SIZE_MAX ? purchases_absent(purchases) : purchases_summary(purchases, found);
        writer_pass(result->writer, &row);
        write_result(result, &summary);
    }
}

static void note_strangers(const struct purchases *purchases, const struct customers *customers, const char *file,
                           const struct diag *diag)
{
    size_t strangers = 0;
    for (size_t i = 0; i < purchases_count(purchases); i++) {
        struct purchases_summary summary = purchases_summary(purchases, i);
        strangers += !customers_has(customers, summary.customer);
    }
    if (strangers > 0) {
        diag_note(diag, "%zu customers of the log are not in %s and are left out", strangers, file);
    }
}

static void read_log(struct orders *orders, struct purchases *purchases)
{
    struct order order;
    while (orders_next(orders, &order)) {
        if (!purchases_add(purchases, order.customer, order.day, order.counts, order.amount, order.refunded,
                           order.cost)) {
            orders_refuse(orders, "before this customer's last order, but --sorted promises date order");
        }
    }
}

// The new columns must not be in the customer table already.
static bool names_are_new(struct table *table, bool cost)
{
    bool fresh = table_new_column(table, "orders", false) && table_new_column(table, "revenue", false) &&
                 (!cost || table_new_column(table, "cost", false));
    for (size_t i = 0; fresh && i < RESULT_NAMES; i++) {
        fresh = table_new_column(table, result_names[i], false);
    }
    return fresh && scores_names_are_new(table);
}

// The table of --customers read whole. NULL when it was refused, which was said.
static struct customers *open_customers(struct table *people, const char *customer, bool cost)
{
    size_t column;
    if (!names_are_new(people, cost) || !table_role(people, ROLE_CUSTOMER, customer, &column)) {
        return NULL;
    }
    return customers_read(people, column);
}

static enum status write_log_result(const struct rfm_settings *settings, struct program *program, struct scores *scores,
                                    const struct orders *orders, const struct purchases *purchases,
                                    struct customers *customers, struct table *people)
{
    int32_t today = program_clock(program)->today;
    if (!learn(scores, settings, purchases, today)) {
        return STATUS_SYSTEM;
    }
    struct result result = {
        .writer = program_writer(program, people != NULL ? people : orders->table),
        .scores = scores,
        .today = today,
        .unit_days = unit_days((enum unit)settings->unit),
        .cost = orders_have_cost(orders),
    };
    if (result.writer == NULL) {
        return STATUS_SYSTEM;
    }
    if (customers == NULL) {
        write_customers(&result, purchases);
    } else {
        write_joined(&result, purchases, customers, table_columns(people));
        note_strangers(purchases, customers, settings->customers, program_diag(program));
    }
    orders_note_age(orders, program_diag(program));
    scores_note_empty(scores, program_diag(program));
    return STATUS_DONE;
}

enum status rfm_run_log(const struct rfm_settings *settings, struct program *program, struct scores *scores)
{
    struct table *table = program_input(program);
    struct orders orders;
    if (table_stopped(table) || !orders_open(&orders, table, &settings->columns, (enum orders_refunds)settings->refunds,
                                             program_clock(program), program_forms(program))) {
        return table_status(table);
    }
    struct table *people = settings->customers == NULL ? NULL : program_side_table(program, settings->customers);
    struct customers *customers =
        people == NULL ? NULL : open_customers(people, settings->columns.customer, orders_have_cost(&orders));
    struct purchases *purchases = purchases_create(settings->sorted);
    enum status status = STATUS_DATA;
    if (people == NULL || customers != NULL) {
        read_log(&orders, purchases);
        status = table_status(table);
    }
    if (people != NULL && customers == NULL) {
        status = table_status(people);
    } else if (!table_stopped(table)) {
        purchases_settle(purchases);
        status = write_log_result(settings, program, scores, &orders, purchases, customers, people);
    }
    purchases_free(purchases);
    customers_free(customers);
    orders_free(&orders);
    return status;
}
