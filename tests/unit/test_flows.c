// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * flows: random logs against a table of who was there on which day; and planted breaches that are noticed.
 */
#include "../../cmd/funnel/flows.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"

enum {
    PEOPLE = 8,
    DAYS = 9,
};

static bool was_there(const bool *days, int until)
{
    for (int i = 0; i < until; i++) {
        if (days[i]) {
            return true;
        }
    }
    return false;
}

static struct flow slow_flow(bool there[PEOPLE][DAYS], int day)
{
    struct flow flow = {0};
    for (int i = 0; i < PEOPLE; i++) {
        bool yesterday = day > 0 && there[i][day - 1];
        bool earlier = was_there(there[i], day);
        flow.active += there[i][day];
        flow.fresh += there[i][day] && !earlier;
        flow.retained += there[i][day] && yesterday;
        flow.resurrected += there[i][day] && earlier && !yesterday;
        flow.churned += !there[i][day] && yesterday;
    }
    return flow;
}

static bool random_log_agrees(void)
{
    bool there[PEOPLE][DAYS];
    struct flow flows[DAYS] = {{0}};
    for (int i = 0; i < PEOPLE; i++) {
        struct visit visits[DAYS];
        size_t count = 0;
        for (int day = 0; day < DAYS; day++) {
            there[i][day] = rand() % 3 == 0;
            if (there[i][day]) {
                visits[count++] = (struct visit){.period = day - 4};
            }
        }
        flows_add(flows, DAYS, -4, (struct visits_page){visits, count});
    }
    bool agrees = flows_breach(flows, DAYS) == DAYS;
    for (int day = 0; day < DAYS; day++) {
        struct flow slow = slow_flow(there, day);
        agrees = agrees && memcmp(&slow, &flows[day], sizeof slow) == 0;
    }
    return agrees;
}

static void test_breach(void)
{
    struct flow good[] = {{5, 5, 0, 0, 0}, {4, 1, 3, 0, 2}, {5, 0, 4, 1, 0}};
    struct flow bad[3];
    CHECK(flows_breach(good, 3) == 3);
    CHECK(flows_breach(good, 0) == 0);
    memcpy(bad, good, sizeof bad);
    bad[1].churned = 1;
    CHECK(flows_breach(bad, 3) == 1);
    memcpy(bad, good, sizeof bad);
    bad[2].retained = 3;
    CHECK(flows_breach(bad, 3) == 2);
    memcpy(bad, good, sizeof bad);
    bad[0].active = 6;
    CHECK(flows_breach(bad, 3) == 0);
}

static void test_quick_ratio(void)
{
    CHECK_NEAR(flows_quick_ratio(&(struct flow){.fresh = 3, .resurrected = 2, .churned = 2}), 2.5, 0);
    CHECK(isnan(flows_quick_ratio(&(struct flow){.fresh = 3})));
}

int main(void)
{
    test_breach();
    test_quick_ratio();
    srand(9);
    int good = 0;
    for (int i = 0; i < 5000; i++) {
        good += random_log_agrees();
    }
    CHECK(good == 5000);
    return tap_done();
}
