// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rule_text: sources made into compiled rules, for rule.h.
 */
#ifndef RULE_TEXT_H
#define RULE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "complaints.h"
#include "evaluation.h"
#include "expression.h"
#include "node.h"
#include "rule.h"
#include "slice.h"

struct rule {
    struct slice name;
    struct slice treatment;
    struct slice source; // of the condition
    const char *file;
    uint64_t line;
    const struct node *root;   // NULL for an else
    const struct node *points; // a number, in a set of points
    bool is_else;
};

// What is read so far. The first five are set by the owner; the arrays are on the heap and his to free.
struct rule_text {
    const struct expression_scope *scope;
    struct evaluation *evaluation;
    struct arena *arena; // of nodes and of names that are no views of their source
    struct complaints *complaints;
    bool tolerant; // a rule whose column is absent is left out
    bool points;   // before the colon stand points
    struct rule *rules;
    size_t count;
    size_t capacity;
    struct rules_omission *omissions;
    size_t left_out;
    size_t left_out_capacity;
    const char *else_file; // where the else stands, NULL while there is none
    uint64_t else_line;
};

// Reads one source to its end. What is wrong is added to the complaints, and such rules are not kept.
void rule_text_add(struct rule_text *text, struct slice source, const char *file);

#endif
