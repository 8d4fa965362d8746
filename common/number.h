// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * number: decimal numbers, read strictly and printed in one way, without any locale.
 *
 * Accepted: an optional sign, digits with one optional decimal mark, group marks only where they group thousands
 * ("1,234.50"; with decimal mark ',' the group mark is '.'; "0,123" is refused, being somebody's decimal comma; a
 * space, U+00A0, U+202F, an apostrophe and U+2019 are group marks too, one kind in a number), full-width digits and
 * marks, one pair of round brackets or a trailing minus for a negative, one leading apostrophe (spreadsheets write it),
 * blanks at both ends; a percent sign is not accepted. number_read also takes an exponent ("1e3"). Anything left over
 * is a refusal, never ignored: no inf, no nan, no hexadecimal. Reading is exact (correctly rounded), whatever the
 * length.
 */
#ifndef NUMBER_H
#define NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

// A number as it was written, before it becomes a double or money: digits x 10^(dropped - places + exponent).
struct number_parts {
    uint64_t digits; // from the first that is not 0, the decimal mark left out; at most 19 of them
    int places;      // how many digits were written after the decimal mark
    int dropped;     // how many digits were written after those that `digits` holds
    int exponent;    // as written after 'e', else 0
    bool negative;
    bool inexact; // one of the dropped digits was not 0
};

// Splits a cell already trimmed of currency marks. `decimal` is '.' or ','. False when it is not a number.
bool number_split(struct slice cell, char decimal, struct number_parts *parts);

// The common case of number_split, for the inner loops of readers: ASCII digits, at most 18, with an optional minus and
// decimal mark. False says only that it is not so plain; then number_split decides.
bool number_split_plain(struct slice cell, char decimal, struct number_parts *parts);

// The nearest double; zero is always +0. False also for what is beyond the largest double.
bool number_read(struct slice cell, char decimal, double *value);

// A whole number within 64 bits: digits with an optional sign, nothing else. For options, counts and parameter files.
bool number_read_whole(struct slice cell, int64_t *value);

#define NUMBER_SIZE 400 // fits any double in plain decimal with 17 digits

// Plain decimal with `digits` significant digits (1 to 17), no exponent, no trailing zeroes after the mark, no "-0".
// Returns the length; NaN and infinities give 0, the empty cell.
size_t number_print(char out[NUMBER_SIZE], double value, int digits);

size_t number_print_whole(char out[NUMBER_SIZE], int64_t value);

#endif
