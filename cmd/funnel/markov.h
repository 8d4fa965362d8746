// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * markov: what is lost without a state of a Markov chain that begins in a start and ends in conversion or nothing.
 *
 * Sees numbers only. Costs n^3 time and n^2 memory.
 */
#ifndef MARKOV_H
#define MARKOV_H

#include <stddef.h>

// `counts` has n + 1 rows of n + 2 columns: how often row 0, the start, and rows 1 to n, the states, were followed by
// states 1 to n (columns 0 to n - 1), by conversion (n) and by nothing (n + 1). A state never left leads to nothing.
// effects[i] becomes the removal effect of state i + 1: the share of the conversions of the chain that is lost when
// everybody who comes to that state is lost. All zero when nobody converts. From every state an end must be in reach.
void markov_removal_effects(size_t n, const double *counts, double *effects);

#endif
