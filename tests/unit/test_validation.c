// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * validation: a case by hand, then random customers in two orders against sums over everything kept.
 */
#include "../../cmd/score/validation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"

static void test_by_hand(void)
{
    // First period: days 10 to 20; second: 21 to 31, so that there are three weeks and a day.
    const int32_t ann[] = {10, 13, 20, 21, 31};
    const int32_t bob[] = {12, 25};
    const int32_t cai[] = {21, 22}; // came too late
    const int32_t dee[] = {20};
    struct validation validation = {.start = 10, .holdout = 20, .today = 31, .litt = true};
    validation_add(&validation, ann, 5);
    validation_add(&validation, bob, 2);
    validation_add(&validation, cai, 2);
    validation_add(&validation, dee, 1);
    validation_settle(&validation);
    CHECK(validation.count == 3);
    CHECK(validation.customers[0].x == 2 && validation.customers[0].actual == 2);
    const struct history *history =
        &validation.histories.rows[histories_position(&validation.histories, validation.customers[0].history)];
    CHECK(history->x == 2 && history->T == 10 && history->t_x == 10);
    CHECK_NEAR(history->litt, log(3) + log(7), 1e-15);

    // Distinct histories are ordered by x, then T: dee 0, 0; bob 0, 8; ann 2, 10.
    const double expected[] = {0.25, 0.5, 3};
    struct validation_result result = validation_judge(&validation, expected);
    CHECK_NEAR(result.total.customers, 3, 0);
    CHECK_NEAR(result.total.actual, 3, 0);
    CHECK_NEAR(result.total.expected, 3.75, 0);
    CHECK_NEAR(result.mae, (1 + 0.5 + 0.25) / 3, 1e-15);
    CHECK_NEAR(result.rmse, sqrt((1 + 0.25 + 0.0625) / 3), 1e-15);
    CHECK_NEAR(result.bias, 0.25, 0);
    CHECK_NEAR(result.frequencies[0].customers, 2, 0);
    CHECK_NEAR(result.frequencies[0].actual, 0.5, 0);
    CHECK_NEAR(result.frequencies[0].expected, 0.375, 0);
    CHECK_NEAR(result.frequencies[2].actual, 2, 0);
    CHECK(isnan(result.frequencies[1].actual));
    CHECK_NEAR(result.deciles[0].actual, 2, 1e-15);
    CHECK_NEAR(result.deciles[3].actual, 4.0 / 3,
               1e-12); // 0.9 to 1.2 of three: a third of it ann's 2, the rest bob's 1
    CHECK_NEAR(result.deciles[9].expected, 0.25, 1e-15);

    CHECK(validation_weeks(&validation) == 3);
    double weeks[3];
    validation_track_actual(&validation, weeks); // weeks end with days 16, 23 and 30
    CHECK(weeks[0] == 1 && weeks[1] == 3 && weeks[2] == 4);
    double growth[22];
    for (size_t i = 0; i < 22; i++) {
        growth[i] = (double)i;
    }
    validation_track_expected(&validation, growth, weeks); // ages 7, 5; 14, 12, 4; 21, 19, 11
    CHECK(weeks[0] == 12 && weeks[1] == 30 && weeks[2] == 51);
    validation_free(&validation);
}

static void test_equals_share(void)
{
    // Of all the same is expected: every decile has the mean, whoever came first.
    struct validation validation = {.start = 0, .holdout = 9, .today = 19};
    for (int32_t i = 0; i < 7; i++) {
        const int32_t days[] = {5, 11, 12};
        validation_add(&validation, days, i < 2 ? 3 : 1);
    }
    validation_settle(&validation);
    const double expected[] = {1.5};
    struct validation_result result = validation_judge(&validation, expected);
    bool same = true;
    for (size_t i = 0; i < VALIDATION_DECILES; i++) {
        same =
            same && fabs(result.deciles[i].actual - 4.0 / 7) < 1e-15 && fabs(result.deciles[i].customers - 0.7) < 1e-15;
    }
    CHECK(same);
    validation_free(&validation);
}

enum {
    CUSTOMERS = 60,
    START = 3,
    HOLDOUT = 40,
    TODAY = 75,
    DAYS = TODAY - START + 1,
};

struct kept {
    int32_t days[DAYS];
    size_t count;
};

static void make(struct kept *kept)
{
    kept->count = 0;
    int chance = 2 + rand() % 40;
    for (int32_t day = START + rand() % 60; day <= TODAY; day++) {
        if (kept->count == 0 || rand() % chance == 0) {
            kept->days[kept->count++] = day;
        }
    }
}

static void add_all(struct validation *validation, const struct kept *all, bool backwards)
{
    *validation = (struct validation){.start = START, .holdout = HOLDOUT, .today = TODAY};
    for (size_t i = 0; i < CUSTOMERS; i++) {
        const struct kept *kept = &all[backwards ? CUSTOMERS - 1 - i : i];
        validation_add(validation, kept->days, kept->count);
    }
    validation_settle(validation);
}

static void foretell(const struct validation *validation, double *expected)
{
    for (size_t i = 0; i < validation->histories.count; i++) {
        const struct history *history = &validation->histories.rows[i];
        expected[i] = (history->x + 0.3) / (history->T + 2) * 7 / (1 + history->T - history->t_x);
    }
}

static bool weeks_agree(const struct validation *validation, const struct kept *all)
{
    double got[DAYS];
    bool agrees = validation_weeks(validation) == DAYS / 7;
    validation_track_actual(validation, got);
    for (size_t week = 0; week < DAYS / 7; week++) {
        double count = 0;
        for (size_t i = 0; i < CUSTOMERS; i++) {
            for (size_t j = 1; all[i].days[0] <= HOLDOUT && j < all[i].count; j++) {
                count += all[i].days[j] < START + 7 * ((int32_t)week + 1);
            }
        }
        agrees = agrees && got[week] == count;
    }
    return agrees;
}

static bool random_customers_agree(void)
{
    static struct kept all[CUSTOMERS];
    struct validation forwards;
    struct validation backwards;
    double expected[CUSTOMERS];
    for (size_t i = 0; i < CUSTOMERS; i++) {
        make(&all[i]);
    }
    add_all(&forwards, all, false);
    add_all(&backwards, all, true);
    foretell(&forwards, expected);
    struct validation_result one = validation_judge(&forwards, expected);
    struct validation_result two = validation_judge(&backwards, expected);
    double actual = 0;
    double in_deciles = 0;
    double falling = INFINITY;
    bool agrees = memcmp(&one, &two, sizeof one) == 0;
    for (size_t i = 0; i < CUSTOMERS; i++) {
        for (size_t j = 0; all[i].days[0] <= HOLDOUT && j < all[i].count; j++) {
            actual += all[i].days[j] > HOLDOUT;
        }
    }
    for (size_t i = 0; i < VALIDATION_DECILES; i++) {
        in_deciles += one.deciles[i].actual * one.deciles[i].customers;
        agrees = agrees && one.deciles[i].expected <= falling + 1e-12 &&
                 fabs(one.deciles[i].customers * VALIDATION_DECILES - one.total.customers) < 1e-9;
        falling = one.deciles[i].expected;
    }
    agrees = agrees && one.total.actual == actual && fabs(in_deciles - actual) < 1e-9 && weeks_agree(&forwards, all);
    validation_free(&forwards);
    validation_free(&backwards);
    return agrees;
}

int main(void)
{
    test_by_hand();
    test_equals_share();
    srand(13);
    int agreed = 0;
    for (int i = 0; i < 1000; i++) {
        agreed += random_customers_agree();
    }
    CHECK(agreed == 1000);
    return tap_done();
}
