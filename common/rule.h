// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rule: an ordered set of named rules, `NAME : EXPR [-> TREATMENT]` a line, first match wins (regulars-rules(5)); or of
 * rules with points, `POINTS : EXPR` a line, that all count.
 *
 * `#` begins a comment; a line that begins with a blank goes on with the one above; `else` is the rest; with -e several
 * rules may stand in one line parted by `;`. The set is compiled against a header; all errors of all rules are gathered
 * before any row is tested.
 */
#ifndef RULE_H
#define RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "complaints.h"
#include "expression.h"
#include "row.h"
#include "slice.h"

struct rules;

#define RULE_NONE SIZE_MAX
#define RULE_BAD (SIZE_MAX - 1)

// An empty set, to which sources are added. The scope is borrowed. Freed by rules_free.
struct rules *rules_create(const struct expression_scope *scope);
void rules_free(struct rules *rules);

// Adds the rules of one source text (a file, or one -e); what is wrong with them is added to the complaints. `file` is
// its name in complaints. The text must outlive the set.
void rules_add(struct rules *rules, struct slice source, const char *file, struct complaints *complaints);

// Before the colon of each rule stand points instead of a name, a number or an expression of one, and all rules count:
// an `else` and treatments are complained about, rules_name gives the text of the points, and rules_points is to be
// asked in place of rules_match. Ask before rules_add.
void rules_expect_points(struct rules *rules);

// A rule whose column is absent from the header is left out instead of complained about (built-in sets): ask before
// rules_add. rules_left_out counts them, rules_omission tells of each, in their order; its texts live as long as the
// set.
void rules_tolerate_absent(struct rules *rules);
size_t rules_left_out(const struct rules *rules);

struct rules_omission {
    struct slice rule;
    struct slice column; // the first one that is absent
};
struct rules_omission rules_omission(const struct rules *rules, size_t index);

size_t rules_count(const struct rules *rules);
struct slice rules_name(const struct rules *rules, size_t index);
struct slice rules_treatment(const struct rules *rules, size_t index); // empty when there is none
bool rules_have_treatments(const struct rules *rules);
const char *rules_file(const struct rules *rules, size_t index);
uint64_t rules_line(const struct rules *rules, size_t index);
struct slice rules_source(const struct rules *rules, size_t index); // the text of its expression
bool rules_is_else(const struct rules *rules, size_t index);

bool rules_gather(const struct rules *rules); // do any need the first pass?
bool rules_gather_row(struct rules *rules, const struct row *row, struct expression_fault *fault);
void rules_settle(struct rules *rules);

// What else there is to say of the row.
struct rules_remark {
    bool unknown;                  // a rule before the answer was
    size_t bad_rule;               // this and the fault with RULE_BAD only
    struct expression_fault fault; // of the cell
};

// The first rule that is true of the row, RULE_NONE or RULE_BAD.
size_t rules_match(const struct rules *rules, const struct row *row, struct rules_remark *remark);

// One rule alone, whatever stands before it; an else is true of every row.
enum expression_truth rules_test(const struct rules *rules, size_t index, const struct row *row,
                                 struct expression_fault *fault);

// Points of a row, one number a rule: 0 where the rule is not true, NaN where it is but its points are unknown. False
// on a cell that cannot be read: *fault and *bad_rule are set.
bool rules_points(const struct rules *rules, const struct row *row, double *points, struct expression_fault *fault,
                  size_t *bad_rule);

// Cells that --bad=missing passed over so far, each counted once.
size_t rules_missed(const struct rules *rules);

// Where the first of them stands. Only when there is one.
struct rules_miss {
    const char *file;
    uint64_t line;
    size_t column;
};
struct rules_miss rules_first_missed(const struct rules *rules);

#endif
