// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * bgbb: log-likelihoods and predictions against 40-digit arithmetic (mpmath), where every history's probability is
 * expanded into moments of the beta distribution, and against published numbers; and that probabilities add up.
 */
#include "../../cmd/score/bgbb.h"

#include <math.h>

#include "../../cmd/score/special.h"
#include "reference.h"
#include "tap.h"

// alpha, beta, gamma, delta; x, t_x, n; horizon, discount; log-likelihood, p_alive, p_no_order, orders, discounted,
// without end.
static const struct reference references[] = {
    {{1.2, 0.75, 0.66, 2.78},
     3,
     4,
     6,
     10,
     0.09531017980432486,
     -5.06086817507057496,
     0.438343854584901461,
     0.590522159251669819,
     1.84081270241897758,
     1.17422831395828418,
     1.62137918584261663},
    {{1.2, 0.75, 0.66, 2.78},
     0,
     0,
     6,
     10,
     0.09531017980432486,
     -1.16256390545427347,
     0.107756060653780001,
     0.938852563588476341,
     0.129291014113597325,
     0.0824729041216773464,
     0.113878918221718123},
    {{1.2, 0.75, 0.66, 2.78},
     6,
     6,
     6,
     10,
     0.09531017980432486,
     -2.18838240726571971,
     0.93008474576271186,
     0.0767325383996284166,
     6.69576815976689256,
     4.27113554060489713,
     5.89760115910086598},
    {{0.3, 40, 2, 0.5},
     1,
     30,
     60,
     10,
     0.09531017980432486,
     -12.9893204628402184,
     0.196297515187805423,
     0.979739593561674376,
     0.0222398163676929916,
     0.013986266949466146,
     0.019815187218801198},
    {{20, 5, 0.01, 3},
     2,
     2,
     40,
     10,
     0.09531017980432486,
     -6.48501502753671005,
     7.65670574760657969e-11,
     0.999999999925148811,
     2.58899791907712322e-10,
     1.59108518230418756e-10,
     2.58656634379297351e-10},
    {{1, 1, 1, 1},
     0,
     0,
     0,
     10,
     0.09531017980432486,
     0.0,
     0.5,
     0.648941284885548955,
     1.00993867243867244,
     0.716011514734994656,
     0.818842400039103799},
};

static double loglik(const double *values, double x, double t_x, double n)
{
    struct model_parameters parameters = {{values[0], values[1], values[2], values[3]}, 1};
    struct histories histories = {0};
    struct history row = {.x = x, .t_x = t_x, .T = n};
    histories_add(&histories, &row, 1);
    histories_settle(&histories);
    double value = bgbb_model.evaluate(&parameters, &histories, true).value;
    histories_free(&histories);
    return value;
}

// pymc-marketing (tests/clv/test_distributions.py), and what Hardie's workbook expects of 11,104 donors.
static void test_published(void)
{
    const double rounded[] = {1.2, 0.75, 0.66, 2.78}; // BTYD, man/bgbb.LL.Rd
    CHECK_NEAR(loglik(rounded, 3, 4, 6), -5.060868175, 1e-8);
    const double fitted[] = {1.20352103, 0.74971446, 0.65670989, 2.78339851};
    CHECK_NEAR(loglik(fitted, 6, 6, 6) / -2.18167019, 1, 0.001);
    CHECK_NEAR(loglik(fitted, 1, 1, 6) / -2.28882847, 1, 0.001);
    CHECK_NEAR(loglik(fitted, 0, 0, 6) / -1.16751622, 1, 0.001);
    CHECK_NEAR(11104 * exp(loglik(fitted, 0, 0, 6)), 3454.9, 0.5);
    CHECK_NEAR(11104 * exp(loglik(fitted, 6, 6, 6)), 1253.1, 0.5);
}

// Of x purchases up to t_x the one at t_x is fixed: the others have their choice of places.
static double ways(double x, double t_x)
{
    return x == 0 ? 1 : exp(lgamma(t_x) - lgamma(x) - lgamma(t_x - x + 1));
}

static void test_probabilities_add_up(void)
{
    const double values[] = {1.2, 0.75, 0.66, 2.78};
    for (double n = 1; n <= 41; n += 10) {
        double sum = exp(loglik(values, 0, 0, n));
        for (double t_x = 1; t_x <= n; t_x++) {
            for (double x = 1; x <= t_x; x++) {
                sum += ways(x, t_x) * exp(loglik(values, x, t_x, n));
            }
        }
        CHECK_NEAR(sum, 1, 1e-12);
    }
}

static struct prediction predict(const double *values, double x, double t_x, double n, double length)
{
    struct model_parameters parameters = {{values[0], values[1], values[2], values[3]}, 1};
    struct horizon horizon = {length, 0};
    struct histories histories = {0};
    struct history row = {.x = x, .t_x = t_x, .T = n};
    struct prediction prediction;
    histories_add(&histories, &row, 1);
    histories_settle(&histories);
    bgbb_model.predict(&parameters, &histories, &horizon, &prediction);
    histories_free(&histories);
    return prediction;
}

// The expectation over two horizons one after the other is that over both, and silence adds to silence.
static void test_additive(void)
{
    const double values[] = {1.2, 0.75, 0.66, 2.78};
    double later = exp(loglik(values, 0, 0, 9)) * predict(values, 0, 0, 9, 12).orders;
    for (double t_x = 1; t_x <= 9; t_x++) {
        for (double x = 1; x <= t_x; x++) {
            later += ways(x, t_x) * exp(loglik(values, x, t_x, 9)) * predict(values, x, t_x, 9, 12).orders;
        }
    }
    CHECK_NEAR((predict(values, 0, 0, 0, 9).orders + later) / predict(values, 0, 0, 0, 21).orders, 1, 1e-12);
    CHECK_NEAR(exp(loglik(values, 0, 0, 9)) * predict(values, 0, 0, 9, 12).p_no_order,
               predict(values, 0, 0, 0, 21).p_no_order, 1e-13);
}

// The longer nobody came, the less alive.
static void test_silence(void)
{
    const double values[] = {1.2, 0.75, 0.66, 2.78};
    double last = 2;
    for (double n = 5; n < 90; n++) {
        double alive = predict(values, 4, 5, n, 3).p_alive;
        CHECK(alive > 0 && alive < last);
        last = alive;
    }
}

static void test_slopes(void)
{
    struct histories histories = {0};
    struct history rows[] = {
        {.T = 6}, {.x = 3, .t_x = 4, .T = 6}, {.x = 6, .t_x = 6, .T = 6}, {.x = 5, .t_x = 20, .T = 60}};
    for (size_t i = 0; i < 4; i++) {
        histories_add(&histories, &rows[i], (double)i + 1);
    }
    histories_settle(&histories);
    struct model_parameters at = {{0.8, 2, 0.9, 2.1}, 1};
    reference_check_slopes(&bgbb_model, &at, &histories);
    histories_free(&histories);
}

int main(void)
{
    special_prepare();
    for (size_t i = 0; i < sizeof references / sizeof references[0]; i++) {
        reference_check(&bgbb_model, &references[i], 1, 0, 1e-12, i);
    }
    test_published();
    test_probabilities_add_up();
    test_additive();
    test_silence();
    test_slopes();
    return tap_done();
}
