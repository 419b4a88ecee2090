"""The steps of the optimisers written out: gradient descent, and Newton's as weighted least squares."""

from __future__ import annotations

import sympy
from sympy import IndexedBase, MatMul, MatrixSymbol, Sum
from sympy.matrices.expressions.diagonal import DiagMatrix

from derivations.catalogue.entry import By, Entry, Equation, Part
from derivations.catalogue.log_loss import COST, PREDICTION, SCORE
from derivations.catalogue.sigmoid import SIGMOID
from derivations.catalogue.symbols import FEATURES, SAMPLES, data, i, j, m, n, parameter
from derivations.deriving.matrix_notation import CostGradient
from derivations.language.sympy_rates import Rate

theta, x, labels, h, s, r, z = map(IndexedBase, ("theta", "x", "y", "h", "s", "r", "z"))
J = sympy.Symbol("J", real=True)
alpha = sympy.Symbol("alpha", real=True)
X, H, Y, THETA, S, R = (
    MatrixSymbol("X", m, n),
    MatrixSymbol("h", m, 1),
    MatrixSymbol("y", m, 1),
    MatrixSymbol("theta", n, 1),
    MatrixSymbol("s", m, 1),
    MatrixSymbol("r", m, 1),
)

_DATA = (parameter("theta", FEATURES), data("x", SAMPLES, FEATURES), data("y", SAMPLES))
_weighted = X.T * DiagMatrix(S) * X

descent = Entry(
    name="gradient-descent-step",
    title="A step of gradient descent",
    parts=(
        Part(
            theta[j] - alpha * Rate(J, theta[j]),
            theta[j] - alpha * Sum((h[i] - labels[i]) * x[i, j], (i, 1, m)) / m,
            lemmas=("log-loss-gradient",),
        ),
        Part(
            THETA - alpha * CostGradient(J, THETA),
            lines=(By(THETA - alpha * X.T * (H - Y) / m, "lemma", said="by the gradient of the log-loss"),),
            intro="For all parameters at once,",
        ),
    ),
    declarations=(*_DATA, data("alpha")),
    definitions=(SIGMOID,),
    names=(SCORE, PREDICTION, COST),
    remarks=("All parameters take their step from the same gradient, the one at the old parameters.",),
)

newton = Entry(
    name="newton-step",
    title="Newton's step as weighted least squares",
    parts=(
        Part(
            _weighted * THETA - X.T * (H - Y),
            lines=(
                By(X.T * (DiagMatrix(S) * X * THETA + Y - H), "distribute"),
                By(X.T * DiagMatrix(S) * R, "definition", r[i]),
            ),
            intro=(
                "The Hessian is $\\frac{1}{m} X^{\\top} \\operatorname{diag}(s) X$, the gradient "
                "$\\frac{1}{m} X^{\\top} (h - y)$. The factors m cancel, and the Hessian times the new "
                "parameters is"
            ),
        ),
        Part(
            THETA - MatMul(_weighted.inv(), X.T, H - Y),
            lines=(
                By(MatMul(_weighted.inv(), _weighted * THETA - X.T * (H - Y)), "inverse"),
                By(MatMul(_weighted.inv(), X.T, DiagMatrix(S), R), "lemma", said="by the formula above"),
            ),
            intro=(
                "So the step leads to the least squares fit of the working responses $r_{i}$ with the "
                "weights $s_{i}$ "
                "(iteratively reweighted least squares):"
            ),
        ),
    ),
    declarations=_DATA,
    definitions=(SIGMOID,),
    names=(
        SCORE,
        PREDICTION,
        Equation(s[i], h[i] * (1 - h[i])),
        Equation(r[i], z[i] + (labels[i] - h[i]) / s[i]),
    ),
)

ENTRIES = (descent, newton)
