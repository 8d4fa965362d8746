// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * reading: cells as the numbers that rules compare: numbers, days since 1970-01-01, lengths of time in days.
 *
 * What cell.h reads, and more: a number may be an amount with a currency mark, a length is a period or a plain number
 * of days. The plainest forms are read in line, since a rule reads one cell or more of every row; *value is set on
 * CELL_OK only.
 */
#ifndef READING_H
#define READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cell.h"
#include "digits.h"
#include "slice.h"

// A whole number of up to 15 digits with some of them behind the decimal mark, fewer than DIGITS_MOST. Divided by a
// power of ten it is rounded once, so it is the nearest double.
static inline double reading_with_places(double whole, size_t places)
{
    static const double powers[DIGITS_MOST] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7};
    return places == 0 ? whole : whole / powers[places]; // a division takes longer than to ask
}

// The digits of a cell, as digits.h has them, as a number. False when they are something else.
static inline bool reading_digits(uint64_t digits, struct slice cell, char decimal, double *value)
{
    size_t places;
    if (!digits_unmark(&digits, cell, decimal, &places)) {
        return false;
    }
    *value = reading_with_places((double)(int64_t)digits_join(digits), places);
    return true;
}

// A number that fits into a word, of digits and a decimal mark, as most are. False says only that it is not so plain.
// Where nulls are listed, nothing is.
static inline bool reading_short_number(const struct cell_forms *forms, struct slice cell, double *value)
{
    return forms->nulls == NULL && cell.length - 1 < DIGITS_MOST &&
           reading_digits(digits_of(cell), cell, forms->decimal, value);
}

// A date as 2023-05-31. The same.
bool reading_plain_date(const struct cell_forms *forms, struct slice cell, double *value);

enum cell_result reading_number(const struct cell_forms *forms, struct slice cell, double *value);
enum cell_result reading_date(const struct cell_forms *forms, struct slice cell, double *value);
enum cell_result reading_length(const struct cell_forms *forms, struct slice cell, double *value);

#endif
