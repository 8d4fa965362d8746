// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * cohorts: random logs against a slow way, every person, start and column looked at in a table of days; and a breach
 * that is noticed.
 */
#include "../../cmd/funnel/cohorts.h"

#include <stdlib.h>
#include <string.h>

#include "../../cmd/funnel/visits.h"
#include "tap.h"

enum {
    PEOPLE = 6,
    DAYS = 12,
    EVENTS = 30,
    COLUMNS = 4,
};

struct sheet {
    bool there[PEOPLE][DAYS];
    int64_t weight[PEOPLE][DAYS];
    bool any[PEOPLE];
};

static struct visits *random_log(struct sheet *sheet)
{
    struct visits *visits = visits_create();
    memset(sheet, 0, sizeof *sheet);
    int events = rand() % EVENTS;
    for (int i = 0; i < events; i++) {
        int person = rand() % PEOPLE;
        int day = rand() % DAYS;
        int64_t weight = rand() % 100 - 20;
        char name[2] = {(char)('a' + person), '\0'};
        visits_add(visits, slice_of(name), &(struct visits_event){.time = day, .period = day, .weight = weight});
        sheet->there[person][day] = true;
        sheet->weight[person][day] += weight;
        sheet->any[person] = true;
    }
    visits_settle(visits);
    return visits;
}

static int first_day(const struct sheet *sheet, int person)
{
    int day = 0;
    while (day < DAYS && !sheet->there[person][day]) {
        day++;
    }
    return day;
}

// Is the cell what counting says?
static bool agrees(const struct sheet *sheet, const struct cohorts_rules *rules, const struct cohort *cohort,
                   size_t column)
{
    struct cohorts_cell slow = {0};
    for (int person = 0; person < PEOPLE; person++) {
        bool begins = rules->each ? sheet->there[person][cohort->period] : first_day(sheet, person) == cohort->period;
        bool came = false;
        for (int day = 0; begins && day < DAYS; day++) {
            int after = day - cohort->period;
            if (sheet->there[person][day] && after >= rules->columns[column].from &&
                after <= rules->columns[column].to) {
                came = true;
                slow.weight += sheet->weight[person][day];
            }
        }
        slow.people += came;
    }
    return slow.people == cohort->cells[column].people && slow.weight == cohort->cells[column].weight;
}

static bool random_log_agrees(const struct cohorts_rules *rules)
{
    struct sheet sheet;
    struct visits *visits = random_log(&sheet);
    struct cohorts *cohorts = cohorts_create(rules);
    for (uint32_t i = 0; i < visits_count(visits); i++) {
        cohorts_add(cohorts, 0, visits_page(visits, i));
    }
    bool agree = true;
    for (size_t i = 0; i < cohorts_count(cohorts); i++) {
        struct cohort cohort = cohorts_at(cohorts, i);
        agree = agree && cohorts_is_sound(&cohort, rules->count);
        for (size_t column = 0; column < rules->count; column++) {
            agree = agree && agrees(&sheet, rules, &cohort, column);
        }
    }
    cohorts_free(cohorts);
    visits_free(visits);
    return agree;
}

static void test_random(void)
{
    static const struct cohorts_column kinds[][COLUMNS] = {
        {{0, 0}, {1, 1}, {2, 2}, {3, 3}},
        {{0, COHORTS_FOR_EVER}, {1, COHORTS_FOR_EVER}, {2, COHORTS_FOR_EVER}, {3, COHORTS_FOR_EVER}},
        {{0, 0}, {1, 1}, {2, 4}, {5, 9}},
    };
    for (int kind = 0; kind < 3; kind++) {
        for (int each = 0; each < 2; each++) {
            struct cohorts_rules rules = {kinds[kind], COLUMNS, each != 0};
            int good = 0;
            for (int i = 0; i < 2000; i++) {
                good += random_log_agrees(&rules);
            }
            CHECK(good == 2000);
        }
    }
}

static void test_breach(void)
{
    struct cohorts_cell cells[] = {{.people = 5}, {.people = 5}, {.people = 0}};
    struct cohort cohort = {.size = {.people = 5}, .cells = cells};
    CHECK(cohorts_is_sound(&cohort, 3));
    cells[2].people = 6;
    CHECK(!cohorts_is_sound(&cohort, 3));
    cells[2].people = 0;
    cells[0].people = 4;
    CHECK(!cohorts_is_sound(&cohort, 3));
}

static void test_maturity(void)
{
    struct cohort cohort = {.period = 100};
    struct cohorts_column span = {3, 7};
    struct cohorts_column unbounded = {3, COHORTS_FOR_EVER};
    CHECK(!cohorts_is_mature(&cohort, &span, 106) && cohorts_is_mature(&cohort, &span, 107));
    CHECK(!cohorts_is_mature(&cohort, &unbounded, 102) && cohorts_is_mature(&cohort, &unbounded, 103));
    CHECK(!cohorts_has_begun(&cohort, &span, 102) && cohorts_has_begun(&cohort, &span, 103));
}

// More than 64 bits of weight are refused, at once or when the visits are brought in order.
static void test_overflow(void)
{
    struct visits *visits = visits_create();
    CHECK(visits_add(visits, slice_of("a"), &(struct visits_event){.period = 1, .weight = INT64_MAX}));
    CHECK(!visits_add(visits, slice_of("a"), &(struct visits_event){.period = 1, .weight = 1}));
    CHECK(visits_add(visits, slice_of("a"), &(struct visits_event){.period = 0, .weight = 1}));
    CHECK(visits_add(visits, slice_of("a"), &(struct visits_event){.period = 1, .weight = 1}));
    CHECK(!visits_settle(visits));
    visits_free(visits);
}

// The group is that of the earliest event, of equal ones that of the first; persons stay in order of appearance, also
// where a key is too long to wait, and weights too large for all together are added where each person's fit.
static void test_persons(void)
{
    static const char *const names[] = {"a", "a person whose key is longer than what may wait in a queue", "b"};
    struct visits *visits = visits_create();
    for (uint32_t i = 0; i < 300; i++) {
        struct visits_event event = {.time = 500 - i / 6, .period = (int32_t)(i % 2), .group = i};
        event.weight = i < 6 ? INT64_MAX / 50 - 300 : 1;
        CHECK(visits_add(visits, slice_of(names[i % 3]), &event));
    }
    CHECK(visits_settle(visits) && visits_count(visits) == 3);
    for (uint32_t i = 0; i < 3; i++) {
        struct visits_page page = visits_page(visits, i);
        CHECK(visits_group(visits, i) == 294 + i);
        CHECK(page.count == 2 && page.visits[0].period == 0 && page.visits[1].period == 1);
        CHECK(page.visits[0].weight == INT64_MAX / 50 - 300 + 49 && page.visits[1].weight == page.visits[0].weight);
    }
    visits_free(visits);
}

int main(void)
{
    srand(5);
    test_random();
    test_breach();
    test_maturity();
    test_overflow();
    test_persons();
    return tap_done();
}
