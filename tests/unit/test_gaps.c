// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * gaps: medians by segment, and 90 days where nobody has a gap.
 */
#include "../../cmd/remind/gaps.h"

#include "tap.h"

int main(void)
{
    struct gaps *gaps = gaps_create();
    enum gaps_source source;
    uint32_t a = gaps_group(gaps, slice_of("a"));
    uint32_t b = gaps_group(gaps, slice_of("b"));
    uint32_t empty = gaps_group(gaps, slice_of(""));
    CHECK(gaps_group(gaps, slice_of("a")) == a && a != b);
    gaps_add(gaps, a, 40);
    gaps_add(gaps, a, 10);
    gaps_add(gaps, a, 25);
    gaps_add(gaps, b, 10);
    gaps_add(gaps, b, 21);
    CHECK_NEAR(gaps_usual(gaps, a, &source), 25, 0);
    CHECK(source == GAPS_MEDIAN);
    CHECK_NEAR(gaps_usual(gaps, b, &source), 15.5, 0);
    CHECK_NEAR(gaps_usual(gaps, b, &source), 15.5, 0); // asked again
    CHECK_NEAR(gaps_usual(gaps, empty, &source), 90, 0);
    CHECK(source == GAPS_DEFAULT);
    gaps_free(gaps);
    gaps_free(NULL);
    return tap_done();
}
