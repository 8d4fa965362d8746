// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * occurrence: the day on which so many days have passed.
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
    test_days_after();
    return tap_done();
}
