// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * attribution: shares by hand; Shapley values against the definition, a mean over all orders of the channels; removal
 * effects against the chain run step by step without the channel; the same digits for paths in any order.
 */
#include "../../cmd/funnel/attribution.h"

#include <stdlib.h>

#include "tap.h"

enum {
    CHANNELS = 4,
    PATHS = 6,
    LONGEST = 5,
    STEPS = 4000,
};

struct path {
    struct attribution_touch touches[LONGEST];
    size_t count;
    double conversions;
    double nulls;
};

static struct attribution *attribute(enum attribution_model model, const struct path *paths, size_t count)
{
    struct attribution *attribution = attribution_create(model, CHANNELS, 0);
    for (size_t i = 0; i < count; i++) {
        attribution_add(attribution, paths[i].touches, paths[i].count, paths[i].conversions, paths[i].nulls,
                        10 * paths[i].conversions);
    }
    attribution_settle(attribution);
    CHECK(attribution_is_sound(attribution));
    return attribution;
}

static void check_shares(enum attribution_model model, const struct path *path, double a, double b, double c)
{
    struct attribution *attribution = attribute(model, path, 1);
    CHECK_NEAR(attribution_conversions(attribution, 0), a, 1e-15);
    CHECK_NEAR(attribution_conversions(attribution, 1), b, 1e-15);
    CHECK_NEAR(attribution_conversions(attribution, 2), c, 1e-15);
    CHECK_NEAR(attribution_value(attribution, 1), 10 * b, 1e-14);
    attribution_free(attribution);
}

// b, c, b, a, one conversion; a is the direct channel.
static void test_by_hand(void)
{
    struct path path = {{{1, 3}, {2, 2}, {1, 1}, {0, 0}}, 4, 1, 0};
    check_shares(ATTRIBUTION_FIRST, &path, 0, 1, 0);
    check_shares(ATTRIBUTION_LAST, &path, 1, 0, 0);
    check_shares(ATTRIBUTION_LAST_NONDIRECT, &path, 0, 1, 0);
    check_shares(ATTRIBUTION_LINEAR, &path, 0.25, 0.5, 0.25);
    check_shares(ATTRIBUTION_POSITION, &path, 0.4, 0.5, 0.1);
    check_shares(ATTRIBUTION_DECAY, &path, 8 / 15.0, 5 / 15.0, 2 / 15.0);
    check_shares(ATTRIBUTION_SHAPLEY, &path, 1 / 3.0, 1 / 3.0, 1 / 3.0);
    check_shares(ATTRIBUTION_MARKOV, &path, 0.4, 0.4, 0.2); // all pass through a and b, half of them through c
    struct path two = {{{1, 1e6}, {0, 1e6 - 1}}, 2, 1, 0};
    check_shares(ATTRIBUTION_POSITION, &two, 0.5, 0.5, 0);
    check_shares(ATTRIBUTION_DECAY, &two, 2 / 3.0, 1 / 3.0, 0);
    struct path direct = {{{0, 1}, {0, 0}}, 2, 1, 0};
    check_shares(ATTRIBUTION_LAST_NONDIRECT, &direct, 1, 0, 0);
}

static void test_nobody(void)
{
    double value;
    struct path paths[] = {{{{1, 0}}, 1, 2, 1}, {{{0, 0}}, 0, 3, 0}};
    struct attribution *attribution = attribute(ATTRIBUTION_MARKOV, paths, 2);
    CHECK_NEAR(attribution_unattributed(attribution, &value), 3, 0);
    CHECK_NEAR(value, 30, 0);
    CHECK_NEAR(attribution_conversions(attribution, 1), 2, 0);
    CHECK_NEAR(attribution_total(attribution), 5, 0);
    attribution_free(attribution);
}

// Before the chain is asked nobody has the conversions: that does not add up, and is noticed.
static void test_breach(void)
{
    struct attribution_touch touch = {1, 0};
    struct attribution *attribution = attribution_create(ATTRIBUTION_MARKOV, CHANNELS, UINT32_MAX);
    attribution_add(attribution, &touch, 1, 5, 1, 0);
    CHECK(!attribution_is_sound(attribution));
    attribution_settle(attribution);
    CHECK(attribution_is_sound(attribution));
    attribution_free(attribution);
}

static void random_paths(struct path *paths)
{
    for (int i = 0; i < PATHS; i++) {
        paths[i].count = 1 + (size_t)rand() % LONGEST;
        paths[i].conversions = rand() % 4;
        paths[i].nulls = rand() % 4;
        for (size_t j = 0; j < paths[i].count; j++) {
            paths[i].touches[j] = (struct attribution_touch){(uint32_t)(rand() % CHANNELS), rand() % 5};
        }
    }
}

// Conversions of the paths that need only these channels.
static double earned(const struct path *paths, unsigned channels)
{
    double sum = 0;
    for (int i = 0; i < PATHS; i++) {
        bool needs_other = false;
        for (size_t j = 0; j < paths[i].count; j++) {
            needs_other = needs_other || (channels >> paths[i].touches[j].channel & 1) == 0;
        }
        sum += needs_other ? 0 : paths[i].conversions;
    }
    return sum;
}

static double shapley(const struct path *paths, unsigned channel)
{
    static const double weights[CHANNELS] = {6 / 24.0, 2 / 24.0, 2 / 24.0, 6 / 24.0}; // s! (n - s - 1)! / n!
    double sum = 0;
    for (unsigned set = 0; set < 1U << CHANNELS; set++) {
        if ((set >> channel & 1) == 0) {
            int size = 0;
            for (unsigned i = 0; i < CHANNELS; i++) {
                size += (set >> i & 1) != 0;
            }
            sum += weights[size] * (earned(paths, set | 1U << channel) - earned(paths, set));
        }
    }
    return sum;
}

// Who converts of those who start, when everybody who comes to `removed` is lost: the chain, step by step.
static double converting(const struct path *paths, unsigned removed)
{
    double counts[CHANNELS + 1][CHANNELS + 2] = {{0}};
    for (int i = 0; i < PATHS; i++) {
        size_t row = CHANNELS;
        double times = paths[i].conversions + paths[i].nulls;
        for (size_t j = 0; j < paths[i].count; j++) {
            counts[row][paths[i].touches[j].channel] += times;
            row = paths[i].touches[j].channel;
        }
        counts[row][CHANNELS] += paths[i].conversions;
        counts[row][CHANNELS + 1] += paths[i].nulls;
    }
    double at[CHANNELS + 1] = {0};
    double converted = 0;
    at[CHANNELS] = 1;
    for (int step = 0; step < STEPS; step++) {
        double next[CHANNELS + 1] = {0};
        for (size_t row = 0; row <= CHANNELS; row++) {
            double total = 0;
            for (size_t i = 0; i < CHANNELS + 2; i++) {
                total += counts[row][i];
            }
            for (size_t i = 0; i < CHANNELS && total > 0; i++) {
                next[i] += i == removed ? 0 : at[row] * counts[row][i] / total;
            }
            converted += total > 0 ? at[row] * counts[row][CHANNELS] / total : 0;
        }
        for (size_t i = 0; i <= CHANNELS; i++) {
            at[i] = next[i];
        }
    }
    return converted;
}

static bool markov_agrees(const struct path *paths, const struct attribution *attribution)
{
    double effects[CHANNELS];
    double sum = 0;
    double all = converting(paths, CHANNELS);
    bool agrees = true;
    for (unsigned i = 0; i < CHANNELS; i++) {
        effects[i] = all > 0 ? 1 - converting(paths, i) / all : 0;
        sum += effects[i];
    }
    for (unsigned i = 0; i < CHANNELS && sum > 0; i++) {
        double expected = effects[i] / sum * attribution_total(attribution);
        agrees = agrees && fabs(attribution_conversions(attribution, i) - expected) < 1e-9;
    }
    return agrees;
}

static void test_random(void)
{
    int shapley_good = 0;
    int markov_good = 0;
    int order_good = 0;
    for (int round = 0; round < 100; round++) {
        struct path paths[PATHS];
        struct path reversed[PATHS];
        random_paths(paths);
        for (int i = 0; i < PATHS; i++) {
            reversed[i] = paths[PATHS - 1 - i];
        }
        struct attribution *markov = attribute(ATTRIBUTION_MARKOV, paths, PATHS);
        struct attribution *fair = attribute(ATTRIBUTION_SHAPLEY, paths, PATHS);
        struct attribution *decay = attribute(ATTRIBUTION_DECAY, paths, PATHS);
        struct attribution *decay_reversed = attribute(ATTRIBUTION_DECAY, reversed, PATHS);
        struct attribution *markov_reversed = attribute(ATTRIBUTION_MARKOV, reversed, PATHS);
        bool agrees = true;
        bool same = true;
        for (unsigned i = 0; i < CHANNELS; i++) {
            agrees = agrees && fabs(attribution_conversions(fair, i) - shapley(paths, i)) < 1e-12;
            same = same && attribution_conversions(decay, i) == attribution_conversions(decay_reversed, i) &&
                   attribution_conversions(markov, i) == attribution_conversions(markov_reversed, i);
        }
        shapley_good += agrees;
        order_good += same;
        markov_good += markov_agrees(paths, markov);
        attribution_free(markov);
        attribution_free(fair);
        attribution_free(decay);
        attribution_free(decay_reversed);
        attribution_free(markov_reversed);
    }
    CHECK(shapley_good == 100);
    CHECK(order_good == 100);
    CHECK(markov_good == 100);
}

int main(void)
{
    test_by_hand();
    test_nobody();
    test_breach();
    srand(4);
    test_random();
    return tap_done();
}
