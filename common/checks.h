// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * checks: the first rules of a set, as far as they are plain, tested all at once.
 *
 * Plain is a rule that compares cells with constants and wants all of it to be true. Which of such rules is true of a
 * row cannot be foreseen, and a processor that guesses wrong loses more than all comparisons of all rules cost: here
 * they are made without asking what came of the ones before. That is the same as to try one rule after the other where
 * every number was read; where one was not it may be unknown or at fault, and the rules must be tried in their order.
 */
#ifndef CHECKS_H
#define CHECKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "digits.h"
#include "evaluation.h"
#include "node.h"

#define CHECKS_RULES 63  // at most
#define CHECKS_COLUMNS 8 // whose numbers, and whose texts, are told all at once

// The numbers from `from` on, up to the next span, and the rules that are false of them, a bit each.
struct checks_span {
    double from;
    uint64_t orders[DIGITS_MOST]; // digits_order of the least number of so many places that is in it or beyond
    uint64_t false_rules;
};

// All numbers, cut where a comparison of a column with a constant changes.
struct checks_line {
    struct checks_span *spans; // ascending, the first one from minus infinity
    size_t count;
    size_t capacity;
    size_t column;
    bool dates; // which the cells are to be read as
};

// A text, and the rules that are false of it.
struct checks_text {
    uint64_t word; // its digits_of
    size_t length;
    uint64_t false_rules;
};

// All texts of a column: those that rules name, and the others.
struct checks_column {
    struct checks_text *texts;
    size_t count;
    size_t capacity;
    size_t column;
    uint64_t others_false_rules;
};

// The zero value has no rule; freed by checks_free.
struct checks {
    struct checks_line lines[CHECKS_COLUMNS];
    size_t line_count;
    struct checks_column columns[CHECKS_COLUMNS];
    size_t column_count;
    const struct node *roots[CHECKS_RULES];
    size_t count;     // of the rules
    uint64_t textual; // a bit for each rule that compares texts,
    uint64_t partial; // and in other ways than columns tell
};

// Adds the next rule of the set; NULL is an else. False when it is not plain: then no rule may be added behind it.
bool checks_add(struct checks *checks, const struct node *root);
void checks_free(struct checks *checks);

// The first rule that is true of the row, or the count when none is. CHECKS_UNTOLD when a number or date that is
// compared is not of the plainest form, which is all that is understood here: then the rules are to be tried in their
// order.
#define CHECKS_UNTOLD SIZE_MAX
size_t checks_first(const struct checks *checks, struct evaluation *evaluation);

#endif
