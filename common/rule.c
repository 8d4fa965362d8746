// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rule: a set of rules tried in their order. rule_text.h reads them.
 */
#include "rule.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "arena.h"
#include "checks.h"
#include "complaints.h"
#include "evaluation.h"
#include "heap.h"
#include "node.h"
#include "rule_text.h"
#include "slice.h"
#include "truth.h"

struct rules {
    struct rule_text text;
    struct evaluation *evaluation;
    struct checks checks; // of the first rules
    struct arena arena;
};

struct rules *rules_create(const struct expression_scope *scope)
{
    struct rules *rules = heap_allocate(1, sizeof *rules);
    rules->evaluation = evaluation_create(scope, &rules->arena);
    rules->text = (struct rule_text){.scope = scope, .evaluation = rules->evaluation, .arena = &rules->arena};
    return rules;
}

void rules_free(struct rules *rules)
{
    if (rules == NULL) {
        return;
    }
    evaluation_free(rules->evaluation);
    checks_free(&rules->checks);
    arena_free(&rules->arena);
    free(rules->text.rules);
    free(rules->text.omissions);
    free(rules);
}

void rules_tolerate_absent(struct rules *rules)
{
    rules->text.tolerant = true;
}

void rules_expect_points(struct rules *rules)
{
    rules->text.points = true;
}

void rules_add(struct rules *rules, struct slice source, const char *file, struct complaints *complaints)
{
    rules->text.complaints = complaints;
    rule_text_add(&rules->text, source, file);
    bool plain = true;
    while (plain && rules->checks.count < rules->text.count) {
        const struct rule *rule = &rules->text.rules[rules->checks.count];
        plain = (rule->is_else || rule->root != NULL) && checks_add(&rules->checks, rule->root);
    }
}

size_t rules_left_out(const struct rules *rules)
{
    return rules->text.left_out;
}

struct rules_omission rules_omission(const struct rules *rules, size_t index)
{
    return rules->text.omissions[index];
}

size_t rules_count(const struct rules *rules)
{
    return rules->text.count;
}

struct slice rules_name(const struct rules *rules, size_t index)
{
    return rules->text.rules[index].name;
}

struct slice rules_treatment(const struct rules *rules, size_t index)
{
    return rules->text.rules[index].treatment;
}

bool rules_have_treatments(const struct rules *rules)
{
    for (size_t i = 0; i < rules->text.count; i++) {
        if (rules->text.rules[i].treatment.length > 0) {
            return true;
        }
    }
    return false;
}

const char *rules_file(const struct rules *rules, size_t index)
{
    return rules->text.rules[index].file;
}

uint64_t rules_line(const struct rules *rules, size_t index)
{
    return rules->text.rules[index].line;
}

struct slice rules_source(const struct rules *rules, size_t index)
{
    return rules->text.rules[index].source;
}

bool rules_is_else(const struct rules *rules, size_t index)
{
    return rules->text.rules[index].is_else;
}

bool rules_gather(const struct rules *rules)
{
    return rules->evaluation->columns != NULL;
}

bool rules_gather_row(struct rules *rules, const struct row *row, struct expression_fault *fault)
{
    bool good = evaluation_gather(rules->evaluation, row);
    if (!good) {
        *fault = evaluation_fault(rules->evaluation);
    }
    return good;
}

void rules_settle(struct rules *rules)
{
    evaluation_settle(rules->evaluation);
}

// The rules from one on, in their order.
static size_t match_from(const struct rules *rules, size_t from, struct rules_remark *remark)
{
    struct evaluation *evaluation = rules->evaluation;
    size_t result = RULE_NONE;
    for (size_t i = from; i < rules->text.count && result == RULE_NONE; i++) {
        const struct rule *rule = &rules->text.rules[i];
        enum expression_truth truth = rule->is_else ? EXPRESSION_TRUE : truth_test(evaluation, rule->root);
        if (evaluation->fault != NULL) {
            remark->fault = evaluation_fault(evaluation);
            remark->bad_rule = i;
            result = RULE_BAD;
        } else if (truth == EXPRESSION_TRUE) {
            result = i;
        } else {
            remark->unknown = remark->unknown || truth == EXPRESSION_UNKNOWN;
        }
    }
    return result;
}

size_t rules_match(const struct rules *rules, const struct row *row, struct rules_remark *remark)
{
    struct evaluation *evaluation = rules->evaluation;
    size_t tested = rules->checks.count; // by all checks at once
    remark->unknown = false;
    evaluation_begin(evaluation, row);
    size_t first = checks_first(&rules->checks, evaluation);
    if (first < tested) {
        return first;
    }
    tested = first == CHECKS_UNTOLD ? 0 : tested;
    if (tested < rules->text.count) {
        evaluation_read_ahead(evaluation);
    }
    return match_from(rules, tested, remark);
}

enum expression_truth rules_test(const struct rules *rules, size_t index, const struct row *row,
                                 struct expression_fault *fault)
{
    const struct rule *rule = &rules->text.rules[index];
    if (rule->is_else) {
        return EXPRESSION_TRUE;
    }
    evaluation_begin(rules->evaluation, row);
    enum expression_truth truth = truth_test(rules->evaluation, rule->root);
    if (rules->evaluation->fault != NULL) {
        *fault = evaluation_fault(rules->evaluation);
        return EXPRESSION_BAD;
    }
    return truth;
}

bool rules_points(const struct rules *rules, const struct row *row, double *points, struct expression_fault *fault,
                  size_t *bad_rule)
{
    struct evaluation *evaluation = rules->evaluation;
    evaluation_begin(evaluation, row);
    evaluation_read_ahead(evaluation);
    for (size_t i = 0; i < rules->text.count; i++) {
        const struct rule *rule = &rules->text.rules[i];
        points[i] = 0;
        if (truth_test(evaluation, rule->root) == EXPRESSION_TRUE && evaluation->fault == NULL) {
            points[i] = evaluation_number(evaluation, rule->points);
        }
        if (evaluation->fault != NULL) {
            *fault = evaluation_fault(evaluation);
            *bad_rule = i;
            return false;
        }
    }
    return true;
}

size_t rules_missed(const struct rules *rules)
{
    return rules->evaluation->missed;
}

struct rules_miss rules_first_missed(const struct rules *rules)
{
    const struct evaluation *evaluation = rules->evaluation;
    return (struct rules_miss){evaluation->first.file, evaluation->first.line, evaluation->first_column};
}
