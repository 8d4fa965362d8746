// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * audience: whom each rule of a policy speaks to, turned round: which rules speak to customers of these labels.
 *
 * Of the rules of a policy most are not about a customer, and his labels tell which: they are passed over together,
 * without a question to each.
 */
#ifndef AUDIENCE_H
#define AUDIENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy.h"

// By labels of one dimension. The set behind the last label is for labels that the policy does not name.
struct audience_sets {
    uint64_t *sets; // of rules, as bits
    size_t labels;
};

struct audience {
    size_t count; // of rules
    size_t words; // of a set
    struct audience_sets dimensions[POLICY_DIMENSIONS];
    uint64_t *begun; // the set of the customer
};

enum { AUDIENCE_WORD_BITS = 64 };

// All rules of the policy are read.
void audience_make(struct audience *audience, const struct policy *policy);
void audience_free(struct audience *audience);

// From now on about a customer of these labels, by their numbers.
void audience_begin(struct audience *audience, const uint32_t labels[POLICY_DIMENSIONS]);

// Does this rule speak to him: is it switched on, and does not want other labels?
static inline bool audience_has(const struct audience *audience, size_t rule)
{
    return (audience->begun[rule / AUDIENCE_WORD_BITS] >> rule % AUDIENCE_WORD_BITS & 1) != 0;
}

// The number of the first rule that does, `from` or later; the count of rules when there is none.
static inline size_t audience_next(const struct audience *audience, size_t from)
{
    size_t word = from / AUDIENCE_WORD_BITS;
    uint64_t left = audience->begun[word] & ~UINT64_C(0) << from % AUDIENCE_WORD_BITS;
    while (left == 0 && ++word < audience->words) {
        left = audience->begun[word];
    }
    return left == 0 ? audience->count : word * AUDIENCE_WORD_BITS + (size_t)__builtin_ctzll(left);
}

#endif
