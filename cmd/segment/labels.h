// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * labels: the columns that a rule set adds to a row: the label, its treatment (of the rule, or of a table), and why.
 *
 * What is printed for each rule is made once, so that a row costs a copy. All is borrowed and must outlive the labels.
 */
#ifndef LABELS_H
#define LABELS_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "names.h"
#include "program.h"
#include "rule.h"
#include "treatment.h"

struct labels_options {
    const char *as;    // name of the label's column, NULL: "segment"
    const char *only;  // labels to keep, parted by commas, as printed or in English; NULL: all
    const char *treat; // file of the treatment table, NULL: none; it has the labels as printed
    enum names names;
    bool why; // add a column that names the rule's file and line
};

struct labels {
    const struct labels_options *options;
    size_t count;        // rules
    struct slice *texts; // what is printed for each rule and, behind them, for RULE_NONE
    struct slice *whys;
    bool *kept;                  // is it among --only?
    const struct rules *rules;   // where they give treatments, else NULL
    struct treatment *treatment; // the table, or NULL
    struct arena arena;
};

// Fills the zero value and checks that the new columns are new. False when a name of --only is no label, a column is
// there already or the treatment table cannot be read: that was said and the table is stopped. labels_free in either
// case.
bool labels_prepare(struct labels *labels, const struct labels_options *options, const struct rules *rules,
                    struct table *table, struct program *program);
void labels_free(struct labels *labels);

// The names of the columns, behind those of the input.
void labels_write_names(const struct labels *labels, struct writer *writer);

// Is a row with this rule (or RULE_NONE) to be written?
bool labels_keep(const struct labels *labels, size_t rule);

// The cells of the columns.
void labels_write(const struct labels *labels, struct writer *writer, size_t rule);

#endif
