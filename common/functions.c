// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * functions: a table of names, each with how many values it takes and what makes its node.
 */
#include "functions.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "columnwise.h"
#include "date.h"
#include "diag.h"
#include "evaluation.h"
#include "grammar.h"
#include "kinds.h"
#include "node.h"
#include "number.h"
#include "slice.h"

enum { ANY_COUNT = 1000, ROUND_LIMIT = 15 };

struct call {
    const struct function *function;
    struct node *values; // a list
    size_t count;
    size_t offset;
};

struct function {
    const char *name;
    size_t minimum;
    size_t maximum;
    bool whole;
    enum node_op op;
    struct node *(*build)(struct grammar *grammar, const struct call *call);
};

static struct node *wrong_of(struct node *first, struct node *second)
{
    return first->kind == NODE_WRONG ? first : second;
}

// One text in, text or a number out.
static struct node *build_text(struct grammar *grammar, const struct call *call)
{
    struct node *text = kinds_as(grammar, call->values, NODE_TEXT);
    bool counts = call->function->op == NODE_CODE_POINTS;
    if (text->kind == NODE_WRONG) {
        return text;
    }
    struct node *node = grammar_node(grammar, call->function->op, counts ? NODE_NUMBER : NODE_TEXT, text, NULL);
    if (!counts) {
        struct scratch *scratch = arena_allocate(grammar->arena, sizeof *scratch);
        *scratch = (struct scratch){.next = grammar->evaluation->scratches};
        grammar->evaluation->scratches = scratch;
        node->scratch = &scratch->text;
    }
    return node;
}

static struct node *build_abs(struct grammar *grammar, const struct call *call)
{
    struct node *value = kinds_as(grammar, call->values, NODE_NUMBER);
    return value->kind == NODE_WRONG ? value : grammar_node(grammar, NODE_ABSOLUTE, value->kind, value, NULL);
}

// min, max, coalesce: a list of one kind, which is that of the result. A list of columns alone is decided by what
// stands beside the call.
static struct node *build_list(struct grammar *grammar, const struct call *call)
{
    enum node_kind kind = kinds_common(grammar, call->values);
    if (kind == NODE_WRONG) {
        call->values->kind = NODE_WRONG;
        return call->values;
    }
    if (kind == NODE_TEXT && call->function->op != NODE_FIRST) {
        return grammar_wrong(grammar, call->offset, "min and max compare numbers and dates, not text");
    }
    struct node *node = grammar_node(grammar, call->function->op, kind, NULL, NULL);
    for (struct node *item = call->values, *next = NULL; item != NULL; item = next) {
        next = item->next;
        grammar_append(grammar, node, kind == NODE_CELL ? item : kinds_as(grammar, item, kind));
    }
    return node;
}

static struct node *build_round(struct grammar *grammar, const struct call *call)
{
    struct node *places = call->values->next;
    struct node *value = kinds_as(grammar, call->values, NODE_NUMBER);
    if (value->kind == NODE_WRONG) {
        return value;
    }
    struct node *node = grammar_node(grammar, NODE_ROUND, value->kind, value, NULL);
    if (places != NULL) {
        bool whole = places->op == NODE_CONSTANT && places->kind == NODE_NUMBER &&
                     floor(places->number) == places->number && fabs(places->number) <= ROUND_LIMIT;
        if (!whole) {
            return grammar_wrong(grammar, places->offset, "round takes a whole number of decimals from -%d to %d",
                                 ROUND_LIMIT, ROUND_LIMIT);
        }
        node->number = places->number;
    }
    return node;
}

static struct node *build_days(struct grammar *grammar, const struct call *call)
{
    struct node *value = kinds_as(grammar, call->values, NODE_LENGTH);
    if (value->kind == NODE_WRONG) {
        return value;
    }
    // Adding nothing makes it a number without touching a node that others may share.
    struct node *zero = grammar_node(grammar, NODE_CONSTANT, NODE_NUMBER, NULL, NULL);
    return grammar_node(grammar, NODE_ADD, NODE_NUMBER, value, zero);
}

static struct node *build_number(struct grammar *grammar, const struct call *call)
{
    struct node *value = call->values;
    if (value->op != NODE_LITERAL) {
        return kinds_as(grammar, value, NODE_NUMBER);
    }
    struct node *node = grammar_node(grammar, NODE_CONSTANT, NODE_NUMBER, NULL, NULL);
    node->offset = value->offset;
    return number_read(value->text, '.', &node->number) ? node
                                                        : grammar_wrong(grammar, value->offset, "this is not a number");
}

static struct node *build_date(struct grammar *grammar, const struct call *call)
{
    struct node *value = call->values;
    if (value->op != NODE_LITERAL) {
        return kinds_as(grammar, value, NODE_DATE);
    }
    struct date_time date;
    struct node *node = grammar_node(grammar, NODE_CONSTANT, NODE_DATE, NULL, NULL);
    node->offset = value->offset;
    if (!date_read(value->text, grammar->scope->forms->dates, &date)) {
        return grammar_wrong(grammar, value->offset, "this is not a date");
    }
    node->number = date.day;
    return node;
}

static struct node *build_wilson(struct grammar *grammar, const struct call *call)
{
    struct node *n = call->values->next;
    struct node *hits = kinds_as(grammar, call->values, NODE_NUMBER);
    n = kinds_as(grammar, n, NODE_NUMBER);
    if (hits->kind == NODE_WRONG || n->kind == NODE_WRONG) {
        return wrong_of(hits, n);
    }
    return grammar_node(grammar, NODE_WILSON, NODE_NUMBER, hits, n);
}

// Columns whose bad cells are counted when the column is gathered, not again when rows are tested.
static void mark_gathered(struct grammar *grammar, const struct node *node)
{
    if (node == NULL || grammar->evaluation->gathered == NULL) {
        return;
    }
    if (node->op == NODE_READ) {
        grammar->evaluation->gathered[node->column] = true;
    }
    mark_gathered(grammar, node->left);
    mark_gathered(grammar, node->right);
    for (const struct node *item = node->list; item != NULL; item = item->next) {
        mark_gathered(grammar, item);
    }
}

// Functions over one and the same column share what is kept of it.
static struct columnwise *find_columnwise(struct grammar *grammar, struct node *argument)
{
    struct columnwise *column = grammar->evaluation->columns;
    for (; column != NULL && argument->op == NODE_READ; column = column->next) {
        const struct node *other = column->argument;
        if (other->op == NODE_READ && other->column == argument->column && other->reading == argument->reading) {
            return column;
        }
    }
    column = arena_allocate(grammar->arena, sizeof *column);
    *column = (struct columnwise){.argument = argument, .next = grammar->evaluation->columns};
    grammar->evaluation->columns = column;
    mark_gathered(grammar, argument);
    return column;
}

static struct node *build_column(struct grammar *grammar, const struct call *call)
{
    enum node_op op = call->function->op;
    struct node *percent = call->values->next;
    struct node *value = call->values;
    bool dates = op == NODE_COLUMN_PERCENT || op == NODE_COLUMN_RANK;
    if (!grammar->scope->whole_column) {
        return grammar_wrong(grammar, call->offset, "'%s' looks at a whole column, which cannot be done here",
                             call->function->name);
    }
    value = dates && value->kind == NODE_DATE ? value : kinds_as(grammar, value, NODE_NUMBER);
    if (value->kind == NODE_WRONG) {
        return value;
    }
    struct node *node = grammar_node(grammar, op, NODE_NUMBER, value, NULL);
    if (percent != NULL) {
        if (percent->op != NODE_CONSTANT || !(percent->number >= 0) || percent->number > 100) {
            return grammar_wrong(grammar, percent->offset, "q takes a percentage from 0 to 100, as in q(x, 80)");
        }
        node->number = percent->number;
    }
    node->whole = find_columnwise(grammar, value);
    node->whole->keeps = node->whole->keeps || (op != NODE_COLUMN_MEAN && op != NODE_COLUMN_SHARE);
    return node;
}

static const struct function functions[] = {
    {"lower", 1, 1, false, NODE_LOWER, build_text},
    {"upper", 1, 1, false, NODE_UPPER, build_text},
    {"len", 1, 1, false, NODE_CODE_POINTS, build_text},
    {"abs", 1, 1, false, NODE_ABSOLUTE, build_abs},
    {"min", 2, ANY_COUNT, false, NODE_MINIMUM, build_list},
    {"max", 2, ANY_COUNT, false, NODE_MAXIMUM, build_list},
    {"round", 1, 2, false, NODE_ROUND, build_round},
    {"days", 1, 1, false, NODE_ADD, build_days},
    {"coalesce", 2, ANY_COUNT, false, NODE_FIRST, build_list},
    {"number", 1, 1, false, NODE_READ, build_number},
    {"date", 1, 1, false, NODE_READ, build_date},
    {"wilson", 2, 2, false, NODE_WILSON, build_wilson},
    {"pct", 1, 1, true, NODE_COLUMN_PERCENT, build_column},
    {"rank", 1, 1, true, NODE_COLUMN_RANK, build_column},
    {"q", 2, 2, true, NODE_COLUMN_QUANTILE, build_column},
    {"mean", 1, 1, true, NODE_COLUMN_MEAN, build_column},
    {"sd", 1, 1, true, NODE_COLUMN_DEVIATION, build_column},
    {"share", 1, 1, true, NODE_COLUMN_SHARE, build_column},
};

enum { FUNCTION_COUNT = sizeof functions / sizeof *functions };

const struct function *functions_find(struct slice name)
{
    for (size_t i = 0; i < FUNCTION_COUNT; i++) {
        if (slice_equal_fold(name, slice_of(functions[i].name))) {
            return &functions[i];
        }
    }
    return NULL;
}

const char *functions_nearest(struct slice name)
{
    struct slice names[FUNCTION_COUNT];
    for (size_t i = 0; i < FUNCTION_COUNT; i++) {
        names[i] = slice_of(functions[i].name);
    }
    long nearest = diag_nearest(name, names, FUNCTION_COUNT);
    return nearest < 0 ? NULL : functions[nearest].name;
}

bool functions_whole(const struct function *function)
{
    return function->whole;
}

static struct node *wrong_count(struct grammar *grammar, const struct function *function, size_t count, size_t offset)
{
    if (function->maximum == ANY_COUNT) {
        return grammar_wrong(grammar, offset, "%s takes at least %zu values, not %zu", function->name,
                             function->minimum, count);
    }
    if (function->minimum < function->maximum) {
        return grammar_wrong(grammar, offset, "%s takes %zu or %zu values, not %zu", function->name, function->minimum,
                             function->maximum, count);
    }
    return grammar_wrong(grammar, offset, "%s takes %zu value%s, not %zu", function->name, function->minimum,
                         function->minimum == 1 ? "" : "s", count);
}

struct node *functions_call(struct grammar *grammar, const struct function *function, struct node *values, size_t count,
                            size_t offset)
{
    struct call call = {function, values, count, offset};
    for (struct node *value = values; value != NULL; value = value->next) {
        if (value->kind == NODE_WRONG) {
            return value;
        }
    }
    if (count < function->minimum || count > function->maximum) {
        return wrong_count(grammar, function, count, offset);
    }
    struct node *node = function->build(grammar, &call);
    node->offset = node->kind == NODE_WRONG ? node->offset : offset;
    return node;
}
