// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Tests of the built-in rule sets, run through the rule engine: every combination of scores has one group and the right
 * one, blanks included, and every label has a Chinese name of its own.
 */
#include "../../cmd/segment/builtin.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "../../cmd/segment/groups.h"
#include "../../cmd/segment/names.h"
#include "tap.h"

// The published list of 125 triples, in its own order.
static const struct {
    const char *label;
    const char *cells;
    size_t count;
} published[] = {
    {"champions", "555 554 544 545 454 455 445", 7},
    {"loyal", "543 444 435 355 354 345 344 335", 8},
    {"potential-loyalist",
     "553 551 552 541 542 533 532 531 452 451 442 441 431 453 433 432 423 353 352 351 342 341 333 323", 24},
    {"new", "512 511 422 421 412 411 311", 7},
    {"promising", "525 524 523 522 521 515 514 513 425 424 413 414 415 315 314 313", 16},
    {"need-attention", "535 534 443 434 343 334 325 324", 8},
    {"about-to-sleep", "331 321 312 221 213 231 241 251", 8},
    {"at-risk", "255 254 245 244 253 252 243 242 235 234 225 224 153 152 145 143 142 135 134 133 125 124", 22},
    {"cannot-lose", "155 154 144 214 215 115 114 113", 8},
    {"hibernating", "332 322 233 232 223 222 132 123 122 212 211", 11},
    {"lost", "111 112 121 131 141 151", 6},
};

enum {
    PUBLISHED = sizeof published / sizeof published[0],
};

static const struct clock no_clock;

static void every_named_set_is_there(void)
{
    const char *const *names = builtin_names();
    CHECK(names[0] != NULL);
    for (size_t i = 0; names[i] != NULL; i++) {
        struct slice source;
        CHECK(builtin_find(names[i], &source));
        CHECK(source.length > 0 && source.data[source.length - 1] == '\n');
    }
    struct slice source;
    CHECK(!builtin_find("rfm", &source));
    CHECK(!builtin_find("", &source));
    CHECK(!builtin_find("RFM11", &source));
}

// The label of these scores, "" where no rule is true.
static struct slice label_of(const struct groups *groups, unsigned r, unsigned f, unsigned m)
{
    size_t rule = groups_find(groups, (unsigned[]){r, f, m});
    return rule == RULE_NONE ? slice_of("") : rules_name(groups_rules(groups), rule);
}

static void every_triple_has_its_published_group(void)
{
    struct groups *groups = groups_create("rfm11", &no_clock);
    size_t right = 0;
    for (size_t i = 0; i < PUBLISHED; i++) {
        size_t count = 0;
        for (const char *cell = published[i].cells; *cell != '\0'; cell += cell[3] == ' ' ? 4 : 3) {
            struct slice label =
                label_of(groups, (unsigned)(cell[0] - '0'), (unsigned)(cell[1] - '0'), (unsigned)(cell[2] - '0'));
            right += slice_is(label, published[i].label);
            count++;
        }
        CHECK(count == published[i].count);
    }
    CHECK(right == 125);
    groups_free(groups);
}

// How many rules are true of these cells, whatever stands before them.
static size_t count_true(const struct rules *rules, const char *const texts[GROUPS_SCORES])
{
    struct slice cells[GROUPS_SCORES];
    for (size_t i = 0; i < GROUPS_SCORES; i++) {
        cells[i] = slice_of(texts[i]);
    }
    struct row row = {.cells = cells, .count = GROUPS_SCORES};
    size_t count = 0;
    for (size_t i = 0; i < rules_count(rules); i++) {
        struct expression_fault fault;
        count += rules_test(rules, i, &row, &fault) == EXPRESSION_TRUE;
    }
    return count;
}

static void groups_neither_overlap_nor_leave_a_gap(const char *set)
{
    static const char *const digits[] = {"1", "2", "3", "4", "5"};
    struct groups *groups = groups_create(set, &no_clock);
    size_t single = 0;
    for (size_t i = 0; i < 125; i++) {
        single += count_true(groups_rules(groups),
                             (const char *const[]){digits[i / 25], digits[i / 5 % 5], digits[i % 5]}) == 1;
    }
    CHECK(single == 125);
    groups_free(groups);
}

static void ten_groups_follow_the_published_map(void)
{
    // rows are r_score 1 to 5, columns f_score 1 to 5
    static const char *const map[5][5] = {
        {"hibernating", "hibernating", "at-risk", "at-risk", "cannot-lose"},
        {"hibernating", "hibernating", "at-risk", "at-risk", "cannot-lose"},
        {"about-to-sleep", "about-to-sleep", "need-attention", "loyal", "loyal"},
        {"promising", "potential-loyalist", "potential-loyalist", "loyal", "loyal"},
        {"new", "potential-loyalist", "potential-loyalist", "champions", "champions"},
    };
    struct groups *groups = groups_create("rfm10", &no_clock);
    size_t right = 0;
    for (unsigned i = 0; i < 150; i++) { // the monetary score does not matter, not even a blank one
        right += slice_is(label_of(groups, i / 30 + 1, i / 6 % 5 + 1, i % 6), map[i / 30][i / 6 % 5]);
    }
    CHECK(right == 150);
    groups_free(groups);
}

static void who_never_ordered_is_a_prospect(void)
{
    struct groups *eleven = groups_create("rfm11", &no_clock);
    struct groups *ten = groups_create("rfm10", &no_clock);
    CHECK(slice_is(label_of(eleven, 0, 0, 0), "prospect"));
    CHECK(slice_is(label_of(ten, 0, 0, 0), "prospect"));
    CHECK(slice_is(label_of(ten, 0, 0, 3), "prospect"));
    CHECK(rules_count(groups_rules(eleven)) == 12 && rules_count(groups_rules(ten)) == 11);
    CHECK(groups_find(eleven, (unsigned[]){0, 0, 0}) == 0 && groups_find(ten, (unsigned[]){0, 0, 0}) == 0);
    groups_free(eleven);
    groups_free(ten);
}

static void a_half_scored_customer_has_no_group(void)
{
    struct groups *eleven = groups_create("rfm11", &no_clock);
    struct groups *ten = groups_create("rfm10", &no_clock);
    size_t labelled = 0;
    for (unsigned score = 1; score <= 5; score++) {
        labelled += label_of(eleven, score, 0, 0).length + label_of(eleven, 0, score, 0).length +
                    label_of(eleven, 0, 0, score).length + label_of(eleven, score, score, 0).length +
                    label_of(eleven, score, 0, score).length + label_of(eleven, 0, score, score).length;
        labelled += label_of(ten, 0, score, 0).length;
    }
    CHECK(labelled == 0);
    groups_free(eleven);
    groups_free(ten);
}

static void every_label_has_a_chinese_name_of_its_own(void)
{
    struct groups *groups = groups_create("rfm11", &no_clock);
    const struct rules *rules = groups_rules(groups);
    for (size_t i = 0; i < rules_count(rules); i++) {
        struct slice label = rules_name(rules, i);
        struct slice chinese = names_label(NAMES_ZH, label);
        CHECK(!slice_equal(chinese, label));
        CHECK(slice_equal(names_label(NAMES_EN, label), label));
        for (size_t j = 0; j < i; j++) {
            CHECK(!slice_equal(chinese, names_label(NAMES_ZH, rules_name(rules, j))));
        }
    }
    CHECK(slice_is(names_label(NAMES_ZH, slice_of("champions")), "冠军客户"));
    CHECK(slice_is(names_label(NAMES_ZH, slice_of("vip")), "vip"));
    CHECK(slice_is(names_label(NAMES_ZH, slice_of("")), ""));
    groups_free(groups);
}

// The labels of a set, in its text: the first words of its lines.
static size_t count_labels(const char *set, size_t *translated)
{
    struct slice source;
    size_t labels = 0;
    CHECK(builtin_find(set, &source));
    for (size_t at = 0; at < source.length; at = slice_find(source, '\n', at) + 1) {
        size_t end = at;
        while (source.data[end] >= 'a' && source.data[end] <= 'z') {
            end++;
        }
        struct slice label = slice_part(source, at, end);
        struct slice chinese = names_label(NAMES_ZH, label);
        labels += label.length > 0;
        *translated += label.length > 0 && !slice_equal(chinese, label) && slice_equal(names_english(chinese), label);
    }
    return labels;
}

static void every_stage_and_phase_has_a_chinese_name_and_comes_back(void)
{
    size_t translated = 0;
    CHECK(count_labels("stage", &translated) == 21 && translated == 21);
    translated = 0;
    CHECK(count_labels("group", &translated) == 5 && translated == 5);
    static const char *const others[] = {"high", "medium", "low", "negative", "top", "regular", "casual", "observer"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct slice chinese = names_label(NAMES_ZH, slice_of(others[i]));
        CHECK(!slice_is(chinese, others[i]) && slice_is(names_english(chinese), others[i]));
    }
}

// The labels of a table of treatments are those of the set, each once.
static void treatments_are_shipped_for_each_label(const char *set, enum names names, size_t labels)
{
    struct slice table = builtin_treatments(set, names);
    size_t lines = 0;
    for (size_t at = 0; at < table.length; at = slice_find(table, '\n', at) + 1) {
        lines++;
    }
    CHECK(lines == labels + 1 && slice_starts(table, slice_of("stage,treatment,max_contacts\n")));
}

int main(void)
{
    every_named_set_is_there();
    every_triple_has_its_published_group();
    groups_neither_overlap_nor_leave_a_gap("rfm11");
    groups_neither_overlap_nor_leave_a_gap("rfm10");
    ten_groups_follow_the_published_map();
    who_never_ordered_is_a_prospect();
    a_half_scored_customer_has_no_group();
    every_label_has_a_chinese_name_of_its_own();
    every_stage_and_phase_has_a_chinese_name_and_comes_back();
    treatments_are_shipped_for_each_label("stage", NAMES_EN, 11);
    treatments_are_shipped_for_each_label("stage", NAMES_ZH, 11);
    treatments_are_shipped_for_each_label("group", NAMES_EN, 4);
    treatments_are_shipped_for_each_label("group", NAMES_ZH, 4);
    return tap_done();
}
