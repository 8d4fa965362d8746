// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * checks: how many spans of a slot's line begin at or below the number tells, without a branch, which rules are false
 * of it. Texts, which take longer, are compared for the first rule that is left, until one holds.
 */
#include "checks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "heap.h"
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

static void add_condition(struct checks *checks, const struct node *node, size_t rule)
{
    if (is_text(node)) {
        checks->partial |= UINT64_C(1) << rule;
        return;
    }
    struct checks_line *line = line_of(checks, node->slot);
    cut(line, node->range.low);
    if (node->range.high < INFINITY) {
        cut(line, nextafter(node->range.high, INFINITY));
    }
    for (size_t i = 0; i < line->count; i++) {
        struct checks_span *span = &line->spans[i];
        span->false_rules |= (uint64_t)!node_within(node->range, span->from) << rule;
    }
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
    for (size_t i = 0; i < checks->line_count; i++) {
        free(checks->lines[i].spans);
    }
}

static size_t lowest(uint64_t bits)
{
    return (size_t)__builtin_ctzll(bits);
}

static uint64_t false_rules_of(const struct checks_line *line, double value)
{
    size_t at = 0;
    for (size_t i = 1; i < line->count; i++) {
        at += value >= line->spans[i].from;
    }
    return line->spans[at].false_rules;
}

size_t checks_first(const struct checks *checks, struct evaluation *evaluation)
{
    uint64_t false_rules = 0;
    for (size_t i = 0; i < checks->line_count; i++) {
        const struct checks_line *line = &checks->lines[i];
        false_rules |= false_rules_of(line, evaluation->slots[line->slot].value);
    }
    uint64_t left = ~false_rules; // the bit behind the last rule stands for none
    size_t first = lowest(left);
    while ((checks->partial >> first & 1) != 0 && truth_test(evaluation, checks->roots[first]) != EXPRESSION_TRUE) {
        left &= left - 1;
        first = lowest(left);
    }
    return first;
}
