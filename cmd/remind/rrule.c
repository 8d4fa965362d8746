// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rrule: one small reader a part, in a table; then what the parts say of each other.
 */
#include "rrule.h"

#include <string.h>

#include "number.h"

#define LARGEST_INTERVAL 1000000000
#define LARGEST_POSITION 366
#define LARGEST_ORDINAL 53
#define LARGEST_MONTHDAY 31

enum part {
    PART_FREQ,
    PART_INTERVAL,
    PART_COUNT,
    PART_UNTIL,
    PART_BYDAY,
    PART_BYMONTHDAY,
    PART_BYMONTH,
    PART_BYSETPOS,
    PART_WKST,
    PARTS,
};

struct reading {
    struct slice text;
    struct rrule *rule;
    struct rrule_problem *problem;
    struct slice parts[PARTS]; // as they stand; length 0: not given
};

// Reads the value of a part; NULL, or why it cannot.
typedef const char *part_reader(struct reading *reading, struct slice value);

static const char *const weekday_names[RECURRENCE_WEEKDAYS] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

// 0: Monday; RECURRENCE_WEEKDAYS when it is none.
static int weekday_of(struct slice name)
{
    int weekday = 0;
    while (weekday < RECURRENCE_WEEKDAYS && !slice_equal_fold(name, slice_of(weekday_names[weekday]))) {
        weekday++;
    }
    return weekday;
}

// A whole number, not 0, with or without a sign.
static bool read_signed(struct slice text, int64_t largest, int64_t *value)
{
    bool negative = slice_starts(text, slice_of("-"));
    struct slice digits = slice_part(text, negative || slice_starts(text, slice_of("+")), text.length);
    for (size_t i = 0; i < digits.length; i++) {
        if (digits.data[i] < '0' || digits.data[i] > '9') {
            return false;
        }
    }
    if (!number_read_whole(digits, value) || *value < 1 || *value > largest) {
        return false;
    }
    *value = negative ? -*value : *value;
    return true;
}

static bool read_positive(struct slice text, int64_t largest, int64_t *value)
{
    return text.length > 0 && text.data[0] >= '0' && text.data[0] <= '9' && read_signed(text, largest, value);
}

// The next value of a comma-separated list; `at` goes on. False at its end.
static bool next_value(struct slice list, size_t *at, struct slice *value)
{
    if (*at > list.length) {
        return false;
    }
    size_t end = slice_find(list, ',', *at);
    *value = slice_part(list, *at, end);
    *at = end + 1;
    return true;
}

static const char *read_frequency(struct reading *reading, struct slice value)
{
    static const char *const names[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
    static const char *const shorter[] = {"HOURLY", "MINUTELY", "SECONDLY"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (slice_equal_fold(value, slice_of(names[i]))) {
            reading->rule->recurrence.frequency = (enum recurrence_frequency)i;
            return NULL;
        }
    }
    for (size_t i = 0; i < sizeof shorter / sizeof shorter[0]; i++) {
        if (slice_equal_fold(value, slice_of(shorter[i]))) {
            return "dates go by the day: DAILY is the shortest";
        }
    }
    return "neither DAILY, WEEKLY, MONTHLY nor YEARLY";
}

static const char *read_interval(struct reading *reading, struct slice value)
{
    return read_positive(value, LARGEST_INTERVAL, &reading->rule->recurrence.interval)
               ? NULL
               : "not a whole number from 1 to 1000000000";
}

static const char *read_count(struct reading *reading, struct slice value)
{
    return read_positive(value, INT64_MAX, &reading->rule->recurrence.count) ? NULL : "not a whole number from 1 on";
}

static const char *read_until(struct reading *reading, struct slice value)
{
    reading->rule->has_until = date_read(value, DATE_YMD, &reading->rule->until);
    return reading->rule->has_until ? NULL : "not a date such as 20261231 or a time such as 20261231T225959Z";
}

static const char *read_weekday(struct recurrence *rule, struct slice value)
{
    int64_t number = 0;
    size_t split = value.length < 2 ? 0 : value.length - 2;
    int weekday = weekday_of(slice_part(value, split, value.length));
    if (weekday == RECURRENCE_WEEKDAYS ||
        (split > 0 && !read_signed(slice_part(value, 0, split), LARGEST_ORDINAL, &number))) {
        return "not a list of weekdays such as MO,TU or 1FR,-1SU (-53 to 53)";
    }
    if (number == 0) {
        rule->weekdays = (uint8_t)(rule->weekdays | 1 << weekday);
        return NULL;
    }
    uint64_t *set = number > 0 ? rule->ordinals_front : rule->ordinals_back;
    set[weekday] |= UINT64_C(1) << ((number > 0 ? number : -number) - 1);
    rule->has_ordinals = true;
    return NULL;
}

static const char *read_weekdays(struct reading *reading, struct slice list)
{
    const char *reason = NULL;
    struct slice value;
    for (size_t at = 0; reason == NULL && next_value(list, &at, &value);) {
        reason = read_weekday(&reading->rule->recurrence, value);
    }
    return reason;
}

static const char *read_monthdays(struct reading *reading, struct slice list)
{
    struct recurrence *rule = &reading->rule->recurrence;
    struct slice value;
    int64_t day;
    for (size_t at = 0; next_value(list, &at, &value);) {
        if (!read_signed(value, LARGEST_MONTHDAY, &day)) {
            return "not a list of days of the month, 1 to 31 or -31 to -1";
        }
        uint32_t *set = day > 0 ? &rule->days_front : &rule->days_back;
        *set |= UINT32_C(1) << ((day > 0 ? day : -day) - 1);
    }
    return NULL;
}

static const char *read_months(struct reading *reading, struct slice list)
{
    struct recurrence *rule = &reading->rule->recurrence;
    struct slice value;
    int64_t month;
    for (size_t at = 0; next_value(list, &at, &value);) {
        if (!read_positive(value, 12, &month)) {
            return "not a list of months, 1 to 12";
        }
        rule->months = (uint16_t)(rule->months | 1 << (month - 1));
    }
    return NULL;
}

static const char *read_positions(struct reading *reading, struct slice list)
{
    struct recurrence *rule = &reading->rule->recurrence;
    struct slice value;
    int64_t position;
    for (size_t at = 0; next_value(list, &at, &value);) {
        if (!read_signed(value, LARGEST_POSITION, &position)) {
            return "not a list of positions, 1 to 366 or -366 to -1";
        }
        size_t bit = (size_t)(position > 0 ? position : -position) - 1;
        uint64_t *set = position > 0 ? rule->positions.front : rule->positions.back;
        set[bit / 64] |= UINT64_C(1) << (bit % 64);
    }
    rule->has_positions = true;
    return NULL;
}

static const char *read_week_start(struct reading *reading, struct slice value)
{
    int weekday = weekday_of(value);
    reading->rule->recurrence.week_start = weekday + 1;
    return weekday == RECURRENCE_WEEKDAYS ? "not a weekday: MO, TU, WE, TH, FR, SA or SU" : NULL;
}

static const struct {
    const char *name;
    part_reader *read;
} known[PARTS] = {
    [PART_FREQ] = {"FREQ", read_frequency},    [PART_INTERVAL] = {"INTERVAL", read_interval},
    [PART_COUNT] = {"COUNT", read_count},      [PART_UNTIL] = {"UNTIL", read_until},
    [PART_BYDAY] = {"BYDAY", read_weekdays},   [PART_BYMONTHDAY] = {"BYMONTHDAY", read_monthdays},
    [PART_BYMONTH] = {"BYMONTH", read_months}, [PART_BYSETPOS] = {"BYSETPOS", read_positions},
    [PART_WKST] = {"WKST", read_week_start},
};

// Parts that RFC 5545 and 7529 know and this reader does not, with what to write instead.
static const struct {
    const char *name;
    const char *reason;
} unread[] = {
    {"BYWEEKNO", "weeks by number are not read: give BYMONTH and BYDAY"},
    {"BYYEARDAY", "days of the year are not read: give BYMONTH and BYMONTHDAY"},
    {"BYHOUR", "dates go by the day: the time is that of the first one"},
    {"BYMINUTE", "dates go by the day: the time is that of the first one"},
    {"BYSECOND", "dates go by the day: the time is that of the first one"},
    {"RSCALE", "other calendars are not read; for the Chinese one write every=lunar"},
    {"SKIP", "is not read: a period such as 1m keeps to the month's end"},
};

static bool refuse(struct reading *reading, struct slice part, const char *reason)
{
    *reading->problem = (struct rrule_problem){
        .reason = reason,
        .part = part,
        .place = (size_t)(part.data - reading->text.data) + 1,
    };
    return false;
}

static bool refuse_unknown(struct reading *reading, struct slice part, struct slice name)
{
    for (size_t i = 0; i < sizeof unread / sizeof unread[0]; i++) {
        if (slice_equal_fold(name, slice_of(unread[i].name))) {
            return refuse(reading, part, unread[i].reason);
        }
    }
    return refuse(reading, part, "no such part in a recurrence rule");
}

static bool read_part(struct reading *reading, struct slice part)
{
    size_t equals = slice_find(part, '=', 0);
    struct slice name = slice_part(part, 0, equals);
    size_t which = 0;
    if (part.length == 0) {
        return refuse(reading, part, "a part is empty: take out the semicolon too much");
    }
    while (which < PARTS && !slice_equal_fold(name, slice_of(known[which].name))) {
        which++;
    }
    if (which == PARTS) {
        return refuse_unknown(reading, part, name);
    }
    if (equals + 1 >= part.length) {
        return refuse(reading, part, "has no value");
    }
    if (reading->parts[which].length > 0) {
        return refuse(reading, part, "stands in the rule already");
    }
    reading->parts[which] = part;
    const char *reason = known[which].read(reading, slice_part(part, equals + 1, part.length));
    return reason == NULL || refuse(reading, part, reason);
}

static bool is_given(const struct reading *reading, enum part part)
{
    return reading->parts[part].length > 0;
}

// What RFC 5545 forbids of parts together, or leaves without one meaning.
static bool check(struct reading *reading)
{
    const struct recurrence *rule = &reading->rule->recurrence;
    bool by_month_or_year = rule->frequency >= RECURRENCE_MONTHLY;
    struct slice *parts = reading->parts;
    if (!is_given(reading, PART_FREQ)) {
        return refuse(reading, slice_part(reading->text, 0, 0), "FREQ= is missing");
    }
    if (is_given(reading, PART_COUNT) && is_given(reading, PART_UNTIL)) {
        return refuse(reading, parts[PART_COUNT], "COUNT and UNTIL exclude each other");
    }
    if (rule->has_ordinals && !by_month_or_year) {
        return refuse(reading, parts[PART_BYDAY], "numbers before weekdays need FREQ=MONTHLY or FREQ=YEARLY");
    }
    if (is_given(reading, PART_BYMONTHDAY) && rule->frequency == RECURRENCE_WEEKLY) {
        return refuse(reading, parts[PART_BYMONTHDAY],
                      "days of the month do not go with FREQ=WEEKLY: write FREQ=MONTHLY with BYDAY");
    }
    if (is_given(reading, PART_BYMONTHDAY) && rule->frequency == RECURRENCE_YEARLY && rule->months == 0) {
        return refuse(reading, parts[PART_BYMONTHDAY],
                      "of which months? add BYMONTH, or write FREQ=MONTHLY for all of them");
    }
    if (rule->has_positions && !is_given(reading, PART_BYDAY) && !is_given(reading, PART_BYMONTHDAY) &&
        !is_given(reading, PART_BYMONTH)) {
        return refuse(reading, parts[PART_BYSETPOS], "of which days? it needs BYDAY, BYMONTHDAY or BYMONTH");
    }
    return true;
}

static size_t prefix_of(struct slice text)
{
    struct slice prefix = slice_of("RRULE:");
    return text.length >= prefix.length && slice_equal_fold(slice_part(text, 0, prefix.length), prefix) ? prefix.length
                                                                                                        : 0;
}

bool rrule_meant(struct slice text)
{
    struct slice word = slice_of("FREQ=");
    return prefix_of(text) > 0 ||
           (text.length >= word.length && slice_equal_fold(slice_part(text, 0, word.length), word));
}

bool rrule_read(struct slice text, struct rrule *rule, struct rrule_problem *problem)
{
    struct reading reading = {.text = text, .rule = rule, .problem = problem};
    *rule = (struct rrule){.recurrence = {.interval = 1, .week_start = 1}};
    size_t at = prefix_of(text);
    while (at < text.length || (at == text.length && at > prefix_of(text))) {
        size_t end = slice_find(text, ';', at);
        if (!read_part(&reading, slice_part(text, at, end))) {
            return false;
        }
        at = end + 1;
    }
    return check(&reading);
}

void rrule_bound(struct rrule *rule, struct zone *zone, int32_t second)
{
    struct date_time until = rule->until;
    if (!rule->has_until) {
        return;
    }
    rule->recurrence.has_last = true;
    rule->recurrence.last = until.day;
    int64_t local = (int64_t)until.day * DATE_DAY_SECONDS + until.second;
    if (until.has_offset) {
        int64_t instant = local - until.offset;
        int64_t there = zone_to_local(zone, instant);
        int32_t day =
            (int32_t)((there - ((there % DATE_DAY_SECONDS) + DATE_DAY_SECONDS) % DATE_DAY_SECONDS) / DATE_DAY_SECONDS);
        bool later = zone_to_instant(zone, (int64_t)day * DATE_DAY_SECONDS + second) > instant;
        rule->recurrence.last = later ? day - 1 : day;
    } else if (until.has_time && second > until.second) {
        rule->recurrence.last = until.day - 1;
    }
}
