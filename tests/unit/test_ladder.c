// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Tests of the ladder: what happens between any two labels on any day, by a table of the promise, and over chains of
 * runs.
 */
#include "../../cmd/segment/ladder.h"

#include <stdbool.h>
#include <stddef.h>

#include "../../cmd/segment/names.h"
#include "date.h"
#include "tap.h"

enum {
    TODAY = 20000,
};

static const struct period ninety = {.seconds = INT64_C(90) * 86400};

static struct ladder_standing step(const char *before, int32_t seen, const char *found)
{
    struct ladder_standing standing = {slice_of(before), seen - 50, seen};
    return ladder_step(&standing, slice_of(found), TODAY, ninety);
}

static void every_two_labels_on_every_day(void)
{
    static const char *const labels[] = {"prospect", "interested", "new",    "repeat", "loyal", "advocate", "core",
                                         "host",     "paused",     "lapsed", "lost",   "vip",   ""};
    enum { LABELS = sizeof labels / sizeof labels[0], RUNGS = 8, NONE = LABELS - 1 };
    bool right = true;
    for (int before = 0; before < LABELS; before++) {
        for (int found = 0; found < LABELS; found++) {
            for (int ago = 0; ago <= 180; ago += 30) {
                struct ladder_standing got = step(labels[before], TODAY - ago, labels[found]);
                bool down = before < RUNGS && (found < before || found == NONE);
                bool keeps = down && ago < 90;
                bool stays = keeps || before == found;
                right = right && slice_is(got.stage, labels[keeps ? before : found]);
                right = right && got.since == (stays ? TODAY - ago - 50 : TODAY);
                right = right && got.seen == (keeps ? TODAY - ago : TODAY);
            }
        }
    }
    CHECK(right);
}

static void the_day_itself(void)
{
    CHECK(slice_is(step("core", TODAY - 89, "new").stage, "core"));
    CHECK(slice_is(step("core", TODAY - 90, "new").stage, "new"));
    struct ladder_standing standing = {slice_of("core"), TODAY, TODAY};
    CHECK(slice_is(ladder_step(&standing, slice_of("new"), TODAY, ninety).stage, "core"));
}

static void months_are_civil(void)
{
    struct period month = {.months = 1};
    int32_t january = 0;
    date_from_civil((struct date_civil){2026, 1, 31}, &january);
    struct ladder_standing standing = {slice_of("core"), january, january};
    CHECK(slice_is(ladder_step(&standing, slice_of("new"), january + 27, month).stage, "core"));
    CHECK(slice_is(ladder_step(&standing, slice_of("new"), january + 28, month).stage, "new")); // 28 February
}

static void who_is_new_here_stands_where_he_is_found(void)
{
    struct ladder_standing got = ladder_step(NULL, slice_of("loyal"), TODAY, ninety);
    CHECK(slice_is(got.stage, "loyal") && got.since == TODAY && got.seen == TODAY);
}

static void the_stages_have_an_order_and_a_name(void)
{
    size_t count = 0;
    for (; ladder_stages[count] != NULL; count++) {
        struct slice stage = slice_of(ladder_stages[count]);
        CHECK(ladder_position(stage) == (int)count);
        CHECK(slice_equal(names_english(names_label(NAMES_ZH, stage)), stage));
    }
    CHECK(count == 8);
    CHECK(ladder_position(slice_of("paused")) == LADDER_BESIDE && ladder_position(slice_of("")) == LADDER_BESIDE);
    CHECK(slice_is(names_english(slice_of("vip")), "vip"));
}

int main(void)
{
    every_two_labels_on_every_day();
    the_day_itself();
    months_are_civil();
    who_is_new_here_stands_where_he_is_found();
    the_stages_have_an_order_and_a_name();
    return tap_done();
}
