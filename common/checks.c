// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * checks: how many spans of a slot's line begin at or below the number tells, without a branch, which rules are false
 * of it; and so does which of a column's short texts the cell is. All else that is asked of texts, which takes longer,
 * is asked for the first rule that is left, until one holds.
 */
#include "checks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "digits.h"
#include "heap.h"
#include "slice.h"
#include "truth.h"

// Compares texts, so that it can be neither unknown nor at fault?
static bool is_text(const struct node *node)
{
    return node->op == NODE_CELL_IS_TEXT || node->op == NODE_CELL_IS_BLANK || node->op == NODE_COMPARE_TEXT ||
           node->op == NODE_IN_TEXTS || node->op == NODE_LIKE;
}

static bool is_number(const struct node *node)
{
    return node->op == NODE_CELL_WITHIN && node->slot < EVALUATION_AHEAD;
}

static bool is_plain(const struct node *node)
{
    const struct node *item = node->list;
    if (node->op != NODE_ALL) {
        return is_text(node) || is_number(node);
    }
    while (item != NULL && (is_text(item) || is_number(item))) {
        item = item->next;
    }
    return item == NULL;
}

static struct checks_span *add_span(struct checks_line *line, size_t at)
{
    line->spans = heap_grow(line->spans, &line->capacity, line->count + 1, sizeof *line->spans);
    memmove(line->spans + at + 1, line->spans + at, (line->count++ - at) * sizeof *line->spans);
    return line->spans + at;
}

static struct checks_line *line_of(struct checks *checks, size_t slot)
{
    for (size_t i = 0; i < checks->line_count; i++) {
        if (checks->lines[i].slot == slot) {
            return &checks->lines[i];
        }
    }
    struct checks_line *line = &checks->lines[checks->line_count++];
    line->slot = slot;
    *add_span(line, 0) = (struct checks_span){.from = -INFINITY};
    return line;
}

// Makes a span begin there, of the same rules as before.
static void cut(struct checks_line *line, double from)
{
    size_t at = line->count;
    while (line->spans[at - 1].from > from) {
        at--;
    }
    struct checks_span before = line->spans[at - 1];
    if (before.from < from) {
        *add_span(line, at) = (struct checks_span){from, before.false_rules};
    }
}

// NULL when there are too many.
static struct checks_column *column_of(struct checks *checks, size_t index)
{
    size_t at = 0;
    while (at < checks->column_count && checks->columns[at].column != index) {
        at++;
    }
    if (at == CHECKS_COLUMNS) {
        return NULL;
    }
    checks->column_count += at == checks->column_count;
    checks->columns[at].column = index;
    return &checks->columns[at];
}

static struct checks_text *text_of(struct checks_column *column, struct slice text)
{
    uint64_t word = digits_of(text);
    for (size_t i = 0; i < column->count; i++) {
        if (column->texts[i].word == word && column->texts[i].length == text.length) {
            return &column->texts[i];
        }
    }
    column->texts = heap_grow(column->texts, &column->capacity, column->count + 1, sizeof *column->texts);
    struct checks_text *added = &column->texts[column->count++];
    *added = (struct checks_text){word, text.length, column->others_false_rules};
    return added;
}

static void add_text(struct checks *checks, const struct node *node, uint64_t rule)
{
    bool is_short = node->op == NODE_CELL_IS_TEXT && node->text.length <= DIGITS_MOST;
    struct checks_column *column = is_short ? column_of(checks, node->column) : NULL;
    if (column == NULL) {
        checks->partial |= rule;
        return;
    }
    const struct checks_text *named = text_of(column, node->text);
    bool equal = (node->comparison & NODE_EQUAL) != 0;
    for (size_t i = 0; i < column->count; i++) {
        bool is_true = (&column->texts[i] == named) == equal;
        column->texts[i].false_rules |= is_true ? 0 : rule;
    }
    column->others_false_rules |= equal ? rule : 0;
}

static void add_number(struct checks *checks, const struct node *node, uint64_t rule)
{
    struct checks_line *line = line_of(checks, node->slot);
    cut(line, node->range.low);
    if (node->range.high < INFINITY) {
        cut(line, nextafter(node->range.high, INFINITY));
    }
    for (size_t i = 0; i < line->count; i++) {
        struct checks_span *span = &line->spans[i];
        span->false_rules |= node_within(node->range, span->from) ? 0 : rule;
    }
    checks->slots |= UINT64_C(1) << node->slot;
}

static void add_condition(struct checks *checks, const struct node *node, uint64_t rule)
{
    if (is_text(node)) {
        checks->textual |= rule;
        add_text(checks, node, rule);
    } else {
        add_number(checks, node, rule);
    }
}

bool checks_add(struct checks *checks, const struct node *root)
{
    if (checks->count == CHECKS_RULES || (root != NULL && !is_plain(root))) {
        return false;
    }
    uint64_t rule = UINT64_C(1) << checks->count;
    checks->roots[checks->count++] = root;
    bool all = root != NULL && root->op == NODE_ALL;
    for (const struct node *item = all ? root->list : NULL; item != NULL; item = item->next) {
        add_condition(checks, item, rule);
    }
    if (root != NULL && !all) {
        add_condition(checks, root, rule);
    }
    return true;
}

void checks_free(struct checks *checks)
{
    for (size_t i = 0; i < checks->line_count; i++) {
        free(checks->lines[i].spans);
    }
    for (size_t i = 0; i < checks->column_count; i++) {
        free(checks->columns[i].texts);
    }
}

static uint64_t rules_false_of_number(const struct checks_line *line, double value)
{
    size_t at = 0;
    for (size_t i = 1; i < line->count; i++) {
        at += value >= line->spans[i].from;
    }
    return line->spans[at].false_rules;
}

static uint64_t rules_false_of_text(const struct checks_column *column, struct slice text, struct digits_inner inner)
{
    size_t length = text.length < DIGITS_MOST ? text.length : DIGITS_MOST;
    struct slice tail = {text.data + (text.length - length), length};
    uint64_t word = digits_is_inner(inner, text) ? digits_before(tail) : length == 0 ? 0 : digits_of(tail);
    uint64_t false_rules = column->others_false_rules;
    for (size_t i = 0; i < column->count; i++) {
        const struct checks_text *named = &column->texts[i];
        uint64_t equal = ((named->word ^ word) | (named->length ^ text.length)) == 0;
        false_rules ^= -equal & (named->false_rules ^ column->others_false_rules);
    }
    return false_rules;
}

static uint64_t rules_false_of_texts(const struct checks *checks, const struct row *row)
{
    struct digits_inner inner = digits_inner(row->raw);
    uint64_t false_rules = 0;
    for (size_t i = 0; i < checks->column_count; i++) {
        const struct checks_column *column = &checks->columns[i];
        false_rules |= rules_false_of_text(column, slice_trim_value(row->cells[column->column]), inner);
    }
    return false_rules;
}

uint64_t checks_false_by_numbers(const struct checks *checks, const struct evaluation *evaluation)
{
    uint64_t false_rules = 0;
    for (size_t i = 0; i < checks->line_count; i++) {
        const struct checks_line *line = &checks->lines[i];
        false_rules |= rules_false_of_number(line, evaluation->slots[line->slot].value);
    }
    return false_rules;
}

size_t checks_first_by_texts(const struct checks *checks, struct evaluation *evaluation, uint64_t false_rules)
{
    false_rules |= rules_false_of_texts(checks, evaluation->row);
    size_t first = checks_lowest(~false_rules);
    while ((checks->partial >> first & 1) != 0 && truth_test(evaluation, checks->roots[first]) != EXPRESSION_TRUE) {
        false_rules |= UINT64_C(1) << first;
        first = checks_lowest(~false_rules);
    }
    return first;
}
