// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * evaluation: walks a tree of nodes.
 *
 * Unknown is NaN among numbers, so arithmetic carries it by itself.
 */
#include "evaluation.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "cell.h"
#include "columnwise.h"
#include "date.h"
#include "heap.h"
#include "pattern.h"
#include "period.h"
#include "proportion.h"
#include "reading.h"
#include "slice.h"
#include "text.h"

static void *zeroes(struct arena *arena, size_t count, size_t size)
{
    return memset(arena_allocate(arena, count * size), 0, count * size);
}

struct evaluation *evaluation_create(const struct expression_scope *scope, struct arena *arena)
{
    struct evaluation *evaluation = arena_allocate(arena, sizeof *evaluation);
    *evaluation = (struct evaluation){.forms = scope->forms, .bad_is_missing = scope->bad_is_missing};
    if (scope->bad_is_missing) {
        evaluation->gathered = zeroes(arena, scope->columns->count, sizeof *evaluation->gathered);
        evaluation->marks = zeroes(arena, scope->columns->count, sizeof *evaluation->marks);
    }
    return evaluation;
}

void evaluation_free(struct evaluation *evaluation)
{
    for (struct columnwise *column = evaluation->columns; column != NULL; column = column->next) {
        columnwise_free(column);
    }
    for (struct pattern *pattern = evaluation->patterns; pattern != NULL; pattern = pattern->next) {
        pattern_free(pattern);
    }
    for (struct scratch *scratch = evaluation->scratches; scratch != NULL; scratch = scratch->next) {
        text_free(&scratch->text);
    }
    free(evaluation->slots);
}

size_t evaluation_slot(struct evaluation *evaluation, size_t column, enum node_kind reading)
{
    for (size_t i = 0; i < evaluation->slot_count; i++) {
        if (evaluation->slots[i].column == column && evaluation->slots[i].reading == reading) {
            return i;
        }
    }
    size_t slot = evaluation->slot_count++;
    evaluation->slots =
        heap_grow(evaluation->slots, &evaluation->slot_capacity, evaluation->slot_count, sizeof *evaluation->slots);
    evaluation->slots[slot] = (struct evaluation_slot){.column = column, .reading = reading};
    return slot;
}

static bool read_plainly(const struct evaluation *evaluation, struct digits_inner inner, struct evaluation_slot *slot)
{
    struct slice cell = evaluation->row->cells[slot->column];
    if (slot->reading == NODE_DATE) {
        return reading_plain_date(evaluation->forms, cell, &slot->value);
    }
    if (evaluation->forms->nulls != NULL || cell.length - 1 >= DIGITS_MOST) {
        return false;
    }
    return reading_digits(digits_within(inner, cell), cell, evaluation->forms->decimal, &slot->value);
}

void evaluation_read_ahead(struct evaluation *evaluation)
{
    const struct digits_inner inner = digits_inner(evaluation->row->raw);
    const size_t count = evaluation->slot_count < EVALUATION_AHEAD ? evaluation->slot_count : EVALUATION_AHEAD;
    for (size_t i = 0; i < count; i++) {
        struct evaluation_slot *slot = &evaluation->slots[i];
        if (read_plainly(evaluation, inner, slot)) {
            slot->row = evaluation->row_number;
        }
    }
}

// Counts a cell that was passed over once, however often it is asked for.
static void miss(struct evaluation *evaluation, size_t column)
{
    struct evaluation_mark *mark = &evaluation->marks[column];
    if (!evaluation->gathering && evaluation->gathered[column]) {
        return;
    }
    if (mark->line == evaluation->row->line && mark->file == evaluation->row->file) {
        return;
    }
    *mark = (struct evaluation_mark){evaluation->row->file, evaluation->row->line};
    if (evaluation->missed++ == 0) {
        evaluation->first = *mark;
        evaluation->first_column = column;
    }
}

static double refuse(struct evaluation *evaluation, const struct node *node)
{
    if (evaluation->bad_is_missing) {
        miss(evaluation, node->column);
    } else if (evaluation->fault == NULL) {
        evaluation->fault = node;
    }
    return NAN;
}

double evaluation_read_anew(struct evaluation *evaluation, const struct node *node)
{
    struct evaluation_slot *slot = &evaluation->slots[node->slot];
    struct slice cell = evaluation_cell(evaluation, node);
    enum cell_result result = node->reading == NODE_DATE     ? reading_date(evaluation->forms, cell, &slot->value)
                              : node->reading == NODE_LENGTH ? reading_length(evaluation->forms, cell, &slot->value)
                                                             : reading_number(evaluation->forms, cell, &slot->value);
    if (result != CELL_OK) {
        slot->value = result == CELL_BLANK ? NAN : refuse(evaluation, node);
    }
    slot->row = evaluation->row_number;
    return slot->value;
}

// Too large is as unknown as divided by zero.
static double keep_finite(double value)
{
    return isfinite(value) ? value : NAN;
}

static double add_period(double day, struct period period)
{
    if (isnan(day) || period.months == 0) {
        return day + period_days(period);
    }
    double whole = floor(day);
    if (whole < DATE_FIRST || whole > DATE_LAST) {
        return NAN;
    }
    double moved = date_add_months((int32_t)whole, period.months);
    return moved + (day - whole) + (double)period.seconds / DATE_DAY_SECONDS;
}

static double extreme(struct evaluation *evaluation, const struct node *node, bool largest)
{
    double result = NAN;
    for (const struct node *item = node->list; item != NULL; item = item->next) {
        double value = evaluation_number(evaluation, item);
        if (isnan(value)) {
            return NAN;
        }
        if (isnan(result) || (largest ? value > result : value < result)) {
            result = value;
        }
    }
    return result;
}

static double first_number(struct evaluation *evaluation, const struct node *node)
{
    for (const struct node *item = node->list; item != NULL; item = item->next) {
        double value = evaluation_number(evaluation, item);
        if (!isnan(value)) {
            return value;
        }
    }
    return NAN;
}

// Half away from zero. The scaled value is rounded to 15 digits first, so that 1.005 to 2 decimals is what it looks
// like.
static double round_to(double value, double places)
{
    double scale = pow(10.0, fabs(places));
    double scaled = places < 0 ? value / scale : value * scale;
    if (!isfinite(scaled) || fabs(scaled) >= 1e15) {
        return value;
    }
    double rounded = round(scaled * (1.0 + 4e-16));
    return places < 0 ? rounded * scale : rounded / scale;
}

static double count_code_points(struct slice text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++) {
        count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    }
    return (double)count;
}

static double wilson(double hits, double n)
{
    if (isnan(hits) || isnan(n) || !(n > 0) || hits < 0 || hits > n) {
        return NAN;
    }
    double low = 0;
    double high = 0;
    proportion_wilson(hits, n, &low, &high);
    return low;
}

static double operate(enum node_op op, double left, double right)
{
    switch (op) {
    case NODE_ADD:
        return keep_finite(left + right);
    case NODE_SUBTRACT:
        return keep_finite(left - right);
    case NODE_MULTIPLY:
        return keep_finite(left * right);
    default:
        return keep_finite(left / right);
    }
}

// Functions over a whole column, once it is settled.
static double ask_column(struct evaluation *evaluation, const struct node *node)
{
    const struct columnwise *whole = node->whole;
    switch (node->op) {
    case NODE_COLUMN_PERCENT:
        return columnwise_percent(whole, evaluation_number(evaluation, whole->argument));
    case NODE_COLUMN_RANK:
        return columnwise_rank(whole, evaluation_number(evaluation, whole->argument));
    case NODE_COLUMN_SHARE:
        return columnwise_share(whole, evaluation_number(evaluation, whole->argument));
    case NODE_COLUMN_QUANTILE:
        return columnwise_quantile(whole, node->number);
    case NODE_COLUMN_MEAN:
        return columnwise_mean(whole);
    default:
        return columnwise_deviation(whole);
    }
}

double evaluation_number(struct evaluation *evaluation, const struct node *node)
{
    switch (node->op) {
    case NODE_CONSTANT:
    case NODE_PERIOD:
        return node->number;
    case NODE_READ:
        return evaluation_read(evaluation, node);
    case NODE_ADD:
    case NODE_SUBTRACT:
    case NODE_MULTIPLY:
    case NODE_DIVIDE: {
        double left = evaluation_number(evaluation, node->left);
        return operate(node->op, left, evaluation_number(evaluation, node->right));
    }
    case NODE_ADD_PERIOD:
        return add_period(evaluation_number(evaluation, node->left), node->period);
    case NODE_ABSOLUTE:
        return fabs(evaluation_number(evaluation, node->left));
    case NODE_MINIMUM:
    case NODE_MAXIMUM:
        return extreme(evaluation, node, node->op == NODE_MAXIMUM);
    case NODE_FIRST:
        return first_number(evaluation, node);
    case NODE_ROUND:
        return round_to(evaluation_number(evaluation, node->left), node->number);
    case NODE_CODE_POINTS:
        return count_code_points(evaluation_text(evaluation, node->left));
    case NODE_WILSON: {
        double hits = evaluation_number(evaluation, node->left);
        return wilson(hits, evaluation_number(evaluation, node->right));
    }
    default:
        return keep_finite(ask_column(evaluation, node));
    }
}

static bool is_plain_end(char byte)
{
    return byte > ' ' && byte < 0x7F;
}

// A cell without blanks around it; one that counts as blank is empty.
static struct slice read_text(const struct evaluation *evaluation, const struct node *node)
{
    struct slice cell = evaluation_cell(evaluation, node);
    if (cell.length == 0) {
        return cell;
    }
    if (!is_plain_end(cell.data[0]) || !is_plain_end(cell.data[cell.length - 1])) {
        cell = slice_trim_value(cell);
    }
    return cell_is_blank(evaluation->forms, cell) ? (struct slice){cell.data, 0} : cell;
}

// Only ASCII letters have a case here.
static struct slice change_case(const struct node *node, struct slice text, char first, char change)
{
    text_clear(node->scratch);
    char *to = text_reserve(node->scratch, text.length);
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.data[i];
        to[i] = (char)(byte >= first && byte <= first + 25 ? byte ^ change : byte);
    }
    node->scratch->length = text.length;
    return text_slice(node->scratch);
}

static struct slice first_text(struct evaluation *evaluation, const struct node *node)
{
    struct slice text = {NULL, 0};
    for (const struct node *item = node->list; item != NULL && text.length == 0; item = item->next) {
        text = evaluation_text(evaluation, item);
    }
    return text;
}

struct slice evaluation_text(struct evaluation *evaluation, const struct node *node)
{
    switch (node->op) {
    case NODE_LITERAL:
        return node->text;
    case NODE_CELL_TEXT:
        return read_text(evaluation, node);
    case NODE_LOWER:
        return change_case(node, evaluation_text(evaluation, node->left), 'A', 0x20);
    case NODE_UPPER:
        return change_case(node, evaluation_text(evaluation, node->left), 'a', 0x20);
    default:
        return first_text(evaluation, node);
    }
}

void evaluation_refuse_text(struct evaluation *evaluation, const struct node *node)
{
    const struct node *item = node->list;
    switch (node->op) {
    case NODE_CELL_TEXT:
        refuse(evaluation, node);
        break;
    case NODE_LOWER:
    case NODE_UPPER:
        evaluation_refuse_text(evaluation, node->left);
        break;
    default: // the first that is not empty, as in first_text
        while (item != NULL && evaluation_text(evaluation, item).length == 0) {
            item = item->next;
        }
        if (item != NULL) {
            evaluation_refuse_text(evaluation, item);
        }
    }
}

struct expression_fault evaluation_fault(const struct evaluation *evaluation)
{
    const struct node *node = evaluation->fault;
    const char *reason = node->op == NODE_CELL_TEXT     ? "too long for a regular expression"
                         : node->reading == NODE_DATE   ? "not a date"
                         : node->reading == NODE_LENGTH ? "not a length of time"
                                                        : "not a number";
    return (struct expression_fault){node->column, reason};
}

bool evaluation_gather(struct evaluation *evaluation, const struct row *row)
{
    evaluation_begin(evaluation, row);
    evaluation->gathering = true;
    for (struct columnwise *column = evaluation->columns; column != NULL; column = column->next) {
        columnwise_add(column, evaluation_number(evaluation, column->argument));
    }
    evaluation->gathering = false;
    return evaluation->fault == NULL;
}

void evaluation_settle(struct evaluation *evaluation)
{
    for (struct columnwise *column = evaluation->columns; column != NULL; column = column->next) {
        columnwise_settle(column);
    }
}
