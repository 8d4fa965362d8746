// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * histories: equal ones are one row, rows are sorted whatever order they came in, numbers lead back to rows, and
 * weights are added without regard to the order.
 */
#include "../../cmd/score/histories.h"

#include <stdlib.h>

#include "tap.h"

enum {
    CUSTOMERS = 30000,
};

static struct history random_history(void)
{
    struct history history = {.x = rand() % 5, .T = rand() % 60};
    history.t_x = history.x == 0 ? 0 : rand() % 60;
    return history;
}

static bool equal(const struct history *a, const struct history *b)
{
    return a->x == b->x && a->T == b->T && a->t_x == b->t_x && a->litt == b->litt && a->m == b->m;
}

static void test_by_hand(void)
{
    struct histories histories = {0};
    struct history late = {.x = 2, .T = 9, .t_x = 4};
    struct history early = {.x = 1, .T = 9, .t_x = 4};
    struct history longer = {.x = 2, .T = 9, .t_x = 5};
    uint32_t first = histories_add(&histories, &late, 1);
    uint32_t second = histories_add(&histories, &longer, 0.5);
    uint32_t third = histories_add(&histories, &early, 1);
    CHECK(histories_add(&histories, &late, 1) == first);
    uint32_t heavy = histories_add(&histories, &late, 2.5);
    histories_settle(&histories);
    CHECK(histories.count == 3);
    CHECK(histories.customers == 6);
    CHECK(histories_position(&histories, third) == 0);
    CHECK(histories_position(&histories, first) == 1 && histories_position(&histories, heavy) == 1);
    CHECK(histories_position(&histories, second) == 2);
    CHECK(histories.weights[0] == 1 && histories.weights[1] == 4.5 && histories.weights[2] == 0.5);
    histories_free(&histories);
}

static void test_nothing(void)
{
    struct histories histories = {0};
    histories_settle(&histories);
    CHECK(histories.count == 0 && histories.customers == 0);
    histories_free(&histories);
}

// Many customers, forwards and backwards, with weights that no double can hold.
static void test_order(void)
{
    static struct history customers[CUSTOMERS];
    static uint32_t numbers[CUSTOMERS];
    static const double weights[] = {0.1, 0.7, 1, 1e9};
    struct histories forward = {0};
    struct histories backward = {0};
    srand(11);
    for (size_t i = 0; i < CUSTOMERS; i++) {
        customers[i] = random_history();
        numbers[i] = histories_add(&forward, &customers[i], weights[i % 4]);
    }
    for (size_t i = CUSTOMERS; i-- > 0;) {
        histories_add(&backward, &customers[i], weights[i % 4]);
    }
    histories_settle(&forward);
    histories_settle(&backward);
    bool same = forward.count == backward.count && forward.customers == backward.customers;
    for (size_t i = 0; same && i < forward.count; i++) {
        same = equal(&forward.rows[i], &backward.rows[i]) && forward.weights[i] == backward.weights[i];
    }
    CHECK(same);
    bool found = true;
    for (size_t i = 0; i < CUSTOMERS; i++) {
        found = found && equal(&customers[i], &forward.rows[histories_position(&forward, numbers[i])]);
    }
    CHECK(found);
    bool distinct = true;
    for (size_t i = 1; i < forward.count; i++) {
        distinct =
            distinct && !equal(&forward.rows[i - 1], &forward.rows[i]) && forward.rows[i - 1].x <= forward.rows[i].x;
    }
    CHECK(distinct);

    struct histories some = {0};
    histories_thin(&some, &forward, 10);
    CHECK(some.count == (forward.count + 4) / 10);
    CHECK(equal(&some.rows[0], &forward.rows[5]) && some.weights[0] == forward.weights[5]);
    histories_free(&some);
    histories_free(&forward);
    histories_free(&backward);
}

int main(void)
{
    test_by_hand();
    test_nothing();
    test_order();
    return tap_done();
}
