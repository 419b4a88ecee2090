"""Softmax regression: the mean cross-entropy of scores that are linear in a matrix of weights."""

from __future__ import annotations

import sympy
from sympy import IndexedBase, KroneckerDelta, MatMul, MatrixSymbol, Sum, Transpose, exp, log

from derivations.catalogue.entry import By, Entry, Equation, Part
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
from derivations.deriving.matrix_notation import CostGradient
from derivations.language.declarations import Domain, LabelDeclaration
from derivations.language.sympy_rates import Rate

W, x, y, z, p, t = map(IndexedBase, ("W", "x", "y", "z", "p", "t"))
J = sympy.Symbol("J", real=True)
_r, _u, _v = sympy.symbols("r u t", integer=True, positive=True)
X, P, Y, WEIGHTS = (
    MatrixSymbol("X", m, n),
    MatrixSymbol("P", m, K),
    MatrixSymbol("Y", m, K),
    MatrixSymbol("W", K, n),
)

SCORE = Equation(z[i, k], Sum(W[k, feature] * x[i, feature], (feature, 1, n)))
PROBABILITY = Equation(p[i, k], exp(z[i, k]) / Sum(exp(z[i, c]), (c, 1, K)))
COST = Equation(J, -Sum(y[i, _r] * log(p[i, _r]), (_r, 1, K), (i, 1, m)) / m)
_MODEL = (parameter("W", CLASSES, FEATURES), data("x", SAMPLES, FEATURES))
_NAMES = (*_MODEL, data("y", SAMPLES, CLASSES, domain=Domain.SUM_ONE))

_same = KroneckerDelta(k, _u)

probabilities = Entry(
    name="softmax-regression-jacobian",
    title="Jacobian of the probabilities by the weights",
    parts=(Part(Rate(p[i, _r], W[k, j]), p[i, _r] * (KroneckerDelta(k, _r) - p[i, k]) * x[i, j]),),
    declarations=_MODEL,
    names=(SCORE, PROBABILITY),
)

gradient = Entry(
    name="softmax-regression-gradient",
    title="Gradient of softmax regression, labels with sum 1",
    parts=(
        Part(
            Rate(J, W[k, j]),
            Sum((p[i, k] - y[i, k]) * x[i, j], (i, 1, m)) / m,
            lemmas=("softmax-regression-jacobian",),
        ),
        Part(
            CostGradient(J, WEIGHTS),
            lines=(By(MatMul(1 / m, Transpose(P - Y), X), "matrix"),),
            intro="In the shape of W, classes by features, all derivatives together are",
        ),
    ),
    declarations=_NAMES,
    names=(SCORE, PROBABILITY, COST),
)

indicator = Entry(
    name="softmax-regression-gradient-indicator",
    title="Gradient of softmax regression, one class a sample",
    parts=(
        Part(
            Rate(J, W[k, j]),
            -Sum(x[i, j] * (KroneckerDelta(t[i], k) - p[i, k]), (i, 1, m)) / m,
            lemmas=("softmax-regression-jacobian",),
        ),
    ),
    declarations=(*_MODEL, LabelDeclaration("t", (SAMPLES,), CLASSES)),
    names=(SCORE, PROBABILITY, Equation(J, -Sum(log(p[i, t[i]]), (i, 1, m)) / m)),
)

hessian = Entry(
    name="softmax-regression-hessian",
    title="Hessian of softmax regression, labels with sum 1",
    parts=(
        Part(
            Rate(J, W[k, j], W[_u, _v]),
            Sum(p[i, k] * (_same - p[i, _u]) * x[i, j] * x[i, _v], (i, 1, m)) / m,
            lemmas=("softmax-regression-gradient", "softmax-regression-jacobian"),
        ),
    ),
    declarations=_NAMES,
    names=(SCORE, PROBABILITY, COST),
)

ENTRIES = (probabilities, gradient, indicator, hessian)
