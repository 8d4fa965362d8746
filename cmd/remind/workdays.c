// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * workdays: a table of days for each year that was told of or asked about, in the order of the years.
 *
 * A calendar has a handful of years and questions come for one after the other, so the last one found is tried first.
 */
#include "workdays.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "heap.h"

enum told { TOLD_NOTHING, TOLD_WORK, TOLD_REST };

enum { WEEKEND = 2, YEAR_DAYS = 366 };

struct year {
    int number;
    int32_t first; // 1 January
    bool known;
    bool asked;
    unsigned char days[YEAR_DAYS]; // enum told
};

struct workdays {
    struct year *years; // ascending
    size_t count;
    size_t capacity;
    size_t last;          // the one found last
    int32_t longest_rest; // 0: to be counted
};

enum workdays_shift workdays_shift_of(struct slice text)
{
    static const char *const names[WORKDAYS_SHIFTS] = {
        [WORKDAYS_STAY] = "none",
        [WORKDAYS_AFTER] = "after",
        [WORKDAYS_BEFORE] = "before",
        [WORKDAYS_NEAREST] = "nearest",
    };
    size_t shift = 0;
    while (shift < WORKDAYS_SHIFTS && !slice_is(text, names[shift])) {
        shift++;
    }
    return (enum workdays_shift)shift;
}

struct workdays *workdays_create(void)
{
    return heap_allocate(1, sizeof(struct workdays));
}

void workdays_free(struct workdays *workdays)
{
    if (workdays != NULL) {
        free(workdays->years);
        free(workdays);
    }
}

static bool holds(const struct year *year, int32_t day)
{
    return day >= year->first && day - year->first < YEAR_DAYS && date_to_civil(day).year == year->number;
}

// The place of a year, or where it would stand.
static size_t place_of(const struct workdays *workdays, int number)
{
    size_t place = 0;
    while (place < workdays->count && workdays->years[place].number < number) {
        place++;
    }
    return place;
}

static struct year *year_numbered(struct workdays *workdays, int number)
{
    size_t place = place_of(workdays, number);
    if (place == workdays->count || workdays->years[place].number != number) {
        workdays->years = heap_grow(workdays->years, &workdays->capacity, workdays->count + 1, sizeof *workdays->years);
        struct year *year = &workdays->years[place];
        memmove(year + 1, year, (workdays->count - place) * sizeof *year);
        workdays->count++;
        *year = (struct year){.number = number};
        date_from_civil((struct date_civil){number, 1, 1}, &year->first);
    }
    workdays->last = place;
    return &workdays->years[place];
}

static struct year *year_of(struct workdays *workdays, int32_t day)
{
    if (workdays->last < workdays->count && holds(&workdays->years[workdays->last], day)) {
        return &workdays->years[workdays->last];
    }
    return year_numbered(workdays, date_to_civil(day).year);
}

void workdays_tell_year(struct workdays *workdays, int year)
{
    year_numbered(workdays, year)->known = true;
}

void workdays_tell(struct workdays *workdays, int32_t day, bool works)
{
    struct year *year = year_of(workdays, day);
    year->days[day - year->first] = works ? TOLD_WORK : TOLD_REST;
    workdays->longest_rest = 0;
}

static bool is_weekday(int32_t day)
{
    return date_weekday(day) <= 5;
}

static bool works_by(const struct year *year, int32_t day)
{
    unsigned char told = year->days[day - year->first];
    return told == TOLD_NOTHING ? is_weekday(day) : told == TOLD_WORK;
}

bool workdays_works(struct workdays *workdays, int32_t day)
{
    if (workdays == NULL) {
        return is_weekday(day);
    }
    struct year *year = year_of(workdays, day);
    year->asked = true;
    return works_by(year, day);
}

int32_t workdays_add(struct workdays *workdays, int32_t day, int64_t count)
{
    int32_t step = count < 0 ? -1 : 1;
    int32_t end = count < 0 ? DATE_FIRST : DATE_LAST;
    while (count != 0 && day != end) {
        day += step;
        count -= workdays_works(workdays, day) ? step : 0;
    }
    return day;
}

static int32_t nearest(struct workdays *workdays, int32_t day)
{
    int32_t away = 1;
    while (day + away <= DATE_LAST && day - away >= DATE_FIRST) {
        if (workdays_works(workdays, day + away)) {
            return day + away;
        }
        if (workdays_works(workdays, day - away)) {
            return day - away;
        }
        away++;
    }
    return day;
}

int32_t workdays_shift(struct workdays *workdays, int32_t day, enum workdays_shift shift)
{
    if (shift == WORKDAYS_STAY || workdays_works(workdays, day)) {
        return day;
    }
    return shift == WORKDAYS_NEAREST ? nearest(workdays, day)
                                     : workdays_add(workdays, day, shift == WORKDAYS_AFTER ? 1 : -1);
}

// Of what was told; a weekend that hangs over either end counts.
static int32_t count_longest_rest(const struct workdays *workdays)
{
    int32_t longest = WEEKEND;
    int32_t rest = 0;
    const struct year *last = &workdays->years[workdays->count - 1];
    size_t place = 0;
    for (int32_t day = workdays->years[0].first - WEEKEND; day < last->first + YEAR_DAYS + WEEKEND; day++) {
        while (place + 1 < workdays->count && day >= workdays->years[place + 1].first) {
            place++;
        }
        const struct year *year = &workdays->years[place];
        int32_t at = day - year->first;
        bool told = at >= 0 && at < YEAR_DAYS && year->days[at] != TOLD_NOTHING;
        rest = (told ? year->days[at] == TOLD_WORK : is_weekday(day)) ? 0 : rest + 1;
        longest = rest > longest ? rest : longest;
    }
    return longest;
}

int32_t workdays_longest_rest(struct workdays *workdays)
{
    if (workdays == NULL || workdays->count == 0) {
        return WEEKEND;
    }
    if (workdays->longest_rest == 0) {
        workdays->longest_rest = count_longest_rest(workdays);
    }
    return workdays->longest_rest;
}

bool workdays_next_unknown(const struct workdays *workdays, int *year)
{
    for (size_t i = 0; i < workdays->count; i++) {
        const struct year *one = &workdays->years[i];
        if (one->number > *year && one->asked && !one->known) {
            *year = one->number;
            return true;
        }
    }
    return false;
}
