// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Any cell as a date, under each of --dates. What is read lies in the calendar, and is printed and read again as the
 * same moment; blanks around it change nothing; one letter more is a refusal; and what is read without --dates is read
 * alike with any that is about the order of day, month and year.
 */
#include <stdbool.h>
#include <stdint.h>

#include "date.h"
#include "memory.h"
#include "text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static bool is_same(const struct date_time *a, const struct date_time *b)
{
    return a->day == b->day && a->second == b->second && a->has_time == b->has_time && a->has_offset == b->has_offset &&
           a->offset == b->offset;
}

static struct slice wrap(struct text *text, const char *before, struct slice cell, const char *after)
{
    text_clear(text);
    text_append_string(text, before);
    text_append(text, cell);
    text_append_string(text, after);
    return text_slice(text);
}

static void check_value(const struct date_time *value)
{
    require(value->day >= DATE_FIRST && value->day <= DATE_LAST);
    require(value->second >= 0 && value->second < DATE_DAY_SECONDS);
    require(value->has_time || (value->second == 0 && !value->has_offset));
    require(value->has_offset || value->offset == 0);
    require(value->offset > -DATE_DAY_SECONDS && value->offset < DATE_DAY_SECONDS);
    int32_t day;
    require(date_from_civil(date_to_civil(value->day), &day) && day == value->day);
}

static void check_print(const struct date_time *value)
{
    char out[DATE_SIZE];
    struct date_time again;
    struct slice printed = {out, date_print(out, value->day)};
    require(date_read(printed, DATE_YMD, &again) && again.day == value->day && !again.has_time);
    printed.length = date_print_time(out, (int64_t)value->day * DATE_DAY_SECONDS + value->second);
    require(date_read(printed, DATE_YMD, &again) && again.has_time && !again.has_offset);
    require(again.day == value->day && again.second == value->second);
}

static void check_cell(struct slice cell, enum date_order order, struct text *wrapped)
{
    struct date_time value = {0};
    struct date_time again = {0};
    bool read = date_read(cell, order, &value);
    require(read == date_read(wrap(wrapped, " ", cell, " "), order, &again));
    if (read) {
        require(is_same(&value, &again));
        require(!date_read(wrap(wrapped, "", cell, "x"), order, &again));
        check_value(&value);
        check_print(&value);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct slice cell = {(const char *)bytes, size};
    struct text wrapped = {0};
    struct date_time plain;
    struct date_time ordered;
    for (int order = DATE_YMD; order <= DATE_EPOCH; order++) {
        check_cell(cell, (enum date_order)order, &wrapped);
    }
    if (date_read(cell, DATE_YMD, &plain)) {
        require(date_read(cell, DATE_DMY, &ordered) && is_same(&plain, &ordered));
        require(date_read(cell, DATE_MDY, &ordered) && is_same(&plain, &ordered));
    }
    text_free(&wrapped);
    return 0;
}
