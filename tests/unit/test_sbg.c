// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * sbg and renewals: likelihoods and sums against 40-digit arithmetic (mpmath), a published likelihood, slopes, and
 * that who leaves and who stays are all there are.
 */
#include "../../cmd/score/sbg.h"

#include <math.h>

#include "../../cmd/score/renewals.h"
#include "../../cmd/score/retention.h"
#include "../../cmd/score/special.h"
#include "reference.h"
#include "tap.h"

static double loglik(double alpha, double beta, double time, bool left)
{
    struct model_parameters parameters = {{alpha, beta}, 1};
    struct histories histories = {0};
    struct history row = {.x = left, .T = time};
    histories_add(&histories, &row, 1);
    histories_settle(&histories);
    double value = sbg_model.evaluate(&parameters, &histories, true).value;
    histories_free(&histories);
    return value;
}

static void test_likelihood(void)
{
    CHECK_NEAR(loglik(0.668, 3.806, 5, true), -3.03484637003424168, 1e-14);
    CHECK_NEAR(loglik(0.668, 3.806, 7, false), -0.715506045626579575, 1e-14);
    CHECK_NEAR(loglik(2, 0.1, 300, false), -13.6188331011237303, 1e-12);
    double sum = exp(loglik(0.668, 3.806, 40, false));
    for (double t = 1; t <= 40; t++) {
        sum += exp(loglik(0.668, 3.806, t, true));
    }
    CHECK_NEAR(sum, 1, 1e-13);
}

// The high-end segment of Fader and Hardie 2007, years 0 to 7, at alpha = beta = 1
// (jdmaturen/shifted_beta_geometric_py).
static void test_published(void)
{
    static const double percents[] = {100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1};
    struct retention_row rows[8];
    struct histories histories = {0};
    struct model_parameters flat = {{1, 1}, 1};
    for (size_t i = 0; i < 8; i++) {
        rows[i] = (struct retention_row){0, (double)i, percents[i], i};
    }
    retention_add(rows, 8, 1000, &histories);
    histories_settle(&histories);
    CHECK(histories.customers == 1000);
    CHECK_NEAR(sbg_model.evaluate(&flat, &histories, true).value / 1000, -2.115, 0.001);
    struct model_parameters at = {{0.6, 3}, 1};
    reference_check_slopes(&sbg_model, &at, &histories);
    histories_free(&histories);
}

static void test_renewals(void)
{
    struct outlook_sums sums = renewals_sum(0.668, 10.806, 5, 0.09531017980432486);
    CHECK_NEAR(sums.plain, 4.26152253055871099, 1e-13);
    CHECK_NEAR(sums.discounted, 3.26129511767911313, 1e-13);
    sums = renewals_sum(0.668, 10.806, INFINITY, 0.09531017980432486);
    CHECK(isnan(sums.plain));
    CHECK_NEAR(sums.discounted, 6.84540866446451776, 1e-13);
    sums = renewals_sum(3, 0.2, 40, 0.5);
    CHECK_NEAR(sums.plain, 0.0998481571803248516, 1e-15);
    CHECK_NEAR(sums.discounted, 0.0470018016283776495, 1e-15);
    CHECK(renewals_sum(3, 0.2, 0, 0.5).plain == 0);
    CHECK(renewals_sum(3, 0.2, 9, 0).discounted == renewals_sum(3, 0.2, 9, 0).plain);
}

static void test_predictions(void)
{
    struct model_parameters parameters = {{0.668, 3.806}, 1};
    struct histories histories = {0};
    struct horizon horizon = {5.9, 0.09531017980432486};
    struct prediction predictions[2];
    histories_add(&histories, &(struct history){.T = 7}, 1);
    histories_add(&histories, &(struct history){.x = 1, .T = 7}, 1);
    histories_settle(&histories);
    sbg_model.predict(&parameters, &histories, &horizon, predictions);
    CHECK(predictions[0].p_alive == 1 && predictions[1].p_alive == 0);
    CHECK_NEAR(predictions[0].p_no_order, 0.668 / (0.668 + 10.806), 1e-15);
    CHECK_NEAR(predictions[0].orders, 4.26152253055871099, 1e-13); // five whole periods
    CHECK(predictions[1].orders == 0 && predictions[1].p_no_order == 1);
    histories_free(&histories);
}

// Who is there now renews over two horizons, one after the other, as over both.
static void test_additive(void)
{
    for (double first = 1; first < 8; first++) {
        double stays = exp(loglik(0.668, 3.806, 3 + first, false) - loglik(0.668, 3.806, 3, false));
        double one = renewals_sum(0.668, 3.806 + 3, first, 0).plain;
        double two = renewals_sum(0.668, 3.806 + 3 + first, 11, 0).plain;
        CHECK_NEAR((one + stays * two) / renewals_sum(0.668, 3.806 + 3, first + 11, 0).plain, 1, 1e-13);
    }
}

// Rows that cannot be are found whatever their order.
static void test_retention(void)
{
    size_t fault = 9;
    struct retention_row fine[] = {{1, 3, 80, 0}, {0, 1, 50, 1}, {1, 2, 90, 2}, {0, 0, 50, 3}};
    CHECK(retention_check(fine, 4, &fault) == RETENTION_FINE);
    CHECK(fine[0].place == 3 && fine[1].place == 1 && fine[2].place == 2 && fine[3].place == 0);
    struct retention_row gap[] = {{0, 0, 9, 0}, {0, 2, 8, 1}};
    CHECK(retention_check(gap, 2, &fault) == RETENTION_GAP && fault == 1);
    struct retention_row twice[] = {{0, 0, 9, 0}, {0, 0, 9, 1}};
    CHECK(retention_check(twice, 2, &fault) == RETENTION_GAP);
    struct retention_row rise[] = {{0, 1, 9, 5}, {0, 0, 8, 6}};
    CHECK(retention_check(rise, 2, &fault) == RETENTION_RISE && fault == 5);
    struct retention_row none[] = {{0, 0, 0, 4}};
    CHECK(retention_check(none, 1, &fault) == RETENTION_NONE && fault == 4);
}

int main(void)
{
    special_prepare();
    test_likelihood();
    test_published();
    test_renewals();
    test_predictions();
    test_additive();
    test_retention();
    return tap_done();
}
