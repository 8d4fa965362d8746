// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * money: exact decimal amounts, 6 places, and their sums in 128 bits.
 *
 * An amount is a whole number of millionths: -9.2e12 to 9.2e12 units. Reading never goes through a double. Accepted is
 * what number.h accepts but for exponents, with a currency mark before or after it: a sign or a word of the list in
 * money.c (¥ ￥ $ € £ ₹ ₩, 元 CNY RMB USD EUR GBP ...). More than 6 decimals is a refusal unless the rest are zeroes.
 * This is the one file that knows the 128-bit integer type.
 */
#ifndef MONEY_H
#define MONEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

#define MONEY_ONE 1000000 // micros in one unit

__extension__ typedef __int128 money_wide;

enum money_currency {
    MONEY_NO_CURRENCY, // a bare number
    MONEY_CNY,         // also what a bare yen sign means
    MONEY_USD,
    MONEY_EUR,
    MONEY_GBP,
    MONEY_INR,
    MONEY_KRW,
    MONEY_JPY,
    MONEY_HKD,
    MONEY_TWD,
    MONEY_CAD,
    MONEY_AUD,
    MONEY_CHF,
};

struct money {
    int64_t micros;
    uint8_t places;   // decimals as written, 0 to 6
    uint8_t currency; // enum money_currency
};

// A sum, or one amount of any size. The zero value is 0.
struct money_sum {
    money_wide micros;
    uint8_t places; // the most decimals seen
};

bool money_read(struct slice cell, char decimal, struct money *value);

// The same of at most eight bytes, digits and perhaps a mark, as most amounts are. False says only that it is not so
// plain.
bool money_read_short(struct slice cell, char decimal, struct money *value);

// Would the cell, which money_read refuses, be an amount if it were not so large?
bool money_is_beyond(struct slice cell, char decimal);

void money_add(struct money_sum *sum, struct money value);
void money_add_sum(struct money_sum *sum, struct money_sum other);

// Below, equal to or above zero.
int money_compare(struct money_sum a, struct money_sum b);

// The nearest double, in units.
double money_number(struct money_sum sum);

// sum / count, rounded half away from zero to millionths; count > 0. Its places are those of the sum.
struct money_sum money_divide(struct money_sum sum, int64_t count);

#define MONEY_SIZE 48

// Plain decimal with `places` decimals of the sum ("-12.50", "3"); never "-0". Returns the length.
size_t money_print(char out[MONEY_SIZE], struct money_sum sum);

const char *money_currency_name(enum money_currency currency);

#endif
