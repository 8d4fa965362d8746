// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * buyers: see buyers.h.
 */
#include "buyers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cell.h"
#include "heap.h"
#include "retention.h"
#include "text.h"
#include "unit.h"

static const double LARGEST = 1e12; // in any unit; beyond it sums lose what matters

const char *const buyers_input_words[] = {"auto", "log", "summary", NULL};

// The columns of a table of summaries; TABLE_NO_COLUMN where one is not there.
struct summary_columns {
    size_t x;
    size_t t_x;
    size_t time; // T, or n
    size_t m;
    size_t weight;
    size_t litt;
    size_t revenue;
    size_t by;
};

static size_t column_of(struct table *table, const char *name)
{
    size_t index;
    return columns_has(table_columns(table), slice_of(name), &index) ? index : TABLE_NO_COLUMN;
}

// A discrete model may find its opportunities in T.
static size_t time_column(struct table *table, enum model_kind kind)
{
    size_t opportunities = kind == MODEL_DISCRETE ? column_of(table, "n") : TABLE_NO_COLUMN;
    return opportunities == TABLE_NO_COLUMN ? column_of(table, "T") : opportunities;
}

static bool is_summary(struct table *table, const struct buyers_settings *settings, enum model_kind kind)
{
    if (settings->input != BUYERS_AUTO) {
        return settings->input == BUYERS_SUMMARY;
    }
    return column_of(table, "x") != TABLE_NO_COLUMN && column_of(table, "t_x") != TABLE_NO_COLUMN &&
           time_column(table, kind) != TABLE_NO_COLUMN;
}

static bool find_columns(struct table *table, const struct buyers_settings *settings, const struct buyers_needs *needs,
                         struct summary_columns *columns)
{
    const char *time = needs->kind == MODEL_DISCRETE && column_of(table, "T") == TABLE_NO_COLUMN ? "n" : "T";
    size_t required;
    if (!table_column(table, "x", "--input", &columns->x) || !table_column(table, "t_x", "--input", &columns->t_x) ||
        (time_column(table, needs->kind) == TABLE_NO_COLUMN && !table_column(table, time, "--input", &required)) ||
        (needs->litt && !table_column(table, "litt", "--model", &required)) ||
        !table_optional_role(table, ROLE_REVENUE, settings->revenue, &columns->revenue)) {
        return false;
    }
    columns->time = time_column(table, needs->kind);
    columns->m = column_of(table, "m");
    columns->weight = column_of(table, "weight");
    columns->litt = needs->litt || needs->litt_if_there ? column_of(table, "litt") : TABLE_NO_COLUMN;
    columns->by = TABLE_NO_COLUMN;
    return settings->by == NULL || table_column(table, settings->by, "--by", &columns->by);
}

// The number of a group, made when it is new.
static uint32_t group_of(struct buyers *buyers, struct slice name)
{
    uint32_t group = 0;
    map_add(buyers->names, name, &group);
    if (group == buyers->group_count) {
        size_t capacity = buyers->group_count;
        buyers->groups = heap_grow(buyers->groups, &capacity, buyers->group_count + 1, sizeof *buyers->groups);
        buyers->groups[buyers->group_count++] = (struct buyers_group){0};
    }
    return group;
}

static struct buyer *add_buyer(struct buyers *buyers, uint32_t group)
{
    buyers->rows = heap_grow(buyers->rows, &buyers->capacity, buyers->count + 1, sizeof *buyers->rows);
    struct buyer *buyer = &buyers->rows[buyers->count++];
    *buyer = (struct buyer){.group = group, .number = BUYERS_NOTHING, .revenue = NAN};
    return buyer;
}

static void add_history(struct buyers *buyers, struct buyer *buyer, const struct history *history, double m,
                        double weight)
{
    struct buyers_group *group = &buyers->groups[buyer->group];
    buyer->number = histories_add(&group->visits, history, weight);
    buyer->m = m;
    if (buyers->worth && history->x > 0 && m > 0) {
        struct history spend = {.x = history->x, .m = m};
        histories_add(&group->spends, &spend, weight);
    }
}

// Reads a number from 0 on. False when the row was refused.
static bool read_size(struct buyers *buyers, const struct row *row, size_t column, double *value)
{
    enum cell_result result = cell_number(table_forms(buyers->table), row->cells[column], value);
    if (!table_needs(buyers->table, row, column, result, "a number")) {
        return false;
    }
    if (*value < 0) {
        table_refuse(buyers->table, row, column, "below 0");
        return false;
    }
    if (*value > LARGEST) {
        table_refuse(buyers->table, row, column, "a number out of range");
        return false;
    }
    return true;
}

// What a history cannot be; NULL when all is well. *column is to blame.
static const char *contradiction(const struct history *history, const struct summary_columns *columns,
                                 enum model_kind kind, size_t *column)
{
    *column = columns->x;
    if (history->x != floor(history->x) || history->x > 1e9) {
        return "not a whole number of repeat purchases";
    }
    *column = columns->t_x;
    if (history->t_x > history->T) {
        return kind == MODEL_DISCRETE
                   ? "t_x is larger than n, the opportunities so far"
                   : "t_x is larger than T: both count from the first purchase, to the last one and to today";
    }
    if (history->x > 0 && history->t_x == 0) {
        return "t_x is 0, but there were repeat purchases: x counts days with an order after the first";
    }
    if (history->x == 0 && history->t_x > 0) {
        return "t_x is above 0, but there was no repeat purchase";
    }
    if (kind == MODEL_DISCRETE && history->x > history->t_x) {
        return "t_x is smaller than x, but there is one purchase an opportunity at most";
    }
    *column = columns->time;
    if (kind == MODEL_DISCRETE && (history->T != floor(history->T) || history->t_x != floor(history->t_x))) {
        return "opportunities are whole numbers";
    }
    return NULL;
}

static bool read_history(struct buyers *buyers, const struct row *row, const struct summary_columns *columns,
                         enum model_kind kind, struct history *history)
{
    size_t column;
    if (!read_size(buyers, row, columns->x, &history->x) || !read_size(buyers, row, columns->t_x, &history->t_x) ||
        !read_size(buyers, row, columns->time, &history->T)) {
        return false;
    }
    const char *reason = contradiction(history, columns, kind, &column);
    if (reason != NULL) {
        table_refuse(buyers->table, row, column, reason);
        return false;
    }
    if (columns->litt == TABLE_NO_COLUMN || history->x == 0) {
        return true;
    }
    enum cell_result result = cell_number(table_forms(buyers->table), row->cells[columns->litt], &history->litt);
    return table_needs(buyers->table, row, columns->litt, result, "a number");
}

static bool read_weight(struct buyers *buyers, const struct row *row, size_t column, double *weight)
{
    if (column == TABLE_NO_COLUMN) {
        return true;
    }
    if (!read_size(buyers, row, column, weight)) {
        return false;
    }
    if (*weight == 0) {
        table_refuse(buyers->table, row, column, "a weight of 0");
        return false;
    }
    return true;
}

static bool read_revenue(struct buyers *buyers, const struct row *row, size_t column, double *revenue)
{
    struct money value;
    if (column == TABLE_NO_COLUMN || cell_is_blank(table_forms(buyers->table), row->cells[column])) {
        return true;
    }
    enum cell_result result = cell_money(table_forms(buyers->table), row->cells[column], &value);
    if (!table_needs(buyers->table, row, column, result, "an amount")) {
        return false;
    }
    *revenue = money_number((struct money_sum){value.micros, value.places});
    return true;
}

static bool nothing_known(const struct buyers *buyers, const struct row *row, const struct summary_columns *columns)
{
    const struct cell_forms *forms = table_forms(buyers->table);
    return cell_is_blank(forms, row->cells[columns->x]) && cell_is_blank(forms, row->cells[columns->t_x]) &&
           cell_is_blank(forms, row->cells[columns->time]);
}

// A row of a table of summaries. False when it was refused.
static bool read_summary(struct buyers *buyers, const struct row *row, const struct summary_columns *columns,
                         enum model_kind kind)
{
    struct history history = {0};
    double m = 0;
    double weight = 1;
    double revenue = NAN;
    bool known = !nothing_known(buyers, row, columns);
    if ((known && !read_history(buyers, row, columns, kind, &history)) ||
        !read_weight(buyers, row, columns->weight, &weight) || !read_revenue(buyers, row, columns->revenue, &revenue)) {
        return false;
    }
    if (buyers->worth && history.x > 0 && !read_size(buyers, row, columns->m, &m)) {
        return false;
    }
    struct slice name = columns->by == TABLE_NO_COLUMN ? slice_of("") : slice_trim_value(row->cells[columns->by]);
    struct buyer *buyer = add_buyer(buyers, group_of(buyers, name));
    buyer->revenue = revenue;
    if (known) {
        add_history(buyers, buyer, &history, m, weight);
    }
    return true;
}

static void read_table(struct buyers *buyers, const struct buyers_settings *settings, const struct buyers_needs *needs)
{
    struct summary_columns columns;
    if (!find_columns(buyers->table, settings, needs, &columns)) {
        return;
    }
    buyers->worth = columns.m != TABLE_NO_COLUMN;
    buyers->litt = columns.litt != TABLE_NO_COLUMN;
    struct row row;
    while (table_next(buyers->table, &row)) {
        if (read_summary(buyers, &row, &columns, needs->kind) && needs->rows) {
            sheet_add(&buyers->sheet, &row);
        }
    }
}

struct place {
    const char *file;
    uint64_t line;
};

// A table of how many are still there, while it is read.
struct cohorts {
    struct map *names; // group and cohort
    struct text key;
    struct retention_row *rows; // `place` is that among the buyers
    size_t capacity;
    struct place *places; // of the buyers
    size_t place_capacity;
    size_t period; // columns
    size_t customers;
    size_t cohort;
    size_t by;
};

static bool find_cohort_columns(struct table *table, const struct buyers_settings *settings, struct cohorts *cohorts)
{
    cohorts->cohort = column_of(table, "cohort");
    cohorts->by = TABLE_NO_COLUMN;
    return table_column(table, "period", "--model", &cohorts->period) &&
           table_column(table, "customers", "--model", &cohorts->customers) &&
           (settings->by == NULL || table_column(table, settings->by, "--by", &cohorts->by));
}

static uint32_t cohort_of(struct cohorts *cohorts, const struct row *row, uint32_t group)
{
    uint32_t number = 0;
    text_clear(&cohorts->key);
    text_format(&cohorts->key, "%lu ", (unsigned long)group);
    if (cohorts->cohort != TABLE_NO_COLUMN) {
        text_append(&cohorts->key, slice_trim_value(row->cells[cohorts->cohort]));
    }
    map_add(cohorts->names, text_slice(&cohorts->key), &number);
    return number;
}

static bool read_period(struct buyers *buyers, struct cohorts *cohorts, const struct row *row)
{
    double period;
    double customers;
    if (!read_size(buyers, row, cohorts->period, &period) || !read_size(buyers, row, cohorts->customers, &customers)) {
        return false;
    }
    if (period != floor(period) || period > 1e6) {
        table_refuse(buyers->table, row, cohorts->period, "not the number of a period");
        return false;
    }
    struct slice name = cohorts->by == TABLE_NO_COLUMN ? slice_of("") : slice_trim_value(row->cells[cohorts->by]);
    uint32_t group = group_of(buyers, name);
    size_t place = buyers->count;
    add_buyer(buyers, group);
    cohorts->rows = heap_grow(cohorts->rows, &cohorts->capacity, place + 1, sizeof *cohorts->rows);
    cohorts->places = heap_grow(cohorts->places, &cohorts->place_capacity, place + 1, sizeof *cohorts->places);
    cohorts->rows[place] = (struct retention_row){cohort_of(cohorts, row, group), period, customers, place};
    cohorts->places[place] = (struct place){row->file, row->line};
    return true;
}

static bool check_cohorts(struct buyers *buyers, const struct cohorts *cohorts)
{
    static const char *const reasons[] = {
        [RETENTION_GAP] = "its period does not follow the one before",
        [RETENTION_RISE] = "more customers than in the period before",
        [RETENTION_NONE] = "no customers at the beginning",
    };
    size_t fault;
    enum retention_fault result = retention_check(cohorts->rows, buyers->count, &fault);
    if (result == RETENTION_FINE) {
        return true;
    }
    diag_error_at(cohorts->places[fault].file, cohorts->places[fault].line, "%s", reasons[result]);
    table_stop(buyers->table, STATUS_DATA);
    return false;
}

// The rows are sorted: cohort by cohort, those who left and stayed for the fit, and one who is still there for each
// row.
static void take_cohorts(struct buyers *buyers, const struct cohorts *cohorts, double base)
{
    for (size_t start = 0; start < buyers->count;) {
        size_t end = start;
        struct histories *visits = &buyers->groups[buyers->rows[cohorts->rows[start].place].group].visits;
        while (end < buyers->count && cohorts->rows[end].cohort == cohorts->rows[start].cohort) {
            struct history there = {.T = (double)(end - start)};
            buyers->rows[cohorts->rows[end++].place].number = histories_add(visits, &there, 0);
        }
        retention_add(&cohorts->rows[start], end - start, base, visits);
        start = end;
    }
}

static void read_cohorts(struct buyers *buyers, const struct buyers_settings *settings,
                         const struct buyers_needs *needs)
{
    struct cohorts cohorts = {.names = map_create(0)};
    struct row row;
    if (find_cohort_columns(buyers->table, settings, &cohorts)) {
        while (table_next(buyers->table, &row)) {
            if (read_period(buyers, &cohorts, &row) && needs->rows) {
                sheet_add(&buyers->sheet, &row);
            }
        }
    }
    if (!table_stopped(buyers->table) && check_cohorts(buyers, &cohorts)) {
        take_cohorts(buyers, &cohorts, settings->base);
    }
    map_free(cohorts.names);
    text_free(&cohorts.key);
    free(cohorts.rows);
    free(cohorts.places);
}

// All rows of a customer are of one group. False when the row was refused.
static bool note_group(struct buyers *buyers, const struct order *order, size_t column)
{
    uint32_t group = group_of(buyers, slice_trim_value(buyers->orders.row.cells[column]));
    uint32_t *known = map_add(buyers->places, order->customer, NULL);
    if (*known != 0 && *known != group + 1) {
        table_refuse(buyers->table, &buyers->orders.row, column, "another group than in this customer's rows before");
        return false;
    }
    *known = group + 1;
    return true;
}

static uint32_t group_of_customer(struct buyers *buyers, struct slice customer)
{
    if (buyers->places == NULL) {
        return group_of(buyers, slice_of(""));
    }
    const uint32_t *known = map_value(buyers->places, map_find(buyers->places, customer));
    return *known - 1;
}

// From the purchases to histories, in the unit.
static void take_purchases(struct buyers *buyers, int32_t today, double unit)
{
    for (size_t i = 0; i < purchases_count(buyers->purchases); i++) {
        struct purchases_summary summary = purchases_summary(buyers->purchases, i);
        struct buyer *buyer = add_buyer(buyers, group_of_customer(buyers, summary.customer));
        if (buyers->worth) {
            buyer->revenue = money_number(summary.revenue);
        }
        if (summary.orders == 0) {
            continue;
        }
        struct history history = {.x = summary.x,
                                  .t_x = (summary.last - summary.first) / unit,
                                  .T = (today - summary.first) / unit,
                                  .litt = buyers->litt ? summary.litt - summary.x * log(unit) : 0};
        add_history(buyers, buyer, &history, summary.x > 0 ? money_number(summary.repeat) / summary.x : 0, 1);
    }
}

static void read_orders(struct buyers *buyers, size_t by)
{
    struct order order;
    while (orders_next(&buyers->orders, &order)) {
        if (by == TABLE_NO_COLUMN || note_group(buyers, &order, by)) {
            purchases_add(buyers->purchases, order.customer, order.day, order.counts, order.amount, order.refunded,
                          order.cost);
        }
    }
}

static void read_log(struct buyers *buyers, const struct buyers_settings *settings, const struct buyers_needs *needs,
                     struct program *program)
{
    size_t by = TABLE_NO_COLUMN;
    const struct clock *clock = program_clock(program);
    if (!orders_open(&buyers->orders, buyers->table, &settings->columns, (enum orders_refunds)settings->refunds, clock,
                     table_forms(buyers->table)) ||
        (settings->by != NULL && !table_column(buyers->table, settings->by, "--by", &by))) {
        return;
    }
    buyers->purchases = purchases_create(false);
    buyers->worth = orders_have_amount(&buyers->orders);
    buyers->litt = needs->litt || needs->litt_if_there;
    if (buyers->litt) {
        purchases_keep_gaps(buyers->purchases);
    }
    if (by != TABLE_NO_COLUMN) {
        buyers->places = map_create(sizeof(uint32_t));
    }
    read_orders(buyers, by);
    if (!table_stopped(buyers->table)) {
        purchases_settle(buyers->purchases);
        take_purchases(buyers, clock->today, unit_days((enum unit)settings->unit));
    }
}

// The name of the column as the header has it.
static struct slice name_of_column(struct table *table, const char *by)
{
    size_t index;
    return by != NULL && table_column(table, by, "--by", &index) ? table_columns(table)->names[index] : slice_of("");
}

bool buyers_read(struct buyers *buyers, const struct buyers_settings *settings, const struct buyers_needs *needs,
                 struct program *program)
{
    *buyers = (struct buyers){.table = program_input(program), .names = map_create(0)};
    if (table_stopped(buyers->table)) {
        return false;
    }
    buyers->by = name_of_column(buyers->table, settings->by);
    buyers->from_log = needs->kind != MODEL_CONTRACT && !is_summary(buyers->table, settings, needs->kind);
    if (table_stopped(buyers->table)) {
        return false;
    }
    if (needs->kind == MODEL_CONTRACT) {
        read_cohorts(buyers, settings, needs);
    } else if (buyers->from_log && needs->kind != MODEL_CONTINUOUS) {
        table_stop(buyers->table, program_wrong(program, "this model needs a table with the columns x, t_x and n"));
    } else if (buyers->from_log) {
        read_log(buyers, settings, needs, program);
    } else {
        read_table(buyers, settings, needs);
    }
    for (size_t i = 0; i < buyers->group_count; i++) {
        histories_settle(&buyers->groups[i].visits);
        histories_settle(&buyers->groups[i].spends);
    }
    return !table_stopped(buyers->table);
}

struct slice buyers_group_name(const struct buyers *buyers, size_t group)
{
    return map_key(buyers->names, (uint32_t)group);
}

const char *buyers_label(const struct buyers *buyers, size_t group, const struct diag *diag,
                         char label[BUYERS_LABEL_SIZE])
{
    char value[DIAG_VALUE_SIZE];
    label[0] = '\0';
    if (buyers->by.length > 0) {
        snprintf(label, BUYERS_LABEL_SIZE, "group %zu%s: ", group + 1,
                 diag_value(diag, buyers_group_name(buyers, group), value));
    }
    return label;
}

void buyers_free(struct buyers *buyers)
{
    for (size_t i = 0; i < buyers->group_count; i++) {
        histories_free(&buyers->groups[i].visits);
        histories_free(&buyers->groups[i].spends);
    }
    free(buyers->groups);
    free(buyers->rows);
    if (buyers->names != NULL) {
        map_free(buyers->names);
    }
    if (buyers->places != NULL) {
        map_free(buyers->places);
    }
    purchases_free(buyers->purchases);
    orders_free(&buyers->orders);
    sheet_free(&buyers->sheet);
}
