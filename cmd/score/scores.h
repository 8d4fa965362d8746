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

enum scores_measure {
    SCORES_RECENCY,
    SCORES_FREQUENCY,
    SCORES_MONETARY,
    SCORES_MEASURES,
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

// Learns the cuts of one measure unless they were given. Sorts the values.
void scores_learn(struct scores *scores, enum scores_measure measure, double *values, size_t count);

// The score of a value; counts it.
unsigned scores_of(struct scores *scores, enum scores_measure measure, double value);

// Writes the cuts in use, 17 digits. False, said, when it cannot.
bool scores_save(const struct scores *scores, const char *path);

// Names the scores that nobody got because equal values filled more than one bin.
void scores_note_empty(const struct scores *scores, const struct diag *diag);

#endif
