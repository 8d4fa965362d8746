// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * survival: the remission times of Freireich and others (1963), whose estimate and log(-log) intervals textbooks print;
 * random people against the definition; planted breaches.
 */
#include "../../cmd/funnel/survival.h"

#include <stdlib.h>
#include <string.h>

#include "tap.h"

enum {
    MOST = 24,
};

static const struct survival_person remissions[] = {
    {6, true},   {6, true},   {6, true},   {6, false},  {7, true},   {9, false},  {10, true},
    {10, false}, {11, false}, {13, true},  {16, true},  {17, false}, {19, false}, {20, false},
    {22, true},  {23, true},  {25, false}, {32, false}, {32, false}, {34, false}, {35, false},
};

// The table for the group on 6-mercaptopurine, as in Klein and Moeschberger, and Stata's sts list.
static void test_published(void)
{
    static const double published[][4] = {
        {6, 0.8571, 0.6197, 0.9516},  {7, 0.8067, 0.5631, 0.9228},  {10, 0.7529, 0.5032, 0.8894},
        {13, 0.6902, 0.4316, 0.8491}, {16, 0.6275, 0.3675, 0.8049}, {22, 0.5378, 0.2678, 0.7468},
        {23, 0.4482, 0.1881, 0.6801},
    };
    struct survival_person people[21];
    struct survival_row rows[21];
    memcpy(people, remissions, sizeof people);
    CHECK(survival_estimate(people, 21, rows) == 8);
    for (size_t i = 0; i < 7; i++) {
        CHECK(rows[i].time == (int64_t)published[i][0]);
        CHECK_NEAR(1 - rows[i].share, published[i][1], 0.00006);
        CHECK_NEAR(1 - rows[i].high, published[i][2], 0.00006);
        CHECK_NEAR(1 - rows[i].low, published[i][3], 0.00006);
    }
    CHECK(rows[7].time == 35 && rows[7].converted == 0 && rows[7].censored == 5);
    CHECK(rows[1].at_risk == 17 && rows[1].censored == 1);
    CHECK(survival_breach(rows, 8, 21) == 8);
}

static void test_quantiles(void)
{
    struct survival_person people[21];
    struct survival_row rows[21];
    int64_t low;
    int64_t high;
    memcpy(people, remissions, sizeof people);
    size_t count = survival_estimate(people, 21, rows);
    CHECK(survival_quantile(rows, count, 0.5, &low, &high) == 23);
    CHECK(low == 13 && high == -1);
    CHECK(survival_quantile(rows, count, 0.25, &low, &high) == 13);
    CHECK(low == 6 && high == 22);
    CHECK(survival_quantile(rows, count, 0.9, &low, &high) == -1);
    CHECK(survival_quantile(rows, 0, 0.5, &low, &high) == -1 && low == -1 && high == -1);
}

// Without anybody lost from sight the share is that of who converted, exactly but for rounding.
static void test_nobody_censored(void)
{
    struct survival_person people[10];
    struct survival_row rows[10];
    int64_t low;
    int64_t high;
    for (int i = 0; i < 10; i++) {
        people[i] = (struct survival_person){10 - i, true};
    }
    size_t count = survival_estimate(people, 10, rows);
    CHECK(count == 10);
    for (size_t i = 0; i < count; i++) {
        CHECK_NEAR(rows[i].share, (double)(i + 1) / 10, 1e-15);
    }
    CHECK(isnan(rows[9].low) && isnan(rows[9].high));
    for (int i = 1; i <= 10; i++) {
        CHECK(survival_quantile(rows, count, i / 10.0, &low, &high) == i);
    }
}

// The share by a time, by its definition, everybody looked at for every time.
static double slow_share(const struct survival_person *people, size_t count, int64_t until)
{
    double survival = 1;
    for (int64_t time = 0; time <= until; time++) {
        double at_risk = 0;
        double converted = 0;
        for (size_t i = 0; i < count; i++) {
            at_risk += people[i].time >= time;
            converted += people[i].time == time && people[i].converted;
        }
        survival *= converted > 0 ? 1 - converted / at_risk : 1;
    }
    return 1 - survival;
}

static bool random_people_agree(void)
{
    struct survival_person people[MOST];
    struct survival_row rows[MOST];
    size_t count = (size_t)(rand() % MOST);
    for (size_t i = 0; i < count; i++) {
        people[i] = (struct survival_person){rand() % 12, rand() % 3 > 0};
    }
    size_t made = survival_estimate(people, count, rows);
    bool agree = survival_breach(rows, made, count) == made;
    for (size_t i = 0; i < made; i++) {
        agree = agree && fabs(rows[i].share - slow_share(people, count, rows[i].time)) < 1e-12 &&
                (isnan(rows[i].low) || (rows[i].low <= rows[i].share && rows[i].share <= rows[i].high));
    }
    return agree;
}

static void test_breach(void)
{
    struct survival_row rows[] = {{1, 5, 2, 0, 0.4, 0, 0}, {3, 2, 2, 1, 1, 0, 0}};
    CHECK(survival_breach(rows, 2, 5) == 2);
    CHECK(survival_breach(rows, 2, 6) == 0);
    rows[1].censored = 0;
    CHECK(survival_breach(rows, 2, 5) == 1);
    rows[1].censored = 1;
    rows[1].converted = 1;
    CHECK(survival_breach(rows, 2, 5) == 1);
    rows[1].converted = 2;
    rows[1].share = 0.3;
    CHECK(survival_breach(rows, 2, 5) == 1);
}

int main(void)
{
    test_published();
    test_quantiles();
    test_nobody_censored();
    test_breach();
    srand(11);
    int good = 0;
    for (int i = 0; i < 5000; i++) {
        good += random_people_agree();
    }
    CHECK(good == 5000);
    return tap_done();
}
