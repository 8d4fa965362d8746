// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * arithmetic: the kinds of results, and nodes for them.
 *
 * Dates and lengths are both days, so most joins are plain additions; only months and years need the calendar.
 */
#include "arithmetic.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "date.h"
#include "evaluation.h"
#include "grammar.h"
#include "kinds.h"
#include "lexer.h"
#include "node.h"
#include "period.h"

enum { MONTH_LIMIT = 120000 };
static const double SECOND_LIMIT = 3652425.0 * DATE_DAY_SECONDS;
static const double MONTH_DAYS = 30.4375;

static bool is_constant(const struct node *node)
{
    return node->op == NODE_CONSTANT || node->op == NODE_PERIOD;
}

static struct node *fold(struct grammar *grammar, struct node *node)
{
    if (is_constant(node->left) && (node->right == NULL || is_constant(node->right))) {
        double value = evaluation_number(grammar->evaluation, node);
        node->op = NODE_CONSTANT;
        node->number = value;
        node->height = 1;
    }
    return node;
}

static struct node *operate(struct grammar *grammar, enum node_op op, enum node_kind kind, struct node *left,
                            struct node *right)
{
    return fold(grammar, grammar_node(grammar, op, kind, left, right));
}

// A period of whole months and seconds; beyond 10,000 years only its days are kept.
static struct node *period_node(struct grammar *grammar, const struct node *from, double months, double seconds)
{
    bool exact = fabs(months) <= MONTH_LIMIT && fabs(seconds) <= SECOND_LIMIT;
    struct node *node = grammar_node(grammar, exact ? NODE_PERIOD : NODE_CONSTANT, NODE_LENGTH, NULL, NULL);
    node->offset = from->offset;
    node->number = months * MONTH_DAYS + seconds / DATE_DAY_SECONDS;
    if (exact) {
        node->period = (struct period){(int64_t)months, (int64_t)seconds};
    }
    return node;
}

static struct node *scale(struct grammar *grammar, const struct node *period, double factor)
{
    return period_node(grammar, period, (double)period->period.months * factor,
                       (double)period->period.seconds * factor);
}

static struct node *add_period(struct grammar *grammar, struct node *date, struct period period)
{
    struct node *node = grammar_node(grammar, NODE_ADD_PERIOD, NODE_DATE, kinds_as(grammar, date, NODE_DATE), NULL);
    node->period = period;
    return node->left->kind == NODE_WRONG ? node->left : fold(grammar, node);
}

static struct node *add_periods(struct grammar *grammar, const struct node *left, const struct node *right, double sign)
{
    return period_node(grammar, left, (double)left->period.months + sign * (double)right->period.months,
                       (double)left->period.seconds + sign * (double)right->period.seconds);
}

static struct node *wrong_join(struct grammar *grammar, const struct node *right, const char *text)
{
    return grammar_wrong(grammar, right->offset, "%s", text);
}

static struct node *amounts(struct grammar *grammar, enum node_op op, enum node_kind kind, struct node *left,
                            struct node *right)
{
    left = kinds_as(grammar, left, left->kind == NODE_CELL ? kind : left->kind);
    right = kinds_as(grammar, right, right->kind == NODE_CELL ? kind : right->kind);
    if (left->kind == NODE_WRONG || right->kind == NODE_WRONG) {
        return left->kind == NODE_WRONG ? left : right;
    }
    return operate(grammar, op, kind, left, right);
}

static enum node_kind sum_kind(const struct node *left, const struct node *right)
{
    return left->kind == NODE_LENGTH || right->kind == NODE_LENGTH ? NODE_LENGTH : NODE_NUMBER;
}

static struct node *add(struct grammar *grammar, struct node *left, struct node *right)
{
    if (right->kind == NODE_DATE || (left->op == NODE_PERIOD && right->kind == NODE_CELL)) {
        struct node *swapped = left;
        left = right;
        right = swapped;
    }
    if (right->kind == NODE_DATE) {
        return wrong_join(grammar, right, "two dates cannot be added");
    }
    if (right->op == NODE_PERIOD && (left->kind == NODE_DATE || left->kind == NODE_CELL)) {
        return add_period(grammar, left, right->period);
    }
    if (left->op == NODE_PERIOD && right->op == NODE_PERIOD) {
        return add_periods(grammar, left, right, 1);
    }
    if (left->kind == NODE_DATE && right->kind == NODE_CELL) {
        return wrong_join(grammar, right, "a column is added to a date; a column of days is written number(x)");
    }
    return amounts(grammar, NODE_ADD, left->kind == NODE_DATE ? NODE_DATE : sum_kind(left, right), left, right);
}

static struct node *subtract_date(struct grammar *grammar, struct node *left, struct node *right)
{
    left = kinds_as(grammar, left, NODE_DATE);
    right = kinds_as(grammar, right, NODE_DATE);
    if (left->kind == NODE_WRONG || right->kind == NODE_WRONG) {
        return left->kind == NODE_WRONG ? left : right;
    }
    // Not worked out even of constants: beside months and years it is asked by the calendar (kinds_compare).
    return grammar_node(grammar, NODE_SUBTRACT, NODE_LENGTH, left, right);
}

static struct node *subtract(struct grammar *grammar, struct node *left, struct node *right)
{
    if (right->kind == NODE_DATE || (left->kind == NODE_DATE && right->kind == NODE_CELL)) {
        return subtract_date(grammar, left, right);
    }
    if (right->op == NODE_PERIOD && (left->kind == NODE_DATE || left->kind == NODE_CELL)) {
        struct period negative = {-right->period.months, -right->period.seconds};
        return add_period(grammar, left, negative);
    }
    if (left->op == NODE_PERIOD && right->op == NODE_PERIOD) {
        return add_periods(grammar, left, right, -1);
    }
    return amounts(grammar, NODE_SUBTRACT, left->kind == NODE_DATE ? NODE_DATE : sum_kind(left, right), left, right);
}

static bool is_whole(const struct node *node)
{
    return node->op == NODE_CONSTANT && node->kind == NODE_NUMBER && floor(node->number) == node->number;
}

static struct node *multiply(struct grammar *grammar, struct node *left, struct node *right)
{
    if (is_whole(left) && right->op == NODE_PERIOD) {
        return scale(grammar, right, left->number);
    }
    if (is_whole(right) && left->op == NODE_PERIOD) {
        return scale(grammar, left, right->number);
    }
    if (left->kind == NODE_LENGTH && right->kind == NODE_LENGTH) {
        return wrong_join(grammar, right, "two lengths of time cannot be multiplied");
    }
    left = kinds_as(grammar, left, NODE_NUMBER);
    right = kinds_as(grammar, right, NODE_NUMBER);
    return amounts(grammar, NODE_MULTIPLY, sum_kind(left, right), left, right);
}

static struct node *divide(struct grammar *grammar, struct node *left, struct node *right)
{
    left = kinds_as(grammar, left, NODE_NUMBER);
    right = kinds_as(grammar, right, NODE_NUMBER);
    bool length = left->kind == NODE_LENGTH && right->kind != NODE_LENGTH;
    return amounts(grammar, NODE_DIVIDE, length ? NODE_LENGTH : NODE_NUMBER, left, right);
}

// Complains about what cannot be calculated with; NULL when `node` can.
static struct node *refuse(struct grammar *grammar, struct node *node, bool dates)
{
    if (node->kind == NODE_WRONG) {
        return node;
    }
    if (node->kind == NODE_TEXT || node->kind == NODE_TRUTH || (node->kind == NODE_DATE && !dates)) {
        return grammar_wrong(grammar, node->offset, "%s cannot be calculated with here", kinds_name(node->kind));
    }
    return NULL;
}

struct node *arithmetic_join(struct grammar *grammar, enum lexer_kind operation, struct node *left, struct node *right)
{
    bool dates = operation == LEXER_PLUS || operation == LEXER_MINUS;
    left = kinds_settle(grammar, left);
    right = kinds_settle(grammar, right);
    struct node *wrong = refuse(grammar, left, dates);
    wrong = wrong != NULL ? wrong : refuse(grammar, right, dates);
    if (wrong != NULL) {
        return wrong;
    }
    switch (operation) {
    case LEXER_PLUS:
        return add(grammar, left, right);
    case LEXER_MINUS:
        return subtract(grammar, left, right);
    case LEXER_TIMES:
        return multiply(grammar, left, right);
    default:
        return divide(grammar, left, right);
    }
}

struct node *arithmetic_negate(struct grammar *grammar, struct node *value)
{
    value = kinds_settle(grammar, value);
    struct node *wrong = refuse(grammar, value, false);
    if (wrong != NULL) {
        return wrong;
    }
    if (value->op == NODE_PERIOD) {
        return scale(grammar, value, -1);
    }
    struct node *zero = grammar_node(grammar, NODE_CONSTANT, NODE_NUMBER, NULL, NULL);
    zero->offset = value->offset;
    return amounts(grammar, NODE_SUBTRACT, value->kind == NODE_LENGTH ? NODE_LENGTH : NODE_NUMBER, zero, value);
}
