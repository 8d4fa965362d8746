// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Tests of levels against the definitions read literally, every value against every other, on random values with many
 * ties; and of the cuts at the edges.
 */
#include "../../cmd/segment/levels.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "tap.h"

enum {
    MOST = 60,
};

static money_wide whole(int64_t value)
{
    return (money_wide)value * 1000000000000000;
}

static void tertiles_are_quantiles_of_type_7(void)
{
    struct levels levels;
    money_wide seven[] = {whole(7), whole(1), whole(5), whole(3), whole(2), whole(6), whole(4)};
    levels_by_tertile(&levels, seven, 7);
    CHECK(levels.low == whole(3) && levels.high == whole(5));
    money_wide three[] = {whole(1), whole(2), whole(4)}; // positions 2/3 and 4/3
    levels_by_tertile(&levels, three, 3);
    CHECK(levels.low == whole(1) + whole(2) / 3 && levels.high == whole(2) + whole(2) / 3);
    CHECK(levels_of(&levels, levels.low) == LEVEL_LOW && levels_of(&levels, levels.low + 1) == LEVEL_MIDDLE);
    CHECK(levels_of(&levels, levels.high) == LEVEL_MIDDLE && levels_of(&levels, levels.high + 1) == LEVEL_HIGH);
    levels_by_tertile(&levels, three, 1);
    CHECK(levels.low == whole(1) && levels.high == whole(1));
    levels_by_tertile(&levels, three, 0);
    CHECK(levels.low == 0 && levels.high == 0);
}

static void shares_at_the_edges(void)
{
    struct levels levels;
    money_wide edge[] = {whole(80), whole(15), whole(5)};
    levels_by_share(&levels, edge, 3);
    CHECK(levels.high == whole(15) && levels.low == whole(5));
    money_wide giant[] = {whole(1), whole(1), whole(1000)};
    levels_by_share(&levels, giant, 3);
    CHECK(levels.high == whole(1) && levels.low == whole(1));
    money_wide equal[] = {whole(2), whole(2), whole(2)};
    levels_by_share(&levels, equal, 3);
    CHECK(levels.high == 0 && levels.low == 0);
    levels_by_share(&levels, equal, 0);
    CHECK(levels.high == 0 && levels.low == 0);
    money_wide large[] = {whole(9000000000000), whole(1)};
    levels_by_share(&levels, large, 2);
    CHECK(levels.high == whole(1) && levels.low == whole(1));
}

// The level of one value by the share of those strictly ahead of it.
static enum level share_level(const money_wide *values, size_t count, money_wide value)
{
    money_wide total = 0;
    money_wide ahead = 0;
    for (size_t i = 0; i < count; i++) {
        total += values[i];
        ahead += values[i] > value ? values[i] : 0;
    }
    return ahead * 100 < total * 80 ? LEVEL_HIGH : ahead * 100 < total * 95 ? LEVEL_MIDDLE : LEVEL_LOW;
}

// A value is above the quantile at part/3 when more than (count - 1) * part / 3 values are strictly below it.
static enum level tertile_level(const money_wide *values, size_t count, money_wide value)
{
    size_t below = 0;
    for (size_t i = 0; i < count; i++) {
        below += values[i] < value;
    }
    return 3 * below > 2 * (count - 1) ? LEVEL_HIGH : 3 * below > count - 1 ? LEVEL_MIDDLE : LEVEL_LOW;
}

static uint64_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005U + 1442695040888963407U;
    return *state >> 33;
}

static void random_values_have_the_levels_of_the_definition(void)
{
    uint64_t state = 20261121;
    bool right = true;
    size_t levels_seen[3] = {0};
    for (int round = 0; round < 3000; round++) {
        money_wide values[MOST];
        money_wide copy[MOST];
        size_t count = 1 + next_random(&state) % MOST;
        uint64_t range = 1 + next_random(&state) % (round % 3 == 0 ? 6 : 5000);
        for (size_t i = 0; i < count; i++) {
            uint64_t value = 1 + next_random(&state) % range;
            values[i] = (money_wide)(round % 2 == 0 ? value : value * value * value);
        }
        struct levels by_share;
        struct levels by_tertile;
        memcpy(copy, values, sizeof copy);
        levels_by_share(&by_share, copy, count);
        memcpy(copy, values, sizeof copy);
        levels_by_tertile(&by_tertile, copy, count);
        for (size_t i = 0; i < count; i++) {
            enum level level = levels_of(&by_share, values[i]);
            right = right && level == share_level(values, count, values[i]);
            right = right && levels_of(&by_tertile, values[i]) == tertile_level(values, count, values[i]);
            levels_seen[level]++;
        }
    }
    CHECK(right);
    CHECK(levels_seen[LEVEL_HIGH] > 1000 && levels_seen[LEVEL_MIDDLE] > 1000 && levels_seen[LEVEL_LOW] > 1000);
}

int main(void)
{
    tertiles_are_quantiles_of_type_7();
    shares_at_the_edges();
    random_values_have_the_levels_of_the_definition();
    return tap_done();
}
