// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * score rfm from a customer table: every row is kept as it stands and gets scores of its orders, revenue and recency.
 * Gathers the rows, as the cuts depend on all of them.
 */
#include <stdlib.h>

#include "heap.h"
#include "rfm.h"
#include "sheet.h"

// The columns of a customer table.
struct summary_columns {
    size_t orders;
    size_t revenue;
    size_t last_order;
    size_t recency;
};

static bool find_summary_columns(struct table *table, const struct rfm_settings *settings,
                                 struct summary_columns *columns)
{
    if (!table_role(table, ROLE_ORDERS, settings->orders, &columns->orders) ||
        !table_role(table, ROLE_REVENUE, settings->revenue, &columns->revenue) ||
        !table_optional_role(table, ROLE_RECENCY, settings->recency, &columns->recency)) {
        return false;
    }
    bool by_date = settings->last_order != NULL || columns->recency == TABLE_NO_COLUMN;
    return !by_date || table_role(table, ROLE_LAST_ORDER, settings->last_order, &columns->last_order);
}

static bool uses_date(const struct rfm_settings *settings, const struct summary_columns *columns)
{
    return settings->last_order != NULL || columns->recency == TABLE_NO_COLUMN;
}

// Days since the last order, from its own column or from the date.
static enum cell_result read_recency(struct table *table, const struct row *row, const struct rfm_settings *settings,
                                     const struct summary_columns *columns, const struct program *program,
                                     double *recency)
{
    if (!uses_date(settings, columns)) {
        return cell_number(program_forms(program), row->cells[columns->recency], recency);
    }
    int32_t last;
    enum cell_result result = cell_day(program_forms(program), row->cells[columns->last_order], &last);
    if (result != CELL_OK) {
        return result;
    }
    if (last > program_clock(program)->today) {
        table_refuse(table, row, columns->last_order, "dated after today");
        return CELL_BAD;
    }
    *recency = program_clock(program)->today - last;
    return CELL_OK;
}

// Reads one customer. False when the row was refused; *bought tells whether there is anything to score.
static bool read_summary(struct table *table, const struct row *row, const struct rfm_settings *settings,
                         const struct summary_columns *columns, const struct program *program,
                         struct scores_measures *measures, bool *bought)
{
    const struct cell_forms *forms = program_forms(program);
    double *values = measures->values;
    enum cell_result orders = cell_number(forms, row->cells[columns->orders], &values[SCORES_FREQUENCY]);
    if (orders == CELL_BAD || (orders == CELL_OK && values[SCORES_FREQUENCY] < 0)) {
        table_refuse(table, row, columns->orders, "not a number of orders");
        return false;
    }
    *bought = orders == CELL_OK && values[SCORES_FREQUENCY] > 0;
    if (!*bought) {
        return true;
    }
    struct money revenue;
    enum cell_result amount = cell_money(forms, row->cells[columns->revenue], &revenue);
    if (!table_needs(table, row, columns->revenue, amount, "an amount")) {
        return false;
    }
    values[SCORES_MONETARY] = money_number((struct money_sum){revenue.micros, revenue.places});
    enum cell_result recency = read_recency(table, row, settings, columns, program, &values[SCORES_RECENCY]);
    if (recency == CELL_BAD && table_stopped(table)) {
        return false;
    }
    size_t column = uses_date(settings, columns) ? columns->last_order : columns->recency;
    return table_needs(table, row, column, recency, uses_date(settings, columns) ? "a date" : "a number");
}

// All customers of the table and what was measured of those who bought.
struct gathered {
    struct sheet sheet;
    struct scores_measures *measures; // beside the sheet's rows
    bool *bought;
    size_t capacity;
};

static void gather_summary(struct gathered *gathered, struct table *table, const struct rfm_settings *settings,
                           const struct summary_columns *columns, const struct program *program)
{
    struct row row;
    while (table_next(table, &row)) {
        struct scores_measures measures;
        bool bought;
        if (!read_summary(table, &row, settings, columns, program, &measures, &bought)) {
            continue;
        }
        size_t count = gathered->sheet.count;
        if (count == gathered->capacity) {
            size_t capacity = gathered->capacity;
            gathered->measures =
                heap_grow(gathered->measures, &gathered->capacity, count + 1, sizeof *gathered->measures);
            gathered->bought = heap_grow(gathered->bought, &capacity, count + 1, sizeof *gathered->bought);
        }
        gathered->measures[count] = measures;
        gathered->bought[count] = bought;
        sheet_add(&gathered->sheet, &row);
    }
}

static bool learn(struct scores *scores, const struct rfm_settings *settings, const struct gathered *gathered)
{
    struct scores_measures *buyers = heap_allocate(gathered->sheet.count, sizeof *buyers);
    size_t count = 0;
    for (size_t i = 0; i < gathered->sheet.count; i++) {
        if (gathered->bought[i]) {
            buyers[count++] = gathered->measures[i];
        }
    }
    bool saved = scores_learn(scores, buyers, count, settings->save);
    free(buyers);
    return saved;
}

static void write_scored(struct writer *writer, struct scores *scores, struct gathered *gathered,
                         const struct columns *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        writer_name(writer, columns->names[i]);
    }
    scores_write_names(writer);
    writer_end(writer);
    for (size_t i = 0; i < gathered->sheet.count && writer_good(writer); i++) {
        struct row row;
        sheet_row(&gathered->sheet, i, &row);
        writer_pass(writer, &row);
        if (gathered->bought[i]) {
            scores_write(scores, &gathered->measures[i], writer);
        } else {
            scores_write_blanks(writer);
        }
        writer_end(writer);
    }
}

enum status rfm_run_summary(const struct rfm_settings *settings, struct program *program, struct scores *scores)
{
    struct table *table = program_input(program);
    struct summary_columns columns = {0};
    if (table_stopped(table) || !find_summary_columns(table, settings, &columns) || !scores_names_are_new(table)) {
        return table_status(table);
    }
    struct gathered gathered = {0};
    gather_summary(&gathered, table, settings, &columns, program);
    enum status status = table_status(table);
    if (!table_stopped(table)) {
        status = STATUS_SYSTEM;
        struct writer *writer = NULL;
        if (learn(scores, settings, &gathered) && (writer = program_writer(program, table)) != NULL) {
            write_scored(writer, scores, &gathered, table_columns(table));
            scores_note_empty(scores, program_diag(program));
            status = STATUS_DONE;
        }
    }
    sheet_free(&gathered.sheet);
    free(gathered.measures);
    free(gathered.bought);
    return status;
}
