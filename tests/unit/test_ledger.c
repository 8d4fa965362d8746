// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * ledger: a file that is made, appended to and read again; what is left of it by torn and damaged lines; run ids and
 * clocks. Locks and kills are tested from outside (tests/cli/remind-ledger.bats).
 */
#include "../../cmd/remind/ledger.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "date.h"
#include "tap.h"

enum { TODAY = 20778, DAY = 86400 }; // 2026-11-21

static const struct diag quiet = {.quiet = true};
static const char path[] = "sent.csv";
static enum status status;

static struct clock clock_at(int32_t day)
{
    return (struct clock){.today = day, .now = (int64_t)(day + 1) * DAY - 1};
}

static struct ledger *open_on(int32_t day, bool change)
{
    struct clock clock = clock_at(day);
    struct ledger_options options = {
        .path = path, .change = change, .no_wait = true, .may_be_fresh = true, .until = INT64_MAX};
    return ledger_open(&options, &clock, &quiet, &status);
}

static void put(const char *bytes)
{
    FILE *file = fopen(path, "wb");
    fputs(bytes, file);
    fclose(file);
}

static const char *content(void)
{
    static char bytes[65536];
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return "(none)";
    }
    bytes[fread(bytes, 1, sizeof bytes - 1, file)] = '\0';
    fclose(file);
    return bytes;
}

// A run of that day that records one contact; false when it could not.
static bool run_on(int32_t day, const char *key)
{
    struct clock clock = clock_at(day);
    struct ledger *ledger = open_on(day, true);
    if (ledger == NULL) {
        return false;
    }
    struct text lines = {0};
    struct contact contact = {.due = day, .nominal = day, .key = slice_of(key)};
    entry_append(&lines, ENTRY_DUE, &clock, ledger_run(ledger, &clock), &contact, slice_of(""));
    bool good = ledger_append(ledger, text_slice(&lines));
    text_clear(&lines);
    entry_append(&lines, ENTRY_PRINTED, &clock, ledger_run(ledger, &clock), NULL, slice_of("1"));
    good = good && ledger_append(ledger, text_slice(&lines));
    text_free(&lines);
    ledger_close(ledger);
    return good;
}

static void test_a_new_file_gets_a_header_once(void)
{
    char expected[1024];
    remove(path);
    CHECK(run_on(TODAY, "a/R/2026-11-21/0"));
    snprintf(expected, sizeof expected, "%s%s%s", entry_header,
             "due,2026-11-21,2026-11-21.1,,,,,,2026-11-21,2026-11-21,0,0,,,,a/R/2026-11-21/0,\n",
             "printed,2026-11-21,2026-11-21.1,,,,,,,,,,,,,,1\n");
    CHECK_TEXT(content(), expected);
    CHECK(run_on(TODAY, "b/R/2026-11-21/0"));
    CHECK(strncmp(content(), expected, strlen(expected)) == 0);
    CHECK(strstr(content() + 10, "event,at") == NULL);
    CHECK(strstr(content(), "due,2026-11-21,2026-11-21.2,") != NULL);
}

static void test_entries_are_found_again_by_their_place(void)
{
    struct ledger *ledger = open_on(TODAY, false);
    const struct history *history = ledger_history(ledger);
    const struct history_occurrence *occurrence = history_find(
        history,
        history_thread(history, history_customer(history, slice_of("b")), history_rule(history, slice_of("R"))), TODAY);
    uint64_t place = occurrence->place;
    struct entry entry;
    CHECK(ledger_entry(ledger, &place, &entry) && entry.event == ENTRY_DUE && slice_is(entry.key.customer, "b"));
    CHECK(ledger_entry(ledger, &place, &entry) && entry.event == ENTRY_PRINTED);
    CHECK(!ledger_entry(ledger, &place, &entry));
    ledger_close(ledger);
}

static void test_reading_alone_makes_and_changes_nothing(void)
{
    remove(path);
    struct ledger *ledger = open_on(TODAY, false);
    CHECK(ledger != NULL && history_count(ledger_history(ledger)) == 0);
    ledger_close(ledger);
    CHECK_TEXT(content(), "(none)");
    put(entry_header);
    CHECK(run_on(TODAY, "a/R/2026-11-21/0"));
    FILE *file = fopen(path, "ab");
    fputs("due,2026", file);
    fclose(file);
    size_t length = strlen(content());
    ledger = open_on(TODAY, false);
    CHECK(ledger != NULL && history_count(ledger_history(ledger)) == 1 && strlen(content()) == length);
    ledger_close(ledger);
    ledger = open_on(TODAY, true);
    CHECK(ledger != NULL && strlen(content()) == length - 8);
    ledger_close(ledger);
}

static void test_later_entries_can_be_left_out(void)
{
    struct clock clock = clock_at(TODAY - 1);
    struct ledger_options options = {.path = path, .until = clock.now};
    struct ledger *ledger = ledger_open(&options, &clock, &quiet, &status);
    CHECK(ledger != NULL && history_count(ledger_history(ledger)) == 0);
    ledger_close(ledger);
}

static bool fits(int32_t day, int64_t second, int64_t jump_days)
{
    struct clock clock = {.today = day, .now = (int64_t)day * DAY + second};
    struct ledger *ledger = open_on(TODAY, true);
    bool result = ledger_clock_fits(ledger, &clock, (struct period){0, jump_days * DAY});
    ledger_close(ledger);
    return result;
}

static void test_clocks(void)
{
    CHECK(fits(TODAY, DAY - 1, 31)); // the last entry is of TODAY
    CHECK(fits(TODAY, 0, 31));
    CHECK(!fits(TODAY - 1, DAY - 1, 31));
    CHECK(fits(TODAY + 31, DAY - 1, 31));
    CHECK(!fits(TODAY + 32, 0, 31));
    remove(path);
    CHECK(fits(1, 0, 31)); // an empty ledger has no time
}

static void test_run_ids_count_on_from_the_highest(void)
{
    char bytes[2048];
    struct clock clock = clock_at(TODAY);
    snprintf(bytes, sizeof bytes, "%s%s%s%s%s", entry_header, "printed,2026-11-21,2026-11-21.9,,,,,,,,,,,,,,1\n",
             "printed,2026-11-21,2026-11-21.10,,,,,,,,,,,,,,1\n", "printed,2026-11-21,2026-11-21.x,,,,,,,,,,,,,,1\n",
             "printed,2026-11-21,2026-11-2.99,,,,,,,,,,,,,,1\n");
    put(bytes);
    struct ledger *ledger = open_on(TODAY, true);
    struct slice id = ledger_run(ledger, &clock);
    CHECK(slice_is(id, "2026-11-21.11"));
    ledger_close(ledger);
}

static void test_a_second_one_who_changes_it_must_wait(void)
{
    remove(path);
    struct ledger *first = open_on(TODAY, true);
    struct ledger *second = open_on(TODAY, true);
    CHECK(first != NULL && second == NULL && status == STATUS_SYSTEM);
    struct ledger *reader = open_on(TODAY, false);
    CHECK(reader != NULL);
    ledger_close(reader);
    ledger_close(first);
    second = open_on(TODAY, true);
    CHECK(second != NULL);
    ledger_close(second);
}

// Any prefix of a ledger, and any byte changed: it is read, cut at its torn line, or refused, and never made longer.
static void test_broken_bytes(void)
{
    static char good[8192];
    bool known = true;
    remove(path);
    run_on(TODAY, "a/R/2026-11-21/0");
    run_on(TODAY, "b%2C/R/2026-11-21/0");
    snprintf(good, sizeof good, "%s", content());
    size_t size = strlen(good);
    for (size_t length = 0; length <= size; length++) {
        char kept = good[length];
        good[length] = '\0';
        put(good);
        good[length] = kept;
        struct ledger *ledger = open_on(TODAY, true);
        known = known && ledger != NULL && strlen(content()) <= length;
        ledger_close(ledger);
    }
    for (size_t i = 0; i < size; i++) {
        static const char odd[] = {'"', ',', '\n', '/', '\xff', '%', '0'};
        char kept = good[i];
        good[i] = odd[i % sizeof odd];
        put(good);
        struct ledger *ledger = open_on(TODAY, true);
        known = known && (ledger != NULL || status == STATUS_DATA) && strlen(content()) <= size;
        ledger_close(ledger);
        good[i] = kept;
    }
    CHECK(known);
}

// Lines of all kinds, more than are read from the disk at once, and one that is damaged at the given line (0: none).
// Returns how many contacts there are.
static size_t put_many(size_t lines, size_t damaged)
{
    FILE *file = fopen(path, "wb");
    size_t contacts = 0;
    fputs(entry_header, file);
    for (size_t line = 2; line <= lines + 1; line++) {
        const char *end = line % 7 == 0 ? "\r\n" : "\n";
        const char *touch = line % 11 == 0 ? "\"hello, you\"" : line % 5 == 0 ? "\xe5\x9b\x9e\xe8\xae\xbf" : "hello";
        if (line % 50 == 0 && line != damaged) {
            fputs(line % 100 == 0 ? " \t\n" : "\n", file);
            continue;
        }
        contacts++;
        fprintf(file, "due,2026-11-%02zu 08:00:00,2026-11-%02zu.1,c%zu,,R,%s,,,,,,,,%s,c%zu/R/2026-11-21/0,%s",
                1 + line * 20 / (lines + 2), 1 + line * 20 / (lines + 2), line, touch, line == damaged ? "\xff" : "",
                line, end);
    }
    fclose(file);
    return contacts;
}

static void test_a_ledger_larger_than_is_read_at_once(void)
{
    size_t contacts = put_many(9000, 0);
    struct ledger *ledger = open_on(TODAY, false);
    const struct history *history = ledger_history(ledger);
    bool found = history_count(history) == contacts;
    for (size_t i = 0; found && i < contacts; i++) {
        char customer[32];
        struct entry entry;
        uint64_t place = history_at(history, i)->place;
        found = ledger_entry(ledger, &place, &entry);
        snprintf(customer, sizeof customer, "%.*s", (int)entry.key.customer.length, entry.key.customer.data);
        uint32_t number = history_customer(history, slice_of(customer));
        const struct history_thread *thread = history_thread(history, number, history_rule(history, slice_of("R")));
        found = found && thread != NULL && history_newest(history, thread) == history_at(history, i);
    }
    CHECK(found && contacts > 8000);
    CHECK(history_run_count(history) == 20);
    ledger_close(ledger);
}

static void test_the_damaged_line_is_named(void)
{
    static const size_t lines[] = {2, 3, 49, 50, 51, 77, 3000, 3001, 3003, 9000, 9001};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        char expected[64];
        char said[256] = "";
        put_many(9000, lines[i]);
        fflush(stderr);
        if (ftruncate(fileno(stderr), 0) != 0 || fseek(stderr, 0, SEEK_SET) != 0) {
            CHECK(false);
        }
        CHECK(open_on(TODAY, true) == NULL && status == STATUS_DATA);
        fflush(stderr);
        FILE *file = fopen("said", "rb");
        said[fread(said, 1, sizeof said - 1, file)] = '\0';
        fclose(file);
        snprintf(expected, sizeof expected, "sent.csv:%zu: not valid UTF-8\n", lines[i]);
        CHECK(strstr(said, expected) != NULL);
    }
}

int main(void)
{
    char folder[] = "/tmp/test_ledger.XXXXXX";
    if (mkdtemp(folder) == NULL || chdir(folder) != 0 || freopen("said", "wb", stderr) == NULL) {
        return 1;
    }
    test_a_new_file_gets_a_header_once();
    test_entries_are_found_again_by_their_place();
    test_reading_alone_makes_and_changes_nothing();
    test_later_entries_can_be_left_out();
    test_clocks();
    test_run_ids_count_on_from_the_highest();
    test_a_second_one_who_changes_it_must_wait();
    test_broken_bytes();
    test_a_ledger_larger_than_is_read_at_once();
    test_the_damaged_line_is_named();
    remove(path);
    remove("said");
    rmdir(folder);
    return tap_done();
}
