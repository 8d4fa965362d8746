// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * expression: one tree and the evaluation it is walked with, its own or that of a set.
 */
#include "expression.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "evaluation.h"
#include "grammar.h"
#include "kinds.h"
#include "lexer.h"
#include "node.h"
#include "slice.h"
#include "truth.h"

struct expression {
    struct evaluation *evaluation;
    const struct node *root;
    struct slice source;
    struct expression *next; // of the set
    uint64_t row;            // number of the row last asked about
    enum expression_truth truth;
};

struct expression_set {
    const struct expression_scope *scope;
    struct arena *arena;
    struct evaluation *evaluation;
    struct expression *expressions;
};

static struct lexer_source source_at(struct slice source, const struct expression_place *place)
{
    bool whole = place->whole_line.data != NULL;
    return (struct lexer_source){
        .file = place->file,
        .text = source,
        .line = place->line,
        .column = whole ? place->column : 1,
        .whole_line = whole ? place->whole_line : slice_part(source, 0, slice_find(source, '\n', 0)),
    };
}

static struct node *parse(struct grammar *grammar)
{
    grammar_advance(grammar);
    struct node *root = grammar_expression(grammar);
    if (!grammar->failed && grammar->token.kind != LEXER_END) {
        grammar_unexpected(grammar);
    }
    return root;
}

// NULL, and said, when it does not compile.
static struct expression *compile_in(const struct expression_set *set, struct slice source,
                                     const struct expression_place *place, struct complaints *complaints)
{
    struct expression *expression = arena_allocate(set->arena, sizeof *expression);
    *expression = (struct expression){.evaluation = set->evaluation, .source = source};
    struct lexer_source text = source_at(source, place);
    struct grammar grammar = {
        .scope = set->scope,
        .evaluation = set->evaluation,
        .arena = set->arena,
        .complaints = complaints,
        .lexer = {.source = &text, .end = source.length, .arena = set->arena},
    };
    size_t before = complaints->count;
    struct node *root = parse(&grammar);
    if (!grammar.failed) {
        expression->root = kinds_truth(&grammar, root);
    }
    return complaints->count > before ? NULL : expression;
}

struct expression *expression_compile(struct slice source, const struct expression_place *place,
                                      const struct expression_scope *scope, struct arena *arena,
                                      struct complaints *complaints)
{
    const struct expression_set own = {scope, arena, evaluation_create(scope, arena), NULL};
    struct expression *expression = compile_in(&own, source, place, complaints);
    if (expression == NULL) {
        evaluation_free(own.evaluation);
    }
    return expression;
}

void expression_free(struct expression *expression)
{
    if (expression != NULL) {
        evaluation_free(expression->evaluation);
    }
}

struct expression_set *expression_set_create(const struct expression_scope *scope, struct arena *arena)
{
    struct expression_set *set = arena_allocate(arena, sizeof *set);
    *set = (struct expression_set){scope, arena, evaluation_create(scope, arena), NULL};
    return set;
}

void expression_set_free(struct expression_set *set)
{
    if (set != NULL) {
        evaluation_free(set->evaluation);
    }
}

struct expression *expression_set_compile(struct expression_set *set, struct slice source,
                                          const struct expression_place *place, struct complaints *complaints)
{
    for (struct expression *known = set->expressions; known != NULL; known = known->next) {
        if (slice_equal(known->source, source)) {
            return known;
        }
    }
    struct expression *expression = compile_in(set, source, place, complaints);
    if (expression != NULL) {
        expression->next = set->expressions;
        set->expressions = expression;
    }
    return expression;
}

void expression_set_begin(struct expression_set *set, const struct row *row)
{
    evaluation_begin(set->evaluation, row);
}

bool expression_gathers(const struct expression *expression)
{
    return expression->evaluation->columns != NULL;
}

bool expression_gather(struct expression *expression, const struct row *row, struct expression_fault *fault)
{
    bool good = evaluation_gather(expression->evaluation, row);
    if (!good) {
        *fault = evaluation_fault(expression->evaluation);
    }
    return good;
}

void expression_settle(struct expression *expression)
{
    evaluation_settle(expression->evaluation);
}

static enum expression_truth unless_bad(const struct evaluation *evaluation, enum expression_truth truth,
                                        struct expression_fault *fault)
{
    if (evaluation->fault != NULL) {
        *fault = evaluation_fault(evaluation);
        return EXPRESSION_BAD;
    }
    return truth;
}

enum expression_truth expression_test(const struct expression *expression, const struct row *row,
                                      struct expression_fault *fault)
{
    struct evaluation *evaluation = expression->evaluation;
    evaluation_begin(evaluation, row);
    enum expression_truth truth = truth_test(evaluation, expression->root);
    return unless_bad(evaluation, truth, fault);
}

enum expression_truth expression_ask(struct expression *expression, struct expression_fault *fault)
{
    struct evaluation *evaluation = expression->evaluation;
    if (expression->row != evaluation->row_number) {
        expression->row = evaluation->row_number;
        expression->truth = truth_test(evaluation, expression->root);
    }
    return unless_bad(evaluation, expression->truth, fault);
}

size_t expression_missed(const struct expression *expression)
{
    return expression->evaluation->missed;
}
