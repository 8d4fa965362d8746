// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * reading: the plain forms here, all others by cell.h; both give the same value.
 *
 * Where --null lists blanks of its own, plain numbers and dates may be among them, so nothing is taken for plain.
 */
#include "reading.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cell.h"
#include "date.h"
#include "money.h"
#include "number.h"
#include "period.h"
#include "slice.h"

// A plain number of up to 15 digits divided by a power of ten is rounded once, so it is the nearest double.
static bool read_plain_number(struct slice cell, char decimal, double *value)
{
    static const double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    struct number_parts parts;
    if (!number_split_plain(cell, decimal, &parts) || parts.digits > 999999999999999 || parts.places > 15) {
        return false;
    }
    double magnitude = parts.places == 0 ? (double)parts.digits : (double)parts.digits / powers[parts.places];
    *value = parts.negative ? 0.0 - magnitude : magnitude;
    return true;
}

enum cell_result reading_number(const struct cell_forms *forms, struct slice cell, double *value)
{
    struct money money;
    if (forms->nulls == NULL && read_plain_number(cell, forms->decimal, value)) {
        return CELL_OK;
    }
    enum cell_result result = cell_number(forms, cell, value);
    if (result == CELL_BAD && cell_money(forms, cell, &money) == CELL_OK) {
        *value = (double)money.micros / MONEY_ONE;
        return CELL_OK;
    }
    return result;
}

static bool read_digits(const char *from, size_t count, int *value)
{
    *value = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned digit = (unsigned)(unsigned char)from[i] - '0';
        if (digit > 9) {
            return false;
        }
        *value = *value * 10 + (int)digit;
    }
    return true;
}

static bool read_plain_date(struct slice cell, double *value)
{
    struct date_civil civil;
    int32_t day = 0;
    if (cell.length != 10 || cell.data[4] != '-' || cell.data[7] != '-' || !read_digits(cell.data, 4, &civil.year) ||
        !read_digits(cell.data + 5, 2, &civil.month) || !read_digits(cell.data + 8, 2, &civil.day) ||
        !date_from_civil(civil, &day)) {
        return false;
    }
    *value = day;
    return true;
}

enum cell_result reading_date(const struct cell_forms *forms, struct slice cell, double *value)
{
    int32_t day = 0;
    if (forms->nulls == NULL && read_plain_date(cell, value)) {
        return CELL_OK;
    }
    enum cell_result result = cell_day(forms, cell, &day);
    if (result == CELL_OK) {
        *value = day;
    }
    return result;
}

enum cell_result reading_length(const struct cell_forms *forms, struct slice cell, double *value)
{
    struct period period;
    if (forms->nulls == NULL && read_plain_number(cell, forms->decimal, value)) {
        return CELL_OK;
    }
    enum cell_result result = cell_number(forms, cell, value);
    if (result == CELL_BAD && period_read(slice_trim_value(cell), &period)) {
        *value = period_days(period);
        return CELL_OK;
    }
    return result;
}
