// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * entry: ledger lines there and back, with odd texts; damaged lines are told by what is wrong.
 */
#include "../../cmd/remind/entry.h"

#include "date.h"
#include "money.h"
#include "tap.h"

enum { TODAY = 20778 }; // 2026-11-21

static const struct clock whole_day = {.today = TODAY, .now = (int64_t)(TODAY + 1) * DATE_DAY_SECONDS - 1};

static struct contact sample(void)
{
    struct money cost;
    struct contact contact = {
        .customer = slice_of("a, \"b\""),
        .owner = slice_of(" mei"),
        .rule = slice_of("AS3"),
        .touch = slice_of("\xe5\x9b\x9e\xe8\xae\xbf"),
        .channel = slice_of(""),
        .due = TODAY,
        .nominal = TODAY - 3,
        .overdue = 0,
        .level = 1,
        .has_priority = true,
        .priority = -2,
        .has_cost = true,
        .reason = slice_of("first_order 2026-11-18 +3d"),
        .key = slice_of("a/AS3/2026-11-18/1"),
    };
    money_read(slice_of("2.50"), '.', &cost);
    money_add(&contact.cost, cost);
    return contact;
}

static bool same_contact(const struct contact *a, const struct contact *b)
{
    return slice_equal(a->customer, b->customer) && slice_equal(a->owner, b->owner) && slice_equal(a->rule, b->rule) &&
           slice_equal(a->touch, b->touch) && slice_equal(a->channel, b->channel) && a->due == b->due &&
           a->has_time == b->has_time && a->second == b->second && a->nominal == b->nominal &&
           a->overdue == b->overdue && a->level == b->level && a->has_priority == b->has_priority &&
           a->priority == b->priority && a->has_cost == b->has_cost && money_compare(a->cost, b->cost) == 0 &&
           slice_equal(a->reason, b->reason) && slice_equal(a->key, b->key);
}

static struct slice without_end(const struct text *text)
{
    return slice_part(text_slice(text), 0, text->length - 1);
}

static void test_there_and_back(void)
{
    struct contact contact = sample();
    struct contact again;
    enum contact_column wrong;
    struct text line = {0};
    struct text scratch = {0};
    struct entry entry;
    entry_append(&line, ENTRY_SNOOZE, &whole_day, slice_of("2026-11-21.1"), &contact, slice_of("\"7d\", they said"));
    CHECK_TEXT(text_string(&line),
               "snooze,2026-11-21,2026-11-21.1,\"a, \"\"b\"\"\",\" mei\",AS3,\xe5\x9b\x9e\xe8\xae\xbf,,2026-11-21,"
               "2026-11-18,0,1,-2,2.50,first_order 2026-11-18 +3d,a/AS3/2026-11-18/1,\"\"\"7d\"\", they said\"\n");
    CHECK(entry_read(without_end(&line), &scratch, &entry) == NULL);
    CHECK(entry.event == ENTRY_SNOOZE && entry.at == whole_day.now && slice_is(entry.run, "2026-11-21.1"));
    CHECK(slice_is(entry.key.customer, "a") && slice_is(entry.key.rule, "AS3") && entry.key.nominal == TODAY - 3 &&
          entry.key.level == 1);
    CHECK(slice_is(entry.note, "\"7d\", they said"));
    CHECK(contact_read(entry.contact, &again, &wrong) && same_contact(&contact, &again));
    text_free(&line);
    text_free(&scratch);
}

// The due cell is a day, or a day and a time; both are read again as they were written.
static void test_a_time_of_day(void)
{
    static const int32_t seconds[] = {0, 1, 8 * 3600, 86399};
    for (size_t i = 0; i < sizeof seconds / sizeof seconds[0]; i++) {
        struct contact contact = sample();
        struct contact again;
        enum contact_column wrong;
        struct text line = {0};
        struct text scratch = {0};
        struct entry entry;
        contact.has_time = true;
        contact.second = seconds[i];
        entry_append(&line, ENTRY_DUE, &whole_day, slice_of("r"), &contact, slice_of(""));
        CHECK(entry_read(without_end(&line), &scratch, &entry) == NULL);
        CHECK(entry.contact[CONTACT_DUE].length == 19 && contact_read(entry.contact, &again, &wrong));
        CHECK(same_contact(&contact, &again));
        text_free(&line);
        text_free(&scratch);
    }
}

static void test_a_run_that_printed_has_no_contact(void)
{
    struct clock clock = {.today = TODAY, .now = (int64_t)TODAY * DATE_DAY_SECONDS + 8 * 3600};
    struct text line = {0};
    struct text scratch = {0};
    struct entry entry;
    entry_append(&line, ENTRY_PRINTED, &clock, slice_of("2026-11-21.1"), NULL, slice_of("3"));
    CHECK_TEXT(text_string(&line), "printed,2026-11-21 08:00:00,2026-11-21.1,,,,,,,,,,,,,,3\n");
    CHECK(entry_read(without_end(&line), &scratch, &entry) == NULL);
    CHECK(entry.event == ENTRY_PRINTED && entry.at == clock.now && slice_is(entry.note, "3"));
    text_free(&line);
    text_free(&scratch);
}

static void test_the_header_names_as_many_cells_as_a_line_has(void)
{
    size_t in_header = 0;
    size_t in_line = 0;
    struct text line = {0};
    entry_append(&line, ENTRY_PRINTED, &whole_day, slice_of(""), NULL, slice_of(""));
    for (const char *at = entry_header; *at != '\0'; at++) {
        in_header += *at == ',';
    }
    for (size_t i = 0; i < line.length; i++) {
        in_line += line.data[i] == ',';
    }
    CHECK(in_header == 16 && in_line == 16);
    text_free(&line);
}

static const char *problem_of(const char *line)
{
    struct text scratch = {0};
    struct entry entry;
    const char *problem = entry_read(slice_of(line), &scratch, &entry);
    text_free(&scratch);
    return problem == NULL ? "" : problem;
}

static void test_damaged_lines(void)
{
    CHECK_TEXT(problem_of("due,2026-11-21,r,a,,R,t,,2026-11-21,2026-11-21,0,0,,,x,a/R/2026-11-21/0,"), "");
    CHECK_TEXT(problem_of(""), "too few cells");
    CHECK_TEXT(problem_of("due,2026-11-21,r,a,,R,t,,2026-11-21,2026-11-21,0,0,,,x,a/R/2026-11-21/0"), "too few cells");
    CHECK_TEXT(problem_of("due,2026-11-21,r,a,,R,t,,2026-11-21,2026-11-21,0,0,,,x,a/R/2026-11-21/0,,"),
               "too many cells");
    CHECK_TEXT(problem_of("Due,2026-11-21,r,a,,R,t,,2026-11-21,2026-11-21,0,0,,,x,a/R/2026-11-21/0,"), "unknown event");
    CHECK_TEXT(problem_of("due,,r,a,,R,t,,2026-11-21,2026-11-21,0,0,,,x,a/R/2026-11-21/0,"), "column 'at': not a date");
    CHECK_TEXT(problem_of("due,2026-11-21,r,a,,R,t,,2026-11-21,2026-11-21,0,0,,,x,,"), "column 'key': not a key");
    CHECK_TEXT(problem_of("snooze,2026-11-21,,a,,R,t,,soon,2026-11-21,0,0,,,x,a/R/2026-11-21/0,"),
               "column 'due': not a date");
    CHECK_TEXT(problem_of("due,2026-11-21,r,\"a,,R,t,,2026-11-21,2026-11-21,0,0,,,x,a/R/2026-11-21/0,"),
               "a quote is not closed");
    CHECK_TEXT(problem_of("due,2026-11-21,r,\"a\"b,,R,t,,2026-11-21,2026-11-21,0,0,,,x,a/R/2026-11-21/0,"),
               "text after a closing quote");
}

// No prefix of a good line passes for a line: what a torn write left is never taken for an entry.
static void test_every_torn_line_is_noticed(void)
{
    struct contact contact = sample();
    struct text line = {0};
    struct text scratch = {0};
    bool noticed = true;
    entry_append(&line, ENTRY_DUE, &whole_day, slice_of("2026-11-21.1"), &contact, slice_of(""));
    for (size_t length = 0; length + 1 < line.length; length++) {
        struct entry entry;
        noticed = noticed && entry_read(slice_part(text_slice(&line), 0, length), &scratch, &entry) != NULL;
    }
    CHECK(noticed);
    text_free(&line);
    text_free(&scratch);
}

static const char good[] = "due,2026-11-21 08:00:00,r.1,a,mei,R,t,,2026-11-20,2026-11-21,0,0,,,x,a/R/2026-11-21/0,n\n";

// The entry of a line in its plain form is that of its other form, in all that is set.
static void test_plain_lines(void)
{
    static const char *const lines[] = {
        good,
        "deferred,2026-11-21,,,,,,,,,,,,,,a/R/2026-11-21/3,\n",
        "snooze,2026-11-21,,,,,,,2026-12-01,,,,,,,a/R/2026-11-21/3,\r\n",
        "printed,2026-11-21 08:00:01,r.1,,,,,,,,,,,,,,1\nmore, even with a \"",
        "missed,2026/11/21 8:00,r,\xe7\x8e\x8b,,R,t,,,,,,,,a reason that is longer than the sixty-four bytes that are "
        "searched at once,%E7%8E%8B/R/2026-11-21/0,\n",
    };
    struct text scratch = {0};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct entry plain;
        struct entry entry;
        size_t length;
        size_t end = slice_find(slice_of(lines[i]), '\n', 0);
        CHECK(entry_read_plain(slice_of(lines[i]), NULL, &plain, &length) && length == end + 1);
        CHECK(entry_read((struct slice){lines[i], end}, &scratch, &entry) == NULL);
        CHECK(plain.event == entry.event && plain.at == entry.at && slice_equal(plain.run, entry.run));
        CHECK(slice_equal(plain.contact[CONTACT_OWNER], entry.contact[CONTACT_OWNER]) &&
              slice_equal(plain.contact[CONTACT_DUE], entry.contact[CONTACT_DUE]) &&
              slice_equal(plain.contact[CONTACT_KEY], entry.contact[CONTACT_KEY]));
        CHECK(entry.event == ENTRY_PRINTED ||
              (slice_equal(plain.key.customer, entry.key.customer) && slice_equal(plain.key.rule, entry.key.rule) &&
               plain.key.nominal == entry.key.nominal && plain.key.level == entry.key.level));
    }
    text_free(&scratch);
}

static bool is_plain(struct slice bytes)
{
    struct entry entry;
    size_t length;
    return entry_read_plain(bytes, NULL, &entry, &length);
}

static void test_what_is_not_plain(void)
{
    struct slice line = slice_of(good);
    bool refused = true;
    for (size_t length = 0; length < line.length; length++) {
        refused = refused && !is_plain(slice_part(line, 0, length));
    }
    CHECK(refused && is_plain(line));
    CHECK(!is_plain(slice_of("\n")));
    CHECK(!is_plain(slice_of("due,2026-11-21,r,a,,R,t,,,,0,0,,,x,a/R/2026-11-21/0,,\n")));
    CHECK(!is_plain(slice_of("due,2026-11-21,r,a,,R,t,,,,0,0,,,x,a/R/2026-11-21/0\n,")));
    CHECK(!is_plain(slice_of("due,2026-11-21,r,a,,R,\"t\",,,,0,0,,,x,a/R/2026-11-21/0,\n")));
    CHECK(!is_plain(slice_of("due,2026-11-21,r,a,,R,t,,,,0,0,,,x,a/R/2026-11-21/0,\"\n")));
    CHECK(!is_plain(slice_of("Due,2026-11-21,r,a,,R,t,,,,0,0,,,x,a/R/2026-11-21/0,\n")));
    CHECK(!is_plain(slice_of("due,2026-11-31,r,a,,R,t,,,,0,0,,,x,a/R/2026-11-21/0,\n")));
    CHECK(!is_plain(slice_of("due,2026-11-21,r,a,,R,t,,,,0,0,,,x,a/R/2026-11-31/0,\n")));
    CHECK(!is_plain(slice_of("snooze,2026-11-21,,a,,R,t,,soon,,0,0,,,x,a/R/2026-11-21/0,\n")));
    CHECK(!is_plain(slice_of(",,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\n")));
}

// What the line before says is taken from there only where all of event, time and run are the same.
static void test_lines_that_begin_like_the_one_before(void)
{
    static const struct {
        const char *line;
        enum entry_event event;
        int64_t second;
        const char *run;
    } lines[] = {
        {"due,2026-11-21 08:00:00,r.1,,,,,,,,,,,,,a/R/2026-11-21/0,\n", ENTRY_DUE, 28800, "r.1"},
        {"due,2026-11-21 08:00:00,r.1,,,,,,,,,,,,,a/R/2026-11-21/1,\n", ENTRY_DUE, 28800, "r.1"},
        {"due,2026-11-21 08:00:00,r.12,,,,,,,,,,,,,a/R/2026-11-21/2,\n", ENTRY_DUE, 28800, "r.12"},
        {"due,2026-11-21 08:00:01,r.12,,,,,,,,,,,,,a/R/2026-11-21/3,\n", ENTRY_DUE, 28801, "r.12"},
        {"done,2026-11-21 08:00:01,,,,,,,,,,,,,,a/R/2026-11-21/4,\n", ENTRY_DONE, 28801, ""},
        {"skip,2026-11-21 08:00:01,,,,,,,,,,,,,,a/R/2026-11-21/5,\n", ENTRY_SKIP, 28801, ""},
    };
    struct entry apart[sizeof lines / sizeof lines[0]];
    struct entry same;
    size_t length;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct slice line = slice_of(lines[i].line);
        int64_t at = (int64_t)TODAY * DATE_DAY_SECONDS + lines[i].second;
        CHECK(entry_read_plain(line, i == 0 ? NULL : &apart[i - 1], &apart[i], &length));
        CHECK(apart[i].event == lines[i].event && apart[i].at == at && slice_is(apart[i].run, lines[i].run) &&
              apart[i].key.level == (int)i);
        CHECK(entry_read_plain(line, i == 0 ? NULL : &same, &same, &length)); // over the one before
        CHECK(same.event == lines[i].event && same.at == at && slice_is(same.run, lines[i].run));
    }
    // A bad time is not excused by a good line before it.
    CHECK(!entry_read_plain(slice_of("due,2026-11-31,r.1,,,,,,,,,,,,,a/R/2026-11-21/0,\n"), &apart[0], &same, &length));
}

static void test_times(void)
{
    char at[DATE_SIZE];
    CHECK(entry_print_at(at, whole_day.now) == 10);
    CHECK_TEXT(at, "2026-11-21");
    CHECK(entry_print_at(at, whole_day.now - 1) == 19);
    CHECK_TEXT(at, "2026-11-21 23:59:58");
    CHECK(entry_print_at(at, -1) == 10);
    CHECK_TEXT(at, "1969-12-31");
}

int main(void)
{
    test_there_and_back();
    test_a_time_of_day();
    test_a_run_that_printed_has_no_contact();
    test_the_header_names_as_many_cells_as_a_line_has();
    test_damaged_lines();
    test_every_torn_line_is_noticed();
    test_plain_lines();
    test_what_is_not_plain();
    test_lines_that_begin_like_the_one_before();
    test_times();
    return tap_done();
}
