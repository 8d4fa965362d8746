// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * decision: the steps, on rules and candidates made by hand; then months of runs at random against what must hold of
 * any: no key twice, nothing lost, nothing after its grace unless it was put off, no owner beyond his limit.
 */
#include "../../cmd/remind/decision.h"

#include <stdint.h>
#include <stdlib.h>

#include "date.h"
#include "tap.h"

enum { TODAY = 20778, DAY = 86400 }; // 2026-11-21

static struct policy_rule rule_of(enum policy_kind kind, int64_t days)
{
    return (struct policy_rule){
        .id = slice_of("R"),
        .encoded = slice_of("R"),
        .touch = slice_of("call"),
        .anchor = slice_of("start"),
        .kind = kind,
        .enabled = true,
        .period = {0, days * DAY},
        .series = {.period = {0, days * DAY}, .after_anchor = true},
        .period_text = slice_of("Nd"),
        .factor = 2,
        .factor_text = slice_of("2"),
    };
}

static struct person anybody = {.order = 1, .customer = {"a", 1}, .encoded = {"a", 1}};

static struct candidate candidate_of(const struct policy_rule *rule, int32_t anchor)
{
    return (struct candidate){
        .rule = rule,
        .person = &anybody,
        .owner = slice_of("mei"),
        .channel = slice_of("phone"),
        .anchor = anchor,
        .stop = CANDIDATE_NO_DAY,
    };
}

static void offer(struct decision *decision, const struct candidate *candidate)
{
    struct candidate offered = *candidate;
    decision_expect(decision, &anybody);
    decision_begin(decision, &anybody);
    decision_offer(decision, &offered);
}

// Decides one candidate alone; gives its verdict.
static enum candidate_verdict verdict_of(const struct candidate *candidate, const struct history *history)
{
    struct decision_options options = {
        .today = TODAY, .history = history, .gaps = gaps_create(), .explain = slice_of("a")};
    gaps_group(options.gaps, slice_of(""));
    struct decision *decision = decision_create(&options);
    offer(decision, candidate);
    decision_settle(decision);
    enum candidate_verdict verdict = decision_explained(decision, 0)->verdict;
    CHECK(decision_explained_count(decision) == 1);
    CHECK(decision_due_count(decision) == (verdict == CANDIDATE_DUE));
    decision_free(decision);
    gaps_free(options.gaps);
    return verdict;
}

static void test_once(void)
{
    struct policy_rule rule = rule_of(POLICY_ONCE, 3);
    struct candidate candidate = candidate_of(&rule, TODAY - 3);
    CHECK(verdict_of(&candidate, NULL) == CANDIDATE_DUE);
    candidate.anchor = TODAY - 2;
    CHECK(verdict_of(&candidate, NULL) == CANDIDATE_NOT_YET);
    candidate.anchor = CANDIDATE_NO_DAY;
    CHECK(verdict_of(&candidate, NULL) == CANDIDATE_NO_ANCHOR);
    candidate.anchor = TODAY - 100;
    rule.has_grace = true;
    rule.grace = (struct period){0, 97 * DAY};
    CHECK(verdict_of(&candidate, NULL) == CANDIDATE_DUE);
    rule.grace = (struct period){0, 96 * DAY};
    CHECK(verdict_of(&candidate, NULL) == CANDIDATE_LATE);
}

static void test_dates_of_a_rule(void)
{
    struct policy_rule rule = rule_of(POLICY_PERIODIC, 7);
    struct candidate candidate = candidate_of(&rule, TODAY - 15); // due 8 days ago, and yesterday
    rule.has_from = true;
    rule.from = TODAY - 1;
    CHECK(verdict_of(&candidate, NULL) == CANDIDATE_DUE);
    rule.from = TODAY;
    CHECK(verdict_of(&candidate, NULL) == CANDIDATE_OUTSIDE);
    rule.has_from = false;
    rule.has_until = true;
    rule.until = TODAY - 2;
    CHECK(verdict_of(&candidate, NULL) == CANDIDATE_DUE); // the one of 8 days ago
    rule.until = TODAY - 9;
    CHECK(verdict_of(&candidate, NULL) == CANDIDATE_OUTSIDE);
}

static void test_stop_comes_before_the_ledger_and_grace(void)
{
    struct policy_rule rule = rule_of(POLICY_ONCE, 3);
    struct candidate candidate = candidate_of(&rule, TODAY - 50);
    rule.has_grace = true;
    candidate.stop = TODAY - 49;
    CHECK(verdict_of(&candidate, NULL) == CANDIDATE_STOP_EVENT);
    candidate.stop = TODAY - 50;
    CHECK(verdict_of(&candidate, NULL) == CANDIDATE_LATE);
    candidate.stop = TODAY + 1;
    CHECK(verdict_of(&candidate, NULL) == CANDIDATE_LATE);
}

static void test_winback_waits_for_the_median(void)
{
    struct policy_rule rule = rule_of(POLICY_WINBACK, 0);
    struct candidate candidate = candidate_of(&rule, TODAY - 180);
    candidate.gap = 91;
    CHECK(verdict_of(&candidate, NULL) == CANDIDATE_NOT_YET);
    candidate.gap = 90;
    CHECK(verdict_of(&candidate, NULL) == CANDIDATE_DUE);
    candidate.gap = 0; // 2 x 90 days by default
    CHECK(verdict_of(&candidate, NULL) == CANDIDATE_DUE);
    candidate.anchor++;
    CHECK(verdict_of(&candidate, NULL) == CANDIDATE_NOT_YET);
    rule.has_max = true;
    rule.max = (struct period){0, 179 * DAY};
    CHECK(verdict_of(&candidate, NULL) == CANDIDATE_DUE);
}

static void record(struct history *history, enum entry_event event, int32_t day, const struct contact *contact)
{
    struct entry entry = {.event = event, .at = (int64_t)day * DAY, .run = slice_of("r")};
    char due[DATE_SIZE];
    entry.contact[CONTACT_DUE] = (struct slice){due, date_print(due, contact->due)};
    entry.contact[CONTACT_OWNER] = contact->owner;
    if (key_read(contact->key, &entry.key)) {
        history_add(history, &entry, 0);
    }
}

static void test_what_the_ledger_says(void)
{
    static const struct {
        enum entry_event event;
        enum candidate_verdict verdict;
    } cases[] = {
        {ENTRY_DUE, CANDIDATE_RECORDED},   {ENTRY_MISSED, CANDIDATE_RECORDED}, {ENTRY_DEFERRED, CANDIDATE_DUE},
        {ENTRY_DONE, CANDIDATE_CLOSED},    {ENTRY_SKIP, CANDIDATE_CLOSED},     {ENTRY_STOP, CANDIDATE_STOPPED},
        {ENTRY_SNOOZE, CANDIDATE_SNOOZED},
    };
    struct policy_rule rule = rule_of(POLICY_ONCE, 3);
    struct candidate candidate = candidate_of(&rule, TODAY - 13);
    rule.has_grace = true; // none left: only what was put off is still due
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct history *history = history_create(TODAY);
        struct contact contact = {.due = TODAY + 1, .key = slice_of("a/R/2026-11-11/0")};
        record(history, cases[i].event, TODAY - 5, &contact);
        CHECK(verdict_of(&candidate, history) == cases[i].verdict);
        history_free(history);
    }
}

static void test_a_contact_given_twice_is_made_once(void)
{
    struct policy_rule rule = rule_of(POLICY_ONCE, 3);
    struct candidate candidate = candidate_of(&rule, TODAY - 3);
    struct decision_options options = {.today = TODAY};
    struct decision *decision = decision_create(&options);
    offer(decision, &candidate);
    offer(decision, &candidate); // the same customer in a later row
    decision_settle(decision);
    CHECK(decision_due_count(decision) == 1 && decision_twice_count(decision) == 1);
    decision_free(decision);
}

// What happened to one occurrence over many runs.
struct fate {
    int printed;
    int deferred;
    int missed;
};

enum { CUSTOMERS = 7, DAYS = 200, RULES = 3 };

static struct fate fates[CUSTOMERS][RULES][DAYS];
static uint32_t seed = 1;

static uint32_t chance(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 16) % below;
}

static bool note(const struct candidate *candidate, const struct policy_rule *rules, int32_t start, size_t field)
{
    int32_t day = candidate->nominal - start;
    if (day < 0 || day >= DAYS) {
        return false;
    }
    struct fate *fate = &fates[candidate->person->customer.data[0] - 'a'][candidate->rule - rules][day];
    (field == 0 ? &fate->printed : field == 1 ? &fate->deferred : &fate->missed)[0]++;
    return true;
}

// One run: offers everybody, checks the limit, and puts what came of it into the history.
static bool run_day(struct history *history, const struct policy_rule *rules, int32_t start, int32_t today,
                    size_t limit)
{
    static const char *const names[CUSTOMERS] = {"a", "b", "c", "d", "e", "f", "g"};
    struct limits_options bounds = {.history = history, .contacts = limit, .today = today};
    struct limits *limits = limits_create(&bounds);
    struct decision_options options = {.today = today, .history = history, .limits = limits};
    struct decision *decision = decision_create(&options);
    struct text reason = {0};
    bool good = true;
    for (size_t i = 0; i < CUSTOMERS; i++) {
        struct person person = {.order = i, .customer = slice_of(names[i]), .encoded = slice_of(names[i])};
        decision_expect(decision, &person);
        decision_begin(decision, &person);
        for (size_t j = 0; j < RULES; j++) {
            struct candidate candidate = candidate_of(&rules[j], start + (int32_t)i * 3);
            candidate.person = &person;
            decision_offer(decision, &candidate);
        }
    }
    decision_settle(decision);
    good = good && decision_due_count(decision) <= limit;
    for (size_t i = 0; i < decision_count(decision); i++) {
        const struct candidate *candidate = decision_at(decision, i);
        bool due = i < decision_due_count(decision);
        struct contact contact;
        candidate_contact(candidate, &reason, &contact);
        good = good && candidate->due <= today;
        if (due || !candidate->deferred_before) {
            record(history, due ? ENTRY_DUE : ENTRY_DEFERRED, today, &contact);
            good = note(candidate, rules, start, due ? 0 : 1) && good;
        }
    }
    for (size_t i = 0; i < decision_missed_count(decision); i++) {
        struct contact contact;
        candidate_contact(decision_missed(decision, i), &reason, &contact);
        record(history, ENTRY_MISSED, today, &contact);
        good = note(decision_missed(decision, i), rules, start, 2) && good;
    }
    text_free(&reason);
    decision_free(decision);
    limits_free(limits);
    return good;
}

// Every occurrence up to the last run was printed once, or missed once, or put off; or it was not the latest any more
// when the ledger began. None is both printed and missed.
static bool is_accounted(size_t customer, size_t rule, int32_t day, int32_t first_run, int32_t last_run, int32_t period)
{
    int32_t offset = (int32_t)customer * 3;
    const struct fate *fate = &fates[customer][rule][day];
    bool occurs = day > offset && (day - offset) % period == 0 && day <= last_run;
    if (!occurs) {
        return fate->printed + fate->deferred + fate->missed == 0;
    }
    bool before = day + period <= first_run; // a later one was due already
    return fate->printed <= 1 && fate->missed <= 1 && fate->deferred <= 1 && fate->printed + fate->missed <= 1 &&
           (before || fate->printed + fate->missed + fate->deferred >= 1);
}

static void test_months_at_random(void)
{
    static const int32_t periods[RULES] = {5, 7, 30};
    bool good = true;
    for (int round = 0; round < 60; round++) {
        struct policy_rule rules[RULES];
        int32_t start = TODAY + round;
        int32_t first_run = -1;
        int32_t last_run = 0;
        size_t limit = 1 + chance(12);
        memset(fates, 0, sizeof fates);
        for (size_t i = 0; i < RULES; i++) {
            rules[i] = rule_of(POLICY_PERIODIC, periods[i]);
            rules[i].id = (struct slice){&"ABC"[i], 1};
            rules[i].encoded = rules[i].id;
            rules[i].line = i;
            rules[i].has_grace = chance(2) == 0;
            rules[i].grace = (struct period){0, (int64_t)chance(6) * DAY};
        }
        struct history *history = history_create(start);
        for (int32_t day = (int32_t)chance(40); day < DAYS - 1; day += 1 + (int32_t)chance(9)) {
            first_run = first_run < 0 ? day : first_run;
            last_run = day;
            good = run_day(history, rules, start, start + day, limit) && good;
        }
        for (size_t i = 0; i < CUSTOMERS; i++) {
            for (size_t j = 0; j < RULES; j++) {
                for (int32_t day = 0; day < DAYS; day++) {
                    good = is_accounted(i, j, day, first_run, last_run, periods[j]) && good;
                }
            }
        }
        history_free(history);
    }
    CHECK(good);
}

int main(void)
{
    test_once();
    test_dates_of_a_rule();
    test_stop_comes_before_the_ledger_and_grace();
    test_winback_waits_for_the_median();
    test_what_the_ledger_says();
    test_a_contact_given_twice_is_made_once();
    test_months_at_random();
    return tap_done();
}
