// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * amount: see amount.h.
 */
#include "amount.h"

#include <stdbool.h>

#include "number.h"

enum {
    PLACES_OF_MONEY = 6,
};

static money_wide power(int exponent)
{
    money_wide result = 1;
    for (int i = 0; i < exponent; i++) {
        result *= 10;
    }
    return result;
}

// The largest amount, which is that of money.h.
static money_wide largest(void)
{
    return (money_wide)INT64_MAX * power(AMOUNT_PLACES - PLACES_OF_MONEY);
}

// digits x 10^shift; false when that is too large.
static bool shift_up(money_wide *value, int shift)
{
    for (int i = 0; i < shift && *value != 0; i++) {
        if (*value > largest() / 10) {
            return false;
        }
        *value *= 10;
    }
    return *value <= largest();
}

// The same for a shift down; what falls away, and a rest that fell away before, counts as one unit.
static void shift_down(money_wide *value, int shift, bool rest)
{
    for (int i = 0; i < shift && *value != 0; i++) {
        rest = rest || *value % 10 != 0;
        *value /= 10;
    }
    *value += rest;
}

static bool read_parts(const struct number_parts *number, money_wide *value)
{
    int shift = AMOUNT_PLACES + number->dropped - number->places + number->exponent;
    money_wide size = (money_wide)number->digits;
    if (!shift_up(&size, shift)) {
        return false;
    }
    shift_down(&size, -shift, number->inexact);
    *value = number->negative ? -size : size;
    return size <= largest();
}

enum cell_result amount_read(const struct cell_forms *forms, struct slice cell, money_wide *value, uint8_t *currency)
{
    struct money money = {0};
    struct number_parts parts;
    enum cell_result result = cell_money(forms, cell, &money);
    if (result == CELL_OK) {
        *value = money.micros * power(AMOUNT_PLACES - PLACES_OF_MONEY);
    } else if (result == CELL_BAD && number_split(slice_trim_value(cell), forms->decimal, &parts) &&
               read_parts(&parts, value)) {
        result = CELL_OK;
    }
    if (currency != NULL) {
        *currency = money.currency;
    }
    return result;
}

enum cell_result amount_money(const struct cell_forms *forms, struct slice cell, struct money *value)
{
    struct number_parts parts;
    money_wide units;
    enum cell_result result = cell_money(forms, cell, value);
    if (result == CELL_BAD && number_split(slice_trim_value(cell), forms->decimal, &parts) && parts.exponent == 0 &&
        read_parts(&parts, &units)) {
        money_wide one = power(AMOUNT_PLACES - PLACES_OF_MONEY);
        units += units < 0 ? -one / 2 : one / 2;
        *value = (struct money){.micros = (int64_t)(units / one), .places = PLACES_OF_MONEY};
        result = CELL_OK;
    }
    return result;
}

enum cell_result amount_take(struct amount_reader *reader, const struct row *row, size_t column, money_wide *value)
{
    uint8_t currency = MONEY_NO_CURRENCY;
    enum cell_result result = amount_read(reader->forms, row->cells[column], value, &currency);
    if (result == CELL_BLANK) {
        reader->blanks++;
    } else if (result == CELL_BAD) {
        table_needs(reader->table, row, column, CELL_BAD, "an amount");
    } else if (currency != MONEY_NO_CURRENCY && reader->currency == MONEY_NO_CURRENCY) {
        reader->currency = currency;
    } else if (currency != MONEY_NO_CURRENCY && currency != reader->currency) {
        table_refuse(reader->table, row, column, "another currency than in the rows before");
        result = CELL_BAD;
    }
    return result;
}

size_t amount_print(char out[AMOUNT_SIZE], money_wide value)
{
    char reversed[AMOUNT_SIZE];
    size_t count = 0;
    money_wide rest = value < 0 ? -value : value;
    int places = AMOUNT_PLACES;
    while (places > 0 && rest % 10 == 0) {
        rest /= 10;
        places--;
    }
    for (int i = 0; rest != 0 || i <= places; i++) {
        if (i == places && places > 0) {
            reversed[count++] = '.';
        }
        reversed[count++] = (char)('0' + (int)(rest % 10));
        rest /= 10;
    }
    if (value < 0) {
        reversed[count++] = '-';
    }
    for (size_t i = 0; i < count; i++) {
        out[i] = reversed[count - 1 - i];
    }
    return count;
}
