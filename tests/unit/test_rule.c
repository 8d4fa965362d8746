// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rule: how a source is cut into rules, which rule wins, and that every error of a source is found.
 */
#include "rule.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "date.h"
#include "diag.h"
#include "tap.h"
#include "text.h"

enum { COLUMNS = 3 };

struct fixture {
    struct columns columns;
    struct cell_forms forms;
    struct clock clock;
    struct expression_scope scope;
    struct slice cells[COLUMNS];
    struct row row;
    struct complaints complaints;
    struct rules *rules;
};

static void set_up(struct fixture *fixture)
{
    struct slice header[COLUMNS] = {slice_of("x"), slice_of("y"), slice_of("t")};
    *fixture = (struct fixture){.forms = {.decimal = '.'}};
    columns_set(&fixture->columns, &(struct row){.cells = header, .count = COLUMNS});
    date_from_civil((struct date_civil){2026, 11, 21}, &fixture->clock.today);
    fixture->row = (struct row){.cells = fixture->cells, .count = COLUMNS, .line = 2, .file = "f"};
    fixture->scope = (struct expression_scope){
        .columns = &fixture->columns, .forms = &fixture->forms, .clock = &fixture->clock, .whole_column = true};
    fixture->rules = rules_create(&fixture->scope);
}

static void tear_down(struct fixture *fixture)
{
    rules_free(fixture->rules);
    columns_free(&fixture->columns);
    complaints_free(&fixture->complaints);
}

static void set_row(struct fixture *fixture, const char *x, const char *y, const char *t)
{
    fixture->cells[0] = slice_of(x);
    fixture->cells[1] = slice_of(y);
    fixture->cells[2] = slice_of(t);
    fixture->row.raw = (struct slice){NULL, 0};
}

static void add(struct fixture *fixture, const char *source)
{
    rules_add(fixture->rules, slice_of(source), "file", &fixture->complaints);
}

// "line:NAME=EXPR>TREATMENT" of every rule, parted by bars.
static const char *describe(const struct fixture *fixture, struct text *out)
{
    const struct rules *rules = fixture->rules;
    text_clear(out);
    for (size_t i = 0; i < rules_count(rules); i++) {
        struct slice name = rules_name(rules, i);
        struct slice source = rules_source(rules, i);
        struct slice treatment = rules_treatment(rules, i);
        text_format(out, "%s%d:%.*s=%.*s", i == 0 ? "" : "|", (int)rules_line(rules, i), (int)name.length, name.data,
                    (int)source.length, source.data);
        if (treatment.length > 0) {
            text_format(out, ">%.*s", (int)treatment.length, treatment.data);
        }
    }
    return text_string(out);
}

static void expect_cut(const char *source, const char *expected)
{
    struct fixture fixture;
    struct text got = {0};
    set_up(&fixture);
    add(&fixture, source);
    complaints_print(&fixture.complaints);
    CHECK(fixture.complaints.count == 0);
    tap_same(describe(&fixture, &got), expected, source, __FILE__, __LINE__);
    text_free(&got);
    tear_down(&fixture);
}

static void test_cutting(void)
{
    expect_cut("", "");
    expect_cut("# nothing\n\n   # nothing\n\t\n", "");
    expect_cut("A: x > 1", "1:A=x > 1");
    expect_cut("A: x > 1\nB : y < 2\n", "1:A=x > 1|2:B=y < 2");
    expect_cut("A: x > 1\r\nB: y < 2\r\n", "1:A=x > 1|2:B=y < 2");
    expect_cut("\xef\xbb\xbf"
               "A: x > 1\n",
               "1:A=x > 1");
    expect_cut("# c\n\nA: x > 1 # c\n\n# c\nB: y < 2#c\n", "3:A=x > 1|6:B=y < 2");
    expect_cut("A: x > 1\n   and y < 2\n# c\n\n\tand x < 9\nB: true\n",
               "1:A=x > 1\n   and y < 2\n# c\n\n\tand x < 9|6:B=true");
    expect_cut("  A: x > 1\n    and y < 2\n", "1:A=x > 1\n    and y < 2");
    expect_cut("A: x > 1; B: y < 2;;C: true;", "1:A=x > 1|1:B=y < 2|1:C=true");
    expect_cut("A：x ＞ 1；B：else", "1:A=x ＞ 1|1:B=else");
    expect_cut("A: x > 1\n  ; B: true\nC: true", "1:A=x > 1|2:B=true|3:C=true");
    expect_cut("At risk: true\nCan't lose: true", "1:At risk=true|2:Can't lose=true");
}

static void test_names_and_treatments(void)
{
    expect_cut("'a: b; c': true", "1:a: b; c=true");
    expect_cut("\"it's \"\"so\"\"\" : true", "1:it's \"so\"=true");
    expect_cut("“新客”: true", "1:新客=true");
    expect_cut("新 客：true", "1:新 客=true");
    expect_cut("1 + 2: true", "1:1 + 2=true");
    expect_cut("A: x > 1 -> after-sales", "1:A=x > 1>after-sales");
    expect_cut("A: x > 1 -> call 'em now # soon\nB: true", "1:A=x > 1>call 'em now|2:B=true");
    expect_cut("A: x > 1 -> 'call; now' # soon", "1:A=x > 1>call; now");
    expect_cut("A: x > 1 -> one; B: true->two", "1:A=x > 1>one|1:B=true>two");
    expect_cut("A: x > 1\n  -> one\n  # c\nB: true", "1:A=x > 1>one|4:B=true");
    expect_cut("A: else -> rest", "1:A=else>rest");
    expect_cut("A: x = 'a->b' -> c", "1:A=x = 'a->b'>c");
    expect_cut("A: x ~ /a;#->b/ -> c", "1:A=x ~ /a;#->b/>c");
    expect_cut("A: x = ';' ; B: else", "1:A=x = ';'|1:B=else");
}

static size_t match(struct fixture *fixture, bool *unknown)
{
    struct rules_remark remark;
    size_t rule = rules_match(fixture->rules, &fixture->row, &remark);
    *unknown = remark.unknown;
    return rule;
}

// The same for who does not ask what was unknown.
static size_t first_match(struct fixture *fixture)
{
    bool unknown;
    return match(fixture, &unknown);
}

static void test_matching(void)
{
    struct fixture fixture;
    bool unknown = true;
    set_up(&fixture);
    add(&fixture, "one: x > 100\ntwo: y > 5\nthree: x > 10");
    set_row(&fixture, "200", "9", "");
    CHECK(match(&fixture, &unknown) == 0 && !unknown);
    set_row(&fixture, "50", "9", "");
    CHECK(match(&fixture, &unknown) == 1 && !unknown);
    set_row(&fixture, "50", "", "");
    CHECK(match(&fixture, &unknown) == 2 && unknown);
    set_row(&fixture, "5", "", "");
    CHECK(match(&fixture, &unknown) == RULE_NONE && unknown);
    set_row(&fixture, "5", "1", "");
    CHECK(first_match(&fixture) == RULE_NONE);
    add(&fixture, "rest: ELSE");
    CHECK(first_match(&fixture) == 3);
    CHECK(rules_is_else(fixture.rules, 3) && !rules_is_else(fixture.rules, 2));
    CHECK(!rules_have_treatments(fixture.rules));
    CHECK_TEXT(rules_file(fixture.rules, 3), "file");
    tear_down(&fixture);
}

static void test_bad_cells(void)
{
    struct fixture fixture;
    struct expression_fault fault = {0};
    struct rules_remark remark;
    set_up(&fixture);
    add(&fixture, "one: x > 100\ntwo: y > 5\nrest: else");
    set_row(&fixture, "1", "many", "");
    CHECK(rules_match(fixture.rules, &fixture.row, &remark) == RULE_BAD);
    CHECK(remark.bad_rule == 1 && remark.fault.column == 1);
    CHECK_TEXT(remark.fault.reason, "not a number");
    CHECK(rules_test(fixture.rules, 1, &fixture.row, &fault) == EXPRESSION_BAD);
    CHECK(rules_test(fixture.rules, 2, &fixture.row, &fault) == EXPRESSION_TRUE);
    set_row(&fixture, "101", "many", "");
    CHECK(first_match(&fixture) == 0); // nobody looks at the other cell
    tear_down(&fixture);
}

static void test_missing_instead(void)
{
    struct fixture fixture;
    set_up(&fixture);
    rules_free(fixture.rules);
    fixture.scope.bad_is_missing = true;
    fixture.rules = rules_create(&fixture.scope);
    add(&fixture, "one: y > 100\ntwo: y > 5\nrest: else");
    set_row(&fixture, "1", "many", "");
    CHECK(first_match(&fixture) == 2);
    CHECK(rules_missed(fixture.rules) == 1);
    struct rules_miss miss = rules_first_missed(fixture.rules);
    CHECK(miss.line == 2 && miss.column == 1);
    CHECK_TEXT(miss.file, "f");
    tear_down(&fixture);
}

static void test_two_passes(void)
{
    static const char *const values[] = {"10", "30", "", "20", "40"};
    struct fixture fixture;
    struct expression_fault fault;
    set_up(&fixture);
    add(&fixture, "top: pct(x) > 75\nlow: x < mean(x)\nrest: else");
    CHECK(rules_gather(fixture.rules));
    for (size_t i = 0; i < 5; i++) {
        set_row(&fixture, values[i], "", "");
        CHECK(rules_gather_row(fixture.rules, &fixture.row, &fault));
    }
    set_row(&fixture, "ten", "", "");
    CHECK(!rules_gather_row(fixture.rules, &fixture.row, &fault) && fault.column == 0);
    rules_settle(fixture.rules);
    size_t got[5];
    for (size_t i = 0; i < 5; i++) {
        set_row(&fixture, values[i], "", "");
        got[i] = first_match(&fixture);
    }
    CHECK(got[0] == 1 && got[1] == 2 && got[2] == 2 && got[3] == 1 && got[4] == 0);
    tear_down(&fixture);
}

static void test_absent_columns(void)
{
    struct fixture fixture;
    struct text got = {0};
    set_up(&fixture);
    rules_tolerate_absent(fixture.rules);
    add(&fixture, "a: z > 5\nb: x > 1 and pct(z) > 5\nc: x in (z)\nd: x > 1\ne: [no] is missing");
    CHECK(fixture.complaints.count == 0);
    CHECK(rules_left_out(fixture.rules) == 4);
    static const char *const omitted[] = {"a", "z", "b", "z", "c", "z", "e", "no"};
    for (size_t i = 0; i < 4; i++) {
        struct rules_omission omission = rules_omission(fixture.rules, i);
        CHECK(slice_is(omission.rule, omitted[2 * i]) && slice_is(omission.column, omitted[2 * i + 1]));
    }
    CHECK_TEXT(describe(&fixture, &got), "4:d=x > 1");
    CHECK(!rules_gather(fixture.rules)); // nothing is asked of a column that is not there
    add(&fixture, "f: z >");
    CHECK(fixture.complaints.count == 1); // other errors stay errors
    text_free(&got);
    tear_down(&fixture);
}

// How many complaints a source gives; as many as it has wrong rules.
static void expect_complaints(const char *source, size_t count)
{
    struct fixture fixture;
    set_up(&fixture);
    add(&fixture, source);
    if (!tap_report(fixture.complaints.count == count, source, __FILE__, __LINE__)) {
        complaints_print(&fixture.complaints);
    }
    tear_down(&fixture);
}

static void test_complaints(void)
{
    expect_complaints("x > 1", 1);
    expect_complaints("A x > 1\nB: x > 1\nC x", 2);
    expect_complaints(": x > 1", 1);
    expect_complaints("A:", 1);
    expect_complaints("A: ; B: x >; C: z > 1", 3);
    expect_complaints("A: x = 'b; B: z > 1", 1);
    expect_complaints("A: x = 'b; B: z > 1\nC: z > 1", 2);
    expect_complaints("A: z > 1 and w < 2 or v = 3", 3); // errors of meaning are all said
    expect_complaints("A: x > 1 -> ", 1);
    expect_complaints("A: x > 1 -> ; B: true", 1);
    expect_complaints("A: x > 1 -> 'b' c", 1);
    expect_complaints("'A' b: x > 1", 1);
    expect_complaints("A: else and x > 1", 1);
    expect_complaints("A: else\nB: true\nC: else", 2);
    expect_complaints("A: x > 1\n  B: true", 1);
    expect_complaints("A: x\n > 1: y", 1);
    expect_complaints("A: true\n\xff: true", 1);
    expect_complaints("A: else x", 1);
    expect_complaints("else: x > 1\nx: x > 1\n", 0);
    expect_complaints("A: true\nA: x > 1", 0); // several rules may give one label
}

static void test_points(void)
{
    struct fixture fixture;
    struct expression_fault fault = {0};
    struct text got = {0};
    double points[4];
    size_t bad = 9;
    set_up(&fixture);
    rules_expect_points(fixture.rules);
    add(&fixture, "10: x > 1; x * 2 :y = 'a'\n-2.5: not (x > 1)\ny + 0\n : t > 0");
    CHECK(fixture.complaints.count == 0);
    CHECK_TEXT(describe(&fixture, &got), "1:10=x > 1|1:x * 2=y = 'a'|2:-2.5=not (x > 1)|3:y + 0=t > 0");

    set_row(&fixture, "3", "a", "");
    CHECK(rules_points(fixture.rules, &fixture.row, points, &fault, &bad));
    CHECK(points[0] == 10 && points[1] == 6 && points[2] == 0 && points[3] == 0);
    set_row(&fixture, "", "a", ""); // unknown conditions give nothing, unknown points are NaN
    CHECK(rules_points(fixture.rules, &fixture.row, points, &fault, &bad));
    CHECK(points[0] == 0 && isnan(points[1]) && points[2] == 0);
    set_row(&fixture, "1", "a", "1"); // not a number in the points of a rule that is true
    CHECK(!rules_points(fixture.rules, &fixture.row, points, &fault, &bad));
    CHECK(bad == 3 && fault.column == 1);
    text_free(&got);
    tear_down(&fixture);
}

static void test_complaints_of_points(void)
{
    static const char *const wrong[] = {
        ": true", "5: else", "5: true -> x", "x > 1: true", "'a': true", "5 true", "5", "5:", "1: 2: true", "z: true",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct fixture fixture;
        set_up(&fixture);
        rules_expect_points(fixture.rules);
        add(&fixture, wrong[i]);
        CHECK(fixture.complaints.count == 1);
        add(&fixture, "5: true"); // and reading goes on
        CHECK(rules_count(fixture.rules) == 1);
        tear_down(&fixture);
    }
}

static void test_else_over_sources(void)
{
    struct fixture fixture;
    set_up(&fixture);
    add(&fixture, "A: else");
    CHECK(fixture.complaints.count == 0);
    add(&fixture, "B: x > 1");
    CHECK(fixture.complaints.count == 1);
    tear_down(&fixture);
}

static void test_many_rules(void)
{
    struct fixture fixture;
    struct text source = {0};
    set_up(&fixture);
    for (int i = 0; i < 20000; i++) {
        text_format(&source, "r%d: x = %d\n", i, i);
    }
    rules_add(fixture.rules, text_slice(&source), "file", &fixture.complaints);
    CHECK(fixture.complaints.count == 0 && rules_count(fixture.rules) == 20000);
    set_row(&fixture, "19999", "", "");
    CHECK(first_match(&fixture) == 19999);
    CHECK(rules_line(fixture.rules, 19999) == 20000);
    tear_down(&fixture);
    text_free(&source);
}

// The first rule that is true, asked one after the other.
static size_t match_slowly(const struct fixture *fixture, struct rules_remark *remark)
{
    remark->unknown = false;
    for (size_t i = 0; i < rules_count(fixture->rules); i++) {
        switch (rules_test(fixture->rules, i, &fixture->row, &remark->fault)) {
        case EXPRESSION_TRUE:
            return i;
        case EXPRESSION_BAD:
            remark->bad_rule = i;
            return RULE_BAD;
        case EXPRESSION_UNKNOWN:
            remark->unknown = true;
            break;
        case EXPRESSION_FALSE:
            break;
        }
    }
    return RULE_NONE;
}

static unsigned draw(unsigned *state, unsigned below)
{
    *state = *state * 1664525 + 1013904223;
    return (*state >> 16) % below;
}

// Rules of comparisons drawn by lot, an else at the end of some sets.
static void draw_rules(unsigned *state, struct text *source)
{
    static const char *const conditions[] = {"x > 3",
                                             "x <= 20",
                                             "x = 7",
                                             "x != 7",
                                             "3 < x",
                                             "x > 0.5",
                                             "y < 2",
                                             "y >= 2.5",
                                             "y = 2.50",
                                             "t = 'b'",
                                             "t != 'b'",
                                             "t is missing",
                                             "t = ''",
                                             "t like 'b%'",
                                             "t in ('a', 'b')",
                                             "x in (1, 7)",
                                             "x between 3 and 9",
                                             "x > y",
                                             "x + y > 10",
                                             "not x > 3",
                                             "x is missing",
                                             "t ~ /b/",
                                             "true",
                                             "t > 2024-01-31"};
    unsigned count = 1 + draw(state, 6);
    for (unsigned i = 0; i < count; i++) {
        const char *junction = draw(state, 4) == 0 ? "or" : "and";
        text_format(source, "r%u: %s", i, conditions[draw(state, 24)]);
        for (unsigned more = draw(state, 3); more > 0; more--) {
            text_format(source, " %s %s", junction, conditions[draw(state, 24)]);
        }
        text_append_byte(source, '\n');
    }
    text_append_string(source, draw(state, 3) == 0 ? "rest: else\n" : "");
}

// The cells in one record of just their size, so that a sanitizer sees who reads beside it, with bytes before them.
static char *join_cells(struct fixture *fixture, size_t before)
{
    size_t length = before;
    for (size_t i = 0; i < COLUMNS; i++) {
        length += fixture->cells[i].length + (i > 0);
    }
    char *record = malloc(length + (length == 0));
    char *to = record;
    memset(to, '9', before);
    to += before;
    for (size_t i = 0; i < COLUMNS; i++) {
        struct slice *cell = &fixture->cells[i];
        if (i > 0) {
            *to++ = ',';
        }
        memcpy(to, cell->data, cell->length);
        *cell = (struct slice){to, cell->length};
        to += cell->length;
    }
    fixture->row.raw = (struct slice){record, length};
    return record;
}

// The rules may be tested in any way and order, but a row is answered as if they were tried one by one.
static void test_any_rules(void)
{
    static const char *const cells[] = {"",   "7",        "2.5",       "3",   "9",          "20.0",  "0.50",
                                        "-4", "1e1",      "b",         " 7 ", "N/A",        "1,000", "a",
                                        "bb", "12345678", "123456789", "x",   "2024-02-01", "7."};
    unsigned state = 7;
    long wrong = 0;
    long outcomes[3] = {0};
    for (int round = 0; round < 3000; round++) {
        struct fixture fixture;
        struct text source = {0};
        set_up(&fixture);
        draw_rules(&state, &source);
        rules_add(fixture.rules, text_slice(&source), "file", &fixture.complaints);
        for (int row = 0; row < 60 && fixture.complaints.count == 0; row++) {
            unsigned plain = row % 2 == 0 ? 7 : 20;
            set_row(&fixture, cells[draw(&state, plain)], cells[draw(&state, plain)], cells[draw(&state, 20)]);
            fixture.row.line++;
            char *record = row % 3 == 0 ? NULL : join_cells(&fixture, draw(&state, 12));
            struct rules_remark remark = {0};
            struct rules_remark expected_remark = {0};
            size_t expected = match_slowly(&fixture, &expected_remark);
            size_t got = rules_match(fixture.rules, &fixture.row, &remark);
            wrong += got != expected || remark.unknown != expected_remark.unknown ||
                     remark.bad_rule != expected_remark.bad_rule;
            wrong += got == RULE_BAD && remark.fault.column != expected_remark.fault.column;
            outcomes[got == RULE_NONE ? 0 : got == RULE_BAD ? 1 : 2]++;
            free(record);
        }
        wrong += fixture.complaints.count > 0;
        text_free(&source);
        tear_down(&fixture);
    }
    CHECK(wrong == 0);
    CHECK(outcomes[0] > 10000 && outcomes[1] > 10000 && outcomes[2] > 10000);
}

int main(void)
{
    diag_set_program("test");
    test_cutting();
    test_names_and_treatments();
    test_matching();
    test_bad_cells();
    test_missing_instead();
    test_two_passes();
    test_absent_columns();
    test_complaints();
    test_points();
    test_complaints_of_points();
    test_else_over_sources();
    test_many_rules();
    test_any_rules();
    return tap_done();
}
