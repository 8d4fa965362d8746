// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rrule: what is read, what is refused and where, and what UNTIL means in a zone.
 */
#include "../../cmd/remind/rrule.h"

#include "tap.h"

static struct rrule read_rule(const char *text)
{
    struct rrule rule;
    struct rrule_problem problem;
    CHECK(rrule_read(slice_of(text), &rule, &problem));
    return rule;
}

// Refused for this part of the text, at this place.
static void refused(const char *text, const char *part, size_t place)
{
    struct rrule rule;
    struct rrule_problem problem = {0};
    CHECK(!rrule_read(slice_of(text), &rule, &problem));
    CHECK(problem.reason != NULL && problem.place == place);
    CHECK(slice_is(problem.part, part));
}

static void test_every_part(void)
{
    struct recurrence rule = read_rule("RRULE:FREQ=monthly;interval=2;Count=7;BYDAY=mo,-1FR,+2TU;BYMONTHDAY=1,-31;"
                                       "BYMONTH=1,12;BYSETPOS=366,-1;WKST=SU")
                                 .recurrence;
    CHECK(rule.frequency == RECURRENCE_MONTHLY && rule.interval == 2 && rule.count == 7 && rule.week_start == 7);
    CHECK(rule.weekdays == 1 && rule.ordinals_back[4] == 1 && rule.ordinals_front[1] == 2);
    CHECK(rule.days_front == 1 && rule.days_back == UINT32_C(1) << 30);
    CHECK(rule.months == (1 | 1 << 11));
    CHECK(rule.positions.front[5] == UINT64_C(1) << 45 && rule.positions.back[0] == 1);
    CHECK(read_rule("FREQ=YEARLY").recurrence.interval == 1 && read_rule("FREQ=YEARLY").recurrence.week_start == 1);
    CHECK(read_rule("FREQ=WEEKLY;BYDAY=TH,TH").recurrence.weekdays == 8); // a value twice is that value
    CHECK(read_rule("BYDAY=MO;FREQ=WEEKLY").recurrence.weekdays == 1);    // in any order
}

static void test_what_is_no_rule(void)
{
    refused("", "", 1);
    refused("INTERVAL=2", "", 1);
    refused("FREQ=DAILY;", "", 12);
    refused("FREQ=DAILY;;COUNT=1", "", 12);
    refused("FREQ=", "FREQ=", 1);
    refused("FREQ=DAILY;COUNT", "COUNT", 12);
    refused("FREQ=DAILY;COLOUR=RED", "COLOUR=RED", 12);
    refused("FREQ=DAILY;X-MINE=1", "X-MINE=1", 12);
    refused("RRULE:FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY", 18);
    refused("FREQ=DAILY;COUNT=2;COUNT=3", "COUNT=3", 20);
    refused("FREQ=SOMETIMES", "FREQ=SOMETIMES", 1);
    refused("FREQ=DAILY; COUNT=2", " COUNT=2", 12);
}

static void test_values_out_of_range(void)
{
    static const char *const texts[] = {
        "INTERVAL=0",   "INTERVAL=-1",    "INTERVAL=+1",   "INTERVAL=1000000001",
        "INTERVAL=1.5", "COUNT=0",        "COUNT=-3",      "COUNT=x",
        "COUNT=",       "BYMONTH=0",      "BYMONTH=13",    "BYMONTH=-1",
        "BYMONTH=1,",   "BYMONTHDAY=0",   "BYMONTHDAY=32", "BYMONTHDAY=-32",
        "BYDAY=0MO",    "BYDAY=54MO",     "BYDAY=M",       "BYDAY=XX",
        "BYDAY=1",      "BYDAY=MO,,TU",   "BYDAY=1.MO",    "BYDAY=--1MO",
        "BYSETPOS=0",   "BYSETPOS=367",   "WKST=1MO",      "WKST=X",
        "UNTIL=never",  "UNTIL=20260230", "BYMONTHDAY=+",  "BYMONTHDAY=1e1",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char rule[64] = "FREQ=YEARLY;";
        struct slice part = slice_of(texts[i]);
        for (size_t at = 0; at <= part.length; at++) {
            rule[12 + at] = texts[i][at];
        }
        refused(rule, texts[i], 13);
    }
}

static void test_what_the_rfc_forbids_or_leaves_open(void)
{
    refused("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY=1", 13);
    refused("FREQ=YEARLY;BYMONTHDAY=1", "BYMONTHDAY=1", 13);
    refused("FREQ=WEEKLY;BYDAY=1MO", "BYDAY=1MO", 13);
    refused("BYDAY=TU,-1MO;FREQ=DAILY", "BYDAY=TU,-1MO", 1);
    refused("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS=1", 14);
    refused("FREQ=DAILY;COUNT=2;UNTIL=20261231", "COUNT=2", 12);
    CHECK(read_rule("FREQ=YEARLY;BYMONTHDAY=1;BYMONTH=2").recurrence.months == 2); // with months it is clear
}

static void test_what_is_not_read(void)
{
    refused("FREQ=HOURLY", "FREQ=HOURLY", 1);
    refused("FREQ=MINUTELY;INTERVAL=90", "FREQ=MINUTELY", 1);
    refused("FREQ=SECONDLY", "FREQ=SECONDLY", 1);
    refused("FREQ=YEARLY;BYWEEKNO=20", "BYWEEKNO=20", 13);
    refused("FREQ=YEARLY;BYYEARDAY=1", "BYYEARDAY=1", 13);
    refused("FREQ=DAILY;BYHOUR=9", "BYHOUR=9", 12);
    refused("FREQ=DAILY;BYMINUTE=0", "BYMINUTE=0", 12);
    refused("FREQ=DAILY;BYSECOND=0", "BYSECOND=0", 12);
    refused("RSCALE=CHINESE;FREQ=YEARLY", "RSCALE=CHINESE", 1);
    refused("FREQ=MONTHLY;SKIP=BACKWARD", "SKIP=BACKWARD", 14);
}

static void test_what_is_meant_as_a_rule(void)
{
    CHECK(rrule_meant(slice_of("FREQ=X")) && rrule_meant(slice_of("rrule:")) && rrule_meant(slice_of("freq=")));
    CHECK(!rrule_meant(slice_of("FREQ")) && !rrule_meant(slice_of("1w")) && !rrule_meant(slice_of("")));
}

static int32_t last_of(const char *until, struct zone *zone, int32_t second)
{
    char text[80] = "FREQ=DAILY;UNTIL=";
    for (size_t at = 0; at <= slice_of(until).length; at++) {
        text[17 + at] = until[at];
    }
    struct rrule rule = read_rule(text);
    rrule_bound(&rule, zone, second);
    CHECK(rule.recurrence.has_last);
    return rule.recurrence.last;
}

static void test_until(void)
{
    struct zone *zone = zone_open("America/New_York");
    int32_t nine = 9 * 3600;
    int32_t day = 20781;                                       // 2026-11-24
    CHECK(last_of("20261124", zone, nine) == day);             // the whole day
    CHECK(last_of("20261124T090000", zone, nine) == day);      // the last one may be then
    CHECK(last_of("20261124T085959", zone, nine) == day - 1);  // but not later
    CHECK(last_of("20261124T140000Z", zone, nine) == day);     // 09:00 in New York
    CHECK(last_of("20261124T135959Z", zone, nine) == day - 1); //
    CHECK(last_of("20261125T020000Z", zone, 0) == day);        // the 24th there, still
    struct rrule without = read_rule("FREQ=DAILY");
    rrule_bound(&without, zone, nine);
    CHECK(!without.recurrence.has_last);
    zone_free(zone);
}

int main(void)
{
    test_every_part();
    test_what_is_no_rule();
    test_values_out_of_range();
    test_what_the_rfc_forbids_or_leaves_open();
    test_what_is_not_read();
    test_what_is_meant_as_a_rule();
    test_until();
    return tap_done();
}
