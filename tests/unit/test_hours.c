// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * hours: times planned and times that are now, moved out of the quiet hours of rules and settings, in the customer's
 * zone; against a minute-by-minute look at the day.
 */
#include "../../cmd/remind/hours.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "date.h"
#include "tap.h"

enum { DAY = 20778, MINUTE = 60, HOUR = 3600 }; // 2026-11-21

static struct policy_rule rule_at(int32_t second, const char *quiet)
{
    struct policy_rule rule = {.has_time = second >= 0, .second = second, .quiet = POLICY_QUIET_NEVER};
    if (quiet != NULL) {
        rule.quiet = POLICY_QUIET_OWN;
        CHECK(quiet_read(slice_of(quiet), &rule.hours));
    }
    return rule;
}

static struct candidate candidate_of(const struct policy_rule *rule, const struct person *person, int32_t due)
{
    struct candidate candidate;
    candidate_begin(&candidate, rule, person);
    candidate.today = DAY;
    candidate.due = due;
    return candidate;
}

// Its planned time, in seconds from the beginning of DAY.
static int64_t planned(const struct policy_rule *rule, const struct person *person, int32_t due)
{
    struct candidate candidate = candidate_of(rule, person, due);
    hours_plan(NULL, &candidate);
    return (int64_t)(candidate.due - DAY) * DATE_DAY_SECONDS + candidate.second;
}

static void test_planned_times(void)
{
    struct person person = {0};
    struct policy_rule rule = rule_at(-1, "21:00-08:00");
    struct candidate candidate = candidate_of(&rule, &person, DAY);
    hours_plan(NULL, &candidate);
    CHECK(!candidate.has_time && !candidate.quieted && candidate.due == DAY);
    rule = rule_at(10 * HOUR, NULL);
    candidate = candidate_of(&rule, &person, DAY - 2);
    candidate.quieted = true; // by a step that is asked again
    hours_plan(NULL, &candidate);
    CHECK(candidate.has_time && candidate.second == 10 * HOUR && candidate.due == DAY - 2 && !candidate.quieted);
    rule = rule_at(22 * HOUR, "21:00-08:00");
    candidate = candidate_of(&rule, &person, DAY);
    hours_plan(NULL, &candidate);
    CHECK(candidate.has_time && candidate.second == 8 * HOUR && candidate.due == DAY + 1 && candidate.quieted);
    CHECK(candidate.awake_at == (int64_t)(DAY + 1) * DATE_DAY_SECONDS + 8 * HOUR);
}

static void test_every_minute_of_a_night(void)
{
    struct person person = {0};
    bool right = true;
    for (int32_t minute = 0; minute < 24 * 60; minute++) {
        struct policy_rule rule = {.has_time = true, .second = minute * MINUTE, .quiet = POLICY_QUIET_OWN};
        rule.hours = (struct quiet){21 * HOUR, 8 * HOUR};
        int64_t expected = minute < 8 * 60     ? 8 * HOUR
                           : minute >= 21 * 60 ? DATE_DAY_SECONDS + 8 * HOUR
                                               : (int64_t)minute * MINUTE;
        right = right && planned(&rule, &person, DAY) == expected;
        rule.quiet = POLICY_QUIET_NEVER;
        right = right && planned(&rule, &person, DAY) == (int64_t)minute * MINUTE;
        rule.quiet = POLICY_QUIET_SETTINGS; // without any
        right = right && planned(&rule, &person, DAY) == (int64_t)minute * MINUTE;
    }
    CHECK(right);
}

// 2026-03-29 02:30 is on no clock in Berlin: the contact is made an hour later; nor is it made in a quiet hour's gap.
static void test_a_time_that_no_clock_shows(void)
{
    struct clock clock;
    CHECK(clock_set(&clock, "2026-03-20 12:00", "UTC") == NULL);
    struct zones *zones = zones_create(&clock, NULL);
    struct person person = {.place = zones_find(zones, slice_of("Europe/Berlin"))};
    struct policy_rule rule = rule_at(2 * HOUR + 30 * MINUTE, NULL);
    int32_t sunday = 20541;
    int64_t midnight = (int64_t)(sunday - DAY) * DATE_DAY_SECONDS;
    CHECK(planned(&rule, &person, sunday) == midnight + 3 * HOUR + 30 * MINUTE);
    CHECK(planned(&rule, &person, sunday - 1) == midnight - 21 * HOUR - 30 * MINUTE);
    rule = rule_at(1 * HOUR, "00:00-02:30"); // the quiet ends at a time that no clock shows
    CHECK(planned(&rule, &person, sunday) == midnight + 3 * HOUR + 30 * MINUTE);
    zones_free(zones);
    clock_free(&clock);
}

// What is decided for a contact due on `due`, planned for `second` (-1: no time), when it is `now` in the customer's
// day; *at is then when it can be made, where it was moved.
static enum candidate_verdict decide(int32_t due, int32_t second, int64_t now, const char *quiet,
                                     struct candidate *candidate)
{
    static struct zones_place place;
    static struct person person;
    static struct policy_rule rule;
    place = (struct zones_place){.today = DAY, .has_time = now >= 0, .now = (int64_t)DAY * DATE_DAY_SECONDS + now};
    person = (struct person){.place = &place};
    rule = rule_at(second, quiet);
    *candidate = candidate_of(&rule, &person, due);
    hours_plan(NULL, candidate);
    return hours_decide(NULL, candidate);
}

static void test_what_can_be_made_now(void)
{
    struct candidate candidate;
    CHECK(decide(DAY, -1, 12 * HOUR, "21:00-08:00", &candidate) == CANDIDATE_DUE && !candidate.quieted);
    CHECK(decide(DAY, -1, 22 * HOUR, "21:00-08:00", &candidate) == CANDIDATE_QUIET && candidate.quieted);
    CHECK(candidate.awake_at == (int64_t)(DAY + 1) * DATE_DAY_SECONDS + 8 * HOUR && candidate.due == DAY);
    CHECK(decide(DAY, -1, 6 * HOUR, "21:00-08:00", &candidate) == CANDIDATE_DUE && candidate.quieted);
    CHECK(candidate.due == DAY && candidate.has_time && candidate.second == 8 * HOUR);
    CHECK(decide(DAY, -1, 8 * HOUR, "21:00-08:00", &candidate) == CANDIDATE_DUE && !candidate.quieted);
    CHECK(decide(DAY, -1, 21 * HOUR - 1, "21:00-08:00", &candidate) == CANDIDATE_DUE);
    CHECK(decide(DAY, -1, 21 * HOUR, "21:00-08:00", &candidate) == CANDIDATE_QUIET);
    CHECK(decide(DAY, -1, 22 * HOUR, NULL, &candidate) == CANDIDATE_DUE && !candidate.quieted);
    CHECK(decide(DAY, -1, -1, "00:00-23:59", &candidate) == CANDIDATE_DUE); // a day alone has no hour to be quiet
}

static void test_what_was_planned(void)
{
    struct candidate candidate;
    // Still to come today: made then, whatever it is now.
    CHECK(decide(DAY, 10 * HOUR, 6 * HOUR, "21:00-08:00", &candidate) == CANDIDATE_DUE);
    CHECK(candidate.second == 10 * HOUR && !candidate.quieted);
    CHECK(decide(DAY, 10 * HOUR, 10 * HOUR, "10:00-11:00", &candidate) == CANDIDATE_DUE);
    CHECK(candidate.second == 11 * HOUR && candidate.quieted);
    // Past: made now, and now is asked.
    CHECK(decide(DAY, 10 * HOUR, 12 * HOUR, "21:00-08:00", &candidate) == CANDIDATE_DUE && !candidate.quieted);
    CHECK(decide(DAY, 10 * HOUR, 22 * HOUR, "21:00-08:00", &candidate) == CANDIDATE_QUIET);
    // Of a day before: the day it was due on stays.
    CHECK(decide(DAY - 3, 10 * HOUR, 6 * HOUR, "21:00-08:00", &candidate) == CANDIDATE_DUE);
    CHECK(candidate.due == DAY - 3 && candidate.quieted);
    CHECK(decide(DAY - 3, 10 * HOUR, 23 * HOUR, "21:00-08:00", &candidate) == CANDIDATE_QUIET);
    // Moved beyond today already when it was planned.
    CHECK(decide(DAY, 22 * HOUR, 12 * HOUR, "21:00-08:00", &candidate) == CANDIDATE_QUIET);
    CHECK(decide(DAY - 1, 22 * HOUR, 7 * HOUR, "21:00-08:00", &candidate) == CANDIDATE_DUE);
    CHECK(candidate.due == DAY && candidate.second == 8 * HOUR);
}

static void read_settings(struct provisions *provisions, const char *text)
{
    static const char *const no_roles[POLICY_DIMENSIONS] = {NULL, NULL, NULL};
    char path[] = "/tmp/test_hours.XXXXXX";
    int descriptor = mkstemp(path);
    CHECK(descriptor != -1 && write(descriptor, text, strlen(text)) == (ssize_t)strlen(text));
    close(descriptor);
    CHECK(provisions_read(provisions, path, NULL, no_roles, NULL) == STATUS_DONE);
    unlink(path);
}

// Where the settings let a contact of this channel go that is planned for `second` of DAY.
static int64_t settled(const char *settings, const char *channel, int32_t second)
{
    struct provisions provisions;
    struct person person = {.labels = {LABELS_OTHER, LABELS_OTHER, LABELS_OTHER}};
    struct policy_rule rule = rule_at(second, NULL);
    rule.quiet = POLICY_QUIET_SETTINGS;
    read_settings(&provisions, settings);
    struct candidate candidate = candidate_of(&rule, &person, DAY);
    candidate.channel = slice_of(channel);
    hours_plan(&provisions, &candidate);
    provisions_free(&provisions);
    return (int64_t)(candidate.due - DAY) * DATE_DAY_SECONDS + candidate.second;
}

static void test_hours_of_the_settings(void)
{
    static const char night[] = "scope,name,limit,window\n*,quiet,22:00-07:00,\nchannel=phone,quiet,19:00-22:30,\n"
                                "channel=phone,quiet,07:00-09:00,\n";
    CHECK(settled(night, "mail", 12 * HOUR) == 12 * HOUR);
    CHECK(settled(night, "mail", 20 * HOUR) == 20 * HOUR);
    CHECK(settled(night, "mail", 23 * HOUR) == DATE_DAY_SECONDS + 7 * HOUR);
    CHECK(settled(night, "phone", 20 * HOUR) == DATE_DAY_SECONDS + 9 * HOUR); // one after the other
    CHECK(settled(night, "phone", 6 * HOUR) == 9 * HOUR);
    CHECK(settled(night, "phone", 9 * HOUR) == 9 * HOUR);
    // Quiet all day long: nobody could ever be contacted, so it gives way after some days.
    static const char always[] = "scope,name,limit,window\n*,quiet,00:00-12:00,\n*,quiet,12:00-24:00,\n";
    int64_t given_way = settled(always, "mail", 10 * HOUR);
    CHECK(given_way >= 3 * (int64_t)DATE_DAY_SECONDS && given_way < 5 * (int64_t)DATE_DAY_SECONDS);
}

int main(void)
{
    test_planned_times();
    test_every_minute_of_a_night();
    test_a_time_that_no_clock_shows();
    test_what_can_be_made_now();
    test_what_was_planned();
    test_hours_of_the_settings();
    return tap_done();
}
