// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * cap: windows by hand, among them published cases (by their ids), then thousands at random against a counter that
 * knows nothing but the definition: whatever hour a window begins in, it holds no more than the cap allows.
 */
#include "../../cmd/remind/cap.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "tap.h"

enum { HOUR = 3600, CONTACTS = 12 };

static struct cap cap_of(const char *text)
{
    struct cap cap = {0};
    CHECK(cap_read(slice_of(text), &cap));
    return cap;
}

static int64_t local(const char *text)
{
    struct date_time time;
    CHECK(date_read(slice_of(text), DATE_YMD, &time) && !time.has_offset);
    return (int64_t)time.day * DATE_DAY_SECONDS + time.second;
}

// Asks about the last of the times, the others being made.
static bool allows(const char *text, const char *const *times, size_t count)
{
    int64_t made[CONTACTS];
    struct cap cap = cap_of(text);
    for (size_t i = 0; i < count; i++) {
        made[i] = local(times[i]);
    }
    return cap_allows(&cap, made, count - 1, made[count - 1]);
}

#define ALLOWS(text, ...)                                                                                              \
    allows(text, (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static void test_published_cases(void)
{
    // cap_window-001: a calendar day begins at midnight, one hour after a contact at 23:00
    CHECK(ALLOWS("1/day", "2026-11-22 23:00", "2026-11-23 00:00"));
    // cap_window-002: a sliding day does not
    CHECK(!ALLOWS("1/1d", "2026-11-22 23:00", "2026-11-23 00:00"));
    // cap_window-003
    CHECK(!ALLOWS("2/1w", "2026-11-17 09:00", "2026-11-20 09:00", "2026-11-23 09:00"));
}

static void test_edges(void)
{
    CHECK(!ALLOWS("1/7d", "2026-11-01", "2026-11-07"));
    CHECK(ALLOWS("1/7d", "2026-11-01", "2026-11-08"));
    CHECK(!ALLOWS("1/7d", "2026-11-01 10:00", "2026-11-08 09:59"));
    CHECK(ALLOWS("1/7d", "2026-11-01 10:00", "2026-11-08 10:00"));
    CHECK(!ALLOWS("1/16h", "2026-11-01 18:00", "2026-11-02 09:59"));
    CHECK(ALLOWS("1/16h", "2026-11-01 18:00", "2026-11-02 10:00"));
    CHECK(!ALLOWS("1/1m", "2026-01-31", "2026-02-27"));
    CHECK(ALLOWS("1/1m", "2026-01-31", "2026-02-28"));
    CHECK(!ALLOWS("1/week", "2026-11-16", "2026-11-22"));
    CHECK(ALLOWS("1/week", "2026-11-22", "2026-11-23"));
    CHECK(!ALLOWS("1/month", "2026-11-01", "2026-11-30 23:59"));
    CHECK(ALLOWS("1/month", "2026-11-30", "2026-12-01"));
    CHECK(ALLOWS("1/month", "2025-11-30", "2026-11-30"));
    CHECK(ALLOWS("2/7d", "2026-11-01", "2026-11-04"));
    CHECK(!ALLOWS("2/7d", "2026-11-01", "2026-11-01", "2026-11-04"));
    CHECK(ALLOWS("1/7d", "2026-11-04"));
}

static void test_contacts_that_come_later_count(void)
{
    int64_t made[] = {local("2026-11-21 18:00")};
    struct cap cap = cap_of("1/4h");
    CHECK(cap_allows(&cap, made, 1, local("2026-11-21 14:00")));
    CHECK(!cap_allows(&cap, made, 1, local("2026-11-21 14:01")));
    CHECK(!cap_allows(&cap, made, 1, local("2026-11-21 18:00")));
    cap = cap_of("1/day");
    CHECK(!cap_allows(&cap, made, 1, local("2026-11-21 00:00")));
}

static void test_none_and_any(void)
{
    struct cap cap = cap_of("0/7d");
    CHECK(!cap_allows(&cap, NULL, 0, 0));
    cap = cap_of("0/month");
    CHECK(!cap_allows(&cap, NULL, 0, 0));
    cap = cap_of("9223372036854775807/7d");
    CHECK(cap_allows(&cap, (const int64_t[]){0, 0, 0}, 3, 0));
    cap = cap_of("1/9999y");
    CHECK(cap_allows(&cap, NULL, 0, 0));
    CHECK(!cap_allows(&cap, (const int64_t[]){0}, 1, (int64_t)(DATE_LAST - 1) * DATE_DAY_SECONDS));
}

static void test_texts(void)
{
    static const char *const good[] = {"1/14d", " 3 / 30d ", "2/WEEK", "1/day", "0/P7D", "1/1y6m", "1/36h"};
    static const char *const bad[] = {"",     "1",      "1/",   "/7d",   "-1/7d",  "1.5/7d", "1/7",   "1/-7d",
                                      "1/0d", "1/days", "a/7d", "1//7d", "1/7d/2", "1/year", "1e3/7d"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct cap cap;
        CHECK(cap_read(slice_of(good[i]), &cap));
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct cap cap = {.most = 77};
        CHECK(!cap_read(slice_of(bad[i]), &cap) && cap.most == 77);
    }
}

// A generator of our own, so that every run tests the same.
static uint32_t chance(uint32_t limit)
{
    static uint64_t state = 20261122;
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(state >> 33) % limit;
}

static int by_time(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left;
    int64_t b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

static bool same_calendar_window(enum cap_unit unit, int64_t a, int64_t b)
{
    int32_t first = (int32_t)(a / DATE_DAY_SECONDS);
    int32_t second = (int32_t)(b / DATE_DAY_SECONDS);
    if (unit == CAP_MONTH) {
        char one[DATE_SIZE];
        char other[DATE_SIZE];
        date_print(one, first);
        date_print(other, second);
        return memcmp(one, other, 7) == 0;
    }
    while (unit == CAP_WEEK && date_weekday(first) != 1) {
        first--;
    }
    while (unit == CAP_WEEK && date_weekday(second) != 1) {
        second--;
    }
    return first == second;
}

// Is there a window, beginning at any full hour, that the new contact makes hold too many? All times are full hours.
static bool breaks(const struct cap *cap, const int64_t *made, size_t count, int64_t asked)
{
    int64_t inside = 1;
    if (cap->unit != CAP_SLIDING) {
        for (size_t i = 0; i < count; i++) {
            inside += same_calendar_window(cap->unit, made[i], asked);
        }
        return inside > cap->most;
    }
    for (int64_t start = asked - (int64_t)70 * DATE_DAY_SECONDS; start <= asked; start += HOUR) {
        int64_t until = period_add(start, cap->period, 1);
        inside = 1;
        for (size_t i = 0; i < count; i++) {
            inside += made[i] >= start && made[i] < until;
        }
        if (until > asked && inside > cap->most) {
            return true;
        }
    }
    return false;
}

static void test_at_random(void)
{
    static const char *const windows[] = {"1d", "7d", "36h", "5h", "30d", "1m", "2m", "day", "week", "month"};
    size_t refused = 0;
    size_t allowed = 0;
    bool same = true;
    for (int round = 0; round < 3000; round++) {
        int64_t made[CONTACTS];
        struct cap cap = {.most = chance(5)};
        size_t count = chance(CONTACTS + 1);
        int64_t base = ((int64_t)20000 + chance(800)) * DATE_DAY_SECONDS;
        uint32_t spread = 24 * (1 + chance(60));
        same = cap_read_window(slice_of(windows[chance(10)]), &cap) && same;
        for (size_t i = 0; i < count; i++) {
            made[i] = base + (int64_t)chance(spread) * HOUR;
        }
        qsort(made, count, sizeof *made, by_time);
        int64_t asked = base + (int64_t)chance(spread) * HOUR;
        bool may = cap_allows(&cap, made, count, asked);
        same = may == !breaks(&cap, made, count, asked) && same;
        refused += !may;
        allowed += may;
    }
    CHECK(same);
    CHECK(refused > 500 && allowed > 500);
}

// One contact a time is added where the cap allows it, in any order: no window ever holds too many, and none that was
// refused would have fitted.
static void test_no_window_ever_holds_too_many(void)
{
    bool kept = true;
    for (int round = 0; round < 200; round++) {
        int64_t made[CONTACTS];
        size_t count = 0;
        struct cap cap = {.most = 1 + chance(3)};
        kept = cap_read_window(slice_of(chance(2) == 0 ? "7d" : "20h"), &cap) && kept;
        for (int i = 0; i < 60 && count < CONTACTS; i++) {
            int64_t asked = (int64_t)20000 * DATE_DAY_SECONDS + (int64_t)chance(24 * 40) * HOUR;
            if (cap_allows(&cap, made, count, asked)) {
                made[count++] = asked;
                qsort(made, count, sizeof *made, by_time);
            }
        }
        for (size_t i = 0; i < count; i++) {
            int64_t inside = 0;
            for (size_t j = i; j < count && made[j] < period_add(made[i], cap.period, 1); j++) {
                inside++;
            }
            kept = inside <= cap.most && kept;
        }
    }
    CHECK(kept);
}

// What lies before cap_begins may be left out without changing any answer of that day or a later one.
static void test_beginning(void)
{
    static const char *const windows[] = {"1d", "7d", "36h", "1m", "1y", "day", "week", "month"};
    bool same = true;
    for (int32_t today = 20700; today < 21100; today++) {
        for (size_t i = 0; i < sizeof windows / sizeof windows[0]; i++) {
            struct cap cap = {.most = 1};
            same = cap_read_window(slice_of(windows[i]), &cap) && same;
            int64_t before = ((int64_t)cap_begins(&cap, today)) * DATE_DAY_SECONDS - 1;
            same = cap_allows(&cap, &before, 1, (int64_t)(today - 1) * DATE_DAY_SECONDS) && same;
        }
    }
    CHECK(same);
}

int main(void)
{
    test_published_cases();
    test_edges();
    test_contacts_that_come_later_count();
    test_none_and_any();
    test_texts();
    test_at_random();
    test_no_window_ever_holds_too_many();
    test_beginning();
    return tap_done();
}
