// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * workdays: days of work, moved and counted. Published cases stand in tests/data/remind/cases/workdays.tsv, with their
 * holidays beside them; tests run in the root of the tree.
 */
#include "../../cmd/remind/workdays.h"

#include <stdio.h>
#include <stdlib.h>

#include "../../cmd/remind/holidays.h"
#include "date.h"
#include "tap.h"

static int32_t day_of(const char *text)
{
    struct date_time value = {0};
    return date_read(slice_of(text), DATE_YMD, &value) ? value.day : 0;
}

static const char *print(int32_t day)
{
    static char digits[DATE_SIZE];
    digits[date_print(digits, day)] = '\0';
    return digits;
}

static struct workdays *chinese_calendar(void)
{
    struct workdays *workdays = workdays_create();
    for (int year = 2023; year <= 2027; year++) {
        char path[64];
        snprintf(path, sizeof path, "tests/data/remind/holidays-cn-%d.json", year);
        CHECK(holidays_read(workdays, path, NULL) == STATUS_DONE);
    }
    return workdays;
}

struct published {
    char id[32];
    char kind[32];
    char calendar[8];
    char date[16];
    char by[16];
    char expected[16];
};

static const char *answer(struct workdays *workdays, const struct published *one)
{
    int32_t day = day_of(one->date);
    if (strcmp(one->kind, "is_workday") == 0) {
        return workdays_works(workdays, day) ? "yes" : "no";
    }
    if (strcmp(one->kind, "add_workdays") == 0) {
        return print(workdays_add(workdays, day, strtol(one->by, NULL, 10)));
    }
    return print(workdays_shift(workdays, day, workdays_shift_of(slice_of(one->by))));
}

// The cells of a line, parted by tabs.
static bool take(char *line, struct published *one)
{
    char *const cells[] = {one->id, one->kind, one->calendar, one->date, one->by, one->expected};
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        size_t length = strcspn(line, "\t\n");
        if (length >= 16 && i > 1) {
            return false;
        }
        memcpy(cells[i], line, length);
        cells[i][length] = '\0';
        line += length + (line[length] != '\0');
    }
    return true;
}

static void ask_published(struct workdays *chinese)
{
    FILE *file = fopen("tests/data/remind/cases/workdays.tsv", "r");
    char line[160];
    int count = 0;
    struct published one = {0};
    if (!CHECK(file != NULL)) {
        return;
    }
    while (fgets(line, sizeof line, file) != NULL) {
        if (!take(line, &one) || strcmp(one.id, "id") == 0) {
            continue;
        }
        count++;
        tap_same(answer(strcmp(one.calendar, "CN") == 0 ? chinese : NULL, &one), one.expected, one.id, __FILE__,
                 __LINE__);
    }
    CHECK(count == 42);
    fclose(file);
}

// A year that nobody told is unknown, not without holidays; and only when it was asked about.
static void remember_unknown(struct workdays *chinese)
{
    int year = 0;
    CHECK(!workdays_next_unknown(chinese, &year));
    CHECK(workdays_shift(chinese, day_of("2026-12-31"), WORKDAYS_AFTER) == day_of("2026-12-31"));
    CHECK(!workdays_next_unknown(chinese, &year));
    CHECK(workdays_add(chinese, day_of("2026-12-31"), 1) == day_of("2027-01-01")); // its file is empty
    CHECK(workdays_works(chinese, day_of("2019-05-01")));
    CHECK(workdays_next_unknown(chinese, &year) && year == 2019);
    CHECK(workdays_next_unknown(chinese, &year) && year == 2027);
    CHECK(!workdays_next_unknown(chinese, &year));
    CHECK(!workdays_works(chinese, day_of("2022-12-31"))); // stands in the file of 2023
}

static void check_calendar_ends(void)
{
    struct workdays *workdays = workdays_create();
    CHECK(workdays_add(workdays, DATE_LAST - 1, 100) == DATE_LAST);
    CHECK(workdays_add(workdays, DATE_FIRST + 1, -100) == DATE_FIRST);
    workdays_tell(workdays, DATE_LAST, false);
    workdays_tell(workdays, DATE_FIRST, false);
    CHECK(workdays_shift(workdays, DATE_LAST, WORKDAYS_AFTER) == DATE_LAST);
    CHECK(workdays_shift(workdays, DATE_FIRST, WORKDAYS_BEFORE) == DATE_FIRST);
    CHECK(workdays_shift(workdays, DATE_LAST, WORKDAYS_NEAREST) == DATE_LAST);
    workdays_free(workdays);
    workdays_free(NULL);
}

// Shifted days keep the order of the days, whatever the calendar: the property the catching up of runs rests on.
static void check_order(struct workdays *chinese)
{
    bool ordered = true;
    bool near = true;
    int32_t longest = workdays_longest_rest(chinese);
    for (int shift = 0; shift < WORKDAYS_SHIFTS; shift++) {
        int32_t before = DATE_FIRST;
        for (int32_t day = day_of("2022-12-01"); day < day_of("2027-02-01"); day++) {
            int32_t moved = workdays_shift(chinese, day, (enum workdays_shift)shift);
            ordered = ordered && moved >= before;
            near = near && abs(moved - day) <= longest;
            before = moved;
        }
    }
    CHECK(ordered);
    CHECK(near);
}

int main(void)
{
    struct workdays *chinese = chinese_calendar();
    ask_published(chinese);
    remember_unknown(chinese);
    check_order(chinese);
    CHECK(workdays_longest_rest(chinese) == 9); // Spring Festival 2026, 15 to 23 February
    CHECK(workdays_longest_rest(NULL) == 2);
    workdays_tell(chinese, day_of("2026-02-14"), false);
    CHECK(workdays_longest_rest(chinese) == 10);
    CHECK(workdays_shift_of(slice_of("later")) == WORKDAYS_SHIFTS);
    CHECK(workdays_shift_of(slice_of("none")) == WORKDAYS_STAY);
    workdays_free(chinese);
    check_calendar_ends();
    return tap_done();
}
