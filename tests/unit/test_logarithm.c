// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * ln(1 + x) against the library's, which is right to a unit of the last digit, and against values to all digits.
 */
#include "../../cmd/segment/logarithm.h"

#include <float.h>
#include <math.h>
#include <stdint.h>

#include "tap.h"

static void known_values(void)
{
    CHECK(logarithm_of_one_more(0) == 0);
    CHECK(logarithm_of_one_more(1) == 0.69314718055994531);
    CHECK_NEAR(logarithm_of_one_more(9), 2.302585092994046, 4.5e-16);
    CHECK_NEAR(logarithm_of_one_more(1e100), 230.25850929940458, 3e-14);
    CHECK(logarithm_of_one_more(1e-20) == 1e-20);
}

static void close_to_the_library_everywhere(void)
{
    double worst = 0;
    uint64_t state = 3;
    for (int i = 0; i < 200000; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        double x = ldexp((double)(state >> 11), (int)(state % 700) - 400);
        double expected = log1p(x);
        if (expected >= DBL_MIN) {
            worst = fmax(worst, fabs(logarithm_of_one_more(x) - expected) / expected);
        }
    }
    CHECK_NEAR(worst, 0, 3 * DBL_EPSILON);
}

static void never_falls_where_it_changes_its_ways(void)
{
    int falls = 0;
    for (int power = -3; power < 60; power++) {
        for (int side = 0; side < 2; side++) {
            double x = ldexp(side == 0 ? 1 : 1.4142135623730951, power) - 1;
            for (int i = 0; i < 100 && x >= 0; i++) {
                double next = nextafter(x, INFINITY);
                // a unit of the last digit is what it may be off
                falls += logarithm_of_one_more(next) < logarithm_of_one_more(x) * (1 - 2 * DBL_EPSILON);
                x = next;
            }
        }
    }
    CHECK(falls == 0);
}

int main(void)
{
    known_values();
    close_to_the_library_everywhere();
    never_falls_where_it_changes_its_ways();
    return tap_done();
}
