// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * history: what a sequence of entries leaves of a contact.
 */
#include "../../cmd/remind/history.h"

#include <stdio.h>

#include "date.h"
#include "tap.h"

enum { TODAY = 20778 }; // 2026-11-21

static struct history *history;
static uint64_t place;

static void begin(void)
{
    history = history_create(TODAY);
    place = 0;
}

// An entry on a day, with a key and what the staff or the run say besides.
static void add(enum entry_event event, int32_t day, const char *key, const char *run, const char *due)
{
    struct entry entry = {.event = event, .at = (int64_t)day * DATE_DAY_SECONDS, .run = slice_of(run)};
    entry.contact[CONTACT_OWNER] = slice_of("mei");
    entry.contact[CONTACT_DUE] = slice_of(due);
    if (key[0] != '\0') {
        key_read(slice_of(key), &entry.key);
    }
    history_add(history, &entry, ++place);
}

static const struct history_thread *thread_of(struct slice customer, struct slice rule)
{
    return history_thread(history, history_customer(history, customer), history_rule(history, rule));
}

static const struct history_occurrence *occurrence(const char *text)
{
    struct key key;
    key_read(slice_of(text), &key);
    const struct history_thread *thread = thread_of(key.customer, key.rule);
    return thread == NULL ? NULL : history_find(history, thread, key.nominal);
}

static const char *const first = "a/R/2026-11-01/0";
static const char *const second = "a/R/2026-11-08/0";

static void test_nothing(void)
{
    int32_t begins;
    int64_t last;
    begin();
    CHECK(thread_of(slice_of("a"), slice_of("R")) == NULL);
    CHECK(!history_span(history, &begins, &last) && begins == TODAY);
    CHECK(history_count(history) == 0 && history_run_count(history) == 0);
    history_free(history);
}

static void test_printed_then_done(void)
{
    begin();
    add(ENTRY_DUE, TODAY - 9, first, "r.1", "2026-11-01");
    CHECK(history_is_open(occurrence(first)));
    CHECK(occurrence(first)->levels == 1 && occurrence(first)->place == 1);
    add(ENTRY_DUE, TODAY - 6, "a/R/2026-11-01/1", "r.2", "2026-11-01");
    CHECK(occurrence(first)->levels == 3 && occurrence(first)->place == 2);
    add(ENTRY_DONE, TODAY - 5, first, "", "2026-11-01");
    CHECK(!history_is_open(occurrence(first)) && occurrence(first)->closed);
    CHECK(thread_of(slice_of("a"), slice_of("R"))->closed_on == TODAY - 5);
    CHECK(history_count(history) == 1);
    history_free(history);
}

static void test_occurrences_of_a_thread(void)
{
    begin();
    add(ENTRY_DUE, TODAY - 9, first, "r.1", "2026-11-01");
    add(ENTRY_MISSED, TODAY, second, "r.2", "2026-11-08");
    const struct history_thread *thread = thread_of(slice_of("a"), slice_of("R"));
    const struct history_occurrence *newest = history_newest(history, thread);
    CHECK(newest == occurrence(second) && newest->missed && !history_is_open(newest));
    CHECK(history_older(history, newest) == occurrence(first));
    CHECK(history_older(history, occurrence(first)) == NULL);
    CHECK(thread->closed_on == TODAY); // a missed one does not hold up a chain
    CHECK(occurrence("a/R/2026-11-15/0") == NULL);
    CHECK(thread_of(slice_of("a"), slice_of("Q")) == NULL);
    history_free(history);
}

static void test_snoozed_comes_back(void)
{
    begin();
    add(ENTRY_DUE, TODAY - 9, first, "r.1", "2026-11-01");
    add(ENTRY_SNOOZE, TODAY - 8, first, "", "2026-11-20");
    CHECK(occurrence(first)->snoozed_to == TODAY - 1 && occurrence(first)->levels == 0);
    CHECK(!history_is_open(occurrence(first)));
    add(ENTRY_DUE, TODAY - 1, first, "r.2", "2026-11-20");
    CHECK(history_is_open(occurrence(first)));
    history_free(history);
}

static void test_stop_ends_all_of_the_thread_and_nothing_else(void)
{
    begin();
    add(ENTRY_DUE, TODAY - 9, first, "r.1", "2026-11-01");
    add(ENTRY_DUE, TODAY - 2, second, "r.2", "2026-11-08");
    add(ENTRY_DUE, TODAY - 2, "b/R/2026-11-08/0", "r.2", "2026-11-08");
    add(ENTRY_STOP, TODAY, second, "", "2026-11-08");
    CHECK(thread_of(slice_of("a"), slice_of("R"))->stopped);
    CHECK(!history_is_open(occurrence(first)) && !history_is_open(occurrence(second)));
    CHECK(!thread_of(slice_of("b"), slice_of("R"))->stopped && history_is_open(occurrence("b/R/2026-11-08/0")));
    history_free(history);
}

static void test_deferred_is_not_printed(void)
{
    begin();
    add(ENTRY_DEFERRED, TODAY - 1, first, "r.1", "2026-11-01");
    CHECK(occurrence(first)->deferred && occurrence(first)->levels == 0 && !history_is_open(occurrence(first)));
    add(ENTRY_DUE, TODAY, first, "r.2", "2026-11-01");
    CHECK(occurrence(first)->deferred && history_is_open(occurrence(first)));
    history_free(history);
}

static void test_runs_and_the_load_of_today(void)
{
    struct slice id;
    int32_t begins;
    int64_t last;
    begin();
    add(ENTRY_DUE, TODAY - 1, first, "r.1", "2026-11-01");
    add(ENTRY_PRINTED, TODAY - 1, "", "r.1", "");
    add(ENTRY_DUE, TODAY, second, "r.2", "2026-11-08");
    add(ENTRY_MISSED, TODAY, "c/R/2026-11-08/0", "r.2", "2026-11-08");
    CHECK(history_run_count(history) == 2);
    CHECK(history_run(history, 0, &id)->printed && slice_is(id, "r.1"));
    CHECK(!history_run(history, 1, &id)->printed && history_run(history, 1, &id)->contacts == 1);
    CHECK(history_contacts_today(history, slice_of("mei")) == 1);
    CHECK(history_contacts_today(history, slice_of("tom")) == 0);
    CHECK(history_span(history, &begins, &last) && begins == TODAY - 1 && last == (int64_t)TODAY * DATE_DAY_SECONDS);
    history_free(history);
}

static void test_many_threads(void)
{
    char key[64];
    bool all = true;
    begin();
    for (int i = 0; i < 50000; i++) {
        snprintf(key, sizeof key, "customer-%d/R/2026-11-%02d/0", i / 2, i % 2 + 1);
        add(ENTRY_DUE, TODAY, key, "r.1", "2026-11-01");
    }
    for (int i = 0; i < 50000; i++) {
        snprintf(key, sizeof key, "customer-%d/R/2026-11-%02d/0", i / 2, i % 2 + 1);
        all = all && occurrence(key) != NULL && occurrence(key)->place == (uint64_t)i + 1;
    }
    CHECK(all && history_count(history) == 50000);
    history_free(history);
}

static bool same_occurrence(const struct history_occurrence *a, const struct history_occurrence *b)
{
    return a->place == b->place && a->nominal == b->nominal && a->snoozed_to == b->snoozed_to && a->older == b->older &&
           a->levels == b->levels && a->closed == b->closed && a->missed == b->missed && a->deferred == b->deferred &&
           a->mark == b->mark;
}

static bool same_state(const struct history *a, const struct history *b)
{
    struct slice id;
    int32_t begins[2];
    int64_t last[2];
    bool same = history_count(a) == history_count(b) && history_run_count(a) == history_run_count(b) &&
                history_span(a, &begins[0], &last[0]) == history_span(b, &begins[1], &last[1]) &&
                begins[0] == begins[1] && last[0] == last[1] &&
                history_contacts_today(a, slice_of("mei")) == history_contacts_today(b, slice_of("mei"));
    for (size_t i = 0; same && i < history_count(a); i++) {
        same = same_occurrence(history_at(a, i), history_at(b, i));
    }
    for (size_t i = 0; same && i < history_run_count(a); i++) {
        same = history_run(a, i, &id)->contacts == history_run(b, i, &id)->contacts &&
               history_run(a, i, &id)->printed == history_run(b, i, &id)->printed;
    }
    return same;
}

static uint32_t below(uint64_t *state, uint32_t limit)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33) % limit;
}

// Some thousand entries of a few customers and rules, one by one and in parts of any size.
static void test_entries_by_the_dozen(void)
{
    static char keys[HISTORY_AT_ONCE][64];
    struct history_entry entries[HISTORY_AT_ONCE];
    struct history *one_by_one = history_create(TODAY);
    struct history *together = history_create(TODAY);
    uint64_t state = 7;
    int64_t at = (int64_t)(TODAY - 20) * DATE_DAY_SECONDS;
    for (uint64_t part = 0; part < 300; part++) {
        size_t count = below(&state, HISTORY_AT_ONCE + 1);
        for (size_t i = 0; i < count; i++) {
            struct entry *entry = &entries[i].entry;
            at += below(&state, 4) > 0 ? 0 : (int64_t)below(&state, 3000);
            *entry = (struct entry){.event = below(&state, ENTRY_EVENTS), .at = at};
            entry->run = slice_of(below(&state, 9) > 0 ? "r.1" : "r.2");
            entry->contact[CONTACT_OWNER] = slice_of("mei");
            entry->contact[CONTACT_DUE] = slice_of("2026-11-28");
            snprintf(keys[i], sizeof keys[i], "%s-%u/R%u/2026-11-%02u/%u", part % 2 == 0 ? "a" : "a-longer-customer",
                     below(&state, 40), below(&state, 3), 1 + below(&state, 5), below(&state, 3));
            key_read(slice_of(keys[i]), &entry->key);
            entries[i].place = part * 1000 + i;
            history_add(one_by_one, entry, entries[i].place);
        }
        history_add_all(together, entries, count);
    }
    CHECK(history_count(together) > 1000 && history_contacts_today(together, slice_of("mei")) > 0);
    CHECK(same_state(one_by_one, together));
    history_free(one_by_one);
    history_free(together);
}

// Every thread of a customer is found, whichever came first.
static void test_many_rules_of_a_customer(void)
{
    char key[64];
    bool all = true;
    begin();
    for (int i = 0; i < 300; i++) {
        snprintf(key, sizeof key, "%s/R%d/2026-11-%02d/0", i % 3 == 0 ? "b" : "a", i / 2, i % 2 + 1);
        add(ENTRY_DUE, TODAY, key, "r.1", "2026-11-01");
    }
    for (int i = 0; i < 300; i++) {
        snprintf(key, sizeof key, "%s/R%d/2026-11-%02d/0", i % 3 == 0 ? "b" : "a", i / 2, i % 2 + 1);
        all = all && occurrence(key) != NULL && occurrence(key)->place == (uint64_t)i + 1;
    }
    CHECK(all && history_count(history) == 300);
    CHECK(thread_of(slice_of("a"), slice_of("R0")) != NULL && thread_of(slice_of("b"), slice_of("R149")) == NULL);
    add(ENTRY_STOP, TODAY, "a/R149/2026-11-02/0", "", "");
    CHECK(thread_of(slice_of("a"), slice_of("R149"))->stopped && !thread_of(slice_of("a"), slice_of("R148"))->stopped);
    history_free(history);
}

int main(void)
{
    test_nothing();
    test_printed_then_done();
    test_occurrences_of_a_thread();
    test_snoozed_comes_back();
    test_stop_ends_all_of_the_thread_and_nothing_else();
    test_deferred_is_not_printed();
    test_runs_and_the_load_of_today();
    test_many_threads();
    test_many_rules_of_a_customer();
    test_entries_by_the_dozen();
    return tap_done();
}
