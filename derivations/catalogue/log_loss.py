"""The log-loss of one score and of a data set: where it comes from, gradients, Hessians, convexity.

The labels may be any real numbers where nothing is said: soft labels are then included.
"""

from __future__ import annotations

import sympy
from sympy import IndexedBase, MatrixSymbol, Sum, log
from sympy.matrices.expressions.diagonal import DiagMatrix

from derivations.catalogue.entry import By, Entry, Equation, Part
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
from derivations.deriving.matrix_notation import CostGradient, CostHessian
from derivations.language.sympy_rates import Rate

theta, x, labels, scores, h, s, v = map(IndexedBase, ("theta", "x", "y", "z", "h", "s", "v"))
J, L, R, a, b = sympy.symbols("J L R a b", real=True)
penalty_weight = sympy.Symbol("lambda", real=True)
X, H, Y, THETA, V, S, Z = (
    MatrixSymbol("X", m, n),
    MatrixSymbol("h", m, 1),
    MatrixSymbol("y", m, 1),
    MatrixSymbol("theta", n, 1),
    MatrixSymbol("v", n, 1),
    MatrixSymbol("s", m, 1),
    MatrixSymbol("z", m, 1),
)


def loss(prediction: sympy.Expr, label: sympy.Expr) -> sympy.Expr:
    """The log-loss of predicting `prediction` for `label`."""
    return -label * log(prediction) - (1 - label) * log(1 - prediction)


def likelihood_terms(prediction: sympy.Expr, label: sympy.Expr) -> sympy.Expr:
    """The logarithm of the probability of `label`: the log-loss without its minus."""
    return label * log(prediction) + (1 - label) * log(1 - prediction)


SCORE = Equation(scores[i], Sum(theta[feature] * x[i, feature], (feature, 1, n)))
PREDICTION = Equation(h[i], sigma(scores[i]))
COST = Equation(J, -Sum(likelihood_terms(h[i], labels[i]), (i, 1, m)) / m)
_NAMES = (SCORE, PREDICTION, COST)

_gradient = Sum((h[i] - labels[i]) * x[i, j], (i, 1, m)) / m
_hessian = Sum(h[i] * (1 - h[i]) * x[i, j] * x[i, k], (i, 1, m)) / m
_penalty = Sum(theta[feature] ** 2, (feature, 1, n))

GRADIENT = sigma(z) - y
"""dL/dz."""

CURVATURE = DERIVATIVE
"""d2L/dz2."""

_SCORE_NAMES = (parameter("z"), data("y"))
_DATA_SET_NAMES = (parameter("theta", FEATURES), data("x", SAMPLES, FEATURES), data("y", SAMPLES))

_LOSS = Equation(L, loss(sigma(z), y))

score_gradient = Entry(
    name="log-loss-score-gradient",
    title="Gradient of the log-loss by the score",
    parts=(Part(Rate(L, z), GRADIENT),),
    declarations=_SCORE_NAMES,
    definitions=(SIGMOID,),
    names=(_LOSS,),
    remarks=(
        "The gradient is prediction minus label. Whoever maximises the log-likelihood finds label minus "
        "prediction: it is the gradient of $-L$, and one goes up instead of down.",
    ),
)

score_hessian = Entry(
    name="log-loss-score-hessian",
    title="Second derivative of the log-loss by the score",
    parts=(Part(Rate(L, z, z), CURVATURE, lemmas=("log-loss-score-gradient",)),),
    declarations=_SCORE_NAMES,
    definitions=(SIGMOID,),
    names=(_LOSS,),
)

gradient = Entry(
    name="log-loss-gradient",
    title="Gradient of the log-loss over a data set",
    parts=(
        Part(Rate(J, theta[j]), _gradient),
        Part(
            CostGradient(J, THETA),
            lines=(
                By(X.T * (H - Y) / m, "matrix"),
                By(X.T * ((X * THETA).applyfunc(sigma) - Y) / m, "definition", h[i]),
            ),
            intro="The sum over the samples is a product with $X^{\\top}$:",
        ),
    ),
    declarations=_DATA_SET_NAMES,
    definitions=(SIGMOID,),
    names=_NAMES,
    remarks=(
        "Shapes: $X$ is $m \\times n$, $h$ and $y$ are $m \\times 1$, the gradient is $n \\times 1$ like "
        "$\\theta$. "
        "In NumPy it is `X.T @ (h - y) / m`: the difference is taken element by element, the product "
        "with `X.T` is "
        "a matrix product that does the sum. `(h - y) * X` would not sum anything.",
        "The factor $\\frac{1}{m}$ is that of the mean in $J$; a cost without it has a gradient without it.",
    ),
)

hessian = Entry(
    name="log-loss-hessian",
    title="Hessian of the log-loss over a data set",
    parts=(
        Part(Rate(J, theta[j], theta[k]), _hessian, lemmas=("log-loss-gradient",)),
        Part(
            CostHessian(J, THETA),
            lines=(By(X.T * DiagMatrix(S) * X / m, "matrix"),),
            intro="With the weights $s_{i}$ on a diagonal,",
        ),
    ),
    declarations=_DATA_SET_NAMES,
    definitions=(SIGMOID,),
    names=(*_NAMES, Equation(s[i], h[i] * (1 - h[i]))),
)

convex = Entry(
    name="log-loss-convex",
    title="Convexity of the log-loss",
    parts=(
        Part(
            V.T * X.T * DiagMatrix(S) * X * V / m,
            lines=(
                By(
                    sympy.MatMul(1 / m, sympy.Transpose(X * V), DiagMatrix(S), X * V, evaluate=False),
                    "transpose",
                ),
                By(
                    Sum(s[i] * Sum(x[i, feature] * v[feature], (feature, 1, n)) ** 2, (i, 1, m)) / m,
                    "matrix",
                ),
                By(sympy.Integer(0), "square", relation=">="),
            ),
            intro=(
                "For every vector $v$ the quadratic form of the Hessian is a sum of squares with the "
                "positive weights "
                "$s_{i}$, so that $J$ is convex:"
            ),
        ),
        Part(
            V.T * X.T * X * V / (4 * m) - V.T * X.T * DiagMatrix(S) * X * V / m,
            lines=(
                By(
                    Sum(
                        (sympy.Rational(1, 2) - h[i]) ** 2
                        * Sum(x[i, feature] * v[feature], (feature, 1, n)) ** 2,
                        (i, 1, m),
                    )
                    / m,
                    "collect",
                ),
                By(sympy.Integer(0), "square", relation=">="),
            ),
            intro="It is at most a quarter of the one of least squares, since $s_{i} \\le \\frac{1}{4}$:",
        ),
    ),
    declarations=(*_DATA_SET_NAMES, data("v", FEATURES)),
    definitions=(SIGMOID,),
    names=(SCORE, PREDICTION, Equation(s[i], h[i] * (1 - h[i]))),
)


def _penalised(name: str, title: str, weight: sympy.Expr, remark: str) -> tuple[Entry, Entry]:
    names = (*_NAMES, Equation(R, J + weight * _penalty / 2))
    declarations = (*_DATA_SET_NAMES, data("lambda"))
    return (
        Entry(
            name=f"{name}-gradient",
            title=f"Gradient of the log-loss with {title}",
            parts=(
                Part(Rate(R, theta[j]), _gradient + weight * theta[j], lemmas=("log-loss-gradient",)),
                Part(
                    CostGradient(R, THETA),
                    lines=(By(X.T * (H - Y) / m + weight * THETA, "matrix"),),
                    intro="For all parameters at once,",
                ),
            ),
            declarations=declarations,
            definitions=(SIGMOID,),
            names=names,
            remarks=(remark,),
        ),
        Entry(
            name=f"{name}-hessian",
            title=f"Hessian of the log-loss with {title}",
            parts=(
                Part(
                    Rate(R, theta[j], theta[k]),
                    _hessian + weight * sympy.KroneckerDelta(j, k),
                    lemmas=(f"{name}-gradient",),
                ),
            ),
            declarations=declarations,
            definitions=(SIGMOID,),
            names=names,
        ),
    )


l2_gradient, l2_hessian = _penalised(
    "log-loss-l2",
    "an L2 penalty",
    penalty_weight,
    "Both $\\lambda \\theta_{j}$ and $\\frac{\\lambda}{m} \\theta_{j}$ are found in books: the first "
    "belongs to the "
    "penalty $\\frac{\\lambda}{2} \\sum_{l=1}^{n} \\theta_{l}^{2}$ beside the mean of the losses, the "
    "second one to "
    "$\\frac{\\lambda}{2 m} \\sum_{l=1}^{n} \\theta_{l}^{2}$. scikit-learn minimises `C` times the sum "
    "of the losses "
    "plus half the squares; divided by `C * m` that is the cost here with the weight `1 / (C * m)`.",
)
l2_mean_gradient, l2_mean_hessian = _penalised(
    "log-loss-l2-mean",
    "an L2 penalty divided by m",
    penalty_weight / m,
    "The penalty is divided by m like the losses, so its gradient has $\\frac{\\lambda}{m}$.",
)

ENTRIES = (
    score_gradient,
    score_hessian,
    gradient,
    hessian,
    convex,
    l2_gradient,
    l2_hessian,
    l2_mean_gradient,
    l2_mean_hessian,
)
