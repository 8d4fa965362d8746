// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * pnbd: see pnbd.h. Parameters are r, alpha, s, beta in that order.
 */
#include "pnbd.h"

#include <math.h>

#include "outlook.h"
#include "quadrature.h"
#include "rates.h"
#include "special.h"

enum {
    R,
    ALPHA,
    S,
    BETA,
};

enum {
    COARSE_NODES = 16,
    FINE_NODES = 32,
    CUT_STEPS = 60,
};

static const double DEEPEST = 40; // e-folds below the peak that still count

// The integrand (alpha+y)^-purchases (beta+y)^-deaths between two times.
struct integrand {
    double alpha;
    double beta;
    double purchases;
    double deaths;
    double from;
    double to;
};

static struct integrand integrand_of(const double *values, const struct history *row)
{
    return (struct integrand){values[ALPHA], values[BETA], values[R] + row->x, values[S] + 1, row->t_x, row->T};
}

// e-folds by which the integrand, times dy/dw, is lower at `from` + `further` than at `from`.
static double depth(const struct integrand *integrand, double further)
{
    double smaller = fmin(integrand->alpha, integrand->beta) + integrand->from;
    return integrand->purchases * log1p(further / (integrand->alpha + integrand->from)) +
           integrand->deaths * log1p(further / (integrand->beta + integrand->from)) - log1p(further / smaller);
}

// The distance at which nothing is left, or that to the end. The slope of depth in w never falls, so that depth,
// which is 0 at `from`, rises through DEEPEST once.
static double reach(const struct integrand *integrand)
{
    double high = integrand->to - integrand->from;
    if (depth(integrand, high) <= DEEPEST) {
        return high;
    }
    double smaller = fmin(integrand->alpha, integrand->beta) + integrand->from;
    double lowest = 0;
    double highest = log1p(high / smaller);
    // Halving the range of w; the end need not be exact.
    for (int i = 0; i < CUT_STEPS && highest - lowest > 0.02 * highest; i++) {
        double middle = (lowest + highest) / 2;
        if (depth(integrand, smaller * expm1(middle)) < DEEPEST) {
            lowest = middle;
        } else {
            highest = middle;
        }
    }
    return smaller * expm1(highest);
}

// A node of the integral: y - from, ln((alpha+y)/(alpha+from)), the same of beta, and what it adds to J over the
// integrand at `from`.
struct node {
    double further;
    double alpha_log;
    double beta_log;
    double size;
};

static void place_nodes(const struct integrand *integrand, const struct quadrature *quadrature, struct node *nodes)
{
    double alpha = integrand->alpha + integrand->from;
    double beta = integrand->beta + integrand->from;
    bool by_alpha = alpha < beta;
    double smaller = by_alpha ? alpha : beta;
    double ratio = smaller / (by_alpha ? beta : alpha);
    double width = log1p(reach(integrand) / smaller);
    for (size_t i = 0; i < quadrature->count; i++) {
        double near = width * quadrature->nodes[i];
        double growth = expm1(near);
        double far = log1p(ratio * growth);
        struct node node = {smaller * growth, by_alpha ? near : far, by_alpha ? far : near, 0};
        double fall = integrand->purchases * node.alpha_log + integrand->deaths * node.beta_log - near;
        node.size = smaller * width * quadrature->weights[i] * exp(-fall);
        nodes[i] = node;
    }
}

// The logarithm of the integrand at `from`.
static double peak(const struct integrand *integrand)
{
    return -integrand->purchases * log(integrand->alpha + integrand->from) -
           integrand->deaths * log(integrand->beta + integrand->from);
}

// ln J over the integrand at `from`; -INFINITY for an empty range.
static double relative_integral(const struct integrand *integrand, const struct quadrature *quadrature)
{
    struct node nodes[QUADRATURE_MOST];
    if (!(integrand->to > integrand->from)) {
        return -INFINITY;
    }
    place_nodes(integrand, quadrature, nodes);
    double sum = 0;
    for (size_t i = 0; i < quadrature->count; i++) {
        sum += nodes[i].size;
    }
    return log(sum);
}

// Sums over the nodes of what the gradient is made of: the logarithms of (alpha+y)/(alpha+from) and of its like in
// beta, and the inverses of alpha + y and beta + y.
struct moments {
    double sum;
    double mean[DERIVATIVES_MOST];
    double product[DERIVATIVES_MOST][DERIVATIVES_MOST];
    double square[2]; // of the inverses
};

static void add_node(struct moments *moments, const struct integrand *integrand, const struct node *node)
{
    double alpha = 1 / (integrand->alpha + integrand->from + node->further);
    double beta = 1 / (integrand->beta + integrand->from + node->further);
    double slopes[DERIVATIVES_MOST] = {-node->alpha_log, -integrand->purchases * alpha, -node->beta_log,
                                       -integrand->deaths * beta};
    moments->sum += node->size;
    for (size_t i = 0; i < DERIVATIVES_MOST; i++) {
        double slope = node->size * slopes[i];
        moments->mean[i] += slope;
        for (size_t j = i; j < DERIVATIVES_MOST; j++) {
            moments->product[i][j] += slope * slopes[j];
        }
    }
    moments->square[0] += node->size * alpha * alpha;
    moments->square[1] += node->size * beta * beta;
}

// The Hessian of ln J: the covariance of the slopes and the mean of the second derivatives.
static void take_moments(struct derivatives *part, const struct moments *moments, const struct integrand *integrand)
{
    for (size_t i = 0; i < DERIVATIVES_MOST; i++) {
        part->gradient[i] = moments->mean[i] / moments->sum;
    }
    for (size_t i = 0; i < DERIVATIVES_MOST; i++) {
        for (size_t j = i; j < DERIVATIVES_MOST; j++) {
            part->hessian[i][j] = moments->product[i][j] / moments->sum - part->gradient[i] * part->gradient[j];
        }
    }
    part->hessian[R][ALPHA] += part->gradient[ALPHA] / integrand->purchases;
    part->hessian[S][BETA] += part->gradient[BETA] / integrand->deaths;
    part->hessian[ALPHA][ALPHA] += integrand->purchases * moments->square[0] / moments->sum;
    part->hessian[BETA][BETA] += integrand->deaths * moments->square[1] / moments->sum;
}

// ln(s J) with its derivatives.
static struct derivatives dead(const struct integrand *integrand, double s, const struct quadrature *quadrature)
{
    struct node nodes[QUADRATURE_MOST];
    struct moments moments = {0};
    struct derivatives part = {0};
    place_nodes(integrand, quadrature, nodes);
    for (size_t i = 0; i < quadrature->count; i++) {
        add_node(&moments, integrand, &nodes[i]);
    }
    part.value = log(s) + peak(integrand) + log(moments.sum);
    take_moments(&part, &moments, integrand);
    part.gradient[R] -= log(integrand->alpha + integrand->from);
    part.gradient[S] -= log(integrand->beta + integrand->from);
    part.gradient[S] += 1 / s;
    part.hessian[S][S] -= 1 / (s * s);
    return part;
}

// ln((alpha+T)^-(r+x) (beta+T)^-s) with its derivatives.
static struct derivatives alive(const double *values, const struct history *row)
{
    double power = values[R] + row->x;
    double alpha = values[ALPHA] + row->T;
    double beta = values[BETA] + row->T;
    struct derivatives part = {.value = -power * log(alpha) - values[S] * log(beta)};
    part.gradient[R] = -log(alpha);
    part.gradient[ALPHA] = -power / alpha;
    part.gradient[S] = -log(beta);
    part.gradient[BETA] = -values[S] / beta;
    part.hessian[R][ALPHA] = -1 / alpha;
    part.hessian[ALPHA][ALPHA] = power / (alpha * alpha);
    part.hessian[S][BETA] = -1 / beta;
    part.hessian[BETA][BETA] = values[S] / (beta * beta);
    return part;
}

static struct derivatives row_likelihood(const double *values, const struct history *row,
                                         const struct quadrature *quadrature)
{
    struct derivatives living = alive(values, row);
    struct integrand integrand = integrand_of(values, row);
    if (!(row->T > row->t_x)) {
        return living;
    }
    struct derivatives_parts parts = {0};
    struct derivatives gone = dead(&integrand, values[S], quadrature);
    derivatives_part(&parts, &living);
    derivatives_part(&parts, &gone);
    return derivatives_log_sum(&parts);
}

// s ln beta, once a customer.
static void add_dropout(struct derivatives *sum, double s, double beta, double weight)
{
    struct derivatives term = {.value = s * log(beta)};
    term.gradient[S] = log(beta);
    term.gradient[BETA] = s / beta;
    term.hessian[S][BETA] = 1 / beta;
    term.hessian[BETA][BETA] = -s / (beta * beta);
    derivatives_add(sum, &term, weight);
}

static struct derivatives evaluate(const struct model_parameters *parameters, const struct histories *histories,
                                   bool fine)
{
    const double *values = parameters->values;
    struct quadrature quadrature;
    quadrature_set(&quadrature, fine ? FINE_NODES : COARSE_NODES);
    struct derivatives sum = {0};
    for (size_t start = 0; start < histories->count;) {
        struct rates_run run = rates_run(histories, start);
        rates_add_common(&sum, values[R], values[ALPHA], run.x, run.weight);
        add_dropout(&sum, values[S], values[BETA], run.weight);
        for (size_t i = start; i < run.end; i++) {
            struct derivatives row = row_likelihood(values, &histories->rows[i], &quadrature);
            derivatives_add(&sum, &row, histories->weights[i]);
        }
        start = run.end;
    }
    return sum;
}

static void find_starts(const struct histories *histories, double starts[MODEL_STARTS][DERIVATIVES_MOST])
{
    static const double shapes[MODEL_STARTS][3] = {{0.5, 0.5, 0.4}, {1, 1, 1}, {0.3, 2, 4}, {3, 0.5, 2}};
    double rate = 2 * rates_overall(histories);
    double time = rates_mean_time(histories);
    for (size_t i = 0; i < MODEL_STARTS; i++) {
        starts[i][R] = shapes[i][0];
        starts[i][ALPHA] = shapes[i][0] / rate;
        starts[i][S] = shapes[i][1];
        starts[i][BETA] = shapes[i][2] * time;
    }
}

// The odds of being dead: s J over the alive part.
static double dead_odds(const double *values, const struct history *row, const struct quadrature *quadrature)
{
    struct integrand integrand = integrand_of(values, row);
    double silence = row->T - row->t_x;
    double longer = (values[R] + row->x) * log1p(silence / (values[ALPHA] + row->t_x)) +
                    values[S] * log1p(silence / (values[BETA] + row->t_x));
    double inverse = values[S] / (values[BETA] + row->t_x);
    return inverse * exp(longer + relative_integral(&integrand, quadrature));
}

// The probability that an alive customer does not buy within the horizon: he lives on and is silent, or dies first.
static double silent(const double *values, const struct history *row, double length,
                     const struct quadrature *quadrature)
{
    double alpha = values[ALPHA] + row->T;
    double beta = values[BETA] + row->T;
    double power = values[R] + row->x;
    struct integrand integrand = {alpha, beta, power, values[S] + 1, 0, length};
    double living = exp(-power * log1p(length / alpha) - values[S] * log1p(length / beta));
    return living + values[S] / beta * exp(relative_integral(&integrand, quadrature));
}

// e^z E_s(z) for z >= 1, by the continued fraction of DLMF 8.19.17 in Lentz's form.
static double scaled_exponential_integral(double s, double z)
{
    double b = z + s;
    double c = 1e300;
    double d = 1 / b;
    double h = d;
    for (double i = 1; i < 100000; i++) {
        double a = -i * (s - 1 + i);
        b += 2;
        d = 1 / (a * d + b);
        c = b + a / c;
        double factor = c * d;
        h *= factor;
        if (fabs(factor - 1) < 1e-16) {
            break;
        }
    }
    return h;
}

// ((beta+T)/(beta+T+y))^s, y = z (beta+T).
static void survival_at(void *context, const double *points, double *rates, size_t count)
{
    double s = *(const double *)context;
    for (size_t i = 0; i < count; i++) {
        rates[i] = exp(-s * log1p(points[i]));
    }
}

// Integrals of that over the horizon, in units of beta + T.
static struct outlook_sums lifetime(double s, double length, double discount, const struct quadrature *quadrature)
{
    struct outlook_rate rate = {.at = survival_at, .context = &s, .falling = true, .steepness = s, .softening = 1};
    struct outlook_sums sums = {.plain = NAN, .discounted = 0};
    if (isfinite(length)) {
        double u = log1p(length);
        sums.plain = s == 1 ? u : -expm1(-(s - 1) * u) / (s - 1);
        sums.discounted = discount > 0 ? outlook_integrate(&rate, quadrature, length, discount).discounted : sums.plain;
        return sums;
    }
    // By quadrature up to where discount (1 + z) is 1, by the continued fraction from there on.
    double join = fmax(1 / discount - 1, 0);
    if (join > 0) {
        sums.discounted = outlook_integrate(&rate, quadrature, join, discount).discounted;
    }
    double rest = exp(-s * log1p(join) - discount * join) * (1 + join);
    sums.discounted += rest * scaled_exponential_integral(s, discount * (1 + join));
    return sums;
}

static void predict(const struct model_parameters *parameters, const struct histories *histories,
                    const struct horizon *horizon, struct prediction *predictions)
{
    const double *values = parameters->values;
    struct quadrature quadrature;
    struct quadrature nodes;
    quadrature_set(&quadrature, FINE_NODES);
    outlook_prepare(&nodes);
    struct prediction outlook = {0}; // of an alive customer; the same for all rows of one x and T, which stand together
    const struct history *last = NULL;
    for (size_t i = 0; i < histories->count; i++) {
        const struct history *row = &histories->rows[i];
        if (last == NULL || last->x != row->x || last->T != row->T) {
            double beta = values[BETA] + row->T;
            struct outlook_sums sums = lifetime(values[S], horizon->length / beta, horizon->discount * beta, &nodes);
            double rate = (values[R] + row->x) / (values[ALPHA] + row->T) * beta;
            bool ends = isfinite(horizon->length);
            outlook.orders = rate * sums.plain;
            outlook.discounted = rate * sums.discounted;
            outlook.p_no_order = ends ? silent(values, row, horizon->length, &quadrature) : NAN;
            last = row;
        }
        double odds = dead_odds(values, row, &quadrature);
        double living = 1 / (1 + odds);
        predictions[i] = (struct prediction){
            .p_alive = living,
            .p_no_order = (isinf(odds) ? 1 : odds * living) + living * outlook.p_no_order,
            .orders = living * outlook.orders,
            .discounted = living * outlook.discounted,
        };
    }
}

double pnbd_log_integral(const struct model_parameters *parameters, const struct history *history)
{
    struct quadrature quadrature;
    quadrature_set(&quadrature, FINE_NODES);
    struct integrand integrand = integrand_of(parameters->values, history);
    return peak(&integrand) + relative_integral(&integrand, &quadrature);
}

// The chance to die between 0 and `time` after `count` purchases; y^count peaks within the range, so it is cut into
// parts.
static double pmf_of_dead(const double *values, double time, double count, const struct quadrature *quadrature)
{
    enum { PARTS = 64 };
    double sum = 0;
    for (int part = 0; part < PARTS; part++) {
        for (size_t i = 0; i < quadrature->count; i++) {
            double y = time * (part + quadrature->nodes[i]) / PARTS;
            double alpha = values[ALPHA] + y;
            double log_size = values[R] * log(values[ALPHA] / alpha) + count * log(y / alpha) -
                              (values[S] + 1) * log1p(y / values[BETA]);
            sum += quadrature->weights[i] * exp(log_size);
        }
    }
    return sum * time / PARTS * values[S] / values[BETA];
}

double pnbd_pmf(const struct model_parameters *parameters, double time, double count)
{
    const double *values = parameters->values;
    struct quadrature quadrature;
    quadrature_set(&quadrature, COARSE_NODES);
    double alpha = values[ALPHA] + time;
    double living = exp(values[R] * log(values[ALPHA] / alpha) + (count > 0 ? count * log(time / alpha) : 0) -
                        values[S] * log1p(time / values[BETA]));
    double ways = exp(special_rise_value(values[R], count) - lgamma(count + 1));
    return ways * (living + pmf_of_dead(values, time, count, &quadrature));
}

const struct model pnbd_model = {
    .name = "pnbd",
    .kind = MODEL_CONTINUOUS,
    .parameters = {"r", "alpha", "s", "beta"},
    .count = 4,
    .scaled = {false, true, false, true},
    .dropout = {false, false, true, true},
    .immortal = {0, 0, 1e-12, 1},
    .starts = find_starts,
    .evaluate = evaluate,
    .predict = predict,
};
