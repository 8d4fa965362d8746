// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * turn: what a row of the customers comes to: a person, and the candidates that he and the rules make.
 *
 * Texts are views of the row, until turn_keep copies them: then a turn may wait while other rows are read.
 */
#ifndef TURN_H
#define TURN_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "candidate.h"
#include "person.h"

struct turn {
    struct person person;
    struct candidate *candidates; // in the order of the rules
    size_t count;
    bool refused; // a cell that a rule asked for is bad: there are no candidates
    struct arena arena;
};

// Room for one candidate a rule.
void turn_make(struct turn *turn, size_t rules);
void turn_free(struct turn *turn); // also of the zero value

// Its texts live from now on until the turn is used for another row.
void turn_keep(struct turn *turn);

#endif
