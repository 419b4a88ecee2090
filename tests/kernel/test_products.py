"""Finite products: likelihoods, products of numbers of any sign, products with holes."""

from __future__ import annotations

import pytest
from kernel_notation import (
    CLASSES,
    CONTEXT,
    FEATURES,
    SAMPLES,
    by,
    c,
    claim,
    d,
    delta,
    exp,
    h,
    j,
    log,
    q,
    r,
    running,
    sigma,
    sign,
    size,
    term,
    theta,
    total,
    u,
    weights,
    x,
    y,
)

from derivations.kernel import judge
from derivations.language import IndexSet

likelihood = running(SAMPLES, lambda n: h(n) ** y[n] * (1 - h(n)) ** (1 - y[n]))

TRUE = {
    "log-likelihood": lambda: (
        log(likelihood),
        total(SAMPLES, lambda n: y[n] * log(h(n)) + (1 - y[n]) * log(1 - h(n))),
    ),
    "likelihood by exponentials": lambda: (
        likelihood,
        exp(total(SAMPLES, lambda n: y[n] * log(h(n)) + (1 - y[n]) * log(1 - h(n)))),
    ),
    "likelihood by margins": lambda: (
        -log(running(SAMPLES, lambda n: sigma(sign[n] * r))),
        total(SAMPLES, lambda n: log(1 + exp(-sign[n] * r))),
    ),
    "gradient of the log-likelihood": lambda: (
        by(log(likelihood), theta[j]),
        total(SAMPLES, lambda n: (y[n] - h(n)) * x[n, j]),
    ),
    "a product of products": lambda: (
        running(CLASSES, lambda g: q[g] * weights[g]),
        running(CLASSES, lambda g: q[g]) * running(CLASSES, lambda g: weights[g]),
    ),
    "a square": lambda: (running(CLASSES, lambda g: q[g] ** 2), running(CLASSES, lambda g: q[g]) ** 2),
    "a constant": lambda: (running(CLASSES, lambda g: u), u ** size(CLASSES)),
    "a constant of any sign": lambda: (
        running(CLASSES, lambda g: r * q[g]),
        r ** size(CLASSES) * running(CLASSES, lambda g: q[g]),
    ),
    "signs": lambda: (
        running(CLASSES, lambda g: -q[g]),
        term(-1) ** size(CLASSES) * running(CLASSES, lambda g: q[g]),
    ),
    "a power of a size": lambda: ((-r) ** (2 * size(CLASSES)), (r**2) ** size(CLASSES)),
    "products in another order": lambda: (
        running(SAMPLES, lambda n: running(FEATURES, lambda f: x[n, f])),
        running(FEATURES, lambda f: running(SAMPLES, lambda n: x[n, f])),
    ),
    "all over again": lambda: (
        running(SAMPLES, lambda n: running(FEATURES, lambda f: r * x[n, f])),
        r ** (size(SAMPLES) * size(FEATURES))
        * running(SAMPLES, lambda n: running(FEATURES, lambda f: x[n, f])),
    ),
    "all factors but one": lambda: (
        running(CLASSES, lambda g: q[g], c) * q[c],
        running(CLASSES, lambda g: q[g]),
    ),
    "all positive factors but one": lambda: (
        running(CLASSES, lambda g: exp(q[g]), c),
        exp(total(CLASSES, lambda g: q[g]) - q[c]),
    ),
    "a derivative": lambda: (
        by(running(CLASSES, lambda g: q[g]), q[c]),
        running(CLASSES, lambda g: q[g], c),
    ),
    "a derivative of squares": lambda: (
        by(running(CLASSES, lambda g: q[g] ** 2), q[c]),
        2 * q[c] * running(CLASSES, lambda g: q[g] ** 2, c),
    ),
    "a second derivative": lambda: (
        by(running(CLASSES, lambda g: q[g]), q[c], q[d]),
        (1 - delta(c, d)) * running(CLASSES, lambda g: q[g], c, d),
    ),
    "two holes": lambda: (
        running(CLASSES, lambda g: q[g], c, d) * (1 - delta(c, d)) * q[c] * q[d],
        (1 - delta(c, d)) * running(CLASSES, lambda g: q[g]),
    ),
    "a sum over the holes": lambda: (
        total(CLASSES, lambda e: delta(e, c) * running(CLASSES, lambda g: q[g], e)) * q[c],
        running(CLASSES, lambda g: q[g]),
    ),
    "an indicator picks": lambda: (running(CLASSES, lambda g: 1 + delta(g, c) * (q[g] - 1)), q[c]),
}

WHERE_DEFINED = {
    "all but one by a quotient": lambda: (
        running(CLASSES, lambda g: q[g], c),
        running(CLASSES, lambda g: q[g]) / q[c],
    ),
    "a product of reciprocals": lambda: (
        running(CLASSES, lambda g: 1 / q[g]),
        1 / running(CLASSES, lambda g: q[g]),
    ),
}

FALSE = {
    "a product of the first column": lambda: (
        running(SAMPLES, lambda n: running(FEATURES, lambda f: x[n, f])),
        running(FEATURES, lambda f: running(SAMPLES, lambda n: x[n, j])),
    ),
    "a constant once": lambda: (running(CLASSES, lambda g: r * q[g]), r * running(CLASSES, lambda g: q[g])),
    "an odd power of a sign": lambda: ((-r) ** size(CLASSES), r ** size(CLASSES)),
    "another size": lambda: (running(CLASSES, lambda g: r), r ** size(FEATURES)),
    "an absolute value": lambda: ((r**2) ** size(CLASSES), r ** size(CLASSES)),
    "a product of sums": lambda: (
        running(CLASSES, lambda g: q[g] + weights[g]),
        running(CLASSES, lambda g: q[g]) + running(CLASSES, lambda g: weights[g]),
    ),
    "a logarithm of one factor": lambda: (
        log(likelihood),
        total(SAMPLES, lambda n: y[n] * log(h(n))),
    ),
    "a hole forgotten": lambda: (
        by(running(CLASSES, lambda g: q[g]), q[c]),
        running(CLASSES, lambda g: q[g]),
    ),
    "another hole": lambda: (running(CLASSES, lambda g: q[g], c), running(CLASSES, lambda g: q[g], d)),
    "a hole filled with another factor": lambda: (
        running(CLASSES, lambda g: q[g], c) * q[d],
        running(CLASSES, lambda g: q[g]),
    ),
    "two holes that may be one": lambda: (
        running(CLASSES, lambda g: q[g], c, d) * q[c] * q[d],
        running(CLASSES, lambda g: q[g]),
    ),
    "a second derivative on the diagonal": lambda: (
        by(running(CLASSES, lambda g: q[g]), q[c], q[d]),
        running(CLASSES, lambda g: q[g], c, d),
    ),
    "a sign taken out once": lambda: (
        running(CLASSES, lambda g: -q[g]),
        -running(CLASSES, lambda g: q[g]),
    ),
    "a constant, once": lambda: (running(CLASSES, lambda g: u), u),
    "a constant with a hole": lambda: (running(CLASSES, lambda g: u, c), u ** size(CLASSES)),
    "an empty product of zeros": lambda: (running(CLASSES, lambda g: 0 * q[g], c), 0 * r),
    "a product over no other class": lambda: (
        running(IndexSet("K", 1, 1), lambda g: 0 * q[g]),
        0 * r,
    ),
    "a sum for a product": lambda: (
        running(FEATURES, lambda f: theta[f]),
        total(FEATURES, lambda f: theta[f]),
    ),
    "an indicator picks another": lambda: (running(CLASSES, lambda g: 1 + delta(g, c) * (q[g] - 1)), q[d]),
}


@pytest.mark.parametrize("name", TRUE)
def test_a_right_step_with_products_is_proved(name):
    assert judge(claim(*TRUE[name]()), CONTEXT).kind == "proved"


@pytest.mark.parametrize("name", WHERE_DEFINED)
def test_a_quotient_of_products_asks_for_its_factors(name):
    found = judge(claim(*WHERE_DEFINED[name]()), CONTEXT)
    assert found.kind == "proved-where-defined"
    assert any("!= 0" in condition for condition in found.conditions)


@pytest.mark.parametrize("name", FALSE)
def test_a_mistake_with_products_is_refuted(name):
    assert judge(claim(*FALSE[name]()), CONTEXT).kind == "refuted"
