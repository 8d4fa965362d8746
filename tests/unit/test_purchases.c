// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * purchases: a case by hand, then random logs against a count of everything kept, in any row order.
 */
#include "../../cmd/score/purchases.h"

#include <stdlib.h>

#include "slice.h"
#include "tap.h"

static const struct money nothing;

static struct money units(int64_t amount)
{
    return (struct money){.micros = amount * MONEY_ONE, .places = 2};
}

static bool add(struct purchases *purchases, const char *customer, int32_t day, int64_t amount)
{
    if (amount < 0) {
        return purchases_add(purchases, slice_of(customer), day, false, nothing, units(-amount), nothing);
    }
    return purchases_add(purchases, slice_of(customer), day, true, units(amount), nothing, nothing);
}

static void test_by_hand(void)
{
    struct purchases *purchases = purchases_create(false);
    purchases_keep_gaps(purchases);
    add(purchases, "ann", 10, 20);
    add(purchases, "bob", 12, -5); // a refund alone
    add(purchases, "ann", 10, 4);  // the same day: one purchase
    add(purchases, "ann", 30, 7);
    add(purchases, "ann", 5, 9); // earlier than all before
    add(purchases, "ann", 30, 1);
    add(purchases, "ann", 31, -2);
    purchases_settle(purchases);
    CHECK(purchases_count(purchases) == 2);

    struct purchases_summary ann = purchases_summary(purchases, purchases_find(purchases, slice_of("ann")));
    CHECK(ann.orders == 5);
    CHECK(ann.revenue.micros == 39 * (money_wide)MONEY_ONE);
    CHECK(ann.first == 5);
    CHECK(ann.last == 30);
    CHECK(ann.x == 2);
    CHECK_NEAR(ann.litt, log(5) + log(20), 1e-15);
    CHECK(ann.repeat.micros == 32 * (money_wide)MONEY_ONE);

    struct purchases_summary bob = purchases_summary(purchases, purchases_find(purchases, slice_of("bob")));
    CHECK(bob.orders == 0);
    CHECK(bob.revenue.micros == -5 * (money_wide)MONEY_ONE);
    CHECK(bob.x == 0 && bob.litt == 0);
    CHECK(purchases_find(purchases, slice_of("eve")) == SIZE_MAX);
    purchases_free(purchases);
}

static void test_sorted(void)
{
    struct purchases *purchases = purchases_create(true);
    CHECK(add(purchases, "ann", 3, 1));
    CHECK(add(purchases, "bob", 1, 1));
    CHECK(add(purchases, "ann", 3, 1));
    CHECK(!add(purchases, "ann", 2, 1));
    CHECK(add(purchases, "ann", 2, -1)); // a refund has no day of its own
    CHECK(add(purchases, "ann", 9, 1));
    purchases_settle(purchases);
    struct purchases_summary ann = purchases_summary(purchases, 0);
    CHECK(ann.orders == 3);
    CHECK(ann.x == 1);
    purchases_free(purchases);
}

enum {
    CUSTOMERS = 7,
    DAYS = 15,
};

// Everything kept: the value of each customer's day, -1 where there was none.
struct kept {
    int64_t value[CUSTOMERS][DAYS];
    int64_t orders[CUSTOMERS];
    int64_t refunded[CUSTOMERS];
};

static bool same(const struct purchases_summary *summary, const struct kept *kept, size_t customer)
{
    int32_t first = -1;
    int32_t last = -1;
    uint32_t days = 0;
    int64_t gross = 0;
    double litt = 0;
    for (int32_t day = 0; day < DAYS; day++) {
        if (kept->value[customer][day] >= 0) {
            first = first < 0 ? day : first;
            litt += last < 0 ? 0 : log(day - last);
            last = day;
            days++;
            gross += kept->value[customer][day];
        }
    }
    if (summary->orders != (uint64_t)kept->orders[customer] ||
        summary->revenue.micros != (money_wide)(gross - kept->refunded[customer]) * MONEY_ONE) {
        return false;
    }
    return days == 0 ||
           (summary->first == first && summary->last == last && summary->x == days - 1 && summary->litt == litt &&
            summary->repeat.micros == (money_wide)(gross - kept->value[customer][first]) * MONEY_ONE);
}

static bool random_log_agrees(void)
{
    static struct kept kept;
    memset(&kept, 0, sizeof kept);
    memset(kept.value, 0xff, sizeof kept.value);
    struct purchases *purchases = purchases_create(false);
    purchases_keep_gaps(purchases);
    int rows = rand() % 60;
    for (int i = 0; i < rows; i++) {
        size_t customer = (size_t)rand() % CUSTOMERS;
        int32_t day = rand() % DAYS;
        int64_t amount = rand() % 30 - 5;
        char name[2] = {(char)('a' + (char)customer), '\0'};
        add(purchases, name, day, amount);
        if (amount < 0) {
            kept.refunded[customer] -= amount;
        } else {
            kept.orders[customer]++;
            int64_t *value = &kept.value[customer][day];
            *value = (*value < 0 ? 0 : *value) + amount;
        }
    }
    purchases_settle(purchases);
    bool agrees = true;
    for (size_t i = 0; i < purchases_count(purchases); i++) {
        struct purchases_summary summary = purchases_summary(purchases, i);
        agrees = agrees && same(&summary, &kept, (size_t)(summary.customer.data[0] - 'a'));
    }
    purchases_free(purchases);
    return agrees;
}

// Rows nearly in order, so that some wait and some are looked at at once: just those are refused that lie before their
// customer's last.
static bool sorted_log_agrees(void)
{
    struct purchases *purchases = purchases_create(true);
    int32_t last[CUSTOMERS] = {0};
    int64_t orders[CUSTOMERS] = {0};
    int64_t costs[CUSTOMERS] = {0};
    bool agrees = true;
    for (int32_t i = 0; i < 200; i++) {
        size_t customer = (size_t)rand() % CUSTOMERS;
        int32_t day = 100 + i / 3 - (rand() % 8 == 0 ? rand() % 12 : 0);
        bool refused = orders[customer] > 0 && day < last[customer];
        char name[60] = "somebody whose name is longer than what a waiting row holds"; // some of them
        size_t length = customer < 2 ? 50 : 5;
        name[0] = (char)('a' + (char)customer);
        agrees = agrees && purchases_add(purchases, (struct slice){name, length}, day, true, units(1), nothing,
                                         units(i % 3)) == !refused;
        if (!refused) {
            last[customer] = day;
            orders[customer]++;
            costs[customer] += i % 3;
        }
    }
    purchases_settle(purchases);
    for (size_t i = 0; i < purchases_count(purchases); i++) {
        struct purchases_summary summary = purchases_summary(purchases, i);
        size_t customer = (size_t)(summary.customer.data[0] - 'a');
        agrees = agrees && summary.orders == (uint64_t)orders[customer] && summary.last == last[customer] &&
                 summary.cost.micros == (money_wide)costs[customer] * MONEY_ONE;
    }
    purchases_free(purchases);
    return agrees;
}

int main(void)
{
    test_by_hand();
    test_sorted();
    srand(7);
    int agreed = 0;
    int sorted = 0;
    for (int i = 0; i < 20000; i++) {
        agreed += random_log_agrees();
        sorted += i % 10 == 0 && sorted_log_agrees();
    }
    CHECK(agreed == 20000);
    CHECK(sorted == 2000);
    return tap_done();
}
