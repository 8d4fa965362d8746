// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * choice: which rows of a table are used: those of --where, else those that count by the layout, and of one currency.
 */
#ifndef CHOICE_H
#define CHOICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "expression.h"
#include "layout.h"
#include "refusal.h"
#include "row.h"
#include "text.h"

struct choice {
    struct expression_scope scope;
    struct expression *where;   // NULL: all rows
    struct expression *counted; // the rows that count by the layout; NULL: all
    bool counts;                // and are counted; this and the next are the caller's to set
    size_t currency_column;     // REFUSAL_NO_COLUMN while no currency is to be looked at
    struct text currency;       // of the rows so far
    struct text reason;
    struct arena arena; // of the expressions
};

enum choice_result {
    CHOICE_TAKEN,
    CHOICE_NOT_KEPT,  // by --where
    CHOICE_UNCOUNTED, // by the layout
    CHOICE_REFUSED,   // *refusal tells why; its texts live until the next call
};

// Compiles `where`, or NULL, and the condition of the layout, or NULL, into a choice of zeros. False, said, when that
// cannot be done (status 2).
bool choice_make(struct choice *choice, const struct expression_scope *scope, const char *where,
                 const struct layout *layout);
void choice_free(struct choice *choice);

// A row, which fits the header.
enum choice_result choice_of(struct choice *choice, const struct row *row, struct refusal *refusal);

// The condition in force, or NULL.
static inline const struct expression *choice_expression(const struct choice *choice)
{
    return choice->where != NULL ? choice->where : choice->counts ? choice->counted : NULL;
}

// Is there nothing to look at? Asked before choice_of, which then need not be called.
static inline bool choice_is_idle(const struct choice *choice)
{
    return choice_expression(choice) == NULL && choice->currency_column == REFUSAL_NO_COLUMN;
}

#endif
