"""Softmax regression: the mean cross-entropy of scores that are linear in a matrix of weights."""

from __future__ import annotations

import sympy
from sympy import IndexedBase, KroneckerDelta, Sum, exp, log

from derivations.catalogue.entry import Entry
from derivations.catalogue.symbols import (
    CLASSES,
    FEATURES,
    SAMPLES,
    K,
    c,
    data,
    feature,
    i,
    j,
    k,
    m,
    n,
    parameter,
)
from derivations.language.declarations import Domain

W, x, y = IndexedBase("W"), IndexedBase("x"), IndexedBase("y")
_r, _e, _f = sympy.symbols("r e f", integer=True, positive=True)


def score(index: sympy.Expr) -> sympy.Expr:
    """The score of sample i for the class at `index`."""
    return Sum(W[index, feature] * x[i, feature], (feature, 1, n))


def probability(index: sympy.Expr) -> sympy.Expr:
    """The probability that the model gives sample i for the class at `index`."""
    return exp(score(index)) / Sum(exp(score(c)), (c, 1, K))


_cost = -Sum(y[i, _r] * log(probability(_r)), (_r, 1, K), (i, 1, m)) / m
_NAMES = (
    parameter("W", CLASSES, FEATURES),
    data("x", SAMPLES, FEATURES),
    data("y", SAMPLES, CLASSES, domain=Domain.SUM_ONE),
)

ENTRIES = (
    Entry(
        name="softmax-regression-gradient",
        title="Gradient of softmax regression, labels with sum 1",
        left=sympy.Derivative(_cost, W[k, j]),
        lines=(Sum((probability(k) - y[i, k]) * x[i, j], (i, 1, m)) / m,),
        declarations=_NAMES,
    ),
    Entry(
        name="softmax-regression-hessian",
        title="Hessian of softmax regression, labels with sum 1",
        left=sympy.Derivative(_cost, W[k, j], W[_e, _f]),
        lines=(
            Sum(
                probability(k) * (KroneckerDelta(k, _e) - probability(_e)) * x[i, j] * x[i, _f],
                (i, 1, m),
            )
            / m,
        ),
        declarations=_NAMES,
    ),
)
