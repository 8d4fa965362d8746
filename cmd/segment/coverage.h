// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * coverage: which rules of an ordered set are true of which rows, and which can never win.
 *
 * For each rule: matched, the rows it is true of; alone, those of which no other rule is true. An else is true of the
 * rows of which no other rule is. A rule that is true of some rows, each of which an earlier rule takes, cannot be
 * reached; the rule that takes most of them (of equals the first) is said to shadow it. Memory is 8 bytes a pair of
 * rules.
 */
#ifndef COVERAGE_H
#define COVERAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define COVERAGE_RULES 5000 // at most, which may take 200 MB

struct coverage;

// For `rules` rules of which all but the first `conditions` are elses.
struct coverage *coverage_create(size_t rules, size_t conditions);
void coverage_free(struct coverage *coverage);

// One row. `truths` has an entry for each condition.
void coverage_add(struct coverage *coverage, const bool *truths);

uint64_t coverage_matched(const struct coverage *coverage, size_t rule);
uint64_t coverage_alone(const struct coverage *coverage, size_t rule);

// The rule that shadows this one, COVERAGE_REACHED when it wins a row or is true of none.
#define COVERAGE_REACHED SIZE_MAX
size_t coverage_shadow(const struct coverage *coverage, size_t rule);

// Rows of which no rule is true, and more than one.
uint64_t coverage_none(const struct coverage *coverage);
uint64_t coverage_several(const struct coverage *coverage);

#endif
