// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * naming: finds columns, and says of a name that is none what may have been meant.
 */
#include "naming.h"

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "diag.h"
#include "grammar.h"
#include "lexer.h"
#include "node.h"
#include "slice.h"
#include "text.h"

enum { SHOWN_NAMES = 10 };

bool naming_is_odd(struct grammar *grammar, size_t offset, size_t length)
{
    const struct columns *columns = grammar->scope->columns;
    struct slice rest = slice_part(grammar->lexer.source->text, offset, grammar->lexer.end);
    for (size_t i = 0; i < columns->count; i++) {
        struct slice name = slice_trim_value(columns->names[i]);
        if (name.length > length && slice_starts(rest, name)) {
            grammar_fail(grammar, offset, "a column name with blanks or signs in it is written [%.*s]",
                         grammar_clip(name), name.data);
            return true;
        }
    }
    return false;
}

static void list_names(const struct columns *columns, struct text *out)
{
    for (size_t i = 0; i < columns->count && i < SHOWN_NAMES; i++) {
        struct slice name = columns->folded[i];
        text_format(out, "%s%.*s", i == 0 ? "; have: " : ", ", grammar_clip(name), name.data);
    }
    if (columns->count > SHOWN_NAMES) {
        text_append_string(out, ", ...");
    }
}

struct node *naming_unknown(struct grammar *grammar, struct slice name, size_t offset)
{
    const struct columns *columns = grammar->scope->columns;
    if (grammar->tolerant) {
        grammar->lacking = grammar->absent ? grammar->lacking : name;
        grammar->absent = true;
        return grammar_nothing(grammar, offset);
    }
    struct text hint = {0};
    long nearest = diag_nearest(name, columns->folded, columns->count);
    if (nearest >= 0) {
        struct slice near = columns->folded[nearest];
        text_format(&hint, " (did you mean '%.*s'?)", grammar_clip(near), near.data);
    } else {
        list_names(columns, &hint);
    }
    struct node *node =
        grammar_wrong(grammar, offset, "unknown column '%.*s'%s", grammar_clip(name), name.data, text_string(&hint));
    text_free(&hint);
    return node;
}

static struct node *unknown_word(struct grammar *grammar, struct slice name, size_t offset)
{
    const struct columns *columns = grammar->scope->columns;
    long nearest = diag_nearest(name, columns->folded, columns->count);
    int length = grammar_clip(name);
    if (nearest < 0) {
        return grammar_wrong(grammar, offset, "'%.*s' is not a column; quote text: '%.*s'", length, name.data, length,
                             name.data);
    }
    struct slice near = columns->folded[nearest];
    return grammar_wrong(grammar, offset, "'%.*s' is not a column (did you mean '%.*s'?); quote text: '%.*s'", length,
                         name.data, grammar_clip(near), near.data, length, name.data);
}

static bool is_written_twice(const struct columns *columns, struct slice name)
{
    size_t count = 0;
    for (size_t i = 0; i < columns->count; i++) {
        count += slice_equal(columns->folded[i], name);
    }
    return count > 1;
}

struct node *naming_column(struct grammar *grammar, const struct token *token, bool hint)
{
    struct text problem = {0};
    struct node *node = grammar_node(grammar, NODE_COLUMN, NODE_CELL, NULL, NULL);
    node->offset = token->start;
    node->text = token->text;
    if (columns_find(grammar->scope->columns, token->text, &node->column, &problem)) {
        text_free(&problem);
        return node;
    }
    if (is_written_twice(grammar->scope->columns, token->text)) {
        node = grammar_wrong(grammar, token->start, "%s", text_string(&problem));
    } else if (token->kind == LEXER_WORD && grammar->scope->event != NULL && !hint) {
        node->op = NODE_NAME;
        node->kind = NODE_WORD;
    } else if (token->kind == LEXER_WORD && naming_is_odd(grammar, token->start, token->text.length)) {
        node = grammar_nothing(grammar, token->start);
    } else if (token->kind == LEXER_WORD && hint && !grammar->tolerant) {
        node = unknown_word(grammar, token->text, token->start);
    } else {
        node = naming_unknown(grammar, token->text, token->start);
    }
    text_free(&problem);
    return node;
}
