// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * segment summary: one row a segment: how many, what they bring and cost, and the whale curve over the segments.
 *
 * Gathers one entry a segment. Rows come in the order of net, or revenue where there is no net, or customers where
 * there is neither, highest first; running_share adds up that same column, and peak marks where the running net is
 * highest (Kaplan and Narayanan, "Measuring and Managing Customer Profitability", 2001).
 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "amount.h"
#include "arena.h"
#include "curve.h"
#include "heap.h"
#include "map.h"
#include "money.h"
#include "segment.h"
#include "sum.h"
#include "text.h"

struct summary_settings {
    const char *segment;
    const char *revenue;
    const char *cost;
    const char *net;
    struct option_list means;
};

static const struct option options[] = {
    {.kind = OPTION_COLUMN,
     .name = "segment",
     .value = "COL",
     .help = "the label to count by",
     .offset = offsetof(struct summary_settings, segment)},
    {.kind = OPTION_COLUMN,
     .name = "revenue",
     .value = "COL",
     .help = "what the customer brought",
     .offset = offsetof(struct summary_settings, revenue)},
    {.kind = OPTION_COLUMN,
     .name = "cost",
     .value = "COL",
     .help = "what the customer cost",
     .offset = offsetof(struct summary_settings, cost)},
    {.kind = OPTION_COLUMN,
     .name = "net",
     .value = "COL",
     .help = "what is left of it; without such a column it is revenue less cost",
     .offset = offsetof(struct summary_settings, net)},
    {.kind = OPTION_LIST,
     .name = "mean",
     .value = "COL,...",
     .help = "add the mean of these columns, blanks left out (repeatable)",
     .offset = offsetof(struct summary_settings, means)},
    {.kind = OPTION_END},
};

static const struct summary_settings defaults = {0};

enum amount {
    AMOUNT_REVENUE,
    AMOUNT_COST,
    AMOUNT_NET,
    AMOUNTS,
};

struct mean {
    struct sum sum;
    uint64_t count;
};

struct segment {
    uint64_t customers;
    struct money_sum sums[AMOUNTS];
    struct mean *means; // one a column of --mean
};

struct summary {
    struct table *table;
    const struct cell_forms *forms;
    size_t segment_column;
    size_t columns[AMOUNTS]; // TABLE_NO_COLUMN when there is none
    bool has[AMOUNTS];       // has a column, or can be reckoned
    size_t *mean_columns;
    size_t mean_count;
    uint8_t currency; // MONEY_NO_CURRENCY until one is seen
    uint64_t blanks[AMOUNTS];
    struct map *segments; // struct segment
    struct segment total;
    struct arena arena;
};

// Finds one column of --mean and takes it up. False when there is none, or it is there already; that was said.
static bool add_mean(struct summary *summary, const char *name, struct program *program)
{
    size_t index;
    if (!table_column(summary->table, name, "--mean", &index)) {
        return false;
    }
    for (size_t i = 0; i < summary->mean_count; i++) {
        if (summary->mean_columns[i] == index) {
            struct slice twice = table_columns(summary->table)->names[index];
            table_stop(summary->table,
                       program_wrong(program, "--mean: '%.*s' stands there twice", (int)twice.length, twice.data));
            return false;
        }
    }
    summary->mean_columns[summary->mean_count++] = index;
    return true;
}

// Names are parted by commas.
static bool add_means(struct summary *summary, const char *list, struct program *program)
{
    struct slice names = slice_of(list);
    bool found = true;
    for (size_t at = 0; found && at <= names.length;) {
        size_t end = slice_find(names, ',', at);
        struct slice name = arena_copy(&summary->arena, slice_part(names, at, end));
        found = add_mean(summary, name.data, program);
        at = end + 1;
    }
    return found;
}

static bool find_means(struct summary *summary, const struct option_list *lists, struct program *program)
{
    size_t most = 0;
    for (size_t i = 0; i < lists->count; i++) {
        most += strlen(lists->values[i]) + 1;
    }
    summary->mean_columns = heap_allocate(most, sizeof *summary->mean_columns);
    bool found = true;
    for (size_t i = 0; found && i < lists->count; i++) {
        found = add_means(summary, lists->values[i], program);
    }
    return found;
}

static bool find_columns(struct summary *summary, const struct summary_settings *settings)
{
    struct table *table = summary->table;
    if (!table_role(table, ROLE_SEGMENT, settings->segment, &summary->segment_column) ||
        !table_optional_role(table, ROLE_REVENUE, settings->revenue, &summary->columns[AMOUNT_REVENUE]) ||
        !table_optional_role(table, ROLE_COST, settings->cost, &summary->columns[AMOUNT_COST]) ||
        !table_optional_role(table, ROLE_NET, settings->net, &summary->columns[AMOUNT_NET])) {
        return false;
    }
    for (size_t i = 0; i < AMOUNTS; i++) {
        summary->has[i] = summary->columns[i] != TABLE_NO_COLUMN;
    }
    summary->has[AMOUNT_NET] = summary->has[AMOUNT_NET] || (summary->has[AMOUNT_REVENUE] && summary->has[AMOUNT_COST]);
    return true;
}

static bool same_currency(struct summary *summary, uint8_t currency)
{
    if (summary->currency == MONEY_NO_CURRENCY) {
        summary->currency = currency;
    }
    return currency == MONEY_NO_CURRENCY || currency == summary->currency;
}

// Reads the amounts of a row; one that is blank or has no column is nothing. False when the row was refused.
static bool read_amounts(struct summary *summary, const struct row *row, struct money_sum amounts[AMOUNTS])
{
    for (size_t i = 0; i < AMOUNTS; i++) {
        size_t column = summary->columns[i];
        struct money value = {0};
        amounts[i] = (struct money_sum){0};
        if (column == TABLE_NO_COLUMN) {
            continue;
        }
        switch (amount_money(summary->forms, row->cells[column], &value)) {
        case CELL_OK:
            break;
        case CELL_BLANK:
            summary->blanks[i]++;
            continue;
        default:
            return table_needs(summary->table, row, column, CELL_BAD, "an amount");
        }
        if (!same_currency(summary, value.currency)) {
            table_refuse(summary->table, row, column, "another currency than in the rows before");
            return false;
        }
        money_add(&amounts[i], value);
    }
    return true;
}

static struct money_sum difference(struct money_sum a, struct money_sum b)
{
    return (struct money_sum){a.micros - b.micros, a.places > b.places ? a.places : b.places};
}

// A plain number, or an amount with a currency.
static enum cell_result read_number(const struct cell_forms *forms, struct slice cell, double *value)
{
    enum cell_result result = cell_number(forms, cell, value);
    struct money money;
    if (result == CELL_BAD && cell_money(forms, cell, &money) == CELL_OK) {
        *value = money_number((struct money_sum){money.micros, money.places});
        return CELL_OK;
    }
    return result;
}

// Reads the cells whose mean is wanted; a blank one becomes NaN. False when the row was refused.
static bool read_numbers(const struct summary *summary, const struct row *row, double *numbers)
{
    for (size_t i = 0; i < summary->mean_count; i++) {
        numbers[i] = NAN;
        if (read_number(summary->forms, row->cells[summary->mean_columns[i]], &numbers[i]) == CELL_BAD) {
            return table_needs(summary->table, row, summary->mean_columns[i], CELL_BAD, "a number");
        }
    }
    return true;
}

static void count(struct segment *segment, const struct money_sum amounts[AMOUNTS])
{
    segment->customers++;
    for (size_t i = 0; i < AMOUNTS; i++) {
        money_add_sum(&segment->sums[i], amounts[i]);
    }
}

static struct segment *find_segment(struct summary *summary, struct slice label)
{
    struct segment *segment = map_add(summary->segments, label, NULL);
    if (segment->customers == 0) {
        size_t size = summary->mean_count * sizeof *segment->means;
        segment->means = arena_allocate(&summary->arena, size);
        memset(segment->means, 0, size);
    }
    return segment;
}

static void gather(struct summary *summary)
{
    double *numbers = heap_allocate(summary->mean_count, sizeof *numbers);
    struct row row;
    while (table_next(summary->table, &row)) {
        struct money_sum amounts[AMOUNTS];
        if (!read_amounts(summary, &row, amounts) || !read_numbers(summary, &row, numbers)) {
            continue;
        }
        if (summary->columns[AMOUNT_NET] == TABLE_NO_COLUMN) {
            amounts[AMOUNT_NET] = difference(amounts[AMOUNT_REVENUE], amounts[AMOUNT_COST]);
        }
        struct slice label = slice_trim_value(row.cells[summary->segment_column]);
        struct segment *segment = find_segment(summary, label);
        count(segment, amounts);
        count(&summary->total, amounts);
        for (size_t i = 0; i < summary->mean_count; i++) {
            if (!isnan(numbers[i])) {
                sum_add(&segment->means[i].sum, numbers[i]);
                segment->means[i].count++;
            }
        }
    }
    free(numbers);
}

static const char *const names[] = {"segment", "customers", "customer_share", "revenue",       "revenue_share",
                                    "cost",    "net",       "net_share",      "running_share", "peak"};

static void write_names(const struct summary *summary, struct writer *writer)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        writer_name(writer, slice_of(names[i]));
    }
    struct text name = {0};
    for (size_t i = 0; i < summary->mean_count; i++) {
        text_clear(&name);
        text_append_string(&name, "mean_");
        text_append(&name, slice_trim_value(table_columns(summary->table)->names[summary->mean_columns[i]]));
        writer_name(writer, text_slice(&name));
    }
    text_free(&name);
    writer_end(writer);
}

// The amount rows are ordered by; AMOUNTS stands for the number of customers.
static enum amount leading(const struct summary *summary)
{
    if (summary->has[AMOUNT_NET]) {
        return AMOUNT_NET;
    }
    return summary->has[AMOUNT_REVENUE] ? AMOUNT_REVENUE : AMOUNTS;
}

static struct money_sum leading_value(const struct segment *segment, enum amount by)
{
    return by == AMOUNTS ? (struct money_sum){.micros = (money_wide)segment->customers} : segment->sums[by];
}

// The segments in the order in which they are written.
static struct curve_point *draw(const struct summary *summary)
{
    size_t segments = map_count(summary->segments);
    struct curve_point *points = heap_allocate(segments, sizeof *points);
    for (uint32_t i = 0; i < segments; i++) {
        points[i].index = i;
        points[i].value = leading_value(map_value(summary->segments, i), leading(summary));
    }
    curve_draw(points, segments);
    return points;
}

// A share of nothing, or of a loss, is undefined.
static double share(struct money_sum part, struct money_sum whole)
{
    return whole.micros > 0 ? money_number(part) / money_number(whole) : NAN;
}

static void write_amount(const struct summary *summary, struct writer *writer, const struct segment *segment,
                         enum amount amount)
{
    if (summary->has[amount]) {
        writer_money(writer, segment->sums[amount]);
    } else {
        writer_blank(writer);
    }
}

static void write_share(const struct summary *summary, struct writer *writer, const struct segment *segment,
                        enum amount amount)
{
    writer_number(writer, summary->has[amount] ? share(segment->sums[amount], summary->total.sums[amount]) : NAN);
}

static void write_segment(const struct summary *summary, struct writer *writer, const struct curve_point *point,
                          bool peak)
{
    const struct segment *segment = map_value(summary->segments, (uint32_t)point->index);
    writer_text(writer, map_key(summary->segments, (uint32_t)point->index));
    writer_whole(writer, (int64_t)segment->customers);
    writer_number(writer, (double)segment->customers / (double)summary->total.customers);
    write_amount(summary, writer, segment, AMOUNT_REVENUE);
    write_share(summary, writer, segment, AMOUNT_REVENUE);
    write_amount(summary, writer, segment, AMOUNT_COST);
    write_amount(summary, writer, segment, AMOUNT_NET);
    write_share(summary, writer, segment, AMOUNT_NET);
    writer_number(writer, share(point->running, leading_value(&summary->total, leading(summary))));
    writer_string(writer, peak ? "yes" : "");
    for (size_t i = 0; i < summary->mean_count; i++) {
        const struct mean *mean = &segment->means[i];
        writer_number(writer, mean->count == 0 ? NAN : sum_value(&mean->sum) / (double)mean->count);
    }
    writer_end(writer);
}

static void write_summary(const struct summary *summary, struct writer *writer)
{
    size_t segments = map_count(summary->segments);
    struct curve_point *points = draw(summary);
    size_t peak = summary->has[AMOUNT_NET] ? curve_peak(points, segments) : segments;
    write_names(summary, writer);
    for (size_t i = 0; i < segments && writer_good(writer); i++) {
        write_segment(summary, writer, &points[i], i == peak);
    }
    free(points);
}

static void report(const struct summary *summary, const struct diag *diag)
{
    static const char *const words[] = {"revenue", "cost", "net"};
    if (summary->has[AMOUNT_NET] && summary->columns[AMOUNT_NET] == TABLE_NO_COLUMN) {
        diag_detail(diag, "net is revenue less cost");
    }
    for (size_t i = 0; i < AMOUNTS; i++) {
        if (summary->blanks[i] > 0) {
            diag_detail(diag, "%s: blank cells that count as nothing: %llu", words[i],
                        (unsigned long long)summary->blanks[i]);
        }
    }
}

static enum status summarise(struct summary *summary, const struct summary_settings *settings, struct program *program)
{
    if (table_stopped(summary->table) || !find_columns(summary, settings) ||
        !find_means(summary, &settings->means, program)) {
        return table_status(summary->table);
    }
    gather(summary);
    if (table_stopped(summary->table)) {
        return table_status(summary->table);
    }
    struct writer *writer = program_writer(program, summary->table);
    if (writer == NULL) {
        return STATUS_SYSTEM;
    }
    write_summary(summary, writer);
    report(summary, program_diag(program));
    return STATUS_DONE;
}

static enum status run(const void *settings, struct program *program)
{
    struct summary summary = {
        .table = program_input(program),
        .forms = program_forms(program),
        .segments = map_create(sizeof(struct segment)),
    };
    enum status status = summarise(&summary, settings, program);
    map_free(summary.segments);
    arena_free(&summary.arena);
    free(summary.mean_columns);
    return status;
}

const struct mode segment_summary = {
    .name = "summary",
    .summary = "one row a segment: customers, revenue, cost, net, their shares and the whale curve",
    .usage = "[FILE|-]...",
    .examples = {"score rfm --today=1998-06-30 cdnow-sample.csv | segment rfm | segment summary",
                 "segment summary --segment=country --mean=orders,revenue segment/labelled.csv"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run,
};
