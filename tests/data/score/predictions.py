#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes predictions.tsv: what each model predicts at given parameters, computed another way than score does.

usage: predictions.py >predictions.tsv      needs mpmath; takes minutes; not part of any test

Everything is worked out from what the models say of one customer, by integrals over the rate of purchases or the time
from now, in 30 digits and again in 40; mpmath's own 2F1, which works to any precision, is the mean over the chances to
drop out. No series or quadrature is shared with the programs. A row whose two answers differ by more than 1e-15
of their size stops the script.

Columns: model, parameters as NAME=VALUE, x, t_x, T (n for bgbb; periods for sbg), horizon and discount as options of
score clv, p_alive, p_no_order, orders (discounted where the horizon is inf) and discounted (of a finite horizon). Times
are in days, of bgbb and sbg in years; the discount is a year's, a year 365.25 days.
"""

import sys

from mpmath import beta, betainc, binomial, exp, hyp2f1, inf, log, log1p, mp, mpf, quad, quadgl

YEAR = mpf("365.25")


def pieces(end, scale):
    """Points that part 0 to end, close to 0 as fine as the scale."""
    points = [mpf(0)]
    step = scale / 4
    while points[-1] + step < end:
        points.append(points[-1] + step)
        step *= 2
    return points + [end]


def timed(rate, end, delta, scale):
    """The integral of a rate from 0 to end, plain and discounted."""
    if end == inf:
        last = 80 / delta
        return None, quadgl(lambda y: exp(-delta * y) * rate(y), pieces(last, min(scale, 1 / delta)))
    plain = quadgl(rate, pieces(end, scale))
    return plain, plain if delta == 0 else quadgl(lambda y: exp(-delta * y) * rate(y), pieces(end, min(scale, 1 / delta)))


def beta_geometric(first, shape):
    def predict(values, x, t_x, time, horizon, delta):
        r, alpha, a, b = values
        n = x + first
        power = r + shape * x
        # The clock ticks like a Poisson process, every shape-th tick is a purchase; j ticks since the last one.
        silence = time - t_x
        weights = [binomial(power + j - 1, j) * (silence / (alpha + time)) ** j for j in range(shape)]
        weights = [w if j or silence else mpf(1) for j, w in enumerate(weights)]
        alive = sum(weights) * (alpha + time) ** -power * beta(a, b + n)
        dead = (alpha + t_x) ** -power * beta(a + 1, b + n - 1) if n else mpf(0)
        total = sum(weights)
        weights = [w / total for w in weights]
        p_alive = alive / (alive + dead)
        known = alpha + time
        if shape == 1:
            # Given p the rate of purchases falls like (1 + p y / known)^-(power + 1).
            def rate(y):
                return power / known * hyp2f1(power + 1, a, a + b + n, -y / known)
            plain, discounted = timed(rate, horizon, delta, known / (power + 1))
        else:
            plain, discounted = ticking(shape, power, known, weights, a, b + n, horizon, delta)
        silent = None
        if horizon != inf:
            share = horizon / (known + horizon)
            # No purchase: fewer ticks than are missing.
            silent = sum(w * sum(binomial(power + j + i - 1, i) * share ** i * (1 - share) ** (power + j)
                                 for i in range(shape - j)) for j, w in enumerate(weights))
            silent = dead / (alive + dead) + p_alive * silent
        return p_alive, silent, None if plain is None else p_alive * plain, p_alive * discounted
    return predict


def ticking(shape, power, known, weights, a, b, horizon, delta):
    """Expected purchases where every shape-th tick is one: the m-th tick comes in the time y with chance I(m, power + j)."""
    if horizon == inf:
        # e^(-delta time of a tick) is z = rate / (rate + delta) on average.
        total = mpf(0)
        for j, weight in enumerate(weights):
            def part(v, j=j):
                rate = exp(v)
                z = rate / (rate + delta)
                density = exp((power + j) * (v + log(known)) - rate * known) / mp.gamma(power + j)
                return density * z ** (shape - j) * hyp2f1(1, b, a + b, z ** shape)
            middle = log((power + j) / known)
            total += weight * quad(part, [middle - 70 / (power + j), middle - 9, middle - 3, middle - 1, middle, middle + 1, middle + 2, middle + 6])
        return None, total
    def arrived(y):
        share = y / (known + y)
        total, n, stays = mpf(0), 1, mpf(1)
        while True:
            term = sum(w * betainc(shape * n - j, power + j, 0, share, regularized=True) for j, w in enumerate(weights))
            total += stays * term
            if stays * term < total * mpf(10) ** -(mp.dps + 2):
                return total
            stays *= (b + n - 1) / (a + b + n - 1)
            n += 1
    plain = arrived(horizon)
    if delta == 0:
        return plain, plain
    later = quad(lambda y: exp(-delta * y) * arrived(y), pieces(horizon, known / power))
    return plain, exp(-delta * horizon) * plain + delta * later


def pareto(values, x, t_x, time, horizon, delta):
    r, alpha, s, b = values
    alive = (alpha + time) ** -(r + x) * (b + time) ** -s
    dead = mpf(0)
    if time > t_x:
        first = min(alpha, b) + t_x
        # By the logarithm of the time, so that a small alpha or beta is no singular end.
        def gone(w):
            y = t_x + first * (exp(w) - 1)
            return first * exp(w) * (alpha + y) ** -(r + x) * (b + y) ** -(s + 1)
        end = log1p((time - t_x) / first)
        dead = s * quad(gone, pieces(end, min(end, 1 / (r + x + s + 1))))
    p_alive = alive / (alive + dead)
    rate = (r + x) / (alpha + time)
    known = b + time
    plain, discounted = timed(lambda y: (known / (known + y)) ** s, horizon, delta, known / (1 + s))
    silent = None
    if horizon != inf:
        scale = min(alpha + time, known) / (r + x + s + 1)
        dies = quad(lambda y: s / known * (1 + y / known) ** -(s + 1) * (1 + y / (alpha + time)) ** -(r + x), pieces(horizon, scale))
        lives = (1 + horizon / known) ** -s * (1 + horizon / (alpha + time)) ** -(r + x)
        silent = dead / (alive + dead) + p_alive * (dies + lives)
    return p_alive, silent, None if plain is None else p_alive * rate * plain, p_alive * rate * discounted


def immortal(values, x, _t_x, time, horizon, delta):
    r, alpha = values
    rate = (r + x) / (alpha + time)
    plain, discounted = timed(lambda y: mpf(1), horizon, delta, alpha + time)
    silent = None if horizon == inf else (1 + horizon / (alpha + time)) ** -(r + x)
    return mpf(1), silent, None if plain is None else rate * plain, rate * discounted


def years(g, d, horizon, delta):
    """Expected opportunities survived, theta ~ beta(g, d), from now on."""
    q = exp(-delta)
    if horizon == inf:
        return None, q * d / (g + d) * hyp2f1(1, d + 1, g + d + 1, q)
    def of(z):
        return sum(z ** i * beta(g, d + i) / beta(g, d) for i in range(1, int(horizon) + 1))
    return of(mpf(1)), of(q)


def donor(values, x, t_x, n, horizon, delta):
    alpha, b, g, d = values
    alive = beta(alpha + x, b + n - x) * beta(g, d + n)
    dead = sum(beta(alpha + x, b + m - x) * beta(g + 1, d + m) for m in range(int(t_x), int(n)))
    lives = alive / (alive + dead)
    chance = (alpha + x) / (alpha + b + n)
    plain, discounted = years(g, d + n, horizon, delta)
    silent = None
    if horizon != inf:
        whole = int(horizon)
        # Dropped out after i opportunities, refusing all of them; or refusing all.
        silent = sum(beta(g + 1, d + n + i) * beta(alpha + x, b + n - x + i) for i in range(whole))
        silent += beta(g, d + n + whole) * beta(alpha + x, b + n - x + whole)
        silent /= beta(g, d + n) * beta(alpha + x, b + n - x)
        silent = dead / (alive + dead) + lives * silent
    next_one = d + n
    return (lives * next_one / (g + next_one), silent, None if plain is None else lives * chance * plain,
            lives * chance * discounted)


def subscriber(values, _x, _t_x, n, horizon, delta):
    alpha, b = values
    plain, discounted = years(alpha, b + n, horizon, delta)
    return mpf(1), None if horizon == inf else alpha / (alpha + b + n), plain, discounted


NAMES = {"bgnbd": "r alpha a b", "mbgnbd": "r alpha a b", "mbgcnbd": "k r alpha a b", "pnbd": "r alpha s beta",
         "nbd": "r alpha", "bgbb": "alpha beta gamma delta", "sbg": "alpha beta"}

# Ordinary; nobody but one-time buyers; today; just bought; often; long silent (P(alive) of 1e-40 and less); long ago.
BUYERS = ("0 0 272", "0 0 0", "2 213 272", "10 272 272", "23 30 60", "60 12 2100", "5000 990 1000", "1 1 20000")
LOOKS = ("1y 10%", "1y 0%", "1d 10%", "200y 0.01%", "inf 10%", "inf 0.001%", "inf 900%")
FEW = ("1y 10%", "inf 10%", "inf 0.001%")
TICKS = ("1y 0%", "1d 0%", "inf 10%", "inf 900%")
CASES = [
    ("bgnbd", "0.243 30.9 0.793 2.426", BUYERS, LOOKS),
    ("bgnbd", "0.243 30.9 1 2.426", BUYERS[2:6], LOOKS),
    ("bgnbd", "0.243 30.9 1.000000001 2.426", BUYERS[2:4], FEW),
    ("bgnbd", "0.243 30.9 0.999999 2.426", BUYERS[2:4], FEW),
    ("bgnbd", "40 0.5 0.02 900", BUYERS[:4], FEW),
    ("bgnbd", "0.7 100 60 90", BUYERS[:4], FEW),
    ("mbgnbd", "0.525 43.3 0.891 1.614", BUYERS, LOOKS),
    ("mbgnbd", "0.525 43.3 1 1.614", BUYERS[:4], FEW),
    ("mbgcnbd", "2 0.9 20 0.5 1.9", BUYERS[:6], TICKS),
    ("mbgcnbd", "4 2.5 15 1 2", BUYERS[1:4], TICKS),
    ("pnbd", "0.55 74 0.61 81.5", BUYERS, LOOKS),
    ("pnbd", "0.55 74 1 81.5", BUYERS[2:6], LOOKS),
    ("pnbd", "0.55 74 1.000000001 81.5", BUYERS[2:4], FEW),
    ("pnbd", "0.55 80 0.61 80", BUYERS, FEW),
    ("pnbd", "0.55 80 0.61 80.0000001", BUYERS[2:4], FEW),
    ("pnbd", "10.465 0.00798565 3.0516 2.82", ("40 5 6", "50 1 37", "50 4 37"), FEW),
    ("pnbd", "30 5000 12 0.5", BUYERS[:3], FEW),
    ("nbd", "0.4 120", ("0 0 272", "0 0 0", "2 213 272", "5000 990 1000"), LOOKS),
    ("bgbb", "1.2 0.75 0.66 2.78", ("3 4 6", "0 0 6", "6 6 6", "0 0 0", "40 60 200"), ("10y 10%", "1y 0%", "60y 0.01%", "inf 10%", "inf 1%")),
    ("bgbb", "1 1 1 1", ("3 4 6", "0 0 0"), ("10y 10%", "inf 10%")),
    ("sbg", "0.668 3.806", ("0 0 7", "0 0 0"), ("10y 10%", "1y 0%", "60y 0.01%", "inf 10%", "inf 0.1%")),
    ("sbg", "1 1", ("0 0 3",), ("10y 10%", "inf 10%")),
]
MODELS = {"bgnbd": beta_geometric(0, 1), "mbgnbd": beta_geometric(1, 1), "pnbd": pareto, "nbd": immortal, "bgbb": donor,
          "sbg": subscriber}


def answer(model, numbers, row, horizon, discount):
    values = [mpf(number) for number in numbers.split()]
    x, t_x, time = (mpf(number) for number in row.split())
    year = 1 if model in ("bgbb", "sbg") else YEAR
    length = inf if horizon == "inf" else mpf(horizon[:-1]) * (year if horizon[-1] == "y" else 1)
    delta = log1p(mpf(discount[:-1]) / 100) / year
    if model == "mbgcnbd":
        return beta_geometric(1, int(values[0]))(values[1:], int(x), t_x, time, length, delta)
    return MODELS[model](values, x, t_x, time, length, delta)


def check(one, other, what):
    for a, b in zip(one, other):
        if (a is None) != (b is None) or (a is not None and abs(a - b) > mpf(10) ** -15 * abs(b)):
            sys.exit(f"{what}: {a} or {b}")


def main():
    print("model", "parameters", "x", "t_x", "T", "horizon", "discount", "p_alive", "p_no_order", "orders", "discounted",
          sep="\t")
    for model, numbers, rows, looks in CASES:
        named = " ".join(f"{name}={number}" for name, number in zip(NAMES[model].split(), numbers.split()))
        for look in looks:
            horizon, discount = look.split()
            for row in rows:
                mp.dps = 30
                one = answer(model, numbers, row, horizon, discount)
                mp.dps = 40
                check(one, answer(model, numbers, row, horizon, discount), (model, numbers, row, look))
                p_alive, silent, orders, discounted = one
                if horizon == "inf":
                    orders, discounted = discounted, None
                cells = ["" if value is None else mp.nstr(value, 17) for value in (p_alive, silent, orders, discounted)]
                print(model, named, *row.split(), horizon, discount, *cells, sep="\t", flush=True)


main()
