// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * checks: every comparison of a number clears the bit of its rule when it is false. Texts, which take longer, are
 * compared for the first rule that is left, until one holds.
 */
#include "checks.h"

#include <stdlib.h>

#include "heap.h"
#include "truth.h"

// A number that was read, and the rule that wants it within the range.
struct checks_number {
    struct node_range range;
    size_t slot;
    size_t rule;
};

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

static void add_condition(struct checks *checks, const struct node *node, size_t rule)
{
    if (is_text(node)) {
        checks->partial |= UINT64_C(1) << rule;
        return;
    }
    size_t at = checks->number_count++;
    checks->numbers =
        heap_grow(checks->numbers, &checks->number_capacity, checks->number_count, sizeof *checks->numbers);
    checks->numbers[at] = (struct checks_number){.range = node->range, .slot = node->slot, .rule = rule};
    checks->slots |= UINT64_C(1) << node->slot;
}

bool checks_add(struct checks *checks, const struct node *root)
{
    if (checks->count == CHECKS_RULES || (root != NULL && !is_plain(root))) {
        return false;
    }
    size_t rule = checks->count++;
    checks->roots[rule] = root;
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
    free(checks->numbers);
}

static size_t lowest(uint64_t bits)
{
    return (size_t)__builtin_ctzll(bits);
}

size_t checks_first(const struct checks *checks, struct evaluation *evaluation)
{
    uint64_t false_rules = 0;
    for (size_t i = 0; i < checks->number_count; i++) {
        const struct checks_number *number = &checks->numbers[i];
        bool good = node_within(number->range, evaluation->slots[number->slot].value);
        false_rules |= (uint64_t)!good << number->rule;
    }
    uint64_t left = ~false_rules; // the bit behind the last rule stands for none
    size_t first = lowest(left);
    while ((checks->partial >> first & 1) != 0 && truth_test(evaluation, checks->roots[first]) != EXPRESSION_TRUE) {
        left &= left - 1;
        first = lowest(left);
    }
    return first;
}
