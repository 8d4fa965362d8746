// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * cuts: type-7 cuts by hand, equal values, and what may be typed.
 */
#include "../../cmd/score/cuts.h"

#include "tap.h"

int main(void)
{
    struct cuts cuts = {{0}, 0};
    double values[] = {9, 1, 5, 3, 7, 2, 8, 4, 10, 6};
    cuts_learn(&cuts, values, 10, 5);
    CHECK(cuts.count == 4);
    CHECK_NEAR(cuts.values[0], 2.8, 1e-12); // 1 + 9 * 0.2
    CHECK_NEAR(cuts.values[3], 8.2, 1e-12);
    CHECK(cuts_score(&cuts, 1) == 1);
    CHECK(cuts_score(&cuts, 2.9) == 2);
    CHECK(cuts_score(&cuts, 10) == 5);

    // A value on a cut belongs below it, and ties never part.
    double ties[] = {1, 1, 1, 1, 1, 1, 1, 1, 2, 2};
    cuts_learn(&cuts, ties, 10, 5);
    CHECK(cuts_score(&cuts, 1) == 1);
    CHECK(cuts_score(&cuts, 2) == 5);

    double one[] = {42};
    cuts_learn(&cuts, one, 1, 9);
    CHECK(cuts.count == 8);
    CHECK(cuts_score(&cuts, 42) == 1);
    CHECK(cuts_score(&cuts, 43) == 9);

    cuts_learn(&cuts, one, 0, 5);
    CHECK(cuts.count == 0);

    CHECK(cuts_read(&cuts, slice_of("30,90,180,365")) && cuts.count == 4 && cuts.values[3] == 365);
    CHECK(cuts_read(&cuts, slice_of("1.5")) && cuts.count == 1);
    CHECK(cuts_read(&cuts, slice_of("-1,0,0,2")) && cuts.count == 4);
    CHECK(!cuts_read(&cuts, slice_of("")));
    CHECK(!cuts_read(&cuts, slice_of("3,2")));
    CHECK(!cuts_read(&cuts, slice_of("1,,2")));
    CHECK(!cuts_read(&cuts, slice_of("1,2,")));
    CHECK(!cuts_read(&cuts, slice_of("1;2")));
    CHECK(cuts_read(&cuts, slice_of("1,2,3,4,5,6,7,8")) && cuts.count == CUTS_MOST);
    CHECK(!cuts_read(&cuts, slice_of("1,2,3,4,5,6,7,8,9")));
    return tap_done();
}
