// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * diary: a case by hand, weights beyond 64 bits, then random logs against a table of every person and day.
 */
#include "../../cmd/score/diary.h"

#include <stdint.h>
#include <stdlib.h>

#include "slice.h"
#include "tap.h"

static void test_by_hand(void)
{
    struct diary *diary = diary_create(true);
    diary_add(diary, slice_of("ann"), 10, 2);
    diary_add(diary, slice_of("bob"), 10, 5);
    diary_add(diary, slice_of("ann"), 10, 3); // the same day
    diary_add(diary, slice_of("ann"), 7, 1);  // an earlier one
    diary_add(diary, slice_of("ann"), 10, 4); // a day that comes back
    diary_settle(diary);
    CHECK(diary_count(diary) == 2);
    CHECK(slice_is(diary_person(diary, 0), "ann"));
    CHECK(diary_events(diary, 0) == 4);
    CHECK(diary_find(diary, slice_of("bob")) == 1);
    CHECK(diary_find(diary, slice_of("eve")) == SIZE_MAX);

    struct diary_page page = diary_page(diary, 0);
    CHECK(page.count == 2);
    CHECK(page.days[0] == 7 && page.days[1] == 10);
    CHECK(page.weights[0] == 1 && page.weights[1] == 9);
    diary_free(diary);
}

static void test_weights_beyond_64_bits(void)
{
    struct diary *diary = diary_create(true);
    for (int i = 0; i < 3; i++) {
        diary_add(diary, slice_of("ann"), 1, INT64_MAX);
        diary_add(diary, slice_of("bob"), 1, INT64_MIN);
    }
    diary_settle(diary);
    struct diary_page page = diary_page(diary, 0);
    CHECK(page.count == 1);
    CHECK(page.weights[0] == 3 * (money_wide)INT64_MAX);
    CHECK(diary_page(diary, 1).weights[0] == 3 * (money_wide)INT64_MIN);
    diary_free(diary);
}

// Longer keys are looked up one by one, shorter ones in batches; the order of first appearance is that of the events.
static void test_order(void)
{
    struct diary *diary = diary_create(false);
    char name[100];
    for (size_t i = 0; i < sizeof name; i++) {
        memset(name, 'a' + (char)(i % 26), sizeof name);
        diary_add(diary, (struct slice){name, (i * 37) % 100}, (int32_t)i, 0);
    }
    diary_settle(diary);
    bool ordered = diary_count(diary) == 100;
    for (size_t i = 0; ordered && i < 100; i++) {
        ordered = diary_person(diary, i).length == (i * 37) % 100 && diary_page(diary, i).days[0] == (int32_t)i;
    }
    CHECK(ordered);
    diary_free(diary);
}

static void test_nothing(void)
{
    struct diary *diary = diary_create(false);
    diary_settle(diary);
    CHECK(diary_count(diary) == 0);
    diary_free(diary);
    diary_free(NULL);
}

enum {
    PEOPLE = 5,
    DAYS = 12,
};

struct kept {
    uint64_t events[PEOPLE];
    int seen[PEOPLE][DAYS];
    int64_t weight[PEOPLE][DAYS];
};

static bool same(struct diary *diary, size_t index, const struct kept *kept, bool weighted)
{
    size_t person = (size_t)(diary_person(diary, index).data[0] - 'a');
    struct diary_page page = diary_page(diary, index);
    size_t count = 0;
    bool agrees = diary_events(diary, index) == kept->events[person];
    for (int day = 0; day < DAYS; day++) {
        if (kept->seen[person][day]) {
            agrees = agrees && count < page.count && page.days[count] == day &&
                     page.weights[count] == (weighted ? kept->weight[person][day] : 0);
            count++;
        }
    }
    return agrees && count == page.count;
}

static bool random_log_agrees(int rows, bool weighted)
{
    struct kept kept = {0};
    struct diary *diary = diary_create(weighted);
    for (int i = 0; i < rows; i++) {
        int person = rand() % PEOPLE;
        int day = rand() % DAYS;
        int64_t weight = rand() % 9 - 3;
        char name = (char)('a' + person);
        diary_add(diary, (struct slice){&name, 1}, day, weight);
        kept.events[person]++;
        kept.seen[person][day] = 1;
        kept.weight[person][day] += weight;
    }
    diary_settle(diary);
    bool agrees = true;
    for (size_t i = 0; i < diary_count(diary); i++) {
        agrees = agrees && same(diary, i, &kept, weighted);
    }
    diary_free(diary);
    return agrees;
}

int main(void)
{
    test_by_hand();
    test_weights_beyond_64_bits();
    test_nothing();
    test_order();
    srand(11);
    int agreed = 0;
    for (int i = 0; i < 2000; i++) {
        agreed += random_log_agrees(rand() % 60, i % 2 == 0);
    }
    CHECK(agreed == 2000);
    CHECK(random_log_agrees(200000, true)); // many blocks
    return tap_done();
}
