// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * tally: people are conserved from step to step, and rows in which they are not are found.
 */
#include "../../cmd/funnel/tally.h"
#include "tap.h"

enum { STEPS = 3 };

static void add(struct tally *tally, size_t group, size_t level, const int64_t *times, bool open)
{
    struct tally_person person = {.level = level, .taken = (UINT64_C(1) << level) - 1, .open = open};
    memcpy(person.times, times, level * sizeof *times);
    tally_add(tally, group, &person);
}

static void test_counts(void)
{
    struct tally tally = {.steps = STEPS};
    add(&tally, 1, 3, (const int64_t[]){0, 10, 30}, false);
    add(&tally, 1, 2, (const int64_t[]){0, 5}, true);
    add(&tally, 1, 2, (const int64_t[]){0, 6}, false);
    add(&tally, 1, 1, (const int64_t[]){0}, true);
    CHECK(tally_people(&tally, 0) == 0);
    CHECK(tally_people(&tally, 1) == 4);
    CHECK(tally_people(&tally, 7) == 0);
    struct tally_row rows[STEPS];
    for (size_t i = 0; i < STEPS; i++) {
        rows[i] = tally_step(&tally, 1, i);
    }
    CHECK(rows[0].people == 4 && rows[0].previous == 0 && rows[0].dropped == 0 && rows[0].open == 0);
    CHECK(rows[1].people == 3 && rows[1].previous == 4 && rows[1].dropped == 1 && rows[1].open == 1);
    CHECK(rows[2].people == 1 && rows[2].previous == 3 && rows[2].dropped == 2 && rows[2].open == 1);
    CHECK_NEAR(rows[1].median, 6, 0);
    CHECK_NEAR(rows[1].p90, 9.2, 1e-12);
    CHECK_NEAR(rows[1].mean, 7, 0);
    CHECK(tally_breach(&tally, rows) == STEPS);
    tally_free(&tally);
}

// Times of any size, few and many, are told as the sorted list of them says: 0, 1, 2 and so on, or multiples of their
// squares, up to what four bytes hold.
static void test_times(void)
{
    enum { LEAST = 990, MOST = 1500, FACTOR = 1907, PRIME = 769 };
    size_t wrong = 0;
    for (size_t people = LEAST; people < MOST; people++) {
        struct tally tally = {.steps = 2};
        bool squared = people % 2 == 0;
        for (size_t i = 0; i < people; i++) {
            int64_t time = (int64_t)(i * PRIME % people); // each one once
            add(&tally, 0, 2, (const int64_t[]){0, squared ? time * time * FACTOR : time}, false);
        }
        struct tally_row row = tally_step(&tally, 0, 1);
        double low = (double)((people - 1) / 2);
        double high = (double)(people / 2);
        wrong += squared ? row.median != (low * low + high * high) * FACTOR / 2 : row.median != low || row.mean != low;
        wrong += row.people != people;
        tally_free(&tally);
    }
    CHECK(wrong == 0);
}

// Who leaves an optional step out is missed there, and nowhere else.
static void test_optional_steps(void)
{
    struct tally tally = {.steps = STEPS, .optional = 2};
    struct tally_person person = {.level = 3, .taken = 5, .times = {0, 0, 9}, .value = 40};
    tally_add(&tally, 0, &person);
    person = (struct tally_person){.level = 2, .taken = 3, .times = {0, 4}, .open = true, .value = 7};
    tally_add(&tally, 0, &person);
    person = (struct tally_person){.level = 1, .taken = 1, .open = true};
    tally_add(&tally, 0, &person);
    struct tally_row rows[STEPS];
    for (size_t i = 0; i < STEPS; i++) {
        rows[i] = tally_step(&tally, 0, i);
    }
    CHECK(rows[1].people == 1 && rows[1].previous == 3 && rows[1].dropped == 2 && rows[1].open == 1);
    CHECK(rows[2].people == 1 && rows[2].previous == 3 && rows[2].dropped == 2 && rows[2].open == 2);
    CHECK(rows[2].value == 40 && rows[1].value == 0);
    CHECK(tally_breach(&tally, rows) == STEPS);
    rows[2].previous = 1; // the optional step is not what the last one follows
    CHECK(tally_breach(&tally, rows) == 2);
    tally_free(&tally);
}

// Negative times, and such as need more than 32 bits, keep their value among others.
static void test_wide_times(void)
{
    struct tally tally = {.steps = 2};
    add(&tally, 0, 2, (const int64_t[]){0, 10}, false);
    add(&tally, 0, 2, (const int64_t[]){0, -2}, false);
    add(&tally, 0, 2, (const int64_t[]){0, INT64_C(1) << 33}, false);
    add(&tally, 0, 2, (const int64_t[]){0, UINT32_MAX}, false);
    struct tally_row row = tally_step(&tally, 0, 1);
    CHECK(row.people == 4);
    CHECK_NEAR(row.mean, (8.0 + 8589934592.0 + 4294967295.0) / 4, 0);
    tally_free(&tally);
}

static void test_an_empty_group(void)
{
    struct tally tally = {.steps = STEPS};
    struct tally_row row = tally_step(&tally, 0, 2);
    CHECK(row.people == 0 && row.previous == 0 && row.dropped == 0);
    tally_free(&tally);
}

static const struct tally_row sound[STEPS] = {
    {.people = 9},
    {.people = 6, .previous = 9, .dropped = 3, .open = 3},
    {.people = 6, .previous = 6},
};

static size_t breach_with(size_t step, struct tally_row planted)
{
    struct tally_row rows[STEPS] = {sound[0], sound[1], sound[2]};
    rows[step] = planted;
    return tally_breach(&(struct tally){.steps = STEPS}, rows);
}

static void test_planted_breaches(void)
{
    CHECK(tally_breach(&(struct tally){.steps = STEPS}, sound) == STEPS);
    CHECK(breach_with(1, (struct tally_row){.people = 10, .previous = 9}) == 1);              // rises
    CHECK(breach_with(1, (struct tally_row){.people = 6, .previous = 9, .dropped = 2}) == 1); // one is lost
    CHECK(breach_with(2, (struct tally_row){.people = 4, .previous = 5, .dropped = 1}) == 2); // other people before
    CHECK(breach_with(2, (struct tally_row){.people = 6, .previous = 6, .open = 1}) == 2);    // open, but not dropped
    CHECK(breach_with(1, (struct tally_row){.people = 10, .previous = 9, .dropped = (uint64_t)-1}) == 1); // wraps
}

int main(void)
{
    test_counts();
    test_times();
    test_optional_steps();
    test_wide_times();
    test_an_empty_group();
    test_planted_breaches();
    return tap_done();
}
