// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * derivatives: a log-likelihood with its gradient and Hessian, and the logarithm of a sum of such.
 *
 * A likelihood that is a sum of positive parts (alive, dead after the first purchase ...) is added up part by part,
 * each given by its logarithm: with w the share of a part in the sum, the gradient of the logarithm is the mean of
 * the parts' gradients g, the Hessian the mean of their Hessians plus the covariance of g. Parts may differ by any
 * factor. Only the upper triangle of a Hessian is used (row <= column).
 */
#ifndef DERIVATIVES_H
#define DERIVATIVES_H

#include <stddef.h>

enum {
    DERIVATIVES_MOST = 4, // parameters
};

// The zero value is the constant 0.
struct derivatives {
    double value;
    double gradient[DERIVATIVES_MOST];
    double hessian[DERIVATIVES_MOST][DERIVATIVES_MOST];
};

// sum += weight x term
void derivatives_add(struct derivatives *sum, const struct derivatives *term, double weight);

// The sum of parts so far. The zero value is empty.
struct derivatives_parts {
    size_t count;
    double largest; // the largest logarithm
    double sum;     // of exp(logarithm - largest)
    struct derivatives moments;
};

void derivatives_part(struct derivatives_parts *parts, const struct derivatives *part);

// The logarithm of the sum; at least one part was added.
struct derivatives derivatives_log_sum(const struct derivatives_parts *parts);

#endif
