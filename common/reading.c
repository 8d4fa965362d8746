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
static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

static bool read_plain_number(const struct cell_forms *forms, struct slice cell, double *value)
{
    struct number_parts parts;
    if (forms->nulls != NULL || !number_split_plain(cell, forms->decimal, &parts) || parts.digits > 999999999999999 ||
        parts.places > 15) {
        return false;
    }
    double magnitude = (double)parts.digits / powers[parts.places];
    *value = parts.negative ? 0.0 - magnitude : magnitude;
    return true;
}

static enum cell_result read_number(const struct cell_forms *forms, struct slice cell, double *value)
{
    struct money money;
    if (read_plain_number(forms, cell, value)) {
        return CELL_OK;
    }
    enum cell_result result = cell_number(forms, cell, value);
    if (result == CELL_BAD && cell_money(forms, cell, &money) == CELL_OK) {
        *value = (double)money.micros / MONEY_ONE;
        return CELL_OK;
    }
    return result;
}

enum cell_result reading_number(const struct cell_forms *forms, struct slice cell, double *value)
{
    return reading_short_number(forms, cell, value) ? CELL_OK : read_number(forms, cell, value);
}

// The value of two digits, 100 or more when they are none.
static unsigned read_pair(const char *from)
{
    unsigned tens = (unsigned)(unsigned char)from[0] - '0';
    unsigned ones = (unsigned)(unsigned char)from[1] - '0';
    return tens > 9 || ones > 9 ? 100 : tens * 10 + ones;
}

// Days from 1970-01-01, for a day that is there, without a division: leap years before `year` are counted by its two
// halves. The calendar of date.h is asked by a call, which costs as much as the rest of a comparison.
static bool count_days(unsigned century, unsigned year, unsigned month, unsigned day, double *value)
{
    static const unsigned short before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
    const unsigned epoch = 719528; // 1970-01-01 from 0000-01-01
    bool leap = year != 0 ? year % 4 == 0 : century % 4 == 0;
    if (century > 99 || year > 99 || century + year == 0 || month - 1 > 11 ||
        day - 1 >= before[month] - before[month - 1] + (unsigned)(leap && month == 2)) {
        return false;
    }
    unsigned whole = century * 100 + year;
    unsigned centuries = century + (year != 0);
    unsigned days = whole * 365 + (whole + 3) / 4 - centuries + (centuries + 3) / 4;
    days += before[month - 1] + (unsigned)(leap && month > 2) + day - 1;
    *value = (double)days - epoch;
    return true;
}

bool reading_plain_date(const struct cell_forms *forms, struct slice cell, double *value)
{
    return forms->nulls == NULL && cell.length == 10 && cell.data[4] == '-' && cell.data[7] == '-' &&
           count_days(read_pair(cell.data), read_pair(cell.data + 2), read_pair(cell.data + 5),
                      read_pair(cell.data + 8), value);
}

enum cell_result reading_date(const struct cell_forms *forms, struct slice cell, double *value)
{
    int32_t day = 0;
    if (reading_plain_date(forms, cell, value)) {
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
    if (reading_short_number(forms, cell, value) || read_plain_number(forms, cell, value)) {
        return CELL_OK;
    }
    enum cell_result result = cell_number(forms, cell, value);
    if (result == CELL_BAD && period_read(slice_trim_value(cell), &period)) {
        *value = period_days(period);
        return CELL_OK;
    }
    return result;
}
