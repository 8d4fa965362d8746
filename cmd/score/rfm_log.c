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
#include "summary.h"
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
    struct summary summary;
    struct scores *scores;
};

static void write_names(struct writer *writer, bool cost)
{
    const char *names[SUMMARY_NAMES];
    size_t count = summary_names(cost, names);
    for (size_t i = 0; i < count; i++) {
        writer_name(writer, slice_of(names[i]));
    }
    scores_write_names(writer);
    writer_end(writer);
}

static void write_result(const struct result *result, const struct purchases_summary *customer)
{
    summary_write(&result->summary, customer);
    if (customer->orders == 0) {
        scores_write_blanks(result->summary.writer);
    } else {
        struct scores_measures measures = measures_of(customer, result->summary.today);
        scores_write(result->scores, &measures, result->summary.writer);
    }
    writer_end(result->summary.writer);
}

static void write_customers(const struct result *result, const struct purchases *purchases)
{
    struct writer *writer = result->summary.writer;
    writer_name(writer, slice_of("customer"));
    write_names(writer, result->summary.cost);
    for (size_t i = 0; i < purchases_count(purchases) && writer_good(writer); i++) {
        struct purchases_summary summary = purchases_summary(purchases, i);
        writer_text(writer, summary.customer);
        write_result(result, &summary);
    }
}

// The rows of --customers, each with its result, or with nothing bought.
static void write_joined(const struct result *result, const struct purchases *purchases, struct customers *customers,
                         const struct columns *columns)
{
    struct writer *writer = result->summary.writer;
    for (size_t i = 0; i < columns->count; i++) {
        writer_name(writer, columns->names[i]);
    }
    write_names(writer, result->summary.cost);
    for (size_t i = 0; i < customers_count(customers) && writer_good(writer); i++) {
        struct row row;
        struct slice key;
        customers_row(customers, i, &row, &key);
        size_t found = purchases_find(purchases, key);
        struct purchases_summary summary =
            found == SIZE_MAX ? purchases_absent(purchases) : purchases_summary(purchases, found);
        writer_pass(writer, &row);
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
    customers_note_strangers(strangers, file, diag);
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
    const char *names[SUMMARY_NAMES];
    size_t count = summary_names(cost, names);
    bool fresh = true;
    for (size_t i = 0; fresh && i < count; i++) {
        fresh = table_new_column(table, names[i], false);
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
    struct writer *writer = program_writer(program, people != NULL ? people : orders->table);
    if (writer == NULL) {
        return STATUS_SYSTEM;
    }
    double days = unit_days((enum unit)settings->unit);
    struct result result = {{writer, today, days, orders_have_cost(orders), false}, scores};
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
                                             program_clock(program), table_forms(table))) {
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
