// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * scores: recency, frequency and monetary value made into scores, 1 the worst and bins the best.
 *
 * Recency is better when lower, so its scores are reversed. The cuts of each measure are learnt from the customers who
 * bought, unless they were given by --cuts or by a file that --save wrote (`score,cut,value`: r, 1, 30).
 */
#ifndef SCORES_H
#define SCORES_H

#include <stdbool.h>
#include <stddef.h>

#include "cuts.h"
#include "diag.h"
#include "options.h"
#include "program.h"
#include "table.h"
#include "writer.h"

enum scores_measure {
    SCORES_RECENCY,
    SCORES_FREQUENCY,
    SCORES_MONETARY,
    SCORES_MEASURES,
};

// The three measures of a customer who bought: days since the last order, orders, revenue.
struct scores_measures {
    double values[SCORES_MEASURES];
};

struct scores {
    struct cuts cuts[SCORES_MEASURES];
    bool given[SCORES_MEASURES]; // not to be learnt
    size_t bins;
    size_t tally[SCORES_MEASURES][CUTS_MOST + 1]; // customers per score, for scores_note_empty
};

// Takes --cuts=r:30,90 (a list of them). False, said through program_wrong, when one cannot be read.
bool scores_take_cuts(struct scores *scores, const struct option_list *cuts, struct program *program);

// Takes a file that scores_save wrote. False, said, when it cannot be read: *status is what to return.
bool scores_use(struct scores *scores, const char *path, struct program *program, enum status *status);

// Learns the cuts that were not given from `count` customers who bought, and writes all cuts to the file `save` unless
// it is NULL. False, said, when they cannot be written.
bool scores_learn(struct scores *scores, const struct scores_measures *buyers, size_t count, const char *save);

// The four columns r_score, f_score, m_score and rfm: their names, whether a table is free of them, and a customer's
// cells, which also count the scores.
void scores_write_names(struct writer *writer);
bool scores_names_are_new(struct table *table);
void scores_write(struct scores *scores, const struct scores_measures *measures, struct writer *writer);
void scores_write_blanks(struct writer *writer);

// Names the scores that nobody got because equal values filled more than one bin.
void scores_note_empty(const struct scores *scores, const struct diag *diag);

#endif
