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

// Days from 1970-01-01, for a day that is there, without a division: leap years before `year` are counted by its two
// halves. The calendar of date.h is asked by a call, which costs as much as the rest of a comparison.
static bool count_days(unsigned century, unsigned year, unsigned month, unsigned day, double *value)
{
    static const unsigned short before[2][13] = {
        {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365},
        {0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366},
    };
    const unsigned epoch = 719528; // 1970-01-01 from 0000-01-01
    const unsigned short *ends = before[(year != 0 ? year : century) % 4 == 0];
    if (century + year == 0 || month - 1 > 11 || day - 1 >= (unsigned)ends[month] - ends[month - 1]) {
        return false;
    }
    unsigned whole = century * 100 + year;
    unsigned centuries = century + (year != 0);
    unsigned days = whole * 365 + (whole + 3) / 4 - centuries + (centuries + 3) / 4;
    *value = (double)(days + ends[month - 1] + day - 1) - epoch;
    return true;
}

// What stands behind the century, "23-05-31", and the century before it are two words.
bool reading_plain_date(const struct cell_forms *forms, struct slice cell, double *value)
{
    // Added where '0' or '-' was taken off, these raise the top bit of each byte that was no digit, or no '-'.
    const uint64_t none = UINT64_C(0x76767F76767F7676);
    const unsigned short_none = 0x7676;
    if (forms->nulls != NULL || cell.length != 10) {
        return false;
    }
    uint64_t rest = digits_load(cell.data + 2, DIGITS_MOST) ^ UINT64_C(0x30302D30302D3030);
    uint64_t century = digits_load(cell.data, 2) ^ 0x3030;
    if ((((rest + none) | rest) & 0x80 * DIGITS_EACH_ONE) != 0 || (((century + short_none) | century) & 0x8080) != 0) {
        return false;
    }
    uint64_t pairs = rest * 10 + (rest >> 8); // at the first byte of each
    return count_days((unsigned)(century & 0xFF) * 10 + (unsigned)(century >> 8), pairs & 0xFF, pairs >> 24 & 0xFF,
                      pairs >> 48 & 0xFF, value);
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
