// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * grammar: a Pratt parser. What stands between operators is read by `prefix`, operators by `infix`; a number, the
 * binding power, says which of two operators takes the value between them.
 *
 * Nesting is counted and the height of trees is bounded, so that no source, however long, can exhaust the stack here or
 * later in evaluation; chains of and/or are one node.
 */
#include "grammar.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "arena.h"
#include "arithmetic.h"
#include "cell.h"
#include "comparison.h"
#include "complaints.h"
#include "functions.h"
#include "kinds.h"
#include "lexer.h"
#include "naming.h"
#include "node.h"
#include "slice.h"

enum { DEPTH_LIMIT = 200, HEIGHT_LIMIT = 1000, MESSAGE_LIMIT = 60 };

enum power {
    POWER_NONE,
    POWER_OR,
    POWER_AND,
    POWER_NOT,
    POWER_COMPARE,
    POWER_SUM,
    POWER_PRODUCT,
    POWER_SIGN,
};

static struct node *expression(struct grammar *grammar, enum power power);

int grammar_clip(struct slice text)
{
    size_t length = text.length < MESSAGE_LIMIT ? text.length : MESSAGE_LIMIT;
    while (length < text.length && length > 0 && ((unsigned char)text.data[length] & 0xC0) == 0x80) {
        length--;
    }
    return (int)length;
}

struct node *grammar_nothing(struct grammar *grammar, size_t offset)
{
    struct node *node = arena_allocate(grammar->arena, sizeof *node);
    *node = (struct node){.op = NODE_CONSTANT, .kind = NODE_WRONG, .height = 1, .offset = offset};
    return node;
}

struct node *grammar_wrong(struct grammar *grammar, size_t offset, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    lexer_complain_list(grammar->lexer.source, grammar->complaints, offset, format, arguments);
    va_end(arguments);
    return grammar_nothing(grammar, offset);
}

struct node *grammar_fail(struct grammar *grammar, size_t offset, const char *format, ...)
{
    if (!grammar->failed) {
        va_list arguments;
        va_start(arguments, format);
        lexer_complain_list(grammar->lexer.source, grammar->complaints, offset, format, arguments);
        va_end(arguments);
        grammar->failed = true;
    }
    return grammar_nothing(grammar, offset);
}

void grammar_advance(struct grammar *grammar)
{
    grammar->passed = grammar->token.end;
    grammar->token = lexer_next(&grammar->lexer);
    if (grammar->token.kind == LEXER_BAD) {
        grammar_fail(grammar, grammar->token.start, "%s", grammar->token.problem);
        grammar->token.kind = LEXER_END;
    }
}

static void raise(struct grammar *grammar, struct node *node, const struct node *child)
{
    if (child != NULL && child->height >= node->height) {
        node->height = child->height + 1;
    }
    if (node->height > HEIGHT_LIMIT) {
        grammar_fail(grammar, node->offset, "an expression of more than %d levels", HEIGHT_LIMIT);
    }
}

struct node *grammar_node(struct grammar *grammar, enum node_op op, enum node_kind kind, struct node *left,
                          struct node *right)
{
    struct node *node = arena_allocate(grammar->arena, sizeof *node);
    *node = (struct node){.op = op,
                          .kind = kind,
                          .height = 1,
                          .offset = left != NULL ? left->offset : grammar->token.start,
                          .left = left,
                          .right = right};
    raise(grammar, node, left);
    raise(grammar, node, right);
    return node;
}

void grammar_append(struct grammar *grammar, struct node *node, struct node *item)
{
    if (node->last == NULL) {
        node->list = item;
    } else {
        node->last->next = item;
    }
    node->last = item;
    item->next = NULL;
    raise(grammar, node, item);
}

bool grammar_expect(struct grammar *grammar, enum lexer_kind kind, const char *what)
{
    if (grammar->token.kind != kind) {
        grammar_fail(grammar, grammar->token.start, "%s is missing here", what);
        return false;
    }
    grammar_advance(grammar);
    return true;
}

size_t grammar_values(struct grammar *grammar, struct node *list, bool hint)
{
    size_t count = 0;
    grammar_advance(grammar);
    if (grammar->token.kind == LEXER_CLOSE) {
        grammar_advance(grammar);
        return 0;
    }
    do {
        grammar->quote_hint = hint;
        grammar_append(grammar, list, kinds_settle(grammar, expression(grammar, POWER_NONE)));
        count++;
        if (grammar->failed || grammar->token.kind != LEXER_COMMA) {
            break;
        }
        grammar_advance(grammar);
    } while (true);
    grammar_expect(grammar, LEXER_CLOSE, "')'");
    return count;
}

static struct node *unknown_function(struct grammar *grammar, const struct token *name)
{
    const char *near = functions_nearest(name->text);
    int length = grammar_clip(name->text);
    if (naming_is_odd(grammar, name->start, name->text.length)) {
        return grammar_nothing(grammar, name->start);
    }
    if (near == NULL) {
        return grammar_fail(grammar, name->start, "unknown function '%.*s'", length, name->text.data);
    }
    return grammar_fail(grammar, name->start, "unknown function '%.*s' (did you mean '%s'?)", length, name->text.data,
                        near);
}

static struct node *call(struct grammar *grammar, const struct token *name)
{
    const struct function *function = functions_find(name->text);
    if (function == NULL) {
        return unknown_function(grammar, name);
    }
    bool outer = grammar->inside_columns;
    if (functions_whole(function) && outer) {
        return grammar_fail(grammar, name->start, "a function over the whole column cannot stand inside another one");
    }
    grammar->inside_columns = outer || functions_whole(function);
    struct node list = {.op = NODE_ALL, .height = 1, .offset = name->start};
    size_t count = grammar_values(grammar, &list, false);
    grammar->inside_columns = outer;
    if (grammar->failed) {
        return grammar_nothing(grammar, name->start);
    }
    return functions_call(grammar, function, list.list, count, name->start);
}

static struct node *word(struct grammar *grammar, bool hint)
{
    struct token token = grammar->token;
    grammar_advance(grammar);
    if (token.kind == LEXER_WORD && grammar->token.kind == LEXER_OPEN && !grammar->failed) {
        return call(grammar, &token);
    }
    return naming_column(grammar, &token, hint);
}

static struct node *constant(struct grammar *grammar)
{
    const struct token *token = &grammar->token;
    struct node *node = grammar_node(grammar, NODE_CONSTANT, NODE_NUMBER, NULL, NULL);
    switch (token->kind) {
    case LEXER_NUMBER:
        node->number = token->number;
        break;
    case LEXER_DATE:
        node->kind = NODE_DATE;
        node->number = token->day;
        break;
    case LEXER_TODAY:
        node->kind = NODE_DATE;
        node->number = grammar->scope->clock->today;
        break;
    case LEXER_PERIOD:
        node->op = NODE_PERIOD;
        node->kind = NODE_LENGTH;
        node->period = token->period;
        node->number = period_days(token->period);
        break;
    case LEXER_TEXT:
        node->op = NODE_LITERAL;
        node->kind = NODE_TEXT;
        node->text = slice_trim_value(token->text);
        if (cell_is_blank(grammar->scope->forms, node->text)) {
            node->text.length = 0;
        }
        break;
    default:
        node->op = token->kind == LEXER_TRUE ? NODE_TRUE : NODE_FALSE;
        node->kind = NODE_TRUTH;
        break;
    }
    grammar_advance(grammar);
    return node;
}

static struct node *brackets(struct grammar *grammar)
{
    size_t start = grammar->token.start;
    grammar_advance(grammar);
    struct node *inner = expression(grammar, POWER_NONE);
    if (!grammar->failed && grammar->token.kind == LEXER_END) {
        return grammar_fail(grammar, start, "this '(' is never closed");
    }
    grammar_expect(grammar, LEXER_CLOSE, "')'");
    return inner;
}

void grammar_unexpected(struct grammar *grammar)
{
    const struct token *token = &grammar->token;
    struct slice text = slice_part(grammar->lexer.source->text, token->start, token->end);
    const char *reason = token->kind == LEXER_CLOSE ? "closes nothing"
                         : token->kind == LEXER_COLON || token->kind == LEXER_SEMICOLON || token->kind == LEXER_ARROW ||
                                 token->kind == LEXER_COMMA
                             ? "has no place here"
                             : "stands where an operator, such as and, is expected";
    grammar_fail(grammar, token->start, "'%.*s' %s", grammar_clip(text), text.data, reason);
}

static struct node *unexpected(struct grammar *grammar)
{
    const struct token *token = &grammar->token;
    struct slice text = slice_part(grammar->lexer.source->text, token->start, token->end);
    if (token->kind == LEXER_END || token->kind == LEXER_SEMICOLON || token->kind == LEXER_ARROW) {
        return grammar_fail(grammar, token->start, "the expression ends where a value is expected");
    }
    return grammar_fail(grammar, token->start, "'%.*s' stands where a value is expected", grammar_clip(text),
                        text.data);
}

static struct node *prefix(struct grammar *grammar)
{
    size_t start = grammar->token.start;
    bool hint = grammar->quote_hint;
    grammar->quote_hint = false;
    struct node *operand = NULL;
    switch (grammar->token.kind) {
    case LEXER_NUMBER:
    case LEXER_DATE:
    case LEXER_TODAY:
    case LEXER_PERIOD:
    case LEXER_TEXT:
    case LEXER_TRUE:
    case LEXER_FALSE:
        return constant(grammar);
    case LEXER_WORD:
    case LEXER_COLUMN:
        return word(grammar, hint);
    case LEXER_OPEN:
        return brackets(grammar);
    case LEXER_MINUS:
    case LEXER_PLUS: {
        bool minus = grammar->token.kind == LEXER_MINUS;
        grammar_advance(grammar);
        operand = expression(grammar, POWER_SIGN);
        return minus ? arithmetic_negate(grammar, operand) : kinds_as(grammar, operand, NODE_NUMBER);
    }
    case LEXER_NOT:
        grammar_advance(grammar);
        operand =
            grammar_node(grammar, NODE_NOT, NODE_TRUTH, kinds_truth(grammar, expression(grammar, POWER_NOT)), NULL);
        operand->offset = start;
        return operand;
    default:
        return unexpected(grammar);
    }
}

static enum power power_of(enum lexer_kind kind)
{
    switch (kind) {
    case LEXER_OR:
        return POWER_OR;
    case LEXER_AND:
        return POWER_AND;
    case LEXER_EQUAL:
    case LEXER_NOT_EQUAL:
    case LEXER_LESS:
    case LEXER_LESS_EQUAL:
    case LEXER_GREATER:
    case LEXER_GREATER_EQUAL:
    case LEXER_MATCHES:
    case LEXER_MATCHES_NOT:
    case LEXER_NOT:
    case LEXER_IN:
    case LEXER_BETWEEN:
    case LEXER_LIKE:
    case LEXER_IS:
        return POWER_COMPARE;
    case LEXER_PLUS:
    case LEXER_MINUS:
        return POWER_SUM;
    case LEXER_TIMES:
    case LEXER_DIVIDE:
        return POWER_PRODUCT;
    default:
        return POWER_NONE;
    }
}

static struct node *join_truths(struct grammar *grammar, enum node_op op, enum power power, struct node *left)
{
    grammar_advance(grammar);
    struct node *right = kinds_truth(grammar, expression(grammar, power));
    left = kinds_truth(grammar, left);
    if (left->op != op) {
        struct node *first = left;
        left = grammar_node(grammar, op, NODE_TRUTH, NULL, NULL);
        left->offset = first->offset;
        grammar_append(grammar, left, first);
    }
    grammar_append(grammar, left, right);
    return left;
}

static struct node *infix(struct grammar *grammar, struct node *left, enum power power)
{
    enum lexer_kind kind = grammar->token.kind;
    switch (kind) {
    case LEXER_OR:
        return join_truths(grammar, NODE_ANY, power, left);
    case LEXER_AND:
        return join_truths(grammar, NODE_ALL, power, left);
    case LEXER_PLUS:
    case LEXER_MINUS:
    case LEXER_TIMES:
    case LEXER_DIVIDE:
        grammar_advance(grammar);
        return arithmetic_join(grammar, kind, left, expression(grammar, power));
    default:
        return comparison_read(grammar, left);
    }
}

static struct node *expression(struct grammar *grammar, enum power power)
{
    if (grammar->depth >= DEPTH_LIMIT) {
        return grammar_fail(grammar, grammar->token.start, "nested deeper than %d levels", DEPTH_LIMIT);
    }
    grammar->depth++;
    struct node *left = prefix(grammar);
    while (!grammar->failed && power_of(grammar->token.kind) > power) {
        left = infix(grammar, left, power_of(grammar->token.kind));
    }
    grammar->depth--;
    return left;
}

struct node *grammar_operand(struct grammar *grammar)
{
    return expression(grammar, POWER_COMPARE);
}

struct node *grammar_expression(struct grammar *grammar)
{
    return expression(grammar, POWER_NONE);
}
