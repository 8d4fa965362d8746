// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * labels: lists of a policy, matching, and labels that no customer has.
 */
#include "../../cmd/remind/labels.h"

#include "tap.h"

static struct labels labels;
static struct arena arena;

static struct labels_wanted wanted(const char *list)
{
    struct labels_wanted result = {0};
    CHECK(labels_read(&labels, slice_of(list), &arena, &result));
    return result;
}

static bool matches(struct labels_wanted list, const char *label)
{
    return labels_match(&list, labels_of_customer(&labels, slice_of(label)));
}

static void test_lists(void)
{
    struct labels_wanted one = wanted("new");
    struct labels_wanted two = wanted(" lost | new ");
    struct labels_wanted any = wanted("*");
    CHECK(matches(one, "new") && matches(one, " new ") && !matches(one, "New") && !matches(one, ""));
    CHECK(matches(two, "new") && matches(two, "lost") && !matches(two, "lost | new"));
    CHECK(matches(any, "anything") && matches(any, "") && matches(wanted(""), "x"));
}

static void test_lists_that_are_none(void)
{
    struct labels_wanted result;
    CHECK(!labels_read(&labels, slice_of("new|"), &arena, &result));
    CHECK(!labels_read(&labels, slice_of("|new"), &arena, &result));
    CHECK(!labels_read(&labels, slice_of("a||b"), &arena, &result));
    CHECK(!labels_read(&labels, slice_of("a|*"), &arena, &result));
}

static void test_absent_labels_are_told_with_the_nearest(void)
{
    struct slice label;
    struct slice nearest;
    uint32_t next = 0;
    struct labels_wanted list = wanted("champions|promisng");
    labels_of_customer(&labels, slice_of("promising"));
    labels_of_customer(&labels, slice_of("lost"));
    CHECK(list.count == 2);
    CHECK(labels_absent(&labels, &next, &label, &nearest) && slice_is(label, "champions") && nearest.length == 0);
    CHECK(labels_absent(&labels, &next, &label, &nearest) && slice_is(label, "promisng") &&
          slice_is(nearest, "promising"));
    CHECK(!labels_absent(&labels, &next, &label, &nearest));
}

int main(void)
{
    labels_begin(&labels);
    test_lists();
    labels_free(&labels);
    labels_begin(&labels);
    test_lists_that_are_none();
    labels_free(&labels);
    labels_begin(&labels);
    test_absent_labels_are_told_with_the_nearest();
    labels_free(&labels);
    labels_free(&(struct labels){0});
    arena_free(&arena);
    return tap_done();
}
