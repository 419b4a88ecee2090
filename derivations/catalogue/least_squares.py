"""Half the squared error of a linear model: gradient, Hessian, normal equation."""

from __future__ import annotations

import sympy
from sympy import IndexedBase, MatAdd, MatMul, MatrixSymbol, Rational, Sum, log

from derivations.catalogue.entry import By, Entry, Equation, Part
from derivations.catalogue.sigmoid import SIGMOID
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

theta, x, labels, scores = map(IndexedBase, ("theta", "x", "y", "z"))
J, L, a, b, f = sympy.symbols("J L a b f", real=True)
X, Y, THETA, Z = (
    MatrixSymbol("X", m, n),
    MatrixSymbol("y", m, 1),
    MatrixSymbol("theta", n, 1),
    MatrixSymbol("z", m, 1),
)


def loss(prediction: sympy.Expr, label: sympy.Expr) -> sympy.Expr:
    """Half the squared error of predicting `prediction` for `label`."""
    return (prediction - label) ** 2 / 2


SCORE = Equation(scores[i], Sum(theta[feature] * x[i, feature], (feature, 1, n)))
COST = Equation(J, Sum((scores[i] - labels[i]) ** 2, (i, 1, m)) / (2 * m))

GRADIENT = z - y
"""dL/dz."""

_SCORE_NAMES = (parameter("z"), data("y"))
_DATA_SET_NAMES = (parameter("theta", FEATURES), data("x", SAMPLES, FEATURES), data("y", SAMPLES))
_LOSS = Equation(L, loss(z, y))
_minimum = ((X.T * X).inv(), X.T, Y)

score_gradient = Entry(
    name="squared-error-score-gradient",
    title="Gradient of half the squared error by the score",
    parts=(Part(Rate(L, z), GRADIENT),),
    declarations=_SCORE_NAMES,
    names=(_LOSS,),
)

score_hessian = Entry(
    name="squared-error-score-hessian",
    title="Second derivative of half the squared error by the score",
    parts=(Part(Rate(L, z, z), sympy.Integer(1), lemmas=("squared-error-score-gradient",)),),
    declarations=_SCORE_NAMES,
    names=(_LOSS,),
)

gradient = Entry(
    name="squared-error-gradient",
    title="Gradient of half the mean squared error over a data set",
    parts=(
        Part(Rate(J, theta[j]), Sum((scores[i] - labels[i]) * x[i, j], (i, 1, m)) / m),
        Part(
            CostGradient(J, THETA),
            lines=(By(X.T * (Z - Y) / m, "matrix"), By(X.T * (X * THETA - Y) / m, "definition", scores[i])),
            intro="For all parameters at once,",
        ),
    ),
    declarations=_DATA_SET_NAMES,
    names=(SCORE, COST),
)

hessian = Entry(
    name="squared-error-hessian",
    title="Hessian of half the mean squared error over a data set",
    parts=(
        Part(
            Rate(J, theta[j], theta[k]),
            Sum(x[i, j] * x[i, k], (i, 1, m)) / m,
            lemmas=("squared-error-gradient",),
        ),
        Part(CostHessian(J, THETA), lines=(By(X.T * X / m, "matrix"),), intro="As a matrix,"),
    ),
    declarations=_DATA_SET_NAMES,
    names=(SCORE, COST),
)

line = Entry(
    name="line-fit-gradient",
    title="Gradient of the mean squared error of a straight line",
    parts=(
        Part(Rate(J, a), Sum(a + b * x[i] - labels[i], (i, 1, m)) / m),
        Part(Rate(J, b), Sum((a + b * x[i] - labels[i]) * x[i], (i, 1, m)) / m, intro="And for the slope,"),
    ),
    declarations=(parameter("a"), parameter("b"), data("x", SAMPLES), data("y", SAMPLES)),
    names=(Equation(J, Sum((a + b * x[i] - labels[i]) ** 2, (i, 1, m)) / (2 * m)),),
    remarks=(
        "The intercept $a$, also written $\\theta_{0}$, has the gradient that it would have with a "
        "feature that is 1 "
        "for every sample.",
    ),
)

normal = Entry(
    name="normal-equation",
    title="Normal equation",
    parts=(
        Part(
            MatMul(X.T, MatMul(X, *_minimum) - Y),
            lines=(
                By(MatAdd(MatMul(X.T, X, *_minimum), -X.T * Y), "distribute"),
                By(MatAdd(X.T * Y, -X.T * Y), "inverse"),
                By(sympy.ZeroMatrix(n, 1), "collect"),
            ),
            intro=(
                "Where $X^{\\top} X$ is invertible, the gradient of least squares is 0 at "
                "$(X^{\\top} X)^{-1} X^{\\top} y$:"
            ),
        ),
    ),
    declarations=(data("x", SAMPLES, FEATURES), data("y", SAMPLES)),
)

_slope = 2 * sigma(z) * (1 - sigma(z)) ** 2 * (3 * sigma(z) - 1)

nonconvex = Entry(
    name="squared-error-sigmoid-nonconvex",
    title="The squared error of a sigmoid is not convex",
    parts=(
        Part(Rate(f, z), -2 * sigma(z) * (1 - sigma(z)) ** 2),
        Part(Rate(f, z, z), _slope, lemmas=(0,)),
        Part(
            _slope.subs(z, 0),
            lines=(
                By(Rational(1, 8), "definition", "\\sigma"),
                By(sympy.Integer(0), "positive", relation=">"),
            ),
            intro="This is positive at one point,",
        ),
        Part(
            _slope.subs(z, -log(3)),
            lines=(
                By(-Rational(9, 128), "definition", "\\sigma"),
                By(sympy.Integer(0), "positive", relation="<"),
            ),
            intro="and negative at another one, so the cost is convex nowhere near it:",
        ),
    ),
    declarations=(parameter("z"),),
    definitions=(SIGMOID,),
    names=(Equation(f, (1 - sigma(z)) ** 2),),
)

ENTRIES = (score_gradient, score_hessian, gradient, hessian, line, normal, nonconvex)
