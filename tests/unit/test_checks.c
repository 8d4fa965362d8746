// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * checks: the first rule of a set that is true, against one comparison asked for after the other: of ranges of all
 * kinds and the numbers and dates at and beside their ends, and of texts of all lengths and cells that are near to
 * them.
 */
#include "checks.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "digits.h"
#include "reading.h"
#include "slice.h"
#include "tap.h"

enum { MOST_CONDITIONS = 4, NUMBER_COLUMNS = 3, RULES = 12, CELL = 16 };

struct drawn_rule {
    struct node root; // all of the conditions
    struct node conditions[MOST_CONDITIONS];
};

static const struct cell_forms forms = {.decimal = '.'};

static const double numbers[] = {-INFINITY, -DBL_MAX, -7, -DBL_MIN, -0.0,     0.0, 4.9e-324, 0.29,
                                 1,         1.005,    30, 19500,    99999999, 1e8, DBL_MAX,  INFINITY};

enum { NUMBERS = sizeof numbers / sizeof *numbers };

static size_t draw(size_t below)
{
    return (size_t)rand() % below;
}

// A number of one to DIGITS_MOST bytes, a date, or now and then what is neither.
static struct slice draw_cell(bool date, char out[CELL])
{
    static const char *const others[] = {"", " 5", "-5", "1e3", "12345678.", "1.2.3", ".", "2023-02-30", "x"};
    size_t length = 1 + draw(DIGITS_MOST);
    if (draw(300) == 0) {
        return slice_of(others[draw(sizeof others / sizeof *others)]);
    }
    if (date) {
        snprintf(out, CELL, "20%02d-%02d-%02d", (int)draw(60), 1 + (int)draw(12), 1 + (int)draw(28));
        return slice_of(out);
    }
    for (size_t i = 0; i < length; i++) {
        out[i] = (char)('0' + draw(draw(2) == 0 ? 2 : 10));
    }
    if (length > 1 && draw(2) == 0) {
        out[draw(length)] = forms.decimal;
    }
    return (struct slice){out, length};
}

// The last column has dates.
static bool is_date(size_t column)
{
    return column == NUMBER_COLUMNS - 1;
}

static bool read_cell(size_t column, struct slice cell, double *value)
{
    return is_date(column) ? reading_plain_date(&forms, cell, value) : reading_short_number(&forms, cell, value);
}

// An end of a range: one of the numbers, or what some cell is read as.
static double draw_end(size_t column)
{
    char bytes[CELL];
    double value;
    bool read = draw(2) == 0 && read_cell(column, draw_cell(is_date(column), bytes), &value);
    return read ? value : numbers[draw(NUMBERS)];
}

// Ends that are in are as they were written or, where they were not to be in, the next numbers; a range may be empty.
static struct node_range draw_range(size_t column)
{
    struct node_range range = {draw_end(column), draw_end(column), draw(4) == 0};
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
        size_t column = draw(NUMBER_COLUMNS);
        rule->conditions[i] = (struct node){.op = NODE_CELL_WITHIN,
                                            .column = column,
                                            .reading = is_date(column) ? NODE_DATE : NODE_NUMBER,
                                            .range = draw_range(column)};
        rule->conditions[i].next = rule->root.list;
        rule->root.list = &rule->conditions[i];
    }
}

// CHECKS_UNTOLD where a cell that some rule asks for cannot be read.
static size_t first_slowly(const struct drawn_rule *rules, const struct slice *cells)
{
    size_t first = RULES;
    for (size_t i = RULES; i-- > 0;) {
        bool all = true;
        for (const struct node *node = rules[i].root.list; node != NULL; node = node->next) {
            double value;
            if (!read_cell(node->column, cells[node->column], &value)) {
                return CHECKS_UNTOLD;
            }
            all = all && node_within(node->range, value);
        }
        first = all ? i : first;
    }
    return first;
}

static void test_any_ranges(void)
{
    static struct drawn_rule rules[RULES];
    struct slice row_cells[NUMBER_COLUMNS];
    struct row row = {.cells = row_cells, .count = NUMBER_COLUMNS};
    struct evaluation evaluation = {.row = &row, .forms = &forms};
    size_t firsts[RULES + 1] = {0};
    long wrong = 0;
    long untold = 0;
    srand(11);
    for (int round = 0; round < 4000; round++) {
        struct checks checks = {0};
        for (size_t i = 0; i < RULES; i++) {
            draw_rule(&rules[i]);
            wrong += !checks_add(&checks, &rules[i].root);
        }
        for (int at = 0; at < 100; at++) {
            char bytes[NUMBER_COLUMNS][CELL];
            for (size_t i = 0; i < NUMBER_COLUMNS; i++) {
                row_cells[i] = draw_cell(is_date(i), bytes[i]);
            }
            row.raw = (struct slice){bytes[0], draw(2) == 0 ? 0 : sizeof bytes};
            size_t first = checks_first(&checks, &evaluation);
            wrong += first != first_slowly(rules, row_cells);
            untold += first == CHECKS_UNTOLD;
            firsts[first == CHECKS_UNTOLD ? 0 : first]++;
        }
        checks_free(&checks);
    }
    CHECK(wrong == 0);
    CHECK(untold > 1000);
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
    struct evaluation evaluation = {.row = &row, .forms = &forms};
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

static size_t first_of(const struct checks *checks, const char *cell, const struct cell_forms *read_as)
{
    struct slice alone = slice_of(cell);
    struct row row = {.cells = &alone, .count = 1, .raw = alone};
    return checks_first(checks, &(struct evaluation){.row = &row, .forms = read_as});
}

// A constant that is unknown is never reached.
static void test_unknown_ends(void)
{
    struct node within = {.op = NODE_CELL_WITHIN, .reading = NODE_NUMBER, .range = {NAN, 5, false}};
    struct node outside = {.op = NODE_CELL_WITHIN, .reading = NODE_NUMBER, .range = {5, NAN, true}};
    struct checks checks = {0};
    CHECK(checks_add(&checks, &within) && checks_add(&checks, &outside));
    CHECK(first_of(&checks, "4", &forms) == 1);
    CHECK(first_of(&checks, "5", &forms) == 1);
    CHECK(first_of(&checks, "6.5", &forms) == 1);
    checks_free(&checks);
}

// Where nulls are listed a number may be one.
static void test_nulls(void)
{
    struct slice null = slice_of("999");
    struct cell_forms with_nulls = {.decimal = ',', .nulls = &null, .null_count = 1};
    struct cell_forms comma = {.decimal = ','};
    struct node within = {.op = NODE_CELL_WITHIN, .reading = NODE_NUMBER, .range = {1.5, INFINITY, false}};
    struct node text = {.op = NODE_CELL_IS_TEXT, .comparison = NODE_EQUAL, .text = slice_of("a")};
    struct checks numbers_alone = {0};
    struct checks texts_alone = {0};
    CHECK(checks_add(&numbers_alone, &within) && checks_add(&texts_alone, &text));
    CHECK(first_of(&numbers_alone, "1,5", &comma) == 0);
    CHECK(first_of(&numbers_alone, "1,4", &comma) == 1);
    CHECK(first_of(&numbers_alone, "1.5", &comma) == CHECKS_UNTOLD);
    CHECK(first_of(&numbers_alone, "999", &with_nulls) == CHECKS_UNTOLD);
    CHECK(first_of(&texts_alone, "a", &with_nulls) == 0);
    checks_free(&numbers_alone);
    checks_free(&texts_alone);
}

// Rules behind one that is not plain, of more columns than there is room for, and beyond the bits there are, are not
// for checks.
static void test_what_is_plain(void)
{
    struct node any = {.op = NODE_ANY};
    struct node never = {.op = NODE_CELL_WITHIN, .reading = NODE_NUMBER, .range = {4, 9, false}};
    struct checks checks = {0};
    CHECK(!checks_add(&checks, &any) && checks.count == 0);
    CHECK(first_of(&checks, "x", &forms) == 0);
    for (int i = 0; i < CHECKS_RULES; i++) {
        CHECK(checks_add(&checks, &never));
    }
    CHECK(!checks_add(&checks, &never));
    CHECK(first_of(&checks, "3", &forms) == CHECKS_RULES);
    CHECK(first_of(&checks, "4", &forms) == 0);
    checks_free(&checks);
    checks = (struct checks){0};
    for (size_t i = 0; i < CHECKS_COLUMNS; i++) {
        CHECK(checks_add(&checks, &(struct node){.op = NODE_CELL_WITHIN, .column = i}));
    }
    CHECK(!checks_add(&checks, &(struct node){.op = NODE_CELL_WITHIN, .column = CHECKS_COLUMNS}));
    CHECK(!checks_add(&checks, &(struct node){.op = NODE_CELL_WITHIN, .column = 0, .reading = NODE_DATE}));
    CHECK(checks_add(&checks, &(struct node){.op = NODE_CELL_WITHIN, .column = 0}));
    checks_free(&checks);
}

int main(void)
{
    test_any_ranges();
    test_any_texts();
    test_unknown_ends();
    test_nulls();
    test_what_is_plain();
    return tap_done();
}
