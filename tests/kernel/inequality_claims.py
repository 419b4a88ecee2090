"""Inequalities of the field, true and false, written as one would say them."""

from __future__ import annotations

from fractions import Fraction

from kernel_notation import (
    CLASSES,
    FEATURES,
    SAMPLES,
    Term,
    a,
    bit,
    by,
    c,
    cost,
    d,
    direction,
    exp,
    h,
    half,
    i,
    j,
    k,
    lam,
    log,
    log_loss,
    mean,
    normaliser,
    p,
    pm,
    q,
    quarter,
    r,
    ridge,
    s,
    score,
    sigma,
    size,
    slope,
    soft,
    softplus,
    sqrt,
    tanh,
    term,
    theta,
    total,
    u,
    v,
    weights,
    x,
    y,
)

rate = by
eighth, third, fifth, tenth = (term(Fraction(1, n)) for n in (8, 3, 5, 10))


def lse() -> Term:
    return log(normaliser)


def expected(body) -> Term:
    """The mean of ``body(k)`` under the softmax of q."""
    return total(CLASSES, lambda g: p(g) * body(g))


def soft_mean(body) -> Term:
    return total(CLASSES, lambda g: soft[g] * body(g))


def entropy() -> Term:
    return -soft_mean(lambda g: log(soft[g]))


def along(sample) -> Term:
    return total(FEATURES, lambda f: x[sample, f] * direction[f])


def hessian_form(penalty=0) -> Term:
    """``v^T H v`` of the cost, entry by entry."""
    whole = total(
        FEATURES,
        lambda f: total(
            FEATURES,
            lambda g: (
                direction[f] * direction[g] * (mean * total(SAMPLES, lambda n: slope(n) * x[n, f] * x[n, g]))
            ),
        ),
    )
    return whole + penalty * squared_length() if penalty else whole


def gram_form(factor) -> Term:
    return factor * total(
        FEATURES,
        lambda f: total(
            FEATURES,
            lambda g: direction[f] * direction[g] * total(SAMPLES, lambda n: x[n, f] * x[n, g]),
        ),
    )


def squared_length() -> Term:
    return total(FEATURES, lambda f: direction[f] ** 2)


def softmax_form() -> Term:
    """``v^T (diag(p) - p p^T) v``."""
    return expected(lambda g: weights[g] ** 2) - expected(lambda g: weights[g]) ** 2


def tangent_of_cost() -> Term:
    """The cost at theta, from the tangent at direction."""
    at = mean * total(SAMPLES, lambda n: softplus(along(n)) - y[n] * along(n))
    steps = mean * total(SAMPLES, lambda n: (sigma(along(n)) - y[n]) * (score(n) - along(n)))
    return at + steps


def plain_cost() -> Term:
    return mean * total(SAMPLES, lambda n: softplus(score(n)) - y[n] * score(n))


TURNED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
"""Each relation and its contrary."""

TRUE = [
    # the sigmoid and its derivatives
    (lambda: sigma(r), ">", 0),
    (lambda: sigma(r), "<", 1),
    (lambda: 1 - sigma(r), ">", 0),
    (lambda: sigma(r) * (1 - sigma(r)), "<=", quarter),
    (lambda: rate(sigma(r), r), ">", 0),
    (lambda: rate(sigma(r), r), "<=", quarter),
    (lambda: rate(sigma(r), r), "<", third),
    (lambda: rate(sigma(r), r, r), "<=", tenth),
    (lambda: rate(sigma(r), r, r), ">=", -tenth),
    (lambda: tanh(r) ** 2, "<", 1),
    (lambda: tanh(u), ">", 0),
    (lambda: tanh(u), "<=", u),
    (lambda: sigma(u), ">", half),
    (lambda: sigma(-u), "<", half),
    (lambda: sigma(r + u), ">", sigma(r)),
    (lambda: sigma(u), "<", half + u / 4),
    (lambda: a * (1 - a), "<=", quarter),
    (lambda: (1 - 2 * a) ** 2, "<", 1),
    (lambda: log(a), "<", 0),
    (lambda: a * log(a) + (1 - a) * log(1 - a), "<", 0),
    (lambda: -a * log(a) - (1 - a) * log(1 - a), "<=", log(2)),
    # exponentials, logarithms, softplus
    (lambda: exp(r), ">=", 1 + r),
    (lambda: exp(u), ">", 1 + u),
    (lambda: exp(u), ">", 1 + u + u**2 / 2),
    (lambda: exp(-r), ">=", 1 - r),
    (lambda: log(u), "<=", u - 1),
    (lambda: log(u), ">=", 1 - 1 / u),
    (lambda: log(1 + u), "<=", u),
    (lambda: log(1 + u), "<", u),
    (lambda: log(1 + u), ">", u / (1 + u)),
    (lambda: u - 1 - log(u), ">=", 0),
    (lambda: u * log(u), ">=", u - 1),
    (lambda: u * log(u / v), ">=", u - v),
    (lambda: softplus(r), ">", 0),
    (lambda: softplus(r), ">", r),
    (lambda: softplus(r), ">=", r / 2 + log(2)),
    (lambda: softplus(r), "<=", r / 2 + log(2) + r**2 / 8),
    (lambda: softplus(u), "<=", u + log(2)),
    (lambda: softplus(r), "<=", exp(r)),
    (lambda: softplus(r), ">=", softplus(s) + sigma(s) * (r - s)),
    (lambda: exp(r) + exp(s), ">=", 2 * exp((r + s) / 2)),
    (lambda: exp(r) + exp(-r), ">=", 2),
    (lambda: exp((r + s) / 2), "<=", (exp(r) + exp(s)) / 2),
    (lambda: log((u + v) / 2), ">=", (log(u) + log(v)) / 2),
    (lambda: sqrt(u * v), "<=", (u + v) / 2),
    (lambda: sqrt(r**2), ">=", r),
    (lambda: sqrt((r + s) ** 2), "<=", sqrt(r**2) + sqrt(s**2)),
    (lambda: r**2 + s**2, ">=", 2 * r * s),
    (lambda: r**2 + r * s + s**2, ">=", 0),
    (lambda: (r + s) ** 2, "<=", 2 * (r**2 + s**2)),
    (lambda: u / v + v / u, ">=", 2),
    (lambda: r**2 - r + 1, ">", 0),
    # softmax and log-sum-exp
    (lambda: p(c), ">", 0),
    (lambda: p(c), "<=", 1),
    (lambda: p(c) * (1 - p(c)), "<=", quarter),
    (lambda: log(p(c)), "<=", 0),
    (lambda: lse(), ">=", q[c]),
    (lambda: -log(p(c)), ">=", 0),
    (lambda: softmax_form(), ">=", 0),
    (lambda: soft_mean(lambda g: (weights[g] - soft_mean(lambda e: weights[e])) ** 2), ">=", 0),
    (lambda: soft_mean(lambda g: weights[g] ** 2), ">=", soft_mean(lambda g: weights[g]) ** 2),
    (lambda: lse(), ">=", lambda: mean_of_scores() + log(size(CLASSES))),
    (lambda: soft[c], "<=", 1),
    (lambda: entropy(), ">=", 0),
    (lambda: entropy(), "<=", log(size(CLASSES))),
    (lambda: -expected(lambda g: log(p(g))), "<=", log(size(CLASSES))),
    (lambda: soft_mean(lambda g: log(soft[g] / p(g))), ">=", 0),
    (lambda: -soft_mean(lambda g: log(p(g))), ">=", entropy()),
    (lambda: total(CLASSES, lambda g: soft[g] ** 2), "<=", 1),
    (lambda: total(CLASSES, lambda g: soft[g] ** 2), ">=", 1 / size(CLASSES)),
    (lambda: lse(), ">=", soft_mean(lambda g: q[g]) + entropy()),
    (lambda: total(CLASSES, lambda g: soft[g] * (1 - soft[g])), ">=", 0),
    # costs, gradients and Hessians
    (lambda: log_loss(sigma(r), bit), ">", 0),
    (lambda: log(1 + exp(-pm * r)), ">", 0),
    (lambda: cost, ">", 0),
    (lambda: ridge, ">", 0),
    (lambda: ridge, ">=", cost),
    (hessian_form, ">=", 0),
    (lambda: hessian_form(lam), ">=", 0),
    (lambda: hessian_form(lam), ">=", lam * squared_length()),
    (hessian_form, "<=", lambda: gram_form(quarter * mean)),
    (plain_cost, ">=", tangent_of_cost),
    (lambda: (sigma(r) - bit) ** 2, "<", 1),
    (lambda: slope(i) * x[i, j] ** 2, ">=", 0),
    (lambda: slope(i) * x[i, j] ** 2, "<=", quarter * x[i, j] ** 2),
    (
        lambda: total(FEATURES, lambda f: x[i, f] * theta[f]) ** 2,
        "<=",
        lambda: total(FEATURES, lambda f: x[i, f] ** 2) * total(FEATURES, lambda f: theta[f] ** 2),
    ),
    (
        lambda: (mean * total(SAMPLES, lambda n: x[n, j])) ** 2,
        "<=",
        lambda: mean * total(SAMPLES, lambda n: x[n, j] ** 2),
    ),
    (lambda: h(i) * h(i), "<", lambda: h(i)),
    (lambda: total(SAMPLES, lambda n: h(n)), "<", size(SAMPLES)),
    (lambda: y[i] * (1 - y[i]), "<=", 0),
    (lambda: log(h(i)), "<", 0),
]


def mean_of_scores() -> Term:
    return total(CLASSES, lambda g: q[g]) / size(CLASSES)


FALSE = [
    (lambda: sigma(r), ">", half),
    (lambda: sigma(r), ">=", half),
    (lambda: sigma(r) * (1 - sigma(r)), "<", quarter),
    (lambda: sigma(r) * (1 - sigma(r)), "<=", fifth),
    (lambda: rate(sigma(r), r, r), ">=", 0),
    (lambda: rate(sigma(r), r, r), "<=", term(Fraction(9, 100))),
    (lambda: tanh(r), "<=", r),
    (lambda: tanh(u), ">=", u),
    (lambda: sigma(r - u), ">=", sigma(r)),
    (lambda: sigma(u), "<", half + u / 5),
    (lambda: a * (1 - a), "<", quarter),
    (lambda: log(a), ">", 0),
    (lambda: -a * log(a) - (1 - a) * log(1 - a), "<", log(2)),
    (lambda: exp(r), ">", 1 + r),
    (lambda: exp(r), ">=", 1 + r + r**2 / 2),
    (lambda: exp(u), "<=", 1 + u),
    (lambda: exp(r), ">=", 2 + r),
    (lambda: log(u), "<", u - 1),
    (lambda: log(u), ">=", u - 1),
    (lambda: log(u), "<=", u / 3),
    (lambda: log(1 + u), ">", u - u**2 / 4),
    (lambda: u * log(u), ">=", u),
    (lambda: u * log(u), ">", u - 1),
    (lambda: u * log(u / v), ">=", v - u),
    (lambda: softplus(r), ">=", r + log(2)),
    (lambda: softplus(r), ">=", log(2)),
    (lambda: softplus(r), ">", r / 2 + log(2)),
    (lambda: softplus(r), "<=", r / 2 + log(2) + r**2 / 9),
    (lambda: softplus(r), "<=", softplus(s) + sigma(s) * (r - s)),
    (lambda: softplus(r), ">", softplus(s) + sigma(s) * (r - s)),
    (lambda: exp(r) + exp(s), ">", 2 * exp((r + s) / 2)),
    (lambda: exp((r + s) / 2), ">=", (exp(r) + exp(s)) / 2),
    (lambda: log((u + v) / 2), "<=", (log(u) + log(v)) / 2),
    (lambda: sqrt(u * v), "<", (u + v) / 2),
    (lambda: sqrt(r**2), ">", r),
    (lambda: sqrt((r + s) ** 2), ">=", sqrt(r**2) + sqrt(s**2)),
    (lambda: sqrt((r + s) ** 2), "<", sqrt(r**2) + sqrt(s**2)),
    (lambda: r**2 + s**2, ">", 2 * r * s),
    (lambda: r**2 + 3 * r * s + s**2, ">=", 0),
    (lambda: (r + s) ** 2, "<=", r**2 + s**2),
    (lambda: u / v + v / u, ">", 2),
    (lambda: r**2 - 2 * r + 1, ">", 0),
    (lambda: p(c) * (1 - p(c)), "<", quarter),
    (lambda: p(c), ">=", 1 / size(CLASSES)),
    (lambda: lse(), "<=", q[c] + log(size(CLASSES))),
    (lambda: softmax_form(), ">", 0),
    (lambda: soft_mean(lambda g: weights[g] ** 2), "<=", soft_mean(lambda g: weights[g]) ** 2),
    (lambda: entropy(), ">", log(2)),
    (lambda: entropy(), "<", log(size(CLASSES))),
    (lambda: entropy(), "<=", log(2)),
    (lambda: -expected(lambda g: log(p(g))), "<=", log(2)),
    (lambda: -expected(lambda g: log(p(g))), "<", log(size(CLASSES))),
    (lambda: soft_mean(lambda g: log(soft[g] / p(g))), ">", 0),
    (lambda: soft_mean(lambda g: log(p(g) / soft[g])), ">=", 0),
    (lambda: total(CLASSES, lambda g: soft[g] ** 2), "<=", 1 / size(CLASSES)),
    (lambda: total(CLASSES, lambda g: soft[g] ** 2), ">=", half),
    (lambda: log_loss(sigma(r), bit), ">=", log(2)),
    (lambda: cost, ">=", log(2)),
    (lambda: ridge, ">", cost),
    (hessian_form, ">", 0),
    (lambda: hessian_form(lam), ">", 0),
    (hessian_form, "<=", lambda: gram_form(fifth * mean)),
    (hessian_form, "<", lambda: gram_form(quarter * mean)),
    (plain_cost, "<=", tangent_of_cost),
    (plain_cost, ">", tangent_of_cost),
    (lambda: slope(i) * x[i, j], ">=", 0),
    (lambda: slope(i) * x[i, j] * x[i, k], ">=", 0),
    (
        lambda: total(FEATURES, lambda f: x[i, f] * theta[f]),
        "<=",
        lambda: total(FEATURES, lambda f: x[i, f] ** 2) * total(FEATURES, lambda f: theta[f] ** 2),
    ),
    (
        lambda: total(FEATURES, lambda f: x[i, f]) ** 2,
        "<=",
        lambda: total(FEATURES, lambda f: x[i, f] ** 2),
    ),
    (lambda: h(i), "<=", y[i]),
    (lambda: 1 / r, "<=", 1),
    (lambda: p(c) + p(d), "<=", 1),
]
