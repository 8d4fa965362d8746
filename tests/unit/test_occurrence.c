// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * occurrence: the latest k against counting up one by one, month ends, and the day after so many days.
 */
#include "../../cmd/remind/occurrence.h"

#include "date.h"
#include "tap.h"

static int32_t day(int year, int month, int of_month)
{
    int32_t value = 0;
    date_from_civil((struct date_civil){year, month, of_month}, &value);
    return value;
}

// The slow way: up, one at a time.
static bool count_up(int32_t anchor, struct period period, int64_t first, int32_t limit, int64_t *times)
{
    int64_t count = first;
    while (period_add_days(anchor, period, count) <= limit) {
        count++;
    }
    *times = count - 1;
    return count > first;
}

static void test_the_latest_is_found_for_any_period(void)
{
    static const struct period periods[] = {
        {0, 86400}, {0, 7 * 86400}, {0, 30 * 86400}, {1, 0}, {3, 0}, {12, 0}, {1, 86400}, {18, 14 * 86400},
    };
    bool same = true;
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
        for (int32_t anchor = day(2024, 1, 25); anchor < day(2024, 3, 5); anchor++) {
            for (int32_t limit = anchor - 40; limit < anchor + 900; limit++) {
                int64_t expected;
                int64_t got;
                int64_t first = limit % 2; // both that begin on the anchor and those that begin a period later
                bool any = count_up(anchor, periods[i], first < 0 ? -first : first, limit, &expected);
                bool found = occurrence_latest(anchor, periods[i], first < 0 ? -first : first, limit, &got);
                same = same && any == found && (!any || expected == got);
            }
        }
    }
    CHECK(same);
}

static void test_far_apart(void)
{
    int64_t times;
    CHECK(occurrence_latest(day(1, 1, 1), (struct period){0, 86400}, 1, day(9999, 12, 30), &times) && times == 3652057);
    CHECK(occurrence_latest(day(1900, 1, 31), (struct period){1, 0}, 1, day(2026, 2, 28), &times) && times == 1513);
    CHECK(!occurrence_latest(day(9999, 1, 1), (struct period){0, 86400}, 0, day(1, 1, 1), &times));
}

static void test_days_after(void)
{
    int32_t start = day(2026, 5, 1);
    CHECK(occurrence_after(start, 0) == start);
    CHECK(occurrence_after(start, 45) == start + 45);
    CHECK(occurrence_after(start, 45.2) == start + 46);         // not before that many days have passed
    CHECK(occurrence_after(start, 1.1 * 30) == start + 33);     // 33.000000000000004
    CHECK(occurrence_after(start, 1e300) == day(9999, 12, 31)); // kept within the calendar
}

int main(void)
{
    test_the_latest_is_found_for_any_period();
    test_far_apart();
    test_days_after();
    return tap_done();
}
