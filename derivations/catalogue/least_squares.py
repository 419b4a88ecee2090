"""Half the squared error of a linear model: gradients and Hessians for symbolic m and n."""

from __future__ import annotations

import sympy
from sympy import IndexedBase, Sum, diff

from derivations.catalogue.entry import Entry
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
    y,
    z,
)

theta, x, labels = IndexedBase("theta"), IndexedBase("x"), IndexedBase("y")


def loss(prediction: sympy.Expr, label: sympy.Expr) -> sympy.Expr:
    """Half the squared error of predicting `prediction` for `label`."""
    return (prediction - label) ** 2 / 2


_score = Sum(theta[feature] * x[i, feature], (feature, 1, n))
_cost = Sum(loss(_score, labels[i]), (i, 1, m)) / m

GRADIENT = z - y
"""dL/dz."""

_SCORE_NAMES = (parameter("z"), data("y"))
_DATA_SET_NAMES = (parameter("theta", FEATURES), data("x", SAMPLES, FEATURES), data("y", SAMPLES))

ENTRIES = (
    Entry(
        name="squared-error-score-gradient",
        title="Gradient of half the squared error by the score",
        left=sympy.Derivative(loss(z, y), z),
        lines=(GRADIENT,),
        declarations=_SCORE_NAMES,
    ),
    Entry(
        name="squared-error-score-hessian",
        title="Second derivative of half the squared error by the score",
        left=sympy.Derivative(loss(z, y), (z, 2)),
        lines=(sympy.Integer(1),),
        declarations=_SCORE_NAMES,
    ),
    Entry(
        name="squared-error-gradient",
        title="Gradient of half the mean squared error over a data set",
        left=sympy.Derivative(_cost, theta[j]),
        lines=(
            Sum((_score - labels[i]) * diff(_score, theta[j]), (i, 1, m)) / m,
            Sum((_score - labels[i]) * x[i, j], (i, 1, m)) / m,
        ),
        declarations=_DATA_SET_NAMES,
    ),
    Entry(
        name="squared-error-hessian",
        title="Hessian of half the mean squared error over a data set",
        left=sympy.Derivative(_cost, theta[j], theta[k]),
        lines=(Sum(x[i, j] * x[i, k], (i, 1, m)) / m,),
        declarations=_DATA_SET_NAMES,
    ),
)
