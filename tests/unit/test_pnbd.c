// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * pnbd: log-likelihoods and predictions against 40-digit arithmetic by the defining integrals, also at the edges (s
 * = 1, alpha = beta and either far below the other, T = 0, t_x = T, x = 5000, P(alive) of 1e-80, horizons of a
 * millionth and of a thousand), and against published numbers.
 */
#include "../../cmd/score/pnbd.h"

#include <math.h>

#include "../../cmd/score/special.h"
#include "reference.h"
#include "tap.h"

// r, alpha, s, beta; x, t_x, T; horizon, discount; log-likelihood, p_alive, p_no_order, orders, discounted, without
// end.
static const struct reference references[] = {
    {{0.55, 10.56, 0.61, 11.64},
     0,
     0,
     38.86,
     39,
     0.001826,
     -5.17162950839156966e-1,
     2.93219764465057069e-1,
     9.31578025366002409e-1,
     1.05659032186061319e-1,
     1.02194736877739574e-1,
     5.9062256565001042e-1},
    {{0.55, 10.56, 0.61, 11.64},
     0,
     0,
     38.86,
     1e-6,
     0.001826,
     -5.17162950839156966e-1,
     2.93219764465057069e-1,
     9.99999996736728714e-1,
     3.26327133714628119e-9,
     3.26327133416691447e-9,
     5.9062256565001042e-1},
    {{0.55, 10.56, 0.61, 11.64},
     0,
     0,
     38.86,
     1000,
     0.05,
     -5.17162950839156966e-1,
     2.93219764465057069e-1,
     8.64191733093748909e-1,
     9.57644260655360461e-1,
     5.48845865704921876e-2,
     5.48845865704921876e-2},
    {{0.55, 10.56, 0.61, 11.64},
     0,
     0,
     0,
     39,
     0.001826,
     0,
     1.0,
     5.95938069597920121e-1,
     1.20366372754830422,
     1.16775976498329462,
     4.75224365526998219},
    {{0.55, 10.56, 0.61, 11.64},
     10,
     34.14,
     38.86,
     39,
     0.001826,
     -2.70670854753011246e1,
     9.0069077796981214e-1,
     1.48923003454257263e-1,
     6.22556646404321525,
     6.02144571594615593,
     3.48002434012729547e1},
    {{0.55, 10.56, 0.61, 11.64},
     10,
     35,
     39,
     39,
     0.001826,
     -2.71233006243124646e1,
     9.23198219144014813e-1,
     1.27676577923773255e-1,
     6.36575973631219586,
     6.15701603275818598,
     3.56107947306441495e1},
    {{0.55, 10.56, 0.61, 11.64},
     23,
     39,
     39,
     39,
     0.001826,
     -4.18101775817417405e1,
     1.0,
     2.47444622081704289e-2,
     1.53919532898800678e1,
     1.48872258939759887e1,
     8.61043633147106535e1},
    {{0.55, 10.56, 0.61, 11.64},
     23,
     39,
     39,
     1e-6,
     0.001826,
     -4.18101775817417405e1,
     1.0,
     9.99999524818522492e-1,
     4.75181595200979525e-7,
     4.7518159476713873e-7,
     8.61043633147106535e1},
    {{0.55, 10.56, 0.61, 11.64},
     23,
     39,
     39,
     1000,
     0.05,
     -4.18101775817417405e1,
     1.0,
     2.47436667225365213e-2,
     1.39627040881821394e2,
     7.99495278660781661,
     7.99495278660781661},
    {{0.55, 10.56, 0.61, 11.64},
     200,
     4,
     300,
     39,
     0.001826,
     3.18485238885293625e2,
     1.69291150840690836e-265,
     1.0,
     4.11096900495981917e-264,
     3.96969699760524712e-264,
     3.74417056268141308e-263},
    {{0.55, 10.56, 0.61, 11.64},
     5000,
     990,
     1000,
     39,
     0.001826,
     3.03102160480353132e3,
     2.06236884429128338e-18,
     9.99999999999999998e-1,
     3.93417923169635249e-16,
     3.79788183332607196e-16,
     4.49123193210506431e-15},
    {{0.8, 7, 1, 30},
     0,
     0,
     20,
     39,
     0.001826,
     -8.18450882355800819e-1,
     4.61941917745452319e-1,
     8.11787523727074061e-1,
     3.94610197487768951e-1,
     3.82184848400850616e-1,
     1.42881835722723875},
    {{0.8, 7, 1, 30},
     3,
     15,
     20,
     39,
     0.001826,
     -9.92855707573567114,
     8.56023038699973763e-1,
     2.73021481173253014e-1,
     3.47344154113476856,
     3.36407101813164514,
     1.25767581991665469e1},
    {{0.8, 7, 1, 30},
     3,
     15,
     20,
     1e-6,
     0.001826,
     -9.92855707573567114,
     8.56023038699973763e-1,
     9.99999879522695356e-1,
     1.20477315353000932e-7,
     1.20477315243005143e-7,
     1.25767581991665469e1},
    {{0.8, 7, 1, 30},
     3,
     15,
     20,
     1000,
     0.05,
     -9.92855707573567114,
     8.56023038699973763e-1,
     2.59654966758452021e-1,
     1.83397946748425437e1,
     1.82839891428925402,
     1.82839891428925402},
    {{0.8, 7, 1, 30},
     3,
     20,
     20,
     39,
     0.001826,
     -1.0084015064569123e1,
     1.0,
     1.50748886465958072e-1,
     4.05764960065773405,
     3.92988373682161301,
     1.46920791036963622e1},
    {{0.8, 30, 0.6, 30},
     0,
     0,
     20,
     39,
     0.001826,
     -3.45217674113061209e-1,
     6.9077701991877376e-1,
     7.81351004122485147e-1,
     3.58392393165672466e-1,
     3.46635147437853497e-1,
     2.02333992823414619},
    {{0.8, 30, 0.6, 30},
     3,
     15,
     20,
     39,
     0.001826,
     -1.09796101779421182e1,
     9.25563830347826604e-1,
     2.63874484268908068e-1,
     2.28097689478510635,
     2.20614828133552086,
     1.28774820967385836e1},
    {{0.8, 30, 0.6, 30},
     2000,
     300,
     400,
     39,
     0.001826,
     1.59519728020410687e3,
     2.83932377943429515e-227,
     1.0,
     5.01867269417924408e-225,
     4.84563771166137067e-225,
     4.93809059953601672e-224},
    {{0.8, 30, 0.6, 30},
     2000,
     300,
     400,
     1e-6,
     0.001826,
     1.59519728020410687e3,
     2.83932377943429515e-227,
     1.0,
     1.32114395672760596e-232,
     1.32114395552140152e-232,
     4.93809059953601672e-224},
    {{0.8, 30, 0.6, 30},
     2000,
     300,
     400,
     1000,
     0.05,
     1.59519728020410687e3,
     2.83932377943429515e-227,
     1.0,
     8.76477487575764159e-224,
     2.57346565968616531e-225,
     2.57346565968616531e-225},
    {{0.2, 0.01, 0.5, 100},
     0,
     0,
     500,
     39,
     0.001826,
     -1.90245044480261306,
     3.14305779566591269e-1,
     9.95386708560156632e-1,
     4.82588598172395135e-3,
     4.65892845369656913e-3,
     5.30285700782780667e-2},
    {{0.2, 0.01, 0.5, 100},
     4,
     100,
     500,
     39,
     0.001826,
     -2.28576167816291479e1,
     1.07135799480520101e-2,
     9.97144298216992655e-1,
     3.45444752078765768e-3,
     3.33493661212648882e-3,
     3.79587112359383308e-2},
    {{2, 500, 0.4, 0.02},
     0,
     0,
     500,
     39,
     0.001826,
     -2.92031318189909556e-2,
     4.48166938886936168e-3,
     9.99674743109721219e-1,
     3.44306796599424006e-4,
     3.32392221953655521e-4,
     3.8663032250997133e-3},
    {{2, 500, 0.4, 0.02},
     4,
     100,
     500,
     39,
     0.001826,
     -2.60132762224797699e1,
     1.03600206801345111e-1,
     9.79056425490510189e-1,
     2.3877434211947465e-2,
     2.30511668391350219e-2,
     2.68125409700126593e-1},
    {{2, 500, 0.4, 0.02},
     4,
     100,
     500,
     1e-6,
     0.001826,
     -2.60132762224797699e1,
     1.03600206801345111e-1,
     9.99999999378398762e-1,
     6.21601240559440087e-10,
     6.21601239991918155e-10,
     2.68125409700126593e-1},
    {{2, 500, 0.4, 0.02},
     4,
     100,
     500,
     1000,
     0.05,
     -2.60132762224797699e1,
     1.03600206801345111e-1,
     9.08380894776364384e-1,
     4.83392577431510588e-1,
     1.22433135997548766e-2,
     1.22433135997548766e-2},
    {{10.465, 0.00798565, 3.0516, 2.82},
     40,
     5,
     6,
     39,
     0.001826,
     -5.71902393929297148,
     1.88512818229465761e-3,
     9.98189880667790339e-1,
     6.59511764394556961e-2,
     6.52451253417137506e-2,
     6.70860034308504332e-2},
    {{10.465, 0.00798565, 3.0516, 2.82},
     50,
     1,
     37,
     39,
     0.001826,
     1.16301262344966531e2,
     1.4171441441110058e-96,
     1.0,
     3.38669512791598989e-95,
     3.30790019794629419e-95,
     4.23126406803563972e-95},
    {{10.465, 0.00798565, 3.0516, 2.82},
     50,
     4,
     37,
     39,
     0.001826,
     3.18498256240187642e1,
     6.73297471078423044e-60,
     1.0,
     1.60904822167535185e-58,
     1.57161206720732624e-58,
     2.01031024847550065e-58},
    {{0.3, 20, 40, 300},
     1,
     3,
     50,
     39,
     0.001826,
     -5.08549542803160052,
     9.98927152911884701e-4,
     9.99870168004252161e-1,
     1.63783888961837591e-4,
     1.61263395618657138e-4,
     1.63735318088750593e-4},
    {{0.3, 20, 40, 300},
     1,
     3,
     50,
     1e-6,
     0.001826,
     -5.08549542803160052,
     9.98927152911884701e-4,
     9.99999999981448497e-1,
     1.85515032082776552e-11,
     1.85515031913401331e-11,
     1.63735318088750593e-4},
    {{0.3, 20, 40, 300},
     1,
     3,
     50,
     1000,
     0.05,
     -5.08549542803160052,
     9.98927152911884701e-4,
     9.99869354390634272e-1,
     1.66487858818647449e-4,
     1.14290163533052637e-4,
     1.14290163533052637e-4},
    {{60, 30, 0.5, 10},
     0,
     0,
     3,
     39,
     0.001826,
     -3.63085486146311405,
     1.0872450654926198e-1,
     8.93475701550546974e-1,
     5.1397039459651118,
     4.98063475812105558,
     2.50522128359572285e1},
    {{60, 30, 0.5, 10},
     20,
     9,
     10,
     39,
     0.001826,
     -6.54616563513534671,
     9.21592068818840489e-1,
     8.96517048462537979e-2,
     5.29035432487492913e1,
     5.1224056816778705e1,
     2.79075596835897015e2},
};

static struct prediction predict(const double *values, struct history history, double length, double discount)
{
    struct model_parameters parameters = {{values[0], values[1], values[2], values[3]}, 1};
    struct histories histories = {0};
    struct horizon horizon = {length, discount};
    struct prediction prediction;
    histories_add(&histories, &history, 1);
    histories_settle(&histories);
    pnbd_model.predict(&parameters, &histories, &horizon, &prediction);
    histories_free(&histories);
    return prediction;
}

// Values of the R package BTYD (man/pnbd.*.Rd) and the Python package lifetimes (tests/test_estimation.py).
static void test_published(void)
{
    const double values[] = {0.55, 10.56, 0.61, 11.64};
    static const double expected[] = {0.0507782062, 0.0991608842, 0.1454250652, 0.1897992992, 0.2324746582,
                                      0.2736127368, 0.3133515937, 0.3518102436, 0.3890921095};
    struct history fresh = {0};
    for (size_t i = 0; i < 9; i++) {
        CHECK_NEAR(predict(values, fresh, (double)i + 1, 0).orders, expected[i], 1e-9);
    }
    struct history ten = {.x = 10, .t_x = 35, .T = 39};
    CHECK_NEAR(predict(values, ten, 2, 0).orders, 0.388411723242, 1e-9);
    struct history other = {.x = 10, .t_x = 34.14, .T = 38.86};
    CHECK_NEAR(predict(values, other, 39, 0).p_alive, 0.90069077797, 1e-9);
    CHECK_NEAR(predict(values, other, 39, 0).orders, 6.22556646404, 1e-9);
    struct history silent = {.T = 38.86};
    CHECK_NEAR(predict(values, silent, 39, 0).p_alive, 0.293219764465, 1e-9);
    CHECK_NEAR(predict(values, silent, 39, 0).orders, 0.105659032186, 1e-9);

    const double fitted[] = {0.55315, 10.57633, 0.60625, 11.67150};
    struct history best = {.x = 26, .t_x = 30.857142857143, .T = 31};
    CHECK_NEAR(predict(fitted, best, 52, 0).orders, 25.46, 0.01);
    CHECK_NEAR(predict(fitted, best, 52, 0).p_alive, 0.9979, 0.001);

    const double discounting[] = {0.5629966, 12.559037, 0.4081095, 10.5148048};
    struct history seven = {.x = 7, .t_x = 35, .T = 77.86};
    CHECK_NEAR(predict(discounting, seven, INFINITY, 0.0027).discounted, 1.864183328, 1e-8);

    const double neighbours[] = {0.55, 10.58, 0.61, 11.67};
    struct history many = {.x = 132, .t_x = 200, .T = 200};
    CHECK_NEAR(predict(neighbours, many, 10, 0).orders, 6.2060517890, 1e-8);
    many.x = 133;
    CHECK_NEAR(predict(neighbours, many, 10, 0).orders, 6.2528722476, 1e-8);
}

// Where other systems overflow (the stress cases of lifetimes).
static void test_stress(void)
{
    struct model_parameters parameters = {{10.465, 0.00798565, 3.0516, 2.820}, 1};
    static const double rows[][3] = {{40, 5, 6}, {50, 1, 37}, {50, 4, 37}, {400, 5, 6}, {500, 1, 37}, {500, 4, 37}};
    for (size_t i = 0; i < 6; i++) {
        struct history row = {.x = rows[i][0], .t_x = rows[i][1], .T = rows[i][2]};
        double alive = predict(parameters.values, row, 10, 0).p_alive;
        CHECK(alive >= 0 && alive <= 1);
        // A0 of the published likelihood is (r+s+x) J.
        double log_a0 = log(10.465 + 3.0516 + row.x) + pnbd_log_integral(&parameters, &row);
        CHECK(isfinite(log_a0) && (i < 3 || log_a0 < 0));
    }
}

static void test_pmf(void)
{
    struct model_parameters parameters = {{0.55, 10.56, 0.61, 11.64}, 1};
    CHECK_NEAR(pnbd_pmf(&parameters, 2, 10) / 1.8937076e-9, 1, 1e-7);
    CHECK_NEAR(pnbd_pmf(&parameters, 39, 0) / 0.5959380696, 1, 1e-7);
    double sum = 0;
    double mean = 0;
    for (double n = 0; n < 400; n++) {
        double chance = pnbd_pmf(&parameters, 39, n);
        sum += chance;
        mean += n * chance;
    }
    CHECK_NEAR(sum, 1, 1e-11);
    CHECK_NEAR(mean / predict(parameters.values, (struct history){0}, 39, 0).orders, 1, 1e-10);
    CHECK_NEAR(predict(parameters.values, (struct history){0}, 39, 0).p_no_order / pnbd_pmf(&parameters, 39, 0), 1,
               1e-12);
}

// A discount close to none changes little, and s = 1 lies between its neighbours.
static void test_continuity(void)
{
    const double values[] = {0.55, 10.56, 0.61, 11.64};
    struct history row = {.x = 3, .t_x = 20, .T = 30};
    struct prediction plain = predict(values, row, 52, 0);
    CHECK(plain.orders == plain.discounted);
    CHECK_NEAR(predict(values, row, 52, 1e-12).discounted / plain.orders, 1, 1e-9);
    double around[3];
    for (int i = 0; i < 3; i++) {
        const double near[] = {0.55, 10.56, 1 + (i - 1) * 1e-9, 11.64};
        around[i] = predict(near, row, INFINITY, 0.002).discounted;
    }
    CHECK_NEAR((around[0] + around[2]) / 2 / around[1], 1, 1e-12);
    // Across the join of quadrature and continued fraction.
    for (double discount = 0.01; discount < 0.05; discount *= 1.1) {
        double endless = predict(values, row, INFINITY, discount).discounted;
        double long_one = predict(values, row, 60 / discount, discount).discounted;
        CHECK_NEAR(endless / long_one, 1, 1e-13);
    }
}

static void test_slopes(void)
{
    struct histories histories = {0};
    struct history rows[] = {
        {.x = 0, .T = 20}, {.x = 3, .t_x = 12, .T = 20}, {.x = 8, .t_x = 20, .T = 20}, {.x = 60, .t_x = 5, .T = 31}};
    for (size_t i = 0; i < 4; i++) {
        histories_add(&histories, &rows[i], (double)i + 1);
    }
    histories_settle(&histories);
    static const double points[][4] = {{0.8, 5, 0.9, 12}, {0.3, 30, 1, 2}, {2, 9, 3, 9}};
    for (size_t i = 0; i < 3; i++) {
        struct model_parameters at = {{points[i][0], points[i][1], points[i][2], points[i][3]}, 1};
        reference_check_slopes(&pnbd_model, &at, &histories);
        // The nodes of the search are near those of the end.
        double coarse = pnbd_model.evaluate(&at, &histories, false).value;
        CHECK_NEAR(coarse, pnbd_model.evaluate(&at, &histories, true).value, 1e-5);
    }
    histories_free(&histories);
}

int main(void)
{
    special_prepare();
    for (size_t i = 0; i < sizeof references / sizeof references[0]; i++) {
        reference_check(&pnbd_model, &references[i], 1, 0, 2e-12, i);
    }
    test_published();
    test_stress();
    test_pmf();
    test_continuity();
    test_slopes();
    return tap_done();
}
