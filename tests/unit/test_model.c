// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * model: what must hold for every continuous model, whatever its formulas are: probabilities add up to 1, the
 * expectation over two horizons one after the other is that over both, silence makes a customer less alive, the
 * unit of time changes nothing, and names lead to models.
 */
#include "../../cmd/score/model.h"

#include <math.h>

#include "../../cmd/score/quadrature.h"
#include "../../cmd/score/special.h"
#include "tap.h"

enum {
    MOST_PURCHASES = 140,
    PANELS = 6,
};

static const struct model_parameters points[] = {
    {{0.8, 10, 0.7, 1.9}, 1}, {{0.3, 4, 1, 2.5}, 1}, {{2.5, 40, 0.4, 20}, 1},
    {{2.5, 15, 0.6, 1.5}, 2}, {{6, 18, 2, 5}, 3},
};

static double likelihood(const struct model *model, const struct model_parameters *at, const struct history *row)
{
    struct histories histories = {0};
    histories_add(&histories, row, 1);
    histories_settle(&histories);
    double value = exp(model->evaluate(at, &histories, true).value);
    histories_free(&histories);
    return value;
}

static struct prediction predict(const struct model *model, const struct model_parameters *at,
                                 const struct history *row, double length, double discount)
{
    struct histories histories = {0};
    struct horizon horizon = {length, discount};
    struct prediction prediction;
    histories_add(&histories, row, 1);
    histories_settle(&histories);
    model->predict(at, &histories, &horizon, &prediction);
    histories_free(&histories);
    return prediction;
}

// The density of the last of x purchases, all places of the others among them: for Poisson purchases t^(x-1)/(x-1)!
// times the likelihood; for every k-th tick t^(kx-1)/(kx-1)! times the likelihood without its gaps.
static double density(const struct model *model, const struct model_parameters *at, const struct history *row)
{
    double ticks = at->shape * row->x;
    double ways = (ticks - 1) * log(row->t_x) - lgamma(ticks) + row->x * lgamma(at->shape);
    return likelihood(model, at, row) * exp(ways);
}

// Sums over all that can happen to a new customer until `time`.
struct outcomes {
    double probability;
    double later; // orders expected in the `length` after
    double silent;
};

static void add_outcome(struct outcomes *outcomes, const struct model *model, const struct model_parameters *at,
                        const struct history *row, double length, double share)
{
    struct prediction prediction = predict(model, at, row, length, 0);
    outcomes->probability += share;
    outcomes->later += share * prediction.orders;
    outcomes->silent += share * prediction.p_no_order;
}

static struct outcomes add_up(const struct model *model, const struct model_parameters *at, double time, double length)
{
    struct quadrature quadrature;
    struct outcomes outcomes = {0};
    quadrature_set(&quadrature, 16);
    struct history row = {.T = time};
    add_outcome(&outcomes, model, at, &row, length, likelihood(model, at, &row));
    for (row.x = 1; row.x <= MOST_PURCHASES; row.x++) {
        for (int panel = 0; panel < PANELS; panel++) {
            for (size_t i = 0; i < quadrature.count; i++) {
                row.t_x = time * (panel + quadrature.nodes[i]) / PANELS;
                double share = quadrature.weights[i] * time / PANELS * density(model, at, &row);
                if (share > 1e-14) {
                    add_outcome(&outcomes, model, at, &row, length, share);
                }
            }
        }
    }
    return outcomes;
}

static void test_additive(const struct model *model, const struct model_parameters *at)
{
    struct history fresh = {0};
    struct outcomes outcomes = add_up(model, at, 12, 20);
    double first = predict(model, at, &fresh, 12, 0).orders;
    double both = predict(model, at, &fresh, 32, 0).orders;
    CHECK_NEAR(outcomes.probability, 1, 1e-8);
    CHECK_NEAR(first + outcomes.later, both, 1e-8 * both);
}

// Who was silent until 12 and stays so for 20 was silent until 32.
static void test_silent(const struct model *model, const struct model_parameters *at)
{
    struct history fresh = {0};
    struct history quiet = {.T = 12};
    double now = predict(model, at, &quiet, 20, 0).p_no_order;
    CHECK_NEAR(likelihood(model, at, &quiet) * now, predict(model, at, &fresh, 32, 0).p_no_order, 1e-12);
    CHECK_NEAR(likelihood(model, at, &quiet), predict(model, at, &fresh, 12, 0).p_no_order, 1e-12);
}

static void test_silence(const struct model *model, const struct model_parameters *at)
{
    bool falls = true;
    double last = 2;
    for (double silence = 0; silence < 400; silence += 2.5) {
        struct history row = {.x = 7, .t_x = 30, .T = 30 + silence};
        struct prediction prediction = predict(model, at, &row, 10, 0.01);
        falls = falls && prediction.p_alive < last && prediction.p_alive > 0 && prediction.p_no_order <= 1 &&
                prediction.discounted < prediction.orders;
        last = prediction.p_alive;
    }
    CHECK(falls);
}

// Days and weeks.
static void test_units(const struct model *model, const struct model_parameters *at)
{
    struct history days = {.x = 5, .t_x = 70, .T = 91};
    struct history weeks = {.x = 5, .t_x = 10, .T = 13};
    struct model_parameters scaled = *at;
    for (size_t i = 0; i < model->count; i++) {
        scaled.values[i] *= model->scaled[i] ? 7 : 1;
    }
    struct prediction one = predict(model, at, &weeks, 52, 0.0014);
    struct prediction two = predict(model, &scaled, &days, 364, 0.0002);
    CHECK_NEAR(two.p_alive / one.p_alive, 1, 1e-12);
    CHECK_NEAR(two.p_no_order / one.p_no_order, 1, 1e-12);
    CHECK_NEAR(two.orders / one.orders, 1, 1e-12);
    CHECK_NEAR(two.discounted / one.discounted, 1, 1e-12);
}

static void test_names(void)
{
    for (const struct model *const *model = model_all(); *model != NULL; model++) {
        CHECK(model_find(slice_of((*model)->name)) == *model);
    }
    CHECK(model_find(slice_of("BG/NBD")) == NULL);
}

int main(void)
{
    special_prepare();
    test_names();
    for (const struct model *const *model = model_all(); *model != NULL; model++) {
        for (size_t i = 0; (*model)->kind == MODEL_CONTINUOUS && i < sizeof points / sizeof points[0]; i++) {
            if (points[i].shape > 1 && !(*model)->shaped) {
                continue;
            }
            printf("# %s at point %zu\n", (*model)->name, i);
            test_additive(*model, &points[i]);
            test_silent(*model, &points[i]);
            test_units(*model, &points[i]);
            if ((*model)->dropout[2]) {
                test_silence(*model, &points[i]);
            }
        }
    }
    return tap_done();
}
