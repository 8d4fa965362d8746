// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * truth: walks the conditions of a tree; numbers and texts are asked of evaluation.
 */
#include "truth.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include "cell.h"
#include "evaluation.h"
#include "expression.h"
#include "node.h"
#include "pattern.h"
#include "slice.h"

static enum expression_truth truth_of(bool value)
{
    return value ? EXPRESSION_TRUE : EXPRESSION_FALSE;
}

// Without a branch for each outcome, which the processor could not foresee. What is unknown has none of them.
static enum expression_truth compare(double left, double right, unsigned comparison)
{
    unsigned outcome = (left < right ? NODE_LESS : 0) | (left == right ? NODE_EQUAL : 0);
    outcome |= left > right ? NODE_GREATER : 0;
    return outcome == 0 ? EXPRESSION_UNKNOWN : truth_of((outcome & comparison) != 0);
}

static enum expression_truth compare_text(struct evaluation *evaluation, const struct node *node)
{
    struct slice left = evaluation_text(evaluation, node->left);
    int order = slice_compare(left, evaluation_text(evaluation, node->right));
    unsigned outcome = order < 0 ? NODE_LESS : order > 0 ? NODE_GREATER : NODE_EQUAL;
    return truth_of((outcome & node->comparison) != 0);
}

// The text is not empty and has no blanks around it, so a cell that differs matters only when it can be trimmed.
static bool cell_is_text(const struct evaluation *evaluation, const struct node *node)
{
    struct slice cell = evaluation_cell(evaluation, node);
    if (slice_equal(cell, node->text)) {
        return true;
    }
    if (cell.length <= node->text.length) {
        return false;
    }
    return slice_equal(slice_trim_value(cell), node->text);
}

static bool is_equal(const struct node *node)
{
    return (node->comparison & NODE_EQUAL) != 0;
}

static enum expression_truth negate(enum expression_truth truth)
{
    return truth == EXPRESSION_UNKNOWN ? truth : truth_of(truth == EXPRESSION_FALSE);
}

static enum expression_truth within(struct evaluation *evaluation, const struct node *node)
{
    double value = evaluation_read(evaluation, node);
    return isnan(value) ? EXPRESSION_UNKNOWN : truth_of(node_within(node->range, value));
}

// The commonest condition, without the way through truth_test.
static enum expression_truth test_item(struct evaluation *evaluation, const struct node *item)
{
    return item->op == NODE_CELL_WITHIN ? within(evaluation, item) : truth_test(evaluation, item);
}

// All: the first false decides; any: the first true does. Else one unknown makes it unknown.
static enum expression_truth combine(struct evaluation *evaluation, const struct node *node,
                                     enum expression_truth deciding)
{
    enum expression_truth result = negate(deciding);
    for (const struct node *item = node->list; item != NULL; item = item->next) {
        enum expression_truth truth = test_item(evaluation, item);
        if (truth == deciding) {
            return truth;
        }
        result = truth == EXPRESSION_UNKNOWN ? truth : result;
    }
    return result;
}

// Both ends in. One comparison that is false decides even when the other is unknown.
static enum expression_truth between(struct evaluation *evaluation, const struct node *node)
{
    double value = evaluation_number(evaluation, node->left);
    enum expression_truth low = compare(value, evaluation_number(evaluation, node->list), NODE_GREATER | NODE_EQUAL);
    enum expression_truth high =
        compare(value, evaluation_number(evaluation, node->list->next), NODE_LESS | NODE_EQUAL);
    if (low == EXPRESSION_FALSE || high == EXPRESSION_FALSE) {
        return EXPRESSION_FALSE;
    }
    return low == EXPRESSION_UNKNOWN ? low : high;
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

static enum expression_truth in_numbers(const struct node_set *set, double value)
{
    if (isnan(value)) {
        return EXPRESSION_UNKNOWN;
    }
    return truth_of(bsearch(&value, set->numbers, set->count, sizeof value, compare_numbers) != NULL);
}

static enum expression_truth in_texts(const struct node_set *set, struct slice text)
{
    return truth_of(bsearch(&text, set->texts, set->count, sizeof text, compare_slices) != NULL);
}

// Unknown, and a fault, where the text is too long.
static enum expression_truth matches(struct evaluation *evaluation, const struct node *node)
{
    struct slice text = evaluation_text(evaluation, node->left);
    if (text.length > PATTERN_LONGEST_TEXT) {
        evaluation_refuse_text(evaluation, node->left);
        return EXPRESSION_UNKNOWN;
    }
    return truth_of(pattern_matches(node->pattern, text));
}

enum expression_truth truth_test(struct evaluation *evaluation, const struct node *node)
{
    switch (node->op) {
    case NODE_NOT:
        return negate(truth_test(evaluation, node->left));
    case NODE_ALL:
        return combine(evaluation, node, EXPRESSION_FALSE);
    case NODE_ANY:
        return combine(evaluation, node, EXPRESSION_TRUE);
    case NODE_CELL_WITHIN:
        return within(evaluation, node);
    case NODE_COMPARE: {
        double left = evaluation_number(evaluation, node->left);
        return compare(left, evaluation_number(evaluation, node->right), node->comparison);
    }
    case NODE_COMPARE_TEXT:
        return compare_text(evaluation, node);
    case NODE_CELL_IS_TEXT:
        return truth_of(cell_is_text(evaluation, node) == is_equal(node));
    case NODE_CELL_IS_BLANK:
        return truth_of(cell_is_blank(evaluation->forms, evaluation_cell(evaluation, node)) == is_equal(node));
    case NODE_IS_UNKNOWN:
        return truth_of(isnan(evaluation_number(evaluation, node->left)));
    case NODE_IS_EMPTY:
        return truth_of(evaluation_text(evaluation, node->left).length == 0);
    case NODE_BETWEEN:
        return between(evaluation, node);
    case NODE_IN_NUMBERS:
        return in_numbers(&node->set, evaluation_number(evaluation, node->left));
    case NODE_IN_TEXTS:
        return in_texts(&node->set, evaluation_text(evaluation, node->left));
    case NODE_MATCHES:
        return matches(evaluation, node);
    case NODE_LIKE:
        return truth_of(pattern_like(evaluation_text(evaluation, node->left), node->text));
    default:
        return truth_of(node->op == NODE_TRUE);
    }
}
