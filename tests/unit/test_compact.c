// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * compact: ledgers at random, compacted; what a history says of every contact must be the same before and after, and to
 * compact once more must change nothing.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../../cmd/remind/ledger.h"
#include "../../cmd/remind/remind.h"
#include "date.h"
#include "program.h"
#include "tap.h"

enum { START = 20454, TODAY = 20778, OLD = 30, CUSTOMERS = 6, RULES = 3, LONGEST = 1 << 18 }; // 2026-01-01, 2026-11-21

static const char path[] = "sent.csv";
static const char today[] = "2026-11-21";
static const struct diag quiet = {.quiet = true};
static const struct clock clock_today = {.today = TODAY, .now = (int64_t)(TODAY + 1) * DATE_DAY_SECONDS - 1};

static uint64_t state;

static uint32_t below(uint32_t limit)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(state >> 33) % limit;
}

static void read_file(char bytes[LONGEST])
{
    FILE *file = fopen(path, "rb");
    bytes[file == NULL ? 0 : fread(bytes, 1, LONGEST - 1, file)] = '\0';
    if (file != NULL) {
        fclose(file);
    }
}

static void write_file(const char *bytes)
{
    FILE *file = fopen(path, "wb");
    fputs(bytes, file);
    fclose(file);
}

// One line of a contact of that day.
static void add_line(FILE *file, int32_t day, int run)
{
    static const enum entry_event events[] = {ENTRY_DUE,  ENTRY_DUE,  ENTRY_DUE,  ENTRY_DEFERRED, ENTRY_MISSED,
                                              ENTRY_DONE, ENTRY_DONE, ENTRY_SKIP, ENTRY_SNOOZE,   ENTRY_STOP};
    enum entry_event event = events[below(below(8) > 0 ? 9 : 10)];
    bool by_run = event == ENTRY_DUE || event == ENTRY_DEFERRED || event == ENTRY_MISSED;
    char key[64];
    char id[DATE_SIZE + 8] = "";
    char nominal[DATE_SIZE];
    date_print(nominal, day - (int32_t)below(3) * 5);
    snprintf(key, sizeof key, "c%u/R%u/%s/%u", below(CUSTOMERS), below(RULES), nominal, below(2));
    if (by_run) {
        snprintf(id, sizeof id, "r.%d", run);
    }
    struct text line = {0};
    struct clock clock = {.today = day, .now = (int64_t)day * DATE_DAY_SECONDS + 28800 + below(3600)};
    struct contact contact = {.due = day + 7, .nominal = day, .key = slice_of(key), .customer = slice_of("c, \"d\"")};
    entry_append(&line, event, &clock, slice_of(id), &contact, slice_of(""));
    fwrite(line.data, 1, line.length, file);
    text_free(&line);
}

// A year of runs; of one in eight it is not told that it was printed.
static void make_ledger(uint64_t seed)
{
    FILE *file = fopen(path, "wb");
    state = seed;
    fputs(entry_header, file);
    int run = 0;
    for (int32_t day = START + (int32_t)below(200); day <= TODAY; day += 1 + (int32_t)below(12)) {
        int32_t wrong = below(40) == 0 ? day - 3 : day; // a clock that went back
        run++;
        for (uint32_t lines = below(6); lines > 0; lines--) {
            add_line(file, wrong, run);
        }
        if (below(8) > 0) {
            char at[DATE_SIZE];
            date_print(at, wrong);
            fprintf(file, "printed,%s,r.%d,,,,,,,,,,,,,,1\n", at, run);
        }
    }
    fclose(file);
}

static struct ledger *open_ledger(void)
{
    enum status status;
    struct ledger_options options = {.path = path, .until = INT64_MAX};
    return ledger_open(&options, &clock_today, &quiet, &status);
}

// Standard output goes to a file while compact writes its counts there.
static bool compact(const char *older_than)
{
    static const struct mode *const modes[] = {&remind_compact, NULL};
    char words[][32] = {"remind", "compact", "--ledger=sent.csv", "--today=", "--older-than=", "-q"};
    char *argv[] = {words[0], words[1], words[2], words[3], words[4], words[5], NULL};
    snprintf(words[3], sizeof words[3], "--today=%s", today);
    snprintf(words[4], sizeof words[4], "--older-than=%s", older_than);
    FILE *counts = tmpfile();
    fflush(stdout);
    int saved = dup(STDOUT_FILENO);
    dup2(fileno(counts), STDOUT_FILENO);
    int status = program_main("remind", "compacts", modes, 6, argv);
    dup2(saved, STDOUT_FILENO);
    close(saved);
    fclose(counts);
    return status == STATUS_DONE;
}

// What a decision may ask of a thread and each of its days. The levels of a day that is over may be fewer, and whether
// it was put off before is told no more: neither makes a contact.
static bool same_occurrence(const struct history_occurrence *before, const struct history_occurrence *after)
{
    if (after == NULL) {
        return false;
    }
    bool open = history_is_open(before);
    bool over = before->closed || before->missed;
    return history_is_open(after) == open && after->closed == before->closed && after->missed == before->missed &&
           (over || (after->levels == before->levels && after->snoozed_to == before->snoozed_to));
}

// A thread that was stopped and is old is one line; otherwise every day is there, in the same order.
static bool same_thread(const struct history *before, const struct history_thread *old, const struct history *after,
                        const struct history_thread *new)
{
    if (new == NULL || old->stopped != new->stopped) {
        return false;
    }
    bool same = true;
    const struct history_occurrence *at = history_newest(after, new);
    for (const struct history_occurrence *day = history_newest(before, old); day != NULL && same && !old->stopped;
         day = history_older(before, day)) {
        same = same_occurrence(day, at) && at->nominal == day->nominal;
        at = at == NULL ? NULL : history_older(after, at);
    }
    return same && (old->stopped || (at == NULL && old->closed_on == new->closed_on));
}

static bool same_history(const struct history *before, const struct history *after)
{
    int32_t first[2];
    int64_t last[2];
    bool same = history_span(before, &first[0], &last[0]) == history_span(after, &first[1], &last[1]);
    same = same && first[0] == first[1] && last[0] == last[1];
    for (int customer = 0; customer < CUSTOMERS; customer++) {
        for (int rule = 0; rule < RULES; rule++) {
            char names[2][8];
            snprintf(names[0], sizeof names[0], "c%d", customer);
            snprintf(names[1], sizeof names[1], "R%d", rule);
            const struct history *histories[] = {before, after};
            const struct history_thread *threads[2];
            for (int i = 0; i < 2; i++) {
                threads[i] = history_thread(histories[i], history_customer(histories[i], slice_of(names[0])),
                                            history_rule(histories[i], slice_of(names[1])));
            }
            same =
                same && (threads[0] == NULL ? threads[1] == NULL : same_thread(before, threads[0], after, threads[1]));
        }
    }
    return same;
}

// Runs that are not printed are to be printed once more: all of them stay.
static size_t unfinished(const struct history *history)
{
    size_t count = 0;
    for (size_t i = 0; i < history_run_count(history); i++) {
        struct slice id;
        const struct history_run *run = history_run(history, i, &id);
        count += run->contacts > 0 && !run->printed;
    }
    return count;
}

static char before_bytes[LONGEST];
static char after_bytes[LONGEST];
static char again_bytes[LONGEST];

// All lines after the first that is as young are there still, byte for byte.
static bool young_lines_stay(const char *older_than_day)
{
    bool stay = true;
    for (const char *line = before_bytes; *line != '\0' && stay; line = strchr(line, '\n') + 1) {
        char copy[512];
        const char *comma = strchr(line, ',');
        snprintf(copy, sizeof copy, "%.*s", (int)(strchr(line, '\n') - line) + 1, line);
        bool young = line != before_bytes && strncmp(comma + 1, older_than_day, 10) > 0;
        stay = !young || strstr(after_bytes, copy) != NULL;
    }
    return stay;
}

static void test_ledgers_at_random(void)
{
    bool same = true;
    bool stays = true;
    bool ends = true;
    size_t shorter = 0;
    for (uint64_t seed = 1; seed <= 150 && same && stays && ends; seed++) {
        make_ledger(seed * 7919);
        read_file(before_bytes);
        struct ledger *before = open_ledger();
        ends = compact("30d");
        read_file(after_bytes);
        struct ledger *after = open_ledger();
        same = before != NULL && after != NULL && same_history(ledger_history(before), ledger_history(after)) &&
               unfinished(ledger_history(before)) == unfinished(ledger_history(after));
        stays = young_lines_stay("2026-10-23") && strlen(after_bytes) <= strlen(before_bytes);
        shorter += strlen(after_bytes) < strlen(before_bytes);
        ends = ends && compact("30d");
        read_file(again_bytes);
        ends = ends && strcmp(again_bytes, after_bytes) == 0;
        ledger_close(before);
        ledger_close(after);
        if (!(same && stays && ends)) {
            printf("# seed %llu\n", (unsigned long long)seed);
        }
    }
    CHECK(same);
    CHECK(stays);
    CHECK(ends);
    CHECK(shorter > 100);
}

static const char *compacted(const char *lines)
{
    snprintf(before_bytes, sizeof before_bytes, "%s%s", entry_header, lines);
    write_file(before_bytes);
    CHECK(compact("30d"));
    read_file(after_bytes);
    return after_bytes + (strlen(after_bytes) < strlen(entry_header) ? 0 : strlen(entry_header));
}

static void test_small_ledgers(void)
{
    CHECK_TEXT(compacted(""), "");
    // The first line stays, as contacts before its day are not missed ones; of what is done one line is left.
    CHECK_TEXT(compacted("printed,2026-01-01,r.1,,,,,,,,,,,,,,0\n"
                         "due,2026-01-02,r.2,a,,R,,,,,,,,,,a/R/2026-01-02/0,\n"
                         "printed,2026-01-02,r.2,,,,,,,,,,,,,,1\n"
                         "done,2026-01-03,,a,,R,,,,,,,,,,a/R/2026-01-02/0,\n"
                         "printed,2026-11-21,r.3,,,,,,,,,,,,,,0\n"),
               "printed,2026-01-01,r.1,,,,,,,,,,,,,,0\n"
               "done,2026-01-03,,a,,R,,,,,,,,,,a/R/2026-01-02/0,\n"
               "printed,2026-11-21,r.3,,,,,,,,,,,,,,0\n");
    // What is open stays, whatever its age, and so does the run that printed it.
    CHECK_TEXT(compacted("printed,2026-01-01,r.1,,,,,,,,,,,,,,0\n"
                         "due,2026-01-02,r.2,a,,R,,,,,,,,,,a/R/2026-01-02/0,\n"
                         "printed,2026-01-02,r.2,,,,,,,,,,,,,,1\n"
                         "printed,2026-11-21,r.3,,,,,,,,,,,,,,0\n"),
               "printed,2026-01-01,r.1,,,,,,,,,,,,,,0\n"
               "due,2026-01-02,r.2,a,,R,,,,,,,,,,a/R/2026-01-02/0,\n"
               "printed,2026-01-02,r.2,,,,,,,,,,,,,,1\n"
               "printed,2026-11-21,r.3,,,,,,,,,,,,,,0\n");
    // Closed, and closed once more at an earlier time: a clock was wrong, so all of it stays.
    static const char wrong[] = "printed,2026-01-01,r.1,,,,,,,,,,,,,,0\n"
                                "due,2026-01-02,,a,,R,,,,,,,,,,a/R/2026-01-02/0,\n"
                                "done,2026-02-10,,a,,R,,,,,,,,,,a/R/2026-01-02/0,\n"
                                "done,2026-02-07,,a,,R,,,,,,,,,,a/R/2026-01-02/0,\n"
                                "printed,2026-11-21,r.3,,,,,,,,,,,,,,0\n";
    CHECK_TEXT(compacted(wrong), wrong);
    // A rule that was stopped for a customer is the line that says so.
    CHECK_TEXT(compacted("printed,2026-01-01,r.1,,,,,,,,,,,,,,0\n"
                         "due,2026-01-02,r.2,a,,R,,,,,,,,,,a/R/2026-01-02/0,\n"
                         "due,2026-02-02,r.2,a,,R,,,,,,,,,,a/R/2026-02-02/0,\n"
                         "stop,2026-02-03,,a,,R,,,,,,,,,,a/R/2026-02-02/0,\n"
                         "printed,2026-02-02,r.2,,,,,,,,,,,,,,2\n"
                         "printed,2026-11-21,r.3,,,,,,,,,,,,,,0\n"),
               "printed,2026-01-01,r.1,,,,,,,,,,,,,,0\n"
               "stop,2026-02-03,,a,,R,,,,,,,,,,a/R/2026-02-02/0,\n"
               "printed,2026-11-21,r.3,,,,,,,,,,,,,,0\n");
}

// Nothing to leave out: the file is not written anew.
static void test_a_young_ledger_is_not_touched(void)
{
    static const char lines[] = "due,2026-11-20,r.1,a,,R,,,,,,,,,,a/R/2026-11-20/0,\n"
                                "done,2026-11-20,,a,,R,,,,,,,,,,a/R/2026-11-20/0,\n"
                                "printed,2026-11-20,r.1,,,,,,,,,,,,,,1\n";
    struct ledger *before = NULL;
    CHECK_TEXT(compacted(lines), lines);
    before = open_ledger();
    CHECK(before != NULL && history_count(ledger_history(before)) == 1);
    ledger_close(before);
}

int main(void)
{
    char folder[] = "/tmp/test_compact.XXXXXX";
    if (mkdtemp(folder) == NULL || chdir(folder) != 0 || freopen("said", "wb", stderr) == NULL) {
        return 1;
    }
    test_small_ledgers();
    test_a_young_ledger_is_not_touched();
    test_ledgers_at_random();
    remove(path);
    remove("said");
    rmdir(folder);
    return tap_done();
}
