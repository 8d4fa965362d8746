// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * dates: the dates of a recurrence rule, a period or a lunar day, one a row: what a policy's rules are checked with.
 *
 * Reads no input. Streams: a series without an end goes on to the year 9999, or until nobody reads any more.
 */
#include <stdlib.h>

#include "date.h"
#include "every.h"
#include "heap.h"
#include "program.h"
#include "remind.h"
#include "rrule.h"
#include "series.h"

struct dates_settings {
    const char *first;
    const char *rrule;
    const char *every;
    const char *after;
    uint64_t count;
    const char *exdate;
    const char *from;
    const char *to;
    int leap;
    bool utc;
};

static const char *const leap_words[] = {"feb28", "mar1", NULL};

static const struct option options[] = {
    {.kind = OPTION_TEXT,
     .name = "first",
     .value = "TIME",
     .help = "the date, or time, from which the series counts; 'lunar 2025-08-15' is a lunar date",
     .offset = offsetof(struct dates_settings, first)},
    {.kind = OPTION_TEXT,
     .name = "rrule",
     .value = "RULE",
     .help = "a recurrence rule, such as FREQ=MONTHLY;BYDAY=1MO",
     .offset = offsetof(struct dates_settings, rrule)},
    {.kind = OPTION_TEXT,
     .name = "every",
     .value = "PERIOD",
     .help = "in place of a rule: a period such as 1m, or 'lunar' for the lunar day each year",
     .offset = offsetof(struct dates_settings, every)},
    {.kind = OPTION_TEXT,
     .name = "after",
     .value = "PERIOD",
     .help = "move each date by this period, which may be negative",
     .offset = offsetof(struct dates_settings, after)},
    {.kind = OPTION_COUNT,
     .name = "count",
     .value = "N",
     .help = "end after so many rows (0: none but the rule's own end)",
     .offset = offsetof(struct dates_settings, count)},
    {.kind = OPTION_TEXT,
     .name = "exdate",
     .value = "TIME,...",
     .help = "leave out these dates or times",
     .offset = offsetof(struct dates_settings, exdate)},
    {.kind = OPTION_TEXT,
     .name = "from",
     .value = "TIME",
     .help = "leave out what is earlier",
     .offset = offsetof(struct dates_settings, from)},
    {.kind = OPTION_TEXT,
     .name = "to",
     .value = "TIME",
     .help = "leave out what is later; a date is the whole day",
     .offset = offsetof(struct dates_settings, to)},
    {.kind = OPTION_CHOICE,
     .name = "leap",
     .choices = leap_words,
     .help = "where a period of years keeps a 29 February in other years (feb28)",
     .offset = offsetof(struct dates_settings, leap)},
    {.kind = OPTION_FLAG,
     .name = "utc",
     .help = "print times in UTC, which no change of the clocks makes ambiguous",
     .offset = offsetof(struct dates_settings, utc)},
    {.kind = OPTION_END},
};

static const struct dates_settings defaults = {0};

// A date left out: a time, or a day with all its times.
struct exception {
    bool whole_day;
    int64_t local;
};

struct dates {
    const struct dates_settings *settings;
    struct program *program;
    struct zone *zone;
    struct writer *writer;
    struct series series;
    bool repeats; // false: the first date alone
    int32_t anchor;
    int32_t second; // of the day
    bool has_time;
    uint64_t left; // of COUNT, 0: no COUNT
    int64_t from;  // local seconds
    int64_t to;
    struct exception *exceptions;
    size_t exception_count;
    uint64_t rows;
    size_t missing; // days that the zone's clocks skipped
};

// A date or time as wall-clock seconds in the run's zone. False, said, when it is none.
static bool read_time(struct dates *dates, const char *option, struct slice text, struct date_time *value,
                      int64_t *local)
{
    if (!date_read(slice_trim(text), DATE_YMD, value)) {
        program_wrong(dates->program, "option '--%s': '%.*s' is not a date such as 2026-11-21 or 2026-11-21 09:30",
                      option, (int)text.length, text.data);
        return false;
    }
    *local = (int64_t)value->day * DATE_DAY_SECONDS + value->second;
    if (value->has_offset) {
        *local = zone_to_local(dates->zone, *local - value->offset);
    }
    return true;
}

static bool read_lunar_first(struct dates *dates, struct slice text)
{
    struct lunar_day lunar;
    struct every every;
    struct rrule_problem problem;
    bool yearly = dates->settings->every != NULL && every_read(slice_of(dates->settings->every), &every, &problem) &&
                  every.kind == SERIES_LUNAR;
    if (!lunar_read(text, &lunar)) {
        program_wrong(dates->program, "option '--first': '%.*s' is no lunar day such as 'lunar 2025-08-15'",
                      (int)text.length, text.data);
    } else if (lunar.year == 0 && !lunar.leap && yearly) {
        dates->anchor = series_lunar_yearless(lunar);
        return true;
    } else if (lunar.year == 0) {
        program_wrong(dates->program, "option '--first': a lunar day without a year needs --every=lunar");
    } else if (lunar_to_day(lunar, &dates->anchor)) {
        return true;
    } else {
        program_wrong(dates->program,
                      "option '--first': the lunar year %d has no such day, or is not in the table (%d to %d)",
                      lunar.year, LUNAR_FIRST_YEAR, LUNAR_LAST_YEAR);
    }
    return false;
}

static bool read_first(struct dates *dates)
{
    struct date_time value;
    int64_t local;
    if (dates->settings->first == NULL) {
        program_wrong(dates->program, "from which date on? give it with --first=TIME");
        return false;
    }
    struct slice text = slice_trim(slice_of(dates->settings->first));
    if (slice_starts(text, slice_of("lunar")) || slice_starts(text, slice_of("农历"))) {
        return read_lunar_first(dates, text);
    }
    if (!read_time(dates, "first", text, &value, &local)) {
        return false;
    }
    dates->has_time = value.has_time;
    dates->second = (int32_t)(((local % DATE_DAY_SECONDS) + DATE_DAY_SECONDS) % DATE_DAY_SECONDS);
    dates->anchor = (int32_t)((local - dates->second) / DATE_DAY_SECONDS);
    return true;
}

static bool refuse_rule(struct dates *dates, const char *option, const struct rrule_problem *problem)
{
    if (problem->part.length == 0) {
        program_wrong(dates->program, "option '--%s': %s", option, problem->reason);
    } else {
        program_wrong(dates->program, "option '--%s', character %zu: '%.*s': %s", option, problem->place,
                      (int)problem->part.length, problem->part.data, problem->reason);
    }
    return false;
}

// The series as --rrule or --every has it.
static bool read_series(struct dates *dates)
{
    const struct dates_settings *settings = dates->settings;
    const char *option = settings->rrule != NULL ? "rrule" : "every";
    struct every every;
    struct rrule_problem problem;
    dates->repeats = settings->rrule != NULL || settings->every != NULL;
    if (!dates->repeats) {
        return true;
    }
    bool read = settings->rrule != NULL ? rrule_read(slice_of(settings->rrule), &every.rule, &problem)
                                        : every_read(slice_of(settings->every), &every, &problem);
    if (!read) {
        return refuse_rule(dates, option, &problem);
    }
    every.kind = settings->rrule != NULL ? SERIES_RULE : every.kind;
    dates->series.kind = every.kind;
    if (every.kind == SERIES_RULE) {
        rrule_bound(&every.rule, dates->zone, dates->second);
        dates->left = (uint64_t)every.rule.recurrence.count;
        dates->series.rule = every.rule.recurrence;
        dates->series.rule.count = 0; // counted here: a day that the clocks skipped is no occurrence
    } else if (every.kind == SERIES_PERIOD) {
        dates->series.period = every.period;
    }
    return true;
}

static bool read_after(struct dates *dates)
{
    if (dates->settings->after == NULL) {
        return true;
    }
    dates->series.has_offset = true;
    if (!period_read(slice_of(dates->settings->after), &dates->series.offset)) {
        program_wrong(dates->program, "option '--after': '%s' is not a period such as 3d, 1m or -P7D",
                      dates->settings->after);
        return false;
    }
    if (!period_whole_days(dates->series.offset)) {
        program_wrong(dates->program, "option '--after': give whole days, weeks, months or years");
        return false;
    }
    return true;
}

static bool read_exceptions(struct dates *dates)
{
    struct slice list = slice_of(dates->settings->exdate == NULL ? "" : dates->settings->exdate);
    dates->exceptions = heap_allocate(list.length + 1, sizeof *dates->exceptions);
    for (size_t at = 0; at < list.length;) {
        size_t end = slice_find(list, ',', at);
        struct date_time value;
        struct exception *exception = &dates->exceptions[dates->exception_count++];
        if (!read_time(dates, "exdate", slice_part(list, at, end), &value, &exception->local)) {
            return false;
        }
        exception->whole_day = !value.has_time;
        at = end + 1;
    }
    return true;
}

static bool read_bounds(struct dates *dates)
{
    struct date_time value;
    dates->from = INT64_MIN;
    dates->to = INT64_MAX;
    if (dates->settings->from != NULL &&
        !read_time(dates, "from", slice_of(dates->settings->from), &value, &dates->from)) {
        return false;
    }
    if (dates->settings->to != NULL) {
        if (!read_time(dates, "to", slice_of(dates->settings->to), &value, &dates->to)) {
            return false;
        }
        dates->to += value.has_time ? 0 : DATE_DAY_SECONDS - 1;
    }
    return true;
}

static bool check(const void *given, struct program *program)
{
    const struct dates_settings *settings = given;
    if (settings->rrule != NULL && settings->every != NULL) {
        program_wrong(program, "--rrule and --every exclude each other");
    } else if (settings->rrule == NULL && settings->every == NULL && settings->after == NULL) {
        program_wrong(program, "which dates? give --rrule=RULE, --every=PERIOD or --after=PERIOD");
    } else {
        return true;
    }
    return false;
}

static bool read_all(struct dates *dates)
{
    dates->series.leap = (enum series_leap)dates->settings->leap;
    if (!read_first(dates) || !read_series(dates) || !read_after(dates) || !read_exceptions(dates) ||
        !read_bounds(dates)) {
        return false;
    }
    if (dates->settings->utc && !dates->has_time) {
        program_wrong(dates->program, "--utc prints times: give --first one, such as '2026-11-21 09:30'");
        return false;
    }
    return true;
}

static bool is_left_out(const struct dates *dates, int32_t day, int64_t local)
{
    for (size_t i = 0; i < dates->exception_count; i++) {
        const struct exception *exception = &dates->exceptions[i];
        int64_t wanted = exception->whole_day ? (int64_t)day * DATE_DAY_SECONDS : local;
        if (wanted == exception->local) {
            return true;
        }
    }
    return false;
}

static void write_row(struct dates *dates, int32_t day, int64_t local, int64_t instant)
{
    char digits[DATE_SIZE + 1];
    size_t length;
    if (!dates->has_time) {
        length = date_print(digits, day);
    } else if (dates->settings->utc) {
        length = date_print_time(digits, instant);
        digits[length++] = 'Z';
    } else {
        length = date_print_time(digits, local);
    }
    writer_text(dates->writer, (struct slice){digits, length});
    writer_end(dates->writer);
    dates->rows++;
}

// Takes a day of the series. False after the last one that is wanted.
static bool take(struct dates *dates, int32_t day)
{
    int64_t wanted = (int64_t)day * DATE_DAY_SECONDS + dates->second;
    int64_t instant = dates->has_time ? zone_to_instant(dates->zone, wanted) : wanted;
    int64_t local = dates->has_time ? zone_to_local(dates->zone, instant) : wanted;
    if (local - wanted >= DATE_DAY_SECONDS) {
        dates->missing++;
        return true;
    }
    if (local > dates->to) {
        return false;
    }
    if (local >= dates->from && !is_left_out(dates, day, wanted) && !is_left_out(dates, day, local)) {
        write_row(dates, day, local, instant);
    }
    bool counted_out = dates->left > 0 && --dates->left == 0;
    return !counted_out && (dates->settings->count == 0 || dates->rows < dates->settings->count);
}

// The first day worth asking for: COUNT begins with the first one of all.
static int32_t begin_of(const struct dates *dates)
{
    bool skip = dates->left == 0 && dates->from > (int64_t)DATE_FIRST * DATE_DAY_SECONDS;
    if (!skip) {
        return DATE_FIRST;
    }
    int64_t day = dates->from / DATE_DAY_SECONDS - 2;
    return day < DATE_FIRST ? DATE_FIRST : (int32_t)day;
}

static void write_rows(struct dates *dates)
{
    struct series_day found = {.day = begin_of(dates) - 1};
    if (!dates->repeats) {
        take(dates, series_at(dates->series.offset, dates->series.leap, dates->anchor, 1));
        return;
    }
    while (found.day < DATE_LAST && series_next(&dates->series, dates->anchor, found.day + 1, &found) &&
           take(dates, found.day)) {
    }
}

static void say_what_is_missing(const struct dates *dates)
{
    const struct diag *diag = program_diag(dates->program);
    if (dates->missing > 0) {
        diag_note(diag, "%zu %s left out: the zone's clocks went over the whole day", dates->missing,
                  dates->missing == 1 ? "date" : "dates");
    }
    if (dates->rows == 0 && dates->series.kind == SERIES_RULE && !recurrence_possible(&dates->series.rule)) {
        diag_note(diag, "no date: there is no such day in any year");
    } else if (dates->rows == 0 && dates->missing == 0) {
        diag_note(diag, "no date: the series has none within these bounds");
    }
}

static enum status run(const void *given, struct program *program)
{
    struct dates dates = {.settings = given, .program = program, .zone = program_clock(program)->zone};
    enum status status = STATUS_USAGE;
    if (read_all(&dates)) {
        dates.writer = program_writer(program, NULL);
        status = dates.writer == NULL ? STATUS_SYSTEM : STATUS_DONE;
    }
    if (status == STATUS_DONE) {
        writer_name(dates.writer, slice_of("date"));
        writer_end(dates.writer);
        write_rows(&dates);
        say_what_is_missing(&dates);
    }
    free(dates.exceptions);
    return status;
}

const struct mode remind_dates = {
    .name = "dates",
    .summary = "the dates of a recurrence rule, one a row",
    .examples = {"remind dates --first=2026-11-02 --rrule='FREQ=MONTHLY;BYDAY=1MO' --count=5",
                 "remind dates --first='2026-03-01 09:30' --rrule='FREQ=WEEKLY;COUNT=8' --time-zone=Europe/Berlin"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
