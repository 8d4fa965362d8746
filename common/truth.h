// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * truth: conditions over a row, in three values.
 */
#ifndef TRUTH_H
#define TRUTH_H

#include "evaluation.h"
#include "expression.h"
#include "node.h"

// The truth of a node of kind NODE_TRUTH. When a cell could not be read evaluation->fault is set; the truth then means
// nothing.
enum expression_truth truth_test(struct evaluation *evaluation, const struct node *node);

#endif
