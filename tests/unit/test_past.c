// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * past: which entries of a ledger are contacts that count, and on which day.
 */
#include "../../cmd/remind/past.h"

#include "date.h"
#include "tap.h"

enum { DAY = 20778 }; // 2026-11-21

static struct policy_rule rule = {.id = {"R", 1}, .tag = {"promo", 5}};
static struct policy policy = {.rules = &rule, .count = 1};

static struct entry entry_of(enum entry_event event, int32_t at, const char *due, const char *overdue)
{
    struct entry entry = {.event = event, .at = (int64_t)at * DATE_DAY_SECONDS + 36000};
    entry.contact[CONTACT_CUSTOMER] = slice_of("ann");
    entry.contact[CONTACT_RULE] = slice_of("R");
    entry.contact[CONTACT_DUE] = slice_of(due);
    entry.contact[CONTACT_OVERDUE] = slice_of(overdue);
    entry.contact[CONTACT_KEY] = slice_of("ann/R/2026-11-20/0");
    return entry;
}

// Plays the entries; the one contact of ann that they make, or a void one.
static struct past_contact play(const struct entry *entries, size_t count)
{
    struct provisions provisions = {0};
    struct past_contact contact = {0};
    for (size_t i = 0; i < PROVISIONS_DIMENSIONS; i++) {
        labels_begin(&provisions.labels[i]);
    }
    struct past *past = past_create(&provisions, &policy, NULL);
    past_expect(past, slice_of("ann"));
    for (size_t i = 0; i < count; i++) {
        past_play(past, &entries[i]);
    }
    const struct past_contact *newest = past_of(past, slice_of("ann"));
    CHECK(newest == NULL || newest->older == NULL);
    CHECK(past_of(past, slice_of("ben")) == NULL);
    if (newest != NULL) {
        contact = *newest;
    }
    past_free(past);
    provisions_free(&provisions);
    return contact;
}

static void test_the_day_of_a_print(void)
{
    // The customer's day, which may be another than that of the entry: due and overdue tell it.
    struct entry entry = entry_of(ENTRY_DUE, DAY + 1, "2026-11-20", "1");
    struct past_contact contact = play(&entry, 1);
    CHECK(contact.counts && contact.day == DAY && !contact.has_time);
    entry = entry_of(ENTRY_DUE, DAY, "2026-11-21 10:00:00", "0");
    contact = play(&entry, 1);
    CHECK(contact.counts && contact.day == DAY && contact.has_time && contact.second == 36000);
    entry = entry_of(ENTRY_DUE, DAY, "2026-11-20 10:00:00", "1");
    contact = play(&entry, 1);
    CHECK(contact.day == DAY && !contact.has_time);
    entry = entry_of(ENTRY_DUE, DAY, "soon", "many");
    contact = play(&entry, 1);
    CHECK(contact.counts && contact.day == DAY);
}

static void test_marks(void)
{
    struct entry entries[3] = {entry_of(ENTRY_DUE, DAY, "2026-11-21", "0"),
                               entry_of(ENTRY_DONE, DAY + 3, "2026-11-21", "3")};
    CHECK(play(entries, 2).day == DAY + 3 && play(entries, 2).counts);
    entries[1] = entry_of(ENTRY_SKIP, DAY + 3, "2026-11-21", "3");
    CHECK(!play(entries, 2).counts);
    entries[1] = entry_of(ENTRY_SNOOZE, DAY + 3, "2026-11-28", "0");
    CHECK(!play(entries, 2).counts);
    entries[2] = entry_of(ENTRY_DUE, DAY + 7, "2026-11-28", "0");
    CHECK(play(entries, 3).counts && play(entries, 3).day == DAY + 7);
    entries[1] = entry_of(ENTRY_STOP, DAY + 3, "2026-11-21", "3");
    CHECK(play(entries, 2).counts && play(entries, 2).day == DAY);
}

static void test_what_is_no_contact(void)
{
    static const enum entry_event events[] = {ENTRY_DEFERRED, ENTRY_MISSED, ENTRY_PRINTED, ENTRY_STOP};
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++) {
        struct entry entry = entry_of(events[i], DAY, "2026-11-21", "0");
        CHECK(!play(&entry, 1).counts);
    }
    struct entry done = entry_of(ENTRY_DONE, DAY, "2026-11-01", "20"); // its print lies before the window
    CHECK(play(&done, 1).counts && play(&done, 1).day == DAY);
}

static void test_levels_are_one_contact(void)
{
    struct entry entries[2] = {entry_of(ENTRY_DUE, DAY, "2026-11-21", "0"),
                               entry_of(ENTRY_DUE, DAY + 3, "2026-11-21", "3")};
    entries[1].contact[CONTACT_KEY] = slice_of("ann/R/2026-11-20/1");
    struct past_contact contact = play(entries, 2);
    CHECK(contact.counts && contact.day == DAY + 3);
}

int main(void)
{
    test_the_day_of_a_print();
    test_marks();
    test_what_is_no_contact();
    test_levels_are_one_contact();
    return tap_done();
}
