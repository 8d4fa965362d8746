// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * choice: the first thing that speaks against a row decides.
 */
#include "choice.h"

#include "complaints.h"
#include "slice.h"

// NULL, said, when it cannot be compiled.
static struct expression *compile(struct choice *choice, const char *option, const char *text)
{
    struct complaints complaints = {0};
    struct slice source = slice_of(text);
    struct expression_place place = {.file = option, .line = 1, .column = 1, .whole_line = source};
    struct expression *expression = expression_compile(source, &place, &choice->scope, &choice->arena, &complaints);
    if (expression == NULL) {
        complaints_print(&complaints);
    }
    complaints_free(&complaints);
    return expression;
}

bool choice_make(struct choice *choice, const struct expression_scope *scope, const char *where,
                 const struct layout *layout)
{
    choice->scope = *scope;
    if (where != NULL) {
        choice->where = compile(choice, "--where", where);
        return choice->where != NULL;
    }
    if (layout != NULL && layout->counted != NULL) {
        choice->counted = compile(choice, "--layout", layout->counted);
        return choice->counted != NULL;
    }
    return true;
}

void choice_free(struct choice *choice)
{
    expression_free(choice->where);
    expression_free(choice->counted);
    text_free(&choice->currency);
    text_free(&choice->reason);
    arena_free(&choice->arena);
}

// The expression cannot judge the row.
static enum choice_result refuse(struct choice *choice, const struct expression_fault *fault, struct refusal *refusal)
{
    text_clear(&choice->reason);
    text_format(&choice->reason, "%s, as %s asks", fault->reason, choice->where != NULL ? "--where" : "the layout");
    *refusal = (struct refusal){fault->column, text_string(&choice->reason), ""};
    return CHOICE_REFUSED;
}

// Is the row's currency, which stands in a column of its own, that of the rows before?
static bool is_same_currency(struct choice *choice, const struct row *row)
{
    struct slice currency = slice_trim_value(row->cells[choice->currency_column]);
    if (choice->currency.length == 0) {
        text_append(&choice->currency, currency);
    }
    return currency.length == 0 || slice_equal(currency, text_slice(&choice->currency));
}

static enum choice_result look_at_currency(struct choice *choice, const struct row *row, struct refusal *refusal)
{
    if (is_same_currency(choice, row)) {
        return CHOICE_TAKEN;
    }
    *refusal = (struct refusal){choice->currency_column, "another currency than in the rows before",
                                " (choose one with --where)"};
    return CHOICE_REFUSED;
}

enum choice_result choice_of(struct choice *choice, const struct row *row, struct refusal *refusal)
{
    const struct expression *expression = choice_expression(choice);
    struct expression_fault fault = {0};
    switch (expression == NULL ? EXPRESSION_TRUE : expression_test(expression, row, &fault)) {
    case EXPRESSION_TRUE:
        break;
    case EXPRESSION_BAD:
        return refuse(choice, &fault, refusal);
    case EXPRESSION_FALSE:
    case EXPRESSION_UNKNOWN:
        return choice->where != NULL ? CHOICE_NOT_KEPT : CHOICE_UNCOUNTED;
    }
    return choice->currency_column == REFUSAL_NO_COLUMN ? CHOICE_TAKEN : look_at_currency(choice, row, refusal);
}
