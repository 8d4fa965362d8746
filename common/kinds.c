// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * kinds: decides what cells are read as, and picks the narrowest node for a comparison.
 *
 * A comparison of one cell with one constant is by far the most usual, so it is a node of its own.
 */
#include "kinds.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include "arena.h"
#include "columns.h"
#include "date.h"
#include "grammar.h"
#include "naming.h"
#include "node.h"
#include "number.h"
#include "slice.h"

const char *kinds_name(enum node_kind kind)
{
    switch (kind) {
    case NODE_TEXT:
        return "text";
    case NODE_NUMBER:
        return "a number";
    case NODE_DATE:
        return "a date";
    case NODE_LENGTH:
        return "a length of time";
    case NODE_TRUTH:
        return "a condition";
    default:
        return "a column";
    }
}

static struct node *wrong(struct node *node)
{
    node->kind = NODE_WRONG;
    return node;
}

struct node *kinds_settle(struct grammar *grammar, struct node *node)
{
    return node->kind == NODE_WORD ? naming_unknown(grammar, node->text, node->offset) : node;
}

static struct node *decide(struct grammar *grammar, struct node *node, enum node_kind kind)
{
    struct node *decided = arena_allocate(grammar->arena, sizeof *decided);
    *decided = *node;
    decided->kind = kind;
    decided->reading = kind;
    decided->next = NULL;
    if (node->op == NODE_COLUMN) {
        decided->op = kind == NODE_TEXT ? NODE_CELL_TEXT : NODE_READ;
        decided->slot = kind == NODE_TEXT ? 0 : evaluation_slot(grammar->evaluation, node->column, kind);
        return decided;
    }
    if (kind == NODE_TEXT && node->op != NODE_FIRST) {
        return grammar_wrong(grammar, node->offset, "min and max compare numbers and dates, not text");
    }
    decided->list = decided->last = NULL;
    for (struct node *item = node->list, *next = NULL; item != NULL; item = next) {
        next = item->next;
        grammar_append(grammar, decided, kinds_as(grammar, item, kind));
    }
    return decided;
}

static bool is_amount(enum node_kind kind)
{
    return kind == NODE_NUMBER || kind == NODE_LENGTH;
}

struct node *kinds_as(struct grammar *grammar, struct node *node, enum node_kind kind)
{
    node = kinds_settle(grammar, node);
    if (node->kind == NODE_WRONG || node->kind == kind || (is_amount(node->kind) && is_amount(kind))) {
        return node;
    }
    if (node->kind == NODE_CELL) {
        return decide(grammar, node, kind);
    }
    return grammar_wrong(grammar, node->offset, "%s stands where %s is expected", kinds_name(node->kind),
                         kinds_name(kind));
}

// A cell that is compared with `text`.
static struct node *is_text(struct grammar *grammar, struct node *left, struct slice text)
{
    enum node_op op = text.length == 0 ? NODE_CELL_IS_BLANK : NODE_CELL_IS_TEXT;
    struct node *node = grammar_node(grammar, op, NODE_TRUTH, NULL, NULL);
    node->offset = left->offset;
    node->column = left->column;
    node->text = text;
    node->comparison = NODE_EQUAL;
    return node;
}

// A bare word or text alone is an event's name where there are events.
static struct node *is_event(struct grammar *grammar, struct node *node)
{
    struct text problem = {0};
    struct node cell = {.offset = node->offset};
    bool found = columns_find(grammar->scope->columns, slice_of(grammar->scope->event), &cell.column, &problem);
    struct node *result =
        found ? is_text(grammar, &cell, node->text) : grammar_wrong(grammar, node->offset, "%s", text_string(&problem));
    text_free(&problem);
    return result;
}

struct node *kinds_truth(struct grammar *grammar, struct node *node)
{
    if (node->kind == NODE_TRUTH || node->kind == NODE_WRONG) {
        return node;
    }
    bool name = node->op == NODE_COLUMN || node->op == NODE_NAME || node->op == NODE_LITERAL;
    if (grammar->scope->event != NULL && name) {
        return is_event(grammar, node);
    }
    if (node->op == NODE_COLUMN) {
        int length = grammar_clip(node->text);
        return grammar_wrong(grammar, node->offset,
                             "column '%.*s' alone is no condition; compare it, as in %.*s = 'yes' or %.*s > 0", length,
                             node->text.data, length, node->text.data, length, node->text.data);
    }
    return grammar_wrong(grammar, node->offset, "%s stands where a condition is expected", kinds_name(node->kind));
}

// Two kinds into the one that holds both: NODE_CELL gives way, lengths swallow numbers. NODE_WRONG when they differ.
static enum node_kind unite(enum node_kind a, enum node_kind b)
{
    if (a == b || b == NODE_CELL) {
        return a;
    }
    if (a == NODE_CELL) {
        return b;
    }
    return is_amount(a) && is_amount(b) ? NODE_LENGTH : NODE_WRONG;
}

static struct node *mixed(struct grammar *grammar, struct node *node, enum node_kind kind)
{
    const char *hint = node->kind == NODE_TEXT || kind == NODE_TEXT ? "; only text stands in quotes" : "";
    if (node->kind == NODE_TRUTH) {
        hint = "; the words true and false are compared as 'true' and 'false'";
    }
    return grammar_wrong(grammar, node->offset, "%s stands beside %s%s", kinds_name(node->kind), kinds_name(kind),
                         hint);
}

enum node_kind kinds_common(struct grammar *grammar, struct node *list)
{
    enum node_kind kind = NODE_CELL;
    for (struct node *item = list; item != NULL; item = item->next) {
        if (item->kind == NODE_WRONG) {
            return NODE_WRONG;
        }
        if (item->kind == NODE_TRUTH) {
            mixed(grammar, item, NODE_CELL);
            return NODE_WRONG;
        }
        enum node_kind united = unite(kind, item->kind);
        if (united == NODE_WRONG) {
            mixed(grammar, item, kind);
            return NODE_WRONG;
        }
        kind = united;
    }
    return kind;
}

static bool is_order(unsigned comparison)
{
    return comparison != NODE_EQUAL && comparison != (NODE_LESS | NODE_GREATER);
}

// As what two sides are compared. NODE_WRONG when they do not go together.
static enum node_kind beside(unsigned comparison, const struct node *left, const struct node *right)
{
    enum node_kind kind = unite(left->kind, right->kind);
    if (kind != NODE_CELL) {
        return kind;
    }
    return is_order(comparison) ? NODE_NUMBER : NODE_TEXT;
}

// Text has an order too, but '100' < '20': who quotes a number there has most likely not meant that.
static bool is_quoted_number(struct grammar *grammar, const struct node *node)
{
    double number = 0;
    struct date_time date;
    if (node->op != NODE_LITERAL ||
        (!number_read(node->text, '.', &number) && !date_read(node->text, DATE_YMD, &date))) {
        return false;
    }
    grammar_wrong(grammar, node->offset, "text has the order of a dictionary; write %.*s without quotes",
                  grammar_clip(node->text), node->text.data);
    return true;
}

static unsigned mirror(unsigned comparison)
{
    return (comparison & NODE_EQUAL) | (comparison & NODE_LESS ? NODE_GREATER : 0) |
           (comparison & NODE_GREATER ? NODE_LESS : 0);
}

static struct node *compare_texts(struct grammar *grammar, unsigned comparison, struct node *left, struct node *right)
{
    if (is_order(comparison) && (is_quoted_number(grammar, left) || is_quoted_number(grammar, right))) {
        return wrong(left);
    }
    if (left->op == NODE_LITERAL && right->op == NODE_CELL_TEXT) {
        struct node *swapped = left;
        left = right;
        right = swapped;
        comparison = mirror(comparison);
    }
    if (left->op == NODE_CELL_TEXT && right->op == NODE_LITERAL && !is_order(comparison)) {
        struct node *node = is_text(grammar, left, right->text);
        node->comparison = comparison;
        return node;
    }
    struct node *node = grammar_node(grammar, NODE_COMPARE_TEXT, NODE_TRUTH, left, right);
    node->comparison = comparison;
    return node;
}

static bool is_constant(const struct node *node)
{
    return node->op == NODE_CONSTANT || node->op == NODE_PERIOD;
}

// later - earlier > 1m is asked by the calendar: later > earlier + 1m.
static bool is_span(const struct node *left, const struct node *right)
{
    return left->op == NODE_SUBTRACT && left->left->kind == NODE_DATE && left->right->kind == NODE_DATE &&
           right->op == NODE_PERIOD && right->period.months != 0;
}

static struct node *compare_span(struct grammar *grammar, unsigned comparison, struct node *span,
                                 const struct node *period)
{
    struct node *moved = grammar_node(grammar, NODE_ADD_PERIOD, NODE_DATE, span->right, NULL);
    moved->period = period->period;
    struct node *node = grammar_node(grammar, NODE_COMPARE, NODE_TRUTH, span->left, moved);
    node->comparison = comparison;
    return node;
}

// The numbers that compare so with a constant.
static struct node_range range_of(unsigned comparison, double number)
{
    struct node_range range = {.low = number, .high = number};
    if (comparison == (NODE_LESS | NODE_GREATER)) {
        range.outside = true;
        return range;
    }
    if ((comparison & NODE_EQUAL) == 0) {
        range.low = nextafter(number, INFINITY);
        range.high = nextafter(number, -INFINITY);
    }
    if ((comparison & NODE_LESS) != 0) {
        range.low = -INFINITY;
    }
    if ((comparison & NODE_GREATER) != 0) {
        range.high = INFINITY;
    }
    return range;
}

// Is the cell that is read within the range? `other` stands beside it.
static struct node *is_within(struct grammar *grammar, struct node *read, struct node *other, struct node_range range)
{
    struct node *node = grammar_node(grammar, NODE_CELL_WITHIN, NODE_TRUTH, read, other);
    node->column = read->column;
    node->slot = read->slot;
    node->reading = read->reading;
    node->range = range;
    return node;
}

static struct node *compare_amounts(struct grammar *grammar, unsigned comparison, struct node *left, struct node *right)
{
    if (is_span(left, right)) {
        return compare_span(grammar, comparison, left, right);
    }
    if (is_span(right, left)) {
        return compare_span(grammar, mirror(comparison), right, left);
    }
    if (is_constant(left) && right->op == NODE_READ) {
        struct node *swapped = left;
        left = right;
        right = swapped;
        comparison = mirror(comparison);
    }
    // Not with what is unknown, such as 1/0: no range has that.
    if (left->op == NODE_READ && is_constant(right) && !isnan(right->number)) {
        return is_within(grammar, left, right, range_of(comparison, right->number));
    }
    struct node *node = grammar_node(grammar, NODE_COMPARE, NODE_TRUTH, left, right);
    node->comparison = comparison;
    return node;
}

struct node *kinds_compare(struct grammar *grammar, unsigned comparison, struct node *left, struct node *right)
{
    left = kinds_settle(grammar, left);
    right = kinds_settle(grammar, right);
    if (left->kind == NODE_WRONG || right->kind == NODE_WRONG) {
        return wrong(left->kind == NODE_WRONG ? left : right);
    }
    if (left->op == NODE_TRUE || left->op == NODE_FALSE) {
        return mixed(grammar, left, right->kind);
    }
    if (left->kind == NODE_TRUTH) {
        return grammar_wrong(grammar, right->offset, "a condition is compared here; write a < b and b < c");
    }
    enum node_kind kind = right->kind == NODE_TRUTH ? NODE_WRONG : beside(comparison, left, right);
    if (kind == NODE_WRONG) {
        return mixed(grammar, right, left->kind);
    }
    left = kinds_as(grammar, left, kind);
    right = kinds_as(grammar, right, kind);
    if (left->kind == NODE_WRONG || right->kind == NODE_WRONG) {
        return wrong(left->kind == NODE_WRONG ? left : right);
    }
    return kind == NODE_TEXT ? compare_texts(grammar, comparison, left, right)
                             : compare_amounts(grammar, comparison, left, right);
}

struct node *kinds_between(struct grammar *grammar, struct node *value, struct node *low, struct node *high)
{
    struct node list = {.op = NODE_ALL, .height = 1};
    grammar_append(grammar, &list, kinds_settle(grammar, value));
    grammar_append(grammar, &list, kinds_settle(grammar, low));
    grammar_append(grammar, &list, kinds_settle(grammar, high));
    enum node_kind kind = kinds_common(grammar, list.list);
    if (kind == NODE_WRONG) {
        return wrong(list.list);
    }
    if (kind == NODE_TEXT) {
        struct node *all = grammar_node(grammar, NODE_ALL, NODE_TRUTH, NULL, NULL);
        grammar_append(grammar, all, kinds_compare(grammar, NODE_GREATER | NODE_EQUAL, value, low));
        grammar_append(grammar, all, kinds_compare(grammar, NODE_LESS | NODE_EQUAL, value, high));
        return all;
    }
    kind = kind == NODE_CELL ? NODE_NUMBER : kind;
    struct node *node = grammar_node(grammar, NODE_BETWEEN, NODE_TRUTH, kinds_as(grammar, value, kind), NULL);
    grammar_append(grammar, node, kinds_as(grammar, low, kind));
    grammar_append(grammar, node, kinds_as(grammar, high, kind));
    return node;
}

static int compare_numbers(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

static int compare_slices(const void *left, const void *right)
{
    return slice_compare(*(const struct slice *)left, *(const struct slice *)right);
}

static struct node *in_numbers(struct grammar *grammar, struct node *value, const struct node *items, size_t count)
{
    double *numbers = arena_allocate(grammar->arena, count * sizeof *numbers);
    struct node *node = grammar_node(grammar, NODE_IN_NUMBERS, NODE_TRUTH, value, NULL);
    size_t used = 0;
    for (; items != NULL; items = items->next) {
        numbers[used++] = items->number;
    }
    qsort(numbers, count, sizeof *numbers, compare_numbers);
    node->set = (struct node_set){.count = count, .numbers = numbers};
    return node;
}

static struct node *in_texts(struct grammar *grammar, struct node *value, const struct node *items, size_t count)
{
    struct slice *texts = arena_allocate(grammar->arena, count * sizeof *texts);
    struct node *node = grammar_node(grammar, NODE_IN_TEXTS, NODE_TRUTH, value, NULL);
    size_t used = 0;
    for (; items != NULL; items = items->next) {
        texts[used++] = items->text;
    }
    qsort(texts, count, sizeof *texts, compare_slices);
    node->set = (struct node_set){.count = count, .texts = texts};
    return node;
}

static struct node *in_any(struct grammar *grammar, struct node *value, struct node *items, enum node_kind kind)
{
    struct node *any = grammar_node(grammar, NODE_ANY, NODE_TRUTH, NULL, NULL);
    for (struct node *next = NULL; items != NULL; items = next) {
        next = items->next;
        struct node *item = kind == NODE_CELL ? items : kinds_as(grammar, items, kind);
        grammar_append(grammar, any, kinds_compare(grammar, NODE_EQUAL, value, item));
    }
    return any;
}

struct node *kinds_in(struct grammar *grammar, struct node *value, struct node *items)
{
    value = kinds_settle(grammar, value);
    bool constants = true;
    size_t count = 0;
    for (const struct node *item = items; item != NULL; item = item->next) {
        constants = constants && (is_constant(item) || item->op == NODE_LITERAL);
        count++;
    }
    value->next = items;
    enum node_kind kind = kinds_common(grammar, value);
    value->next = NULL;
    if (kind == NODE_WRONG) {
        return wrong(value);
    }
    value = kind == NODE_CELL ? value : kinds_as(grammar, value, kind);
    if (!constants) {
        return in_any(grammar, value, items, kind);
    }
    return kind == NODE_TEXT ? in_texts(grammar, value, items, count) : in_numbers(grammar, value, items, count);
}

struct node *kinds_missing(struct grammar *grammar, struct node *value)
{
    value = kinds_settle(grammar, value);
    if (value->kind == NODE_WRONG) {
        return value;
    }
    if (value->kind == NODE_TRUTH) {
        return grammar_wrong(grammar, value->offset, "a condition is never missing");
    }
    if (value->op == NODE_COLUMN) {
        return is_text(grammar, value, (struct slice){NULL, 0});
    }
    if (value->op == NODE_FIRST && value->kind == NODE_CELL) {
        value = kinds_as(grammar, value, NODE_TEXT);
    }
    value = value->kind == NODE_CELL ? kinds_as(grammar, value, NODE_NUMBER) : value;
    return grammar_node(grammar, value->kind == NODE_TEXT ? NODE_IS_EMPTY : NODE_IS_UNKNOWN, NODE_TRUTH, value, NULL);
}
