// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rhythm: a case by hand, the edges, then random customers against a count over all pairs in whole numbers.
 */
#include "../../cmd/score/rhythm.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "tap.h"

static void test_by_hand(void)
{
    // Gaps 12, 55, 9: median 12, ratios 12/12, 55/12, 9/12. Gap 10: no ratio. Gaps 2, 4: median 3, ratios 2/3, 4/3.
    const int32_t ann[] = {0, 12, 67, 76};
    const int32_t bob[] = {5, 15};
    const int32_t cai[] = {70, 72, 76};
    const int32_t dee[] = {60};
    struct rhythm rhythm = {0};
    rhythm_learn(&rhythm, ann, 4);
    rhythm_learn(&rhythm, bob, 2);
    rhythm_learn(&rhythm, cai, 3);
    rhythm_learn(&rhythm, dee, 1);
    rhythm_settle(&rhythm);

    struct rhythm_state state = rhythm_state(&rhythm, ann, 4, 97); // 21/12; below it 2/3, 3/4, 1, 4/3 of five
    CHECK_NEAR(state.usual_gap, 12, 0);
    CHECK(state.gap == 21);
    CHECK_NEAR(state.ratio, 1.75, 0);
    CHECK_NEAR(state.risk, 0.8, 0);
    state = rhythm_state(&rhythm, bob, 2, 25); // 10/10: of five 2/3 and 3/4 are below; a ratio of 1 is not
    CHECK_NEAR(state.risk, 0.4, 0);
    state = rhythm_state(&rhythm, dee, 1, 80); // the median of 12, 10 and 3 stands in
    CHECK_NEAR(state.usual_gap, 10, 0);
    CHECK_NEAR(state.ratio, 2, 0);
    state = rhythm_state(&rhythm, ann, 4, 76); // was there today
    CHECK_NEAR(state.ratio, 0, 0);
    CHECK_NEAR(state.risk, 0, 0);
    rhythm_free(&rhythm);
}

static void test_edges(void)
{
    const int32_t days[] = {3, 13, 23};
    struct rhythm rhythm = {0};
    rhythm_settle(&rhythm);
    struct rhythm_state state = rhythm_state(&rhythm, days, 1, 9); // nobody has a gap
    CHECK(state.gap == 6);
    CHECK(isnan(state.usual_gap) && isnan(state.ratio) && isnan(state.risk));
    rhythm_free(&rhythm);

    rhythm_learn(&rhythm, days, 2);
    rhythm_settle(&rhythm);
    state = rhythm_state(&rhythm, days, 1, 8); // one gap gives a usual gap but no pool
    CHECK_NEAR(state.ratio, 0.5, 0);
    CHECK(isnan(state.risk));
    rhythm_free(&rhythm);

    rhythm_learn(&rhythm, days, 3);
    rhythm_settle(&rhythm);
    CHECK_NEAR(rhythm_state(&rhythm, days, 3, 33).risk, 0, 0); // all ratios are 1, none is below
    CHECK_NEAR(rhythm_state(&rhythm, days, 3, 34).risk, 1, 0);
    rhythm_free(&rhythm);
}

enum {
    CUSTOMERS = 6,
    DAYS = 25,
    TODAY = 30,
};

// One customer, and twice his usual gap, so that all is whole numbers; 0 when he has none.
struct kept {
    int32_t days[DAYS];
    size_t count;
    int32_t twice;
};

static int compare(const void *a, const void *b)
{
    return *(const int32_t *)a - *(const int32_t *)b;
}

static int32_t twice_median(int32_t *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
    return count % 2 == 1 ? 2 * values[count / 2] : values[count / 2 - 1] + values[count / 2];
}

static void make(struct kept *kept)
{
    int32_t gaps[DAYS];
    *kept = (struct kept){0};
    int chance = 2 + rand() % 12;
    for (int32_t day = 0; day < DAYS; day++) {
        if (rand() % chance == 0) {
            kept->days[kept->count++] = day;
        }
    }
    for (size_t i = 1; i < kept->count; i++) {
        gaps[i - 1] = kept->days[i] - kept->days[i - 1];
    }
    kept->twice = kept->count < 2 ? 0 : twice_median(gaps, kept->count - 1);
}

// Of all gaps of customers with two or more: how many are below gap / (twice / 2), by cross multiplication.
static double share_below(const struct kept *all, int32_t gap, double twice)
{
    size_t below = 0;
    size_t total = 0;
    for (size_t i = 0; i < CUSTOMERS; i++) {
        for (size_t j = 1; all[i].count > 2 && j < all[i].count; j++) {
            total++;
            below += (all[i].days[j] - all[i].days[j - 1]) * twice < (double)gap * all[i].twice;
        }
    }
    return total == 0 ? NAN : (double)below / (double)total;
}

// Twice the median of the usual gaps; a multiple of a half, so exact as a double.
static double twice_usual(const struct kept *all)
{
    int32_t values[CUSTOMERS];
    size_t count = 0;
    for (size_t i = 0; i < CUSTOMERS; i++) {
        if (all[i].twice > 0) {
            values[count++] = all[i].twice;
        }
    }
    return count == 0 ? NAN : twice_median(values, count) / 2.0;
}

static bool equal(double a, double b)
{
    return (isnan(a) && isnan(b)) || a == b;
}

static bool random_customers_agree(void)
{
    struct kept all[CUSTOMERS];
    struct rhythm rhythm = {0};
    for (size_t i = 0; i < CUSTOMERS; i++) {
        make(&all[i]);
        if (all[i].count > 0) {
            rhythm_learn(&rhythm, all[i].days, all[i].count);
        }
    }
    rhythm_settle(&rhythm);
    bool agrees = true;
    for (size_t i = 0; i < CUSTOMERS; i++) {
        if (all[i].count == 0) {
            continue;
        }
        struct rhythm_state state = rhythm_state(&rhythm, all[i].days, all[i].count, TODAY);
        int32_t gap = TODAY - all[i].days[all[i].count - 1];
        double twice = all[i].twice > 0 ? all[i].twice : twice_usual(all);
        agrees = agrees && state.gap == gap && equal(state.usual_gap, twice / 2) &&
                 (isnan(twice) ? isnan(state.risk) : equal(state.risk, share_below(all, gap, twice)));
    }
    rhythm_free(&rhythm);
    return agrees;
}

int main(void)
{
    test_by_hand();
    test_edges();
    srand(5);
    int agreed = 0;
    for (int i = 0; i < 5000; i++) {
        agreed += random_customers_agree();
    }
    CHECK(agreed == 5000);
    return tap_done();
}
