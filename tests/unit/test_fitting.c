// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fitting: simulated customers give their parameters back within three standard errors, for every model; the unit
 * of time and the order of the customers change nothing; and what cannot be fitted is told apart.
 */
#include "../../cmd/score/fitting.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "../../cmd/score/special.h"
#include "tap.h"

enum {
    CUSTOMERS = 6000,
};

// splitmix64, so that the customers are the same everywhere.
static double uniform(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return ((double)((z ^ z >> 31) >> 11) + 0.5) / 9007199254740992.0;
}

static double exponential(uint64_t *state)
{
    return -log(uniform(state));
}

// Marsaglia and Tsang (2000).
static double gamma_variate(uint64_t *state, double shape)
{
    double boost = shape < 1 ? pow(uniform(state), 1 / shape) : 1;
    double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
    for (;;) {
        double normal = special_normal_quantile(uniform(state));
        double v = pow(1 + normal / sqrt(9 * d), 3);
        if (v > 0 && log(uniform(state)) < normal * normal / 2 + d - d * v + d * log(v)) {
            return boost * d * v;
        }
    }
}

static double beta_variate(uint64_t *state, double a, double b)
{
    double left = gamma_variate(state, a);
    return left / (left + gamma_variate(state, b));
}

// A customer who buys until a fixed end or drops out after a purchase with chance p; every k-th tick is a purchase.
static struct history buy(uint64_t *state, double rate, unsigned k, double end, double p, bool at_first, double time)
{
    struct history row = {.T = time};
    double now = 0;
    bool alive = !(at_first && uniform(state) < p);
    while (alive) {
        double gap = 0;
        for (unsigned i = 0; i < k; i++) {
            gap += exponential(state) / rate;
        }
        now += gap;
        if (now > fmin(end, time)) {
            break;
        }
        row.x++;
        row.t_x = now;
        row.litt += k > 1 ? log(gap) : 0;
        alive = !(uniform(state) < p);
    }
    return row;
}

static struct history donate(uint64_t *state, const double *values)
{
    double p = beta_variate(state, values[0], values[1]);
    double theta = beta_variate(state, values[2], values[3]);
    struct history row = {.T = 6 + floor(4 * uniform(state))};
    for (double i = 1; i <= row.T && uniform(state) >= theta; i++) {
        if (uniform(state) < p) {
            row.x++;
            row.t_x = i;
        }
    }
    return row;
}

static struct history renew(uint64_t *state, const double *values)
{
    double theta = beta_variate(state, values[0], values[1]);
    struct history row = {.T = 0};
    while (row.T < 8 && row.x == 0) {
        row.T++;
        row.x = uniform(state) < theta;
    }
    return row;
}

static struct history simulate(const struct model *model, const struct model_parameters *at, uint64_t *state)
{
    const double *values = at->values;
    double time = 20 + 60 * uniform(state);
    if (model->kind == MODEL_SPEND) {
        double x = 1 + floor(4 * uniform(state));
        double nu = gamma_variate(state, values[1]) / values[2];
        return (struct history){.x = x, .m = gamma_variate(state, values[0] * x) / (nu * x)};
    }
    if (model->kind == MODEL_DISCRETE) {
        return donate(state, values);
    }
    if (model->kind == MODEL_CONTRACT) {
        return renew(state, values);
    }
    double rate = gamma_variate(state, values[0]) / values[1];
    if (slice_is(slice_of(model->name), "pnbd")) {
        return buy(state, rate, 1, exponential(state) / (gamma_variate(state, values[2]) / values[3]), 0, false, time);
    }
    double p = model->count > 2 ? beta_variate(state, values[2], values[3]) : 0;
    return buy(state, rate, at->shape, INFINITY, p, !slice_is(slice_of(model->name), "bgnbd"), time);
}

static void gather(struct histories *histories, const struct model *model, const struct model_parameters *at,
                   size_t count, double unit)
{
    uint64_t state = 2026;
    for (size_t i = 0; i < count; i++) {
        struct history row = simulate(model, at, &state);
        row.T /= unit;
        row.t_x /= unit;
        row.litt -= row.x * log(unit);
        histories_add(histories, &row, 1);
    }
    histories_settle(histories);
}

struct point {
    const char *model;
    struct model_parameters parameters;
};

static const struct point points[] = {
    {"bgnbd", {{0.6, 6, 0.8, 2.5}, 1}},
    {"mbgnbd", {{0.6, 6, 0.8, 2.5}, 1}},
    {"mbgnbd", {{2, 8, 1.5, 1.2}, 1}},
    {"pnbd", {{0.7, 9, 0.8, 20}, 1}},
    {"mbgcnbd", {{1.5, 3, 0.7, 2}, 3}},
    {"nbd", {{0.5, 9}, 1}},
    {"bgbb", {{1.2, 0.8, 0.7, 2.8}, 1}},
    {"sbg", {{0.7, 3.8}, 1}},
    {"gg", {{6, 4, 15}, 1}},
};

static void test_recovery(void)
{
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++) {
        const struct model *model = model_find(slice_of(points[i].model));
        struct histories histories = {0};
        gather(&histories, model, &points[i].parameters, CUSTOMERS, 1);
        struct fitting fitting = fitting_run(model, &histories);
        printf("# %s: %zu evaluations, slope %g\n", model->name, fitting.evaluations, fitting.slope);
        CHECK(fitting.outcome == FITTING_DONE);
        CHECK(fitting.parameters.shape == points[i].parameters.shape);
        CHECK(fitting.slope < 1e-6);
        for (size_t j = 0; j < model->count; j++) {
            CHECK(fitting.errors[j] > 0);
            CHECK_NEAR(fitting.parameters.values[j], points[i].parameters.values[j], 3 * fitting.errors[j]);
            CHECK(fitting.errors[j] < 0.5 * fitting.parameters.values[j]);
        }
        histories_free(&histories);
    }
}

// A time that is seven times as many days as weeks, and a likelihood that differs by the change of unit alone.
static void test_units(void)
{
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++) {
        const struct model *model = model_find(slice_of(points[i].model));
        if (model->kind != MODEL_CONTINUOUS) {
            continue;
        }
        struct histories weeks = {0};
        struct histories days = {0};
        gather(&weeks, model, &points[i].parameters, 1500, 1);
        gather(&days, model, &points[i].parameters, 1500, 1.0 / 7);
        struct fitting one = fitting_run(model, &weeks);
        struct fitting two = fitting_run(model, &days);
        for (size_t j = 0; j < model->count; j++) {
            double factor = model->scaled[j] ? 7 : 1;
            CHECK_NEAR(two.parameters.values[j] / (factor * one.parameters.values[j]), 1, 1e-9);
            CHECK_NEAR(two.errors[j] / (factor * one.errors[j]), 1, 1e-8);
        }
        histories_free(&weeks);
        histories_free(&days);
    }
}

static void test_nothing_to_learn(void)
{
    struct histories histories = {0};
    struct history silent = {.T = 30};
    histories_add(&histories, &silent, 100);
    histories_settle(&histories);
    CHECK(fitting_run(model_find(slice_of("mbgnbd")), &histories).outcome == FITTING_NO_DATA);
    CHECK(fitting_run(model_find(slice_of("gg")), &histories).outcome == FITTING_NO_DATA);
    histories_free(&histories);
}

// Customers of the NBD never drop out, so the models with dropout have nothing to find.
static void test_no_dropout(void)
{
    const struct model_parameters immortal = {{3, 10}, 1};
    const char *const names[] = {"bgnbd", "mbgnbd", "pnbd"};
    struct histories histories = {0};
    gather(&histories, model_find(slice_of("nbd")), &immortal, 800, 1);
    double nbd = fitting_run(model_find(slice_of("nbd")), &histories).loglik;
    for (size_t i = 0; i < 3; i++) {
        struct fitting fitting = fitting_run(model_find(slice_of(names[i])), &histories);
        CHECK(fitting.outcome == FITTING_NO_DROPOUT || fitting.loglik > nbd + 0.001);
        if (fitting.outcome == FITTING_NO_DROPOUT) {
            CHECK_NEAR(fitting.immortal_loglik, nbd, 1e-3);
        }
    }
    histories_free(&histories);
}

// All customers alike: r and alpha grow together without bound.
static void test_unbounded(void)
{
    struct histories histories = {0};
    for (int i = 0; i < 40; i++) {
        struct history row = {.x = 10, .T = 50, .t_x = 45 + 0.1 * i};
        histories_add(&histories, &row, 1);
    }
    histories_settle(&histories);
    struct fitting fitting = fitting_run(model_find(slice_of("nbd")), &histories);
    CHECK(fitting.outcome == FITTING_UNBOUNDED);
    CHECK(fitting.unbounded < 2);
    histories_free(&histories);
}

int main(void)
{
    special_prepare();
    test_recovery();
    test_units();
    test_nothing_to_learn();
    test_no_dropout();
    test_unbounded();
    return tap_done();
}
