// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * assignment: which column of a table is which: named by an option, fixed by the layout of a known export, or found by
 * the usual names of a role.
 *
 * Says nothing; what is wrong goes into a text.
 */
#ifndef ASSIGNMENT_H
#define ASSIGNMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "cell.h"
#include "columns.h"
#include "layout.h"
#include "roles.h"
#include "text.h"

// The first four are the caller's to set, and borrowed.
struct assignment {
    const struct columns *columns; // of the table
    const struct columns *header;  // of its files
    char delimiter;
    const struct layout *layout; // NULL when it is none that is known
    struct text fixed;           // the columns that the layout gave, for a note
    size_t currency_column;      // what amounts are in, by the layout; SIZE_MAX: not to be looked at
    bool is_log;                 // a date, a time or an amount was asked for
};

enum assignment_result {
    ASSIGNMENT_FOUND,
    ASSIGNMENT_ABSENT,    // it may be that the header is none
    ASSIGNMENT_AMBIGUOUS, // two columns are equally usual
};

void assignment_free(struct assignment *assignment);

// The column of this name; what is wrong stands between `before` and `behind`.
enum assignment_result assignment_column(const struct assignment *assignment, const char *name, const char *before,
                                         const char *behind, size_t *index, struct text *problem);

// The column of a role: `name` when it is not NULL. A role that is not `needed` and is not there is found with *index
// SIZE_MAX.
enum assignment_result assignment_role(struct assignment *assignment, enum role role, const char *name, bool needed,
                                       size_t *index, struct text *problem);

// Would the layout alone have a column for the role?
bool assignment_is_fixed(const struct assignment *assignment, enum role role);

// What the layout fixed: "read as Shopify orders: date 'paid at'; only rows where ... (--layout=none for none of
// this)". `counted` tells whether its condition is in force. False when it fixed nothing.
bool assignment_describe(struct assignment *assignment, bool counted, const struct cell_forms *forms,
                         struct text *note);

#endif
