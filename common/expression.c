// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * expression: one tree and the evaluation it is walked with.
 */
#include "expression.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "arena.h"
#include "cell.h"
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

static struct expression *compile(struct slice source, const struct expression_place *place,
                                  const struct expression_scope *scope, struct arena *arena,
                                  struct complaints *complaints, bool condition)
{
    struct expression *expression = arena_allocate(arena, sizeof *expression);
    *expression = (struct expression){.evaluation = evaluation_create(scope, arena)};
    struct lexer_source text = source_at(source, place);
    struct grammar grammar = {
        .scope = scope,
        .evaluation = expression->evaluation,
        .arena = arena,
        .complaints = complaints,
        .lexer = {.source = &text, .end = source.length, .arena = arena},
    };
    size_t before = complaints->count;
    struct node *root = parse(&grammar);
    if (!grammar.failed) {
        expression->root = condition ? kinds_truth(&grammar, root) : kinds_as(&grammar, root, NODE_NUMBER);
    }
    if (complaints->count > before) {
        evaluation_free(expression->evaluation);
        return NULL;
    }
    return expression;
}

struct expression *expression_compile(struct slice source, const struct expression_place *place,
                                      const struct expression_scope *scope, struct arena *arena,
                                      struct complaints *complaints)
{
    return compile(source, place, scope, arena, complaints, true);
}

struct expression *expression_compile_number(struct slice source, const struct expression_place *place,
                                             const struct expression_scope *scope, struct arena *arena,
                                             struct complaints *complaints)
{
    return compile(source, place, scope, arena, complaints, false);
}

void expression_free(struct expression *expression)
{
    if (expression != NULL) {
        evaluation_free(expression->evaluation);
    }
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

enum expression_truth expression_test(const struct expression *expression, const struct row *row,
                                      struct expression_fault *fault)
{
    struct evaluation *evaluation = expression->evaluation;
    evaluation_begin(evaluation, row);
    enum expression_truth truth = truth_test(evaluation, expression->root);
    if (evaluation->fault != NULL) {
        *fault = evaluation_fault(evaluation);
        return EXPRESSION_BAD;
    }
    return truth;
}

enum cell_result expression_number(const struct expression *expression, const struct row *row, double *value,
                                   struct expression_fault *fault)
{
    struct evaluation *evaluation = expression->evaluation;
    evaluation_begin(evaluation, row);
    double number = evaluation_number(evaluation, expression->root);
    if (evaluation->fault != NULL) {
        *fault = evaluation_fault(evaluation);
        return CELL_BAD;
    }
    if (isnan(number)) {
        return CELL_BLANK;
    }
    *value = number;
    return CELL_OK;
}

size_t expression_missed(const struct expression *expression)
{
    return expression->evaluation->missed;
}
