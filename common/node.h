// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * node: the tree an expression of the rule language becomes.
 *
 * Made by grammar, kinds, arithmetic and functions; walked by evaluation. Nodes live in the arena of their set and are
 * not changed once compiled. A node may have several parents.
 */
#ifndef NODE_H
#define NODE_H

#include <stdbool.h>
#include <stddef.h>

#include "columnwise.h"
#include "pattern.h"
#include "period.h"
#include "slice.h"
#include "text.h"

// What a node gives. Dates are days since 1970-01-01 and lengths of time are days, both as numbers with fractions.
enum node_kind {
    NODE_CELL, // not decided yet: what stands beside it decides
    NODE_TEXT,
    NODE_NUMBER,
    NODE_DATE,
    NODE_LENGTH,
    NODE_TRUTH,
    NODE_WORD, // a bare word that is no column, where that may still be an event's name
    NODE_WRONG // complained about already; fits everywhere
};

enum node_op {
    // Not decided yet (NODE_CELL, NODE_WORD).
    NODE_COLUMN,
    NODE_NAME,

    // Numbers, dates and lengths; NaN is unknown.
    NODE_CONSTANT,
    NODE_PERIOD,     // a constant whose months are known
    NODE_READ,       // a cell, read as `reading`
    NODE_ADD,        // left + right, and so on
    NODE_SUBTRACT,   //
    NODE_MULTIPLY,   //
    NODE_DIVIDE,     //
    NODE_ADD_PERIOD, // left, a date, plus `period`
    NODE_ABSOLUTE,   //
    NODE_MINIMUM,    // of the list
    NODE_MAXIMUM,    //
    NODE_FIRST,      // the first of the list that is known; of texts, that is not empty
    NODE_ROUND,      // to `number` decimals
    NODE_CODE_POINTS,
    NODE_WILSON,
    NODE_COLUMN_PERCENT,
    NODE_COLUMN_RANK,
    NODE_COLUMN_QUANTILE,
    NODE_COLUMN_MEAN,
    NODE_COLUMN_DEVIATION,
    NODE_COLUMN_SHARE,

    // Texts.
    NODE_LITERAL,
    NODE_CELL_TEXT,
    NODE_LOWER,
    NODE_UPPER,

    // Truths.
    NODE_TRUE,
    NODE_FALSE,
    NODE_NOT,
    NODE_ALL,         // of the list
    NODE_ANY,         //
    NODE_COMPARE,     // numbers
    NODE_CELL_WITHIN, // a cell, read as `reading`, within `range`
    NODE_COMPARE_TEXT,
    NODE_CELL_IS_TEXT,  // a cell equal to `text`, which is not empty; or not, without NODE_EQUAL
    NODE_CELL_IS_BLANK, // the same of nothing
    NODE_IS_UNKNOWN,
    NODE_IS_EMPTY,   // a text
    NODE_BETWEEN,    // left between the first and the last of the list, numbers
    NODE_IN_NUMBERS, // left in `set`
    NODE_IN_TEXTS,   //
    NODE_MATCHES,    // left by `pattern`
    NODE_LIKE,       // left by `text`
};

// Which outcomes of an order make a comparison true.
enum node_comparison {
    NODE_LESS = 1,
    NODE_EQUAL = 2,
    NODE_GREATER = 4,
};

// From `low` to `high`, both ends in, or all other numbers.
struct node_range {
    double low;
    double high;
    bool outside;
};

// NaN is not to be asked about. No branch: the outcome cannot be foreseen.
static inline bool node_within(struct node_range range, double value)
{
    return ((value >= range.low) & (value <= range.high)) != range.outside;
}

// The constants of `in (...)`, ascending.
struct node_set {
    size_t count;
    const double *numbers;
    const struct slice *texts;
};

// What evaluation asks for most stands first, within one cache line.
struct node {
    enum node_op op;
    enum node_kind kind;
    enum node_kind reading; // as what a cell is read: NODE_NUMBER, NODE_DATE or NODE_LENGTH
    unsigned comparison;    // of enum node_comparison
    size_t column;
    size_t slot; // of what was read of the column in this row
    struct node_range range;
    struct node *next; // sibling in a list
    struct node *list; // children of ALL, ANY, MINIMUM, MAXIMUM, FIRST, BETWEEN
    double number;
    struct node *left;
    struct node *right;
    struct slice text;
    struct node_set set;
    struct pattern *pattern;
    struct columnwise *whole;
    struct text *scratch; // for LOWER and UPPER
    struct period period;
    struct node *last; // of the list
    unsigned height;   // 1 and the highest child's
    size_t offset;     // where it begins in the source
};

#endif
