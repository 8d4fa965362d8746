// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * cell: trims a cell, tells a blank, and hands the rest to the reader of its kind.
 *
 * Nearly every cell of a column of values begins with a digit, so trimming and the list of blanks are asked only about
 * the others.
 */
#include "cell.h"

#include "date.h"
#include "money.h"
#include "number.h"

static bool is_printable(char byte)
{
    return byte > ' ' && byte < 0x7F;
}

// White space outside ASCII has no byte below 0x80.
static struct slice trim(struct slice cell)
{
    if (cell.length > 0 && is_printable(cell.data[0]) && is_printable(cell.data[cell.length - 1])) {
        return cell;
    }
    return slice_trim_value(cell);
}

static bool is_listed(struct slice cell, const struct slice *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_equal(cell, list[i])) {
            return true;
        }
    }
    return false;
}

static bool is_usual_blank(struct slice cell)
{
    switch (cell.data[0]) {
    case '-':
        return slice_is(cell, "-") || slice_is(cell, "--");
    case '/':
        return slice_is(cell, "/");
    case 'N':
        return slice_is(cell, "NULL") || slice_is(cell, "N/A");
    case '\xE2':
        return slice_is(cell, "——");
    default:
        return false;
    }
}

static bool is_blank(const struct cell_forms *forms, struct slice trimmed)
{
    if (trimmed.length == 0) {
        return true;
    }
    if (forms->nulls != NULL) {
        return is_listed(trimmed, forms->nulls, forms->null_count);
    }
    return is_usual_blank(trimmed);
}

bool cell_is_blank(const struct cell_forms *forms, struct slice cell)
{
    return is_blank(forms, trim(cell));
}

enum cell_result cell_number(const struct cell_forms *forms, struct slice cell, double *value)
{
    cell = trim(cell);
    if (is_blank(forms, cell)) {
        return CELL_BLANK;
    }
    return number_read(cell, forms->decimal, value) ? CELL_OK : CELL_BAD;
}

enum cell_result cell_money(const struct cell_forms *forms, struct slice cell, struct money *value)
{
    if (forms->nulls == NULL && money_read_short(cell, forms->decimal, value)) { // neither a blank nor between blanks
        return CELL_OK;
    }
    cell = trim(cell);
    if (is_blank(forms, cell)) {
        return CELL_BLANK;
    }
    return money_read(cell, forms->decimal, value) ? CELL_OK : CELL_BAD;
}

// To the wall clock of the run. A time zone can push the first and the last day of the calendar out of it.
static bool take_to_zone(const struct cell_forms *forms, struct date_time *value)
{
    bool zoned = value->has_offset || (forms->utc && value->has_time);
    if (!zoned) {
        return true;
    }
    int64_t offset = value->has_offset ? value->offset : 0;
    int64_t instant = (int64_t)value->day * DATE_DAY_SECONDS + value->second - offset;
    int64_t local = forms->zone == NULL ? instant : zone_to_local(forms->zone, instant);
    int64_t day = local / DATE_DAY_SECONDS - (local % DATE_DAY_SECONDS < 0);
    value->day = (int32_t)day;
    value->second = (int32_t)(local - day * DATE_DAY_SECONDS);
    return day >= DATE_FIRST && day <= DATE_LAST;
}

static enum cell_result read_date(const struct cell_forms *forms, struct slice cell, struct date_time *value)
{
    cell = trim(cell);
    if (is_blank(forms, cell)) {
        return CELL_BLANK;
    }
    return date_read(cell, forms->dates, value) && take_to_zone(forms, value) ? CELL_OK : CELL_BAD;
}

enum cell_result cell_day(const struct cell_forms *forms, struct slice cell, int32_t *day)
{
    struct date_time value;
    enum cell_result result = read_date(forms, cell, &value);
    if (result == CELL_OK) {
        *day = value.day;
    }
    return result;
}

enum cell_result cell_time(const struct cell_forms *forms, struct slice cell, int64_t *local, bool *has_time)
{
    struct date_time value;
    enum cell_result result = read_date(forms, cell, &value);
    if (result != CELL_OK) {
        return result;
    }
    *local = (int64_t)value.day * DATE_DAY_SECONDS + value.second;
    if (has_time != NULL) {
        *has_time = value.has_time;
    }
    return CELL_OK;
}

// Bare digits of fewer than five places are no serial number that anybody has today, and hardly any date at all.
static const char *serial_option(struct slice cell)
{
    struct date_time value;
    size_t digits = 0;
    while (digits < cell.length && cell.data[digits] >= '0' && cell.data[digits] <= '9') {
        digits++;
    }
    if (digits == 5 && date_read(cell, DATE_EXCEL, &value)) {
        return "--dates=excel";
    }
    return digits >= 9 && date_read(cell, DATE_EPOCH, &value) ? "--dates=epoch" : NULL;
}

const char *cell_date_option(const struct cell_forms *forms, struct slice cell)
{
    struct date_time value;
    cell = trim(cell);
    if (forms->dates != DATE_YMD || date_read(cell, DATE_YMD, &value)) {
        return NULL;
    }
    bool day_first = date_read(cell, DATE_DMY, &value);
    bool month_first = date_read(cell, DATE_MDY, &value);
    if (day_first && month_first) {
        return "--dates=dmy or --dates=mdy";
    }
    return day_first ? "--dates=dmy" : month_first ? "--dates=mdy" : serial_option(cell);
}

const char *cell_money_option(const struct cell_forms *forms, struct slice cell)
{
    struct money value;
    cell = trim(cell);
    if (money_read(cell, forms->decimal, &value) || !money_read(cell, forms->decimal == ',' ? '.' : ',', &value)) {
        return NULL;
    }
    return forms->decimal == ',' ? "--decimal=." : "--decimal=,";
}

const char *cell_number_option(const struct cell_forms *forms, struct slice cell)
{
    double value;
    struct cell_forms other = *forms;
    other.decimal = forms->decimal == ',' ? '.' : ',';
    if (cell_number(forms, cell, &value) != CELL_BAD || cell_number(&other, cell, &value) != CELL_OK) {
        return NULL;
    }
    return forms->decimal == ',' ? "--decimal=." : "--decimal=,";
}
