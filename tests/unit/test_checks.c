// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * checks: the first rule of a set that is true, against one comparison asked for after the other: of ranges of all
 * kinds and the numbers at and beside their ends, and of texts of all lengths and cells that are near to them.
 */
#include "checks.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "slice.h"
#include "tap.h"

enum { MOST_CONDITIONS = 4, SLOTS = 3, RULES = 12 };

struct drawn_rule {
    struct node root; // all of the conditions
    struct node conditions[MOST_CONDITIONS];
};

static const double numbers[] = {-INFINITY, -DBL_MAX, -7, -DBL_MIN, -0.0,    0.0,     4.9e-324,
                                 1,         1.5,      30, 90,       DBL_MAX, INFINITY};

enum { NUMBERS = sizeof numbers / sizeof *numbers };

static size_t draw(size_t below)
{
    return (size_t)rand() % below;
}

// Ends that are in are as they were written or, where they were not to be in, the next numbers; a range may be empty.
static struct node_range draw_range(void)
{
    struct node_range range = {numbers[draw(NUMBERS)], numbers[draw(NUMBERS)], draw(4) == 0};
    switch (draw(6)) {
    case 0:
        range.low = nextafter(range.low, INFINITY);
        break;
    case 1:
        range.high = nextafter(range.high, -INFINITY);
        break;
    case 2:
        range.low = -INFINITY;
        break;
    case 3:
        range.high = INFINITY;
        break;
    case 4:
        range.low = range.high;
        break;
    default:
        break;
    }
    return range;
}

static void draw_rule(struct drawn_rule *rule)
{
    size_t count = draw(MOST_CONDITIONS + 1);
    rule->root = (struct node){.op = NODE_ALL};
    for (size_t i = 0; i < count; i++) {
        rule->conditions[i] = (struct node){.op = NODE_CELL_WITHIN, .slot = draw(SLOTS), .range = draw_range()};
        rule->conditions[i].next = rule->root.list;
        rule->root.list = &rule->conditions[i];
    }
}

static size_t first_slowly(const struct drawn_rule *rules, const struct evaluation *evaluation)
{
    for (size_t i = 0; i < RULES; i++) {
        bool all = true;
        for (const struct node *node = rules[i].root.list; node != NULL; node = node->next) {
            all = all && node_within(node->range, evaluation->slots[node->slot].value);
        }
        if (all) {
            return i;
        }
    }
    return RULES;
}

static double draw_value(void)
{
    double value = numbers[draw(NUMBERS)];
    size_t beside = draw(3);
    return beside == 0 ? value : nextafter(value, beside == 1 ? INFINITY : -INFINITY);
}

static void test_any_ranges(void)
{
    static struct drawn_rule rules[RULES];
    struct evaluation_slot slots[SLOTS] = {{0}};
    struct evaluation evaluation = {.slots = slots, .slot_count = SLOTS};
    size_t firsts[RULES + 1] = {0};
    long wrong = 0;
    srand(11);
    for (int round = 0; round < 4000; round++) {
        struct checks checks = {0};
        for (size_t i = 0; i < RULES; i++) {
            draw_rule(&rules[i]);
            wrong += !checks_add(&checks, &rules[i].root);
        }
        for (int row = 0; row < 100; row++) {
            for (size_t i = 0; i < SLOTS; i++) {
                slots[i].value = draw_value();
            }
            size_t first = checks_first(&checks, &evaluation);
            wrong += first != first_slowly(rules, &evaluation);
            firsts[first]++;
        }
        checks_free(&checks);
    }
    CHECK(wrong == 0);
    CHECK(firsts[0] > 1000 && firsts[RULES - 1] > 100 && firsts[RULES] > 100);
}

static const char *const texts[] = {
    "0", "00", "b", "B", "CN", "DE", "free", "freely", "12345678", "\u5317\u4EAC", "123456789", "not so short"};
static const char *const cells[] = {
    "", " ", " b", "b ", "\u00A0b", "bb", "b\t", "x12345678", "12345678 ", "\u5317\u4EAC\uFEFF", "CN,"};

enum { TEXTS = sizeof texts / sizeof *texts, CELLS = sizeof cells / sizeof *cells, COLUMNS = CHECKS_COLUMNS + 1 };

// Most of two columns, so that several rules ask of one.
static void draw_text_rule(struct drawn_rule *rule)
{
    size_t count = 1 + draw(2);
    rule->root = (struct node){.op = NODE_ALL};
    for (size_t i = 0; i < count; i++) {
        rule->conditions[i] = (struct node){.op = NODE_CELL_IS_TEXT,
                                            .column = draw(draw(3) == 0 ? COLUMNS : 2),
                                            .comparison = draw(4) == 0 ? NODE_LESS | NODE_GREATER : NODE_EQUAL,
                                            .text = slice_of(texts[draw(TEXTS)])};
        rule->conditions[i].next = rule->root.list;
        rule->root.list = &rule->conditions[i];
    }
}

static size_t first_text_slowly(const struct drawn_rule *rules, const struct row *row)
{
    for (size_t i = 0; i < RULES; i++) {
        bool all = true;
        for (const struct node *node = rules[i].root.list; node != NULL; node = node->next) {
            bool equal = slice_equal(slice_trim_value(row->cells[node->column]), node->text);
            all = all && equal == (node->comparison == NODE_EQUAL);
        }
        if (all) {
            return i;
        }
    }
    return RULES;
}

// A record of cells that a comma parts, in memory of just that size, so that a sanitizer sees who reads beside it.
static char *draw_record(struct slice row_cells[COLUMNS], struct slice *raw)
{
    char bytes[256];
    size_t ends[COLUMNS];
    size_t length = 0;
    for (size_t i = 0; i < COLUMNS; i++) {
        const char *cell = draw(3) > 0 ? texts[draw(TEXTS)] : cells[draw(CELLS)];
        memcpy(bytes + length, cell, strlen(cell));
        ends[i] = length + strlen(cell);
        length = ends[i] + 1;
        bytes[ends[i]] = ',';
    }
    *raw = (struct slice){malloc(length - 1), length - 1};
    char *record = memcpy((char *)raw->data, bytes, length - 1);
    for (size_t i = 0; i < COLUMNS; i++) {
        size_t begin = i == 0 ? 0 : ends[i - 1] + 1;
        row_cells[i] = slice_part(*raw, begin, ends[i]);
    }
    return record;
}

static void test_any_texts(void)
{
    static struct drawn_rule rules[RULES];
    struct slice row_cells[COLUMNS];
    struct row row = {.cells = row_cells, .count = COLUMNS};
    struct evaluation evaluation = {.row = &row};
    size_t firsts[RULES + 1] = {0};
    long wrong = 0;
    for (int round = 0; round < 2000; round++) {
        struct checks checks = {0};
        for (size_t i = 0; i < RULES; i++) {
            draw_text_rule(&rules[i]);
            wrong += !checks_add(&checks, &rules[i].root);
        }
        for (int at = 0; at < 100; at++) {
            char *record = draw_record(row_cells, &row.raw);
            size_t expected = first_text_slowly(rules, &row);
            wrong += checks_first(&checks, &evaluation) != expected;
            row.raw.length = draw(2) == 0 ? 0 : row.raw.length; // cells that lie elsewhere are told as well
            wrong += checks_first(&checks, &evaluation) != expected;
            firsts[expected]++;
            free(record);
        }
        checks_free(&checks);
    }
    CHECK(wrong == 0);
    CHECK(firsts[0] > 1000 && firsts[RULES - 1] > 100 && firsts[RULES] > 100);
}

// A constant that is unknown is never reached.
static void test_unknown_ends(void)
{
    struct evaluation_slot slot = {0};
    struct evaluation evaluation = {.slots = &slot, .slot_count = 1};
    struct node within = {.op = NODE_CELL_WITHIN, .range = {NAN, 5, false}};
    struct node outside = {.op = NODE_CELL_WITHIN, .range = {5, NAN, true}};
    struct checks checks = {0};
    CHECK(checks_add(&checks, &within) && checks_add(&checks, &outside));
    for (slot.value = 4; slot.value < 7; slot.value++) {
        CHECK(checks_first(&checks, &evaluation) == 1);
    }
    checks_free(&checks);
}

// Rules behind one that is not plain, and those beyond the bits there are, are not for checks.
static void test_what_is_plain(void)
{
    struct evaluation_slot slot = {.value = 3};
    struct evaluation evaluation = {.slots = &slot, .slot_count = 1};
    struct node far = {.op = NODE_CELL_WITHIN, .slot = EVALUATION_AHEAD};
    struct node any = {.op = NODE_ANY};
    struct node never = {.op = NODE_CELL_WITHIN, .range = {4, 9, false}};
    struct checks checks = {0};
    CHECK(!checks_add(&checks, &far) && !checks_add(&checks, &any) && checks.count == 0);
    CHECK(checks_first(&checks, &evaluation) == 0);
    for (int i = 0; i < CHECKS_RULES; i++) {
        CHECK(checks_add(&checks, &never));
    }
    CHECK(!checks_add(&checks, &never) && checks.slots == 1);
    CHECK(checks_first(&checks, &evaluation) == CHECKS_RULES);
    slot.value = 4;
    CHECK(checks_first(&checks, &evaluation) == 0);
    checks_free(&checks);
}

int main(void)
{
    test_any_ranges();
    test_any_texts();
    test_unknown_ends();
    test_what_is_plain();
    return tap_done();
}
