// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * labels: the columns that a mode adds to a row: the label, its treatment (of the rule, or of a table), and why.
 *
 * Labels are numbered: those of the rules first, as the rules are, then the words of a mode that has some of its own.
 * What is printed for each is made once, so that a row costs a copy. All is borrowed and must outlive the labels.
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
    const char *column;       // the mode's name of the label's column, NULL: "segment"
    const char *const *words; // labels that are no rules, NULL-terminated, or NULL
    const char *word_why;     // what `why` says of those
    const char *as;           // the user's name of the column, NULL: the mode's
    const char *only;         // labels to keep, parted by commas, as printed or in English; NULL: all
    const char *treat;        // file of the treatment table, NULL: none; it has the labels as printed
    enum names names;
    bool why; // add a column that names the rule's file and line
};

struct labels {
    const struct labels_options *options;
    size_t rule_count;
    size_t count;         // of the labels
    struct slice *labels; // in English
    struct slice *texts;  // what is printed for each and, behind them, for none
    struct slice *whys;
    struct slice *treatments;      // of the rules; a word has that of the first rule with its label
    bool *kept;                    // is it among --only?
    bool treats;                   // do the rules give treatments?
    struct treatment *treatment;   // the table, or NULL
    struct slice *cells;           // of all labels, one behind the other
    struct writer_ending *endings; // of those that need no treatment table
    struct arena arena;
};

// Fills the zero value and checks that the new columns are new. `rules` may be NULL. False when a name of --only is no
// label, a column is there already or the treatment table cannot be read: that was said and the table is stopped.
// labels_free in either case.
bool labels_prepare(struct labels *labels, const struct labels_options *options, const struct rules *rules,
                    struct table *table, struct program *program);
void labels_free(struct labels *labels);

// What the label's column is called.
const char *labels_column(const struct labels *labels);

// The number of the word at `index`.
size_t labels_of_word(const struct labels *labels, size_t index);

// The names of the columns, behind those of the input. Makes ready what is written for each label.
void labels_write_names(struct labels *labels, struct writer *writer);

// Is a row with this label (or RULE_NONE) to be written?
bool labels_keep(const struct labels *labels, size_t label);

// The cells of the columns.
void labels_write(const struct labels *labels, struct writer *writer, size_t label);

// The row with the cells of the columns, a whole record, if labels_keep says so.
void labels_write_record(const struct labels *labels, struct writer *writer, const struct row *row, size_t label);

#endif
