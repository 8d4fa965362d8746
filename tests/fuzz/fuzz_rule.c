// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Any bytes as rules. The first one chooses whether bad cells are missing, unknown columns are tolerated, events
 * exist, and names are points. Beyond surviving, what is right says the same of a row again when each rule is read by
 * itself from the text that the set gives of it.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "date.h"
#include "diag.h"
#include "heap.h"
#include "rule.h"
#include "text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { COLUMNS = 8 };

static const char *const names[COLUMNS] = {"r", "c", "d", "b", "Last name", "t", "t", "g"};
static const char *const cells[COLUMNS] = {"1200.50", "CN", "2026-08-01", "", "Li", "5", "-", "45d"};

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

static void set_slices(struct slice *slices, const char *const *texts)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        slices[i] = slice_of(texts[i]);
    }
}

// One rule read again by itself; whole columns are settled over the one row there is.
static void read_again(const struct expression_scope *scope, const struct rules *rules, size_t index,
                       const struct row *row)
{
    struct complaints complaints = {0};
    struct expression_fault fault;
    struct arena arena = {0};
    struct expression_place place = {.file = "again", .line = 1};
    struct expression *expression = expression_compile(rules_source(rules, index), &place, scope, &arena, &complaints);
    require(expression != NULL && complaints.count == 0);
    if (expression_gathers(expression)) {
        expression_gather(expression, row, &fault);
        expression_settle(expression);
    }
    require(expression_test(expression, row, &fault) == rules_test(rules, index, row, &fault));
    expression_free(expression);
    arena_free(&arena);
    complaints_free(&complaints);
}

static void use(const struct expression_scope *scope, struct rules *rules, const struct row *row)
{
    struct expression_fault fault;
    struct rules_remark remark;
    if (rules_gather(rules)) {
        rules_gather_row(rules, row, &fault);
        rules_settle(rules);
    }
    size_t winner = rules_match(rules, row, &remark);
    require(winner < rules_count(rules) || winner == RULE_NONE ||
            (winner == RULE_BAD && remark.bad_rule < rules_count(rules)));
    require(winner >= rules_count(rules) || rules_test(rules, winner, row, &fault) == EXPRESSION_TRUE);
    for (size_t i = 0; i < rules_count(rules); i++) {
        require(rules_name(rules, i).length > 0);
        if (!rules_is_else(rules, i)) {
            read_again(scope, rules, i, row);
        }
    }
}

// Points of every rule that is true, and 0 of the others.
static void use_points(struct rules *rules, const struct row *row)
{
    struct expression_fault fault;
    size_t bad = 0;
    if (rules_gather(rules)) {
        rules_gather_row(rules, row, &fault);
        rules_settle(rules);
    }
    double *points = heap_allocate(rules_count(rules), sizeof *points);
    bool good = rules_points(rules, row, points, &fault, &bad);
    require(good || bad < rules_count(rules));
    for (size_t i = 0; good && i < rules_count(rules); i++) {
        require(rules_name(rules, i).length > 0 && !rules_is_else(rules, i));
        require(rules_test(rules, i, row, &fault) == EXPRESSION_TRUE || points[i] == 0);
    }
    free(points);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct slice header[COLUMNS];
    struct slice content[COLUMNS];
    struct columns columns = {0};
    struct cell_forms forms = {.decimal = '.'};
    struct clock clock = {0};
    struct complaints complaints = {0};
    if (size == 0) {
        return 0;
    }
    set_slices(header, names);
    set_slices(content, cells);
    columns_set(&columns, &(struct row){.cells = header, .count = COLUMNS});
    date_from_civil((struct date_civil){2026, 11, 21}, &clock.today);
    const struct row row = {.cells = content, .count = COLUMNS, .line = 2, .file = "row"};
    const struct expression_scope scope = {.columns = &columns,
                                           .forms = &forms,
                                           .clock = &clock,
                                           .whole_column = true,
                                           .bad_is_missing = bytes[0] % 2 == 1,
                                           .event = bytes[0] % 5 == 0 ? "c" : NULL};
    struct rules *rules = rules_create(&scope);
    if (bytes[0] % 3 == 0) {
        rules_tolerate_absent(rules);
    }
    bool points = bytes[0] % 7 == 0;
    if (points) {
        rules_expect_points(rules);
    }
    // A copy of its own, so that reading behind its end is found.
    struct text source = {0};
    text_append(&source, (struct slice){(const char *)bytes + 1, size - 1});
    rules_add(rules, text_slice(&source), "rules", &complaints);
    if (complaints.count == 0 && points) {
        use_points(rules, &row);
    } else if (complaints.count == 0) {
        use(&scope, rules, &row);
    }
    rules_free(rules);
    text_free(&source);
    complaints_free(&complaints);
    columns_free(&columns);
    return 0;
}
