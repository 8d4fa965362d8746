// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Tests of groups: each learns from its own values only, in whatever order they come, and unknown ones are told apart.
 */
#include "../../cmd/segment/strata.h"

#include <stdbool.h>

#include "tap.h"

// "Learns" how many values there are, and their sum.
static void count_and_sum(struct levels *levels, money_wide *values, size_t count)
{
    *levels = (struct levels){.low = (money_wide)count};
    for (size_t i = 0; i < count; i++) {
        levels->high += values[i];
    }
}

static bool has(const struct strata *strata, const char *group, int low, int high)
{
    const struct levels *levels = strata_find(strata, slice_of(group));
    return levels != NULL && levels->low == low && levels->high == high;
}

static void groups_learn_from_their_own_values(void)
{
    struct strata *strata = strata_create();
    static const char *const groups[] = {"b", "a", "", "b", "b", "a"};
    for (int i = 0; i < 6; i++) {
        strata_add(strata, slice_of(groups[i]), i + 1);
    }
    strata_add(strata, slice_of("a"), 0);
    strata_add(strata, slice_of("a"), -9);
    strata_add(strata, slice_of("none"), -1);
    strata_learn(strata, count_and_sum);
    CHECK(strata_count(strata) == 3);
    CHECK(slice_is(strata_group(strata, 0), "b") && slice_is(strata_group(strata, 1), "a"));
    CHECK(has(strata, "b", 3, 10) && has(strata, "a", 2, 8) && has(strata, "", 1, 3));
    CHECK(strata_find(strata, slice_of("none")) == NULL);
    strata_free(strata);
}

static void levels_may_be_given(void)
{
    struct strata *strata = strata_create();
    *strata_give(strata, slice_of("x")) = (struct levels){3, 4};
    CHECK(has(strata, "x", 3, 4) && strata_find(strata, slice_of("y")) == NULL);
    strata_free(strata);
}

static void nothing_is_learnt_of_nothing(void)
{
    struct strata *strata = strata_create();
    strata_learn(strata, count_and_sum);
    CHECK(strata_count(strata) == 0 && strata_find(strata, slice_of("")) == NULL);
    strata_free(strata);
}

int main(void)
{
    groups_learn_from_their_own_values();
    levels_may_be_given();
    nothing_is_learnt_of_nothing();
    return tap_done();
}
