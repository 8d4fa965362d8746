// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fading: halves by hand, then random people against a slow way: every event alone, every pair of persons compared.
 */
#include "../../cmd/score/fading.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "tap.h"

static void test_by_hand(void)
{
    const int32_t days[] = {40, 70, 100};
    const money_wide weights[] = {8 * (money_wide)MONEY_ONE, 3 * (money_wide)MONEY_ONE, -MONEY_ONE / 2};
    CHECK_NEAR(fading_sum(days, weights, 3, 100, 30), 2 + 1.5 - 0.5, 0);
    CHECK_NEAR(fading_sum(days, weights, 3, 130, 30), 1 + 0.75 - 0.25, 0);
    CHECK_NEAR(fading_sum(days, weights, 1, 41, 2), 8 * sqrt(0.5), 1e-15);
    CHECK_NEAR(fading_sum(days, weights, 0, 100, 30), 0, 0);
    CHECK_NEAR(fading_sum(days, weights, 1, 100, 1e-9), 0, 0); // long gone
}

static void test_ranks(void)
{
    struct fading_place places[] = {
        {.group = 1, .activity = 2}, {.group = 0, .activity = 1}, {.group = 1, .activity = 5},
        {.group = 1, .activity = 2}, {.group = 1, .activity = 1}, {.group = 2, .activity = -1},
    };
    fading_rank(places, 6);
    CHECK(places[2].rank == 1 && places[0].rank == 2 && places[3].rank == 2 && places[4].rank == 4);
    CHECK(places[1].rank == 1 && places[5].rank == 1);
    CHECK_NEAR(places[2].share, 0.5, 0);
    CHECK_NEAR(places[0].share, 0.2, 0);
    CHECK_NEAR(places[1].share, 1, 0);
    CHECK(isnan(places[5].share)); // of a sum that is not above zero there are no shares
    fading_rank(NULL, 0);
}

enum {
    PEOPLE = 20,
    DAYS = 9,
    TODAY = 10,
};

// Events one by one, in any order, as long doubles.
static bool random_sum_agrees(double *activity)
{
    int32_t days[DAYS];
    money_wide weights[DAYS];
    size_t count = 0;
    long double slow = 0;
    double half_life = 0.5 + rand() % 40;
    for (int32_t day = 0; day < DAYS; day++) {
        int events = rand() % 4;
        if (events == 0) {
            continue;
        }
        days[count] = day;
        weights[count] = 0;
        for (int i = 0; i < events; i++) {
            int64_t weight = rand() % 7000000 - 1000000;
            weights[count] += weight;
            slow += (long double)weight / 1000000 * powl(0.5L, (long double)(TODAY - day) / half_life);
        }
        count++;
    }
    *activity = fading_sum(days, weights, count, TODAY, half_life);
    return fabsl(*activity - slow) <= 1e-13L * (1 + fabsl(slow));
}

static bool random_ranks_agree(void)
{
    struct fading_place places[PEOPLE];
    for (size_t i = 0; i < PEOPLE; i++) {
        places[i] = (struct fading_place){.group = (size_t)rand() % 3, .activity = (double)(rand() % 8)};
    }
    fading_rank(places, PEOPLE);
    bool agrees = true;
    for (size_t i = 0; i < PEOPLE; i++) {
        size_t ahead = 0;
        double total = 0;
        for (size_t j = 0; j < PEOPLE; j++) {
            bool together = places[j].group == places[i].group;
            ahead += together && places[j].activity > places[i].activity;
            total += together ? places[j].activity : 0;
        }
        agrees = agrees && places[i].rank == ahead + 1 &&
                 (total > 0 ? places[i].share == places[i].activity / total : isnan(places[i].share));
    }
    return agrees;
}

int main(void)
{
    test_by_hand();
    test_ranks();
    srand(3);
    int sums = 0;
    int ranks = 0;
    for (int i = 0; i < 5000; i++) {
        double activity;
        sums += random_sum_agrees(&activity);
        ranks += random_ranks_agree();
    }
    CHECK(sums == 5000);
    CHECK(ranks == 5000);
    return tap_done();
}
