// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * summary: see summary.h.
 */
#include "summary.h"

static const char *const known_names[] = {"first_order", "last_order", "recency", "x", "t_x", "T", "m"};
enum {
    KNOWN_NAMES = sizeof known_names / sizeof known_names[0],
};

size_t summary_names(bool cost, const char *names[SUMMARY_NAMES])
{
    size_t count = 0;
    names[count++] = "orders";
    names[count++] = "revenue";
    if (cost) {
        names[count++] = "cost";
    }
    for (size_t i = 0; i < KNOWN_NAMES; i++) {
        names[count++] = known_names[i];
    }
    return count;
}

static void write_history(const struct summary *summary, const struct purchases_summary *customer)
{
    struct writer *writer = summary->writer;
    writer_day(writer, customer->first);
    writer_day(writer, customer->last);
    writer_whole(writer, summary->today - customer->last);
    writer_whole(writer, customer->x);
    writer_number(writer, (customer->last - customer->first) / summary->unit_days);
    writer_number(writer, (summary->today - customer->first) / summary->unit_days);
    if (customer->x == 0 || summary->worthless) {
        writer_blank(writer);
    } else {
        writer_number(writer, money_number(customer->repeat) / customer->x);
    }
}

void summary_write(const struct summary *summary, const struct purchases_summary *customer)
{
    writer_whole(summary->writer, (int64_t)customer->orders);
    if (summary->worthless) {
        writer_blank(summary->writer);
    } else {
        writer_money(summary->writer, customer->revenue);
    }
    if (summary->cost) {
        writer_money(summary->writer, customer->cost);
    }
    if (customer->orders > 0) {
        write_history(summary, customer);
        return;
    }
    for (size_t i = 0; i < KNOWN_NAMES; i++) {
        writer_blank(summary->writer);
    }
}
