// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * coverage: counts by hand, then by a slow recount of random rows.
 */
#include "../../cmd/segment/coverage.h"

#include <stdlib.h>

#include "tap.h"

static void test_by_hand(void)
{
    // Three conditions and an else; the second hides the third.
    static const bool rows[][3] = {{true, false, false}, {true, true, true},   {false, true, true},
                                   {false, true, true},  {false, true, false}, {false, false, false}};
    struct coverage *coverage = coverage_create(4, 3);
    for (size_t i = 0; i < 6; i++) {
        coverage_add(coverage, rows[i]);
    }
    CHECK(coverage_matched(coverage, 0) == 2 && coverage_alone(coverage, 0) == 1);
    CHECK(coverage_matched(coverage, 1) == 4 && coverage_alone(coverage, 1) == 1);
    CHECK(coverage_matched(coverage, 2) == 3 && coverage_alone(coverage, 2) == 0);
    CHECK(coverage_matched(coverage, 3) == 1 && coverage_alone(coverage, 3) == 1);
    CHECK(coverage_shadow(coverage, 0) == COVERAGE_REACHED && coverage_shadow(coverage, 1) == COVERAGE_REACHED);
    CHECK(coverage_shadow(coverage, 2) == 1);
    CHECK(coverage_shadow(coverage, 3) == COVERAGE_REACHED);
    CHECK(coverage_none(coverage) == 0 && coverage_several(coverage) == 3);
    coverage_free(coverage);
}

static void test_no_rows(void)
{
    struct coverage *coverage = coverage_create(2, 2);
    CHECK(coverage_matched(coverage, 1) == 0 && coverage_shadow(coverage, 1) == COVERAGE_REACHED);
    CHECK(coverage_none(coverage) == 0 && coverage_several(coverage) == 0);
    coverage_free(coverage);
}

static void test_else_alone(void)
{
    struct coverage *coverage = coverage_create(1, 0);
    coverage_add(coverage, NULL);
    CHECK(coverage_matched(coverage, 0) == 1 && coverage_alone(coverage, 0) == 1 && coverage_none(coverage) == 0);
    coverage_free(coverage);
}

// Rows without a rule, those with one and those with several are all rows.
static void test_sums(void)
{
    enum { RULES = 7, ROWS = 5000 };
    struct coverage *coverage = coverage_create(RULES, RULES);
    uint64_t matched[RULES] = {0};
    srand(1);
    for (int i = 0; i < ROWS; i++) {
        bool truths[RULES];
        for (size_t rule = 0; rule < RULES; rule++) {
            truths[rule] = rand() % 5 == 0;
            matched[rule] += truths[rule];
        }
        coverage_add(coverage, truths);
    }
    uint64_t sum = coverage_none(coverage) + coverage_several(coverage);
    for (size_t rule = 0; rule < RULES; rule++) {
        CHECK(coverage_matched(coverage, rule) == matched[rule]);
        sum += coverage_alone(coverage, rule);
    }
    CHECK(sum == ROWS);
    coverage_free(coverage);
}

int main(void)
{
    test_by_hand();
    test_no_rows();
    test_else_alone();
    test_sums();
    return tap_done();
}
