// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * table_rows: decides about every record: whether it fits the header, is wanted, or is refused, and keeps account.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "account.h"
#include "arena.h"
#include "assignment.h"
#include "cell.h"
#include "choice.h"
#include "columns.h"
#include "customer_key.h"
#include "damage.h"
#include "diag.h"
#include "files.h"
#include "hints.h"
#include "layout.h"
#include "money.h"
#include "progress.h"
#include "reader.h"
#include "refusal.h"
#include "row.h"
#include "shape.h"
#include "slice.h"
#include "table.h"
#include "table_parts.h"
#include "text.h"

static void refuse_row(struct table *table, const struct row *row, const struct refusal *refusal)
{
    if (!table->stopped && !refusal_row(&table->refusals, row, refusal)) {
        table_stop(table, STATUS_DATA);
    }
}

static void refuse_record(struct table *table, const struct row *row, uint64_t line, const struct refusal *refusal)
{
    if (!refusal_record(&table->refusals, row, line, refusal)) {
        table_stop(table, STATUS_DATA);
    }
}

void table_refuse(struct table *table, const struct row *row, size_t column, const char *reason)
{
    refuse_row(table, row, &(struct refusal){column, reason, ""});
}

void table_remark(struct table *table, const struct row *row, size_t column, const char *remark)
{
    struct slice name = slice_trim_value(table->columns->names[column]);
    char value[DIAG_VALUE_SIZE] = "";
    progress_clear(&table->progress);
    diag_value(table->options.diag, row->cells[column], value);
    diag_note(table->options.diag, "%s:%llu: column '%.*s': %s%s", row->file, (unsigned long long)row->line,
              (int)name.length, name.data, remark, value);
}

static void refuse_ragged(struct table *table, const struct row *row)
{
    if (table->options.ragged == SHAPE_RAGGED_SKIP && table->refusals.rejects == NULL) {
        table->account.rejected++;
        table->account.ungiven++;
        return;
    }
    struct text reason = {0};
    struct refusal refusal = {.column = TABLE_NO_COLUMN};
    refusal.hint = shape_explain(row, table->header->count, table->options.no_header, &reason);
    refusal.reason = text_string(&reason);
    refuse_record(table, row, row->line, &refusal);
    text_free(&reason);
}

// Is the row given out?
static bool is_chosen(struct table *table, const struct row *row)
{
    struct refusal refusal;
    switch (choice_of(&table->choice, row, &refusal)) {
    case CHOICE_TAKEN:
        return true;
    case CHOICE_NOT_KEPT:
        table->account.not_kept++;
        break;
    case CHOICE_UNCOUNTED:
        table->account.uncounted++;
        break;
    case CHOICE_REFUSED:
        table->account.ungiven++;
        refuse_row(table, row, &refusal);
        break;
    }
    return false;
}

// Says what the layout fixed.
static void begin(struct table *table)
{
    table->begun = true;
    bool counted = table->choice.counts && table->choice.counted != NULL;
    struct text note = {0};
    if (!table->stopped && assignment_describe(&table->assignment, counted, &table->forms, &note)) {
        table->account.uncounted_reason = counted ? table->assignment.layout->uncounted : NULL;
        diag_note(table->options.diag, "%s: %s", files_first_name(table->files), text_string(&note));
    }
    text_free(&note);
}

static void count_shape(struct table *table, const struct row *row, enum shape shape)
{
    if (shape == SHAPE_SURPLUS) {
        account_add_surplus(&table->account, row->file, row->line);
        return;
    }
    table->account.not_surplus = true;
    table->account.padded += shape == SHAPE_PADDED;
}

static void show_progress(struct table *table)
{
    if (progress_is_due(&table->progress, table->account.read)) {
        progress_show(&table->progress, table->account.read, files_bytes(table->files));
    }
}

// The next record of any file, or false at the end of the last and when the table stopped.
static bool read_record(struct table *table, struct row *row)
{
    while (!table->stopped) {
        switch (files_next(table->files, row)) {
        case READER_ROW:
            table->account.read++;
            show_progress(table);
            return true;
        case READER_END:
            progress_clear(&table->progress);
            return false;
        case READER_MALFORMED: {
            struct reader_problem problem = files_problem(table->files);
            table->account.read++;
            refuse_record(table, row, problem.line, &(struct refusal){TABLE_NO_COLUMN, problem.text, ""});
            break;
        }
        case READER_FAILED:
            table_stop(table, files_status(table->files));
            break;
        }
    }
    return false;
}

// Makes the record a row of the table. False where it is none: refused, or the header again.
static bool fit(struct table *table, struct row *row)
{
    size_t width = table->header->count;
    enum shape shape = row->count == width ? SHAPE_FITTING : shape_of(row, width, table->options.ragged);
    if (shape == SHAPE_RAGGED) {
        refuse_ragged(table, row);
        return false;
    }
    files_arrange(table->files, row);
    if (files_is_header(table->files, row)) {
        table->account.read--;
        table->account.headers++;
        return false;
    }
    count_shape(table, row, shape);
    return true;
}

// Takes the rows that are at hand. False where there are none.
static bool take_rows(struct table *table)
{
    const struct row *rows;
    size_t count = table->stopped ? 0 : files_take(table->files, &rows);
    if (count == 0) {
        return false;
    }
    bool watched = table->options.watched && damage_wants(&table->damage);
    table->bare = choice_is_idle(&table->choice) && !table->options.fold_case && !watched;
    table->rows = (struct table_rows){rows, rows + count};
    table->account.not_surplus = true;
    return true;
}

// The next record that is a row of the table, wanted or not.
static bool read_row(struct table *table, struct row *row)
{
    if (table->rows.next < table->rows.end || take_rows(table)) {
        *row = *table->rows.next++;
        table->account.read++;
        return true;
    }
    while (read_record(table, row)) {
        if (fit(table, row)) {
            return true;
        }
    }
    return false;
}

// What is done for few tables, or for the first rows alone.
static void prepare_row(struct table *table, const struct row *row)
{
    if (table->row.used > 0) {
        arena_reset(&table->row);
    }
    if (table->options.watched && damage_wants(&table->damage)) {
        damage_look(&table->damage, row);
    }
}

// The next row, whatever is to be done with it.
static bool read_chosen(struct table *table, struct row *row)
{
    if (!table->begun) {
        begin(table);
    }
    while (read_row(table, row)) {
        if (choice_is_idle(&table->choice) || is_chosen(table, row)) {
            prepare_row(table, row);
            table->account.given++;
            return true;
        }
    }
    return false;
}

bool table_next(struct table *table, struct row *row)
{
    if (table->rows.next == table->rows.end || !table->bare) {
        return read_chosen(table, row);
    }
    *row = *table->rows.next++;
    table->account.read++;
    table->account.given++;
    return true;
}

bool table_key(struct table *table, const struct row *row, size_t column, struct slice *key)
{
    enum customer_key kind = customer_key_of(&table->forms, row->cells[column], key);
    if (kind == CUSTOMER_KEY_GOOD) {
        *key = table->options.fold_case ? customer_key_fold(*key, &table->row) : *key;
        return true;
    }
    if (kind == CUSTOMER_KEY_BLANK && table->options.blank_customer == TABLE_BLANK_SKIP) {
        table_leave_out(table, "no customer");
        return false;
    }
    const char *hint = kind == CUSTOMER_KEY_BLANK ? " (or use --blank-customer=skip)" : "";
    refuse_row(table, row, &(struct refusal){column, customer_key_reason(kind), hint});
    return false;
}

bool table_needs(struct table *table, const struct row *row, size_t column, enum cell_result result, const char *wanted)
{
    if (result == CELL_OK) {
        return true;
    }
    struct text reason = {0};
    struct text hint = {0};
    bool beyond = result == CELL_BAD && strcmp(wanted, "an amount") == 0 &&
                  money_is_beyond(slice_trim_value(row->cells[column]), table->forms.decimal);
    text_append_string(&reason, result == CELL_BLANK ? "blank, but " : beyond ? "" : "not ");
    text_append_string(&reason, wanted);
    text_append_string(&reason, beyond ? " out of range" : "");
    text_append_string(&reason, result == CELL_BLANK ? " is needed" : "");
    if (result == CELL_BAD) {
        hints_form(table->options.forms, row->cells[column], wanted, &hint);
    } else if (table->order_id_unused) {
        hints_order_id(table->columns, &hint);
    }
    refuse_row(table, row, &(struct refusal){column, text_string(&reason), text_string(&hint)});
    text_free(&reason);
    text_free(&hint);
    return false;
}

void table_leave_out(struct table *table, const char *reason)
{
    account_leave_out(&table->account, reason);
}
