// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * retention: how many of a cohort are still there, period by period, made into histories for contractual models.
 *
 * A cohort's periods are whole numbers without a gap; the first of them is its beginning. Numbers only; no input or
 * output.
 */
#ifndef RETENTION_H
#define RETENTION_H

#include <stddef.h>
#include <stdint.h>

#include "histories.h"

struct retention_row {
    uint32_t cohort;
    double period;
    double customers; // still there
    size_t place;     // the caller's
};

enum retention_fault {
    RETENTION_FINE,
    RETENTION_GAP,  // the period does not follow the one before
    RETENTION_RISE, // more customers than in the period before
    RETENTION_NONE, // no customers at the beginning
};

// Sorts the rows by cohort and period and looks at them. `*fault` is the place of a row that cannot be.
enum retention_fault retention_check(struct retention_row *rows, size_t count, size_t *fault);

// Adds the customers of one cohort, `rows` being its rows in order: those who left and those who stayed. `base`, when
// above 0, is how many they were at the beginning, for rows that hold percentages.
void retention_add(const struct retention_row *rows, size_t count, double base, struct histories *histories);

#endif
