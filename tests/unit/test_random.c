// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The generator against its published numbers, and its shares.
 */
#include "../../cmd/segment/random.h"

#include <stdint.h>

#include "tap.h"

// What Vigna's splitmix64.c, the generator's usual form, gives.
static void gives_the_published_sequence(void)
{
    uint64_t state = 1234567;
    CHECK(random_next(&state) == UINT64_C(6457827717110365317));
    CHECK(random_next(&state) == UINT64_C(3203168211198807973));
    CHECK(random_next(&state) == UINT64_C(9817491932198370423));
    state = 0;
    CHECK(random_next(&state) == UINT64_C(0xE220A8397B1DCDAF));
}

static void shares_are_spread_evenly_below_one(void)
{
    uint64_t state = 7;
    int counts[10] = {0};
    double sum = 0;
    bool within = true;
    for (int i = 0; i < 100000; i++) {
        double share = random_share(&state);
        within = within && share >= 0 && share < 1;
        counts[(int)(share * 10)]++;
        sum += share;
    }
    CHECK(within);
    CHECK_NEAR(sum / 100000, 0.5, 0.005);
    int uneven = 0;
    for (int i = 0; i < 10; i++) {
        uneven += counts[i] < 9500 || counts[i] > 10500;
    }
    CHECK(uneven == 0);
}

int main(void)
{
    gives_the_published_sequence();
    shares_are_spread_evenly_below_one();
    return tap_done();
}
