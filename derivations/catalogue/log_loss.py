"""The log-loss of one score and of a data set: gradients and Hessians for symbolic m and n.

The labels may be any real numbers: nothing here needs y in {0, 1}, so soft labels are included.
"""

from __future__ import annotations

import sympy
from sympy import IndexedBase, Sum, diff, log

from derivations.catalogue.entry import Entry
from derivations.catalogue.sigmoid import DERIVATIVE, SIGMOID
from derivations.catalogue.symbols import (
    FEATURES,
    SAMPLES,
    data,
    feature,
    i,
    j,
    k,
    m,
    n,
    parameter,
    sigma,
    y,
    z,
)

theta, x, labels = IndexedBase("theta"), IndexedBase("x"), IndexedBase("y")
_a = sympy.Symbol("a", positive=True)
penalty_weight = sympy.Symbol("lambda", real=True)


def loss(prediction: sympy.Expr, label: sympy.Expr) -> sympy.Expr:
    """The log-loss of predicting `prediction` for `label`."""
    return -label * log(prediction) - (1 - label) * log(1 - prediction)


_score = Sum(theta[feature] * x[i, feature], (feature, 1, n))
_h = sigma(_score)
_cost = Sum(loss(_h, labels[i]), (i, 1, m)) / m
_penalised = _cost + penalty_weight * Sum(theta[feature] ** 2, (feature, 1, n)) / 2
_gradient = Sum((_h - labels[i]) * x[i, j], (i, 1, m)) / m
_hessian = Sum(_h * (1 - _h) * x[i, j] * x[i, k], (i, 1, m)) / m
_chained = diff(loss(_a, y), _a).subs(_a, sigma(z)) * DERIVATIVE

GRADIENT = sigma(z) - y
"""dL/dz."""

CURVATURE = DERIVATIVE
"""d2L/dz2."""

_SCORE_NAMES = (parameter("z"), data("y"))
_DATA_SET_NAMES = (parameter("theta", FEATURES), data("x", SAMPLES, FEATURES), data("y", SAMPLES))

ENTRIES = (
    Entry(
        name="log-loss-score-gradient",
        title="Gradient of the log-loss by the score",
        left=sympy.Derivative(loss(sigma(z), y), z),
        lines=(_chained, GRADIENT),
        declarations=_SCORE_NAMES,
        definitions=(SIGMOID,),
    ),
    Entry(
        name="log-loss-score-hessian",
        title="Second derivative of the log-loss by the score",
        left=sympy.Derivative(loss(sigma(z), y), (z, 2)),
        lines=(diff(GRADIENT, z), CURVATURE),
        declarations=_SCORE_NAMES,
        definitions=(SIGMOID,),
    ),
    Entry(
        name="log-loss-gradient",
        title="Gradient of the log-loss over a data set",
        left=sympy.Derivative(_cost, theta[j]),
        lines=(
            Sum((_h - labels[i]) * diff(_score, theta[j]), (i, 1, m)) / m,
            _gradient,
        ),
        declarations=_DATA_SET_NAMES,
        definitions=(SIGMOID,),
    ),
    Entry(
        name="log-loss-hessian",
        title="Hessian of the log-loss over a data set",
        left=sympy.Derivative(_cost, theta[j], theta[k]),
        lines=(
            Sum(_h * (1 - _h) * diff(_score, theta[k]) * x[i, j], (i, 1, m)) / m,
            _hessian,
        ),
        declarations=_DATA_SET_NAMES,
        definitions=(SIGMOID,),
    ),
    Entry(
        name="log-loss-l2-gradient",
        title="Gradient of the log-loss over a data set with an L2 penalty",
        left=sympy.Derivative(_penalised, theta[j]),
        lines=(_gradient + penalty_weight * theta[j],),
        declarations=(*_DATA_SET_NAMES, data("lambda")),
        definitions=(SIGMOID,),
    ),
    Entry(
        name="log-loss-l2-hessian",
        title="Hessian of the log-loss over a data set with an L2 penalty",
        left=sympy.Derivative(_penalised, theta[j], theta[k]),
        lines=(_hessian + penalty_weight * sympy.KroneckerDelta(j, k),),
        declarations=(*_DATA_SET_NAMES, data("lambda")),
        definitions=(SIGMOID,),
    ),
)
