// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * comparison: reads what stands behind a comparison's operator; kinds.h makes the nodes.
 */
#include "comparison.h"

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "grammar.h"
#include "kinds.h"
#include "lexer.h"
#include "node.h"
#include "pattern.h"
#include "slice.h"

static unsigned comparison_of(enum lexer_kind kind)
{
    switch (kind) {
    case LEXER_EQUAL:
        return NODE_EQUAL;
    case LEXER_NOT_EQUAL:
        return NODE_LESS | NODE_GREATER;
    case LEXER_LESS:
        return NODE_LESS;
    case LEXER_LESS_EQUAL:
        return NODE_LESS | NODE_EQUAL;
    case LEXER_GREATER:
        return NODE_GREATER;
    default:
        return NODE_GREATER | NODE_EQUAL;
    }
}

static struct node *compare(struct grammar *grammar, struct node *left)
{
    unsigned comparison = comparison_of(grammar->token.kind);
    grammar_advance(grammar);
    grammar->quote_hint = true;
    return kinds_compare(grammar, comparison, left, grammar_operand(grammar));
}

static struct node *in(struct grammar *grammar, struct node *left)
{
    struct node list = {.op = NODE_ALL, .height = 1};
    grammar_advance(grammar);
    size_t start = grammar->token.start;
    if (grammar->token.kind != LEXER_OPEN) {
        return grammar_fail(grammar, start, "'in' is followed by values in brackets: in ('a', 'b')");
    }
    if (grammar_values(grammar, &list, true) == 0) {
        return grammar_fail(grammar, start, "there is no value between the brackets");
    }
    return grammar->failed ? grammar_nothing(grammar, start) : kinds_in(grammar, left, list.list);
}

static struct node *between(struct grammar *grammar, struct node *left)
{
    grammar_advance(grammar);
    struct node *low = grammar_operand(grammar);
    if (grammar->failed || !grammar_expect(grammar, LEXER_AND, "the 'and' of 'between'")) {
        return grammar_nothing(grammar, left->offset);
    }
    return kinds_between(grammar, left, low, grammar_operand(grammar));
}

static struct node *like(struct grammar *grammar, struct node *left)
{
    grammar_advance(grammar);
    if (grammar->token.kind != LEXER_TEXT) {
        return grammar_fail(grammar, grammar->token.start, "'like' is followed by text in quotes, as in like 'x%%'");
    }
    struct node *node = grammar_node(grammar, NODE_LIKE, NODE_TRUTH, kinds_as(grammar, left, NODE_TEXT), NULL);
    node->text = grammar->token.text;
    grammar_advance(grammar);
    return node;
}

static struct node *matches(struct grammar *grammar, struct node *left)
{
    grammar_advance(grammar);
    const struct token *token = &grammar->token;
    if (token->kind != LEXER_PATTERN) {
        return grammar_fail(grammar, token->start, "a pattern between slashes is expected here, as in /re/i");
    }
    struct pattern *pattern = arena_allocate(grammar->arena, sizeof *pattern);
    const char *problem = pattern_compile(pattern, token->text, token->fold);
    struct node *node = NULL;
    if (problem != NULL) {
        node = grammar_wrong(grammar, token->start, "this pattern cannot be used: %s", problem);
    } else {
        pattern->next = grammar->evaluation->patterns;
        grammar->evaluation->patterns = pattern;
        node = grammar_node(grammar, NODE_MATCHES, NODE_TRUTH, kinds_as(grammar, left, NODE_TEXT), NULL);
        node->pattern = pattern;
    }
    grammar_advance(grammar);
    return node;
}

static struct node *negated(struct grammar *grammar, struct node *truth)
{
    return grammar_node(grammar, NODE_NOT, NODE_TRUTH, truth, NULL);
}

// not in, not between, not like.
static struct node *infix_not(struct grammar *grammar, struct node *left)
{
    size_t start = grammar->token.start;
    grammar_advance(grammar);
    switch (grammar->token.kind) {
    case LEXER_IN:
        return negated(grammar, in(grammar, left));
    case LEXER_BETWEEN:
        return negated(grammar, between(grammar, left));
    case LEXER_LIKE:
        return negated(grammar, like(grammar, left));
    default:
        return grammar_fail(grammar, start, "behind a value 'not' is followed by in, between or like");
    }
}

static struct node *is(struct grammar *grammar, struct node *left)
{
    grammar_advance(grammar);
    bool negative = grammar->token.kind == LEXER_NOT;
    if (negative) {
        grammar_advance(grammar);
    }
    if (grammar->token.kind != LEXER_WORD || !slice_equal_fold(grammar->token.text, slice_of("missing"))) {
        return grammar_fail(grammar, grammar->token.start, "'is' is followed by missing or not missing");
    }
    struct node *node = kinds_missing(grammar, left);
    grammar_advance(grammar);
    return negative ? negated(grammar, node) : node;
}

struct node *comparison_read(struct grammar *grammar, struct node *left)
{
    switch (grammar->token.kind) {
    case LEXER_MATCHES:
        return matches(grammar, left);
    case LEXER_MATCHES_NOT:
        return negated(grammar, matches(grammar, left));
    case LEXER_NOT:
        return infix_not(grammar, left);
    case LEXER_IN:
        return in(grammar, left);
    case LEXER_BETWEEN:
        return between(grammar, left);
    case LEXER_LIKE:
        return like(grammar, left);
    case LEXER_IS:
        return is(grammar, left);
    default:
        return compare(grammar, left);
    }
}
