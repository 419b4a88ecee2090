"""The sigmoid: its derivatives, its symmetry, its bounds, its inverse, and the decisions made with it."""

from __future__ import annotations

import sympy
from sympy import Derivative, IndexedBase, KroneckerDelta, Mul, Rational, Sum, exp, log, tanh

from derivations.catalogue.entry import By, Entry, Equation, Part
from derivations.catalogue.symbols import FEATURES, feature, j, logistic, n, parameter, sigma, z
from derivations.language.declarations import Declaration, Domain

SIGMOID = Equation(sigma(z), logistic(z))

DERIVATIVE = sigma(z) * (1 - sigma(z))
"""sigma'(z), as every other entry uses it."""

SECOND_DERIVATIVE = DERIVATIVE * (1 - 2 * sigma(z))
"""sigma''(z)."""

_SCORE = (parameter("z"),)
_KNOWN = r"\sigma' = \sigma (1 - \sigma)"
_theta, _x = IndexedBase("theta"), IndexedBase("x")
_h, _t = sympy.symbols("h t", real=True)
_u, _v = sympy.Symbol("u", nonnegative=True), sympy.Symbol("v", negative=True)


def _unchanged(*factors: sympy.Expr) -> sympy.Expr:
    """A product that SymPy does not take together."""
    return Mul(*factors, evaluate=False)


_derivative = Entry(
    name="sigmoid-derivative",
    title="Derivative of the sigmoid",
    parts=(
        Part(
            Derivative(sigma(z), z),
            traced=True,
            unknown=frozenset(["sigma"]),
            lines=(
                By(
                    _unchanged(1 / (1 + exp(-z)), exp(-z) / (1 + exp(-z))),
                    "as-product",
                    as_it_stands=True,
                ),
                By(DERIVATIVE, "definition", "\\sigma"),
            ),
        ),
        Part(
            Derivative(sigma(z), z),
            lines=(By(DERIVATIVE, "lemma", _KNOWN), By(sigma(z) * sigma(-z), "symmetry")),
            intro="Since $1 - \\sigma(z) = \\sigma(-z)$, it is also",
        ),
    ),
    declarations=_SCORE,
    definitions=(SIGMOID,),
)

_second_derivative = Entry(
    name="sigmoid-second-derivative",
    title="Second derivative of the sigmoid",
    parts=(
        Part(Derivative(sigma(z), (z, 2)), SECOND_DERIVATIVE, lemmas=("sigmoid-derivative",)),
        Part(
            1 - 2 * sigma(z),
            lines=(
                By(1 - 2 / (1 + exp(-z)), "definition", "\\sigma"),
                By((exp(-z) - 1) / (1 + exp(-z)), "fraction"),
            ),
            intro=(
                "The first two factors are positive. The third one has the sign of the numerator below, "
                "which falls "
                "and is 0 at the score 0: there the sigmoid has its inflection point."
            ),
        ),
    ),
    declarations=_SCORE,
    definitions=(SIGMOID,),
)

_symmetry = Entry(
    name="sigmoid-symmetry",
    title="Symmetry of the sigmoid, and its relation to tanh",
    parts=(
        Part(
            1 - sigma(z),
            lines=(
                By(1 - logistic(z), "definition", "\\sigma"),
                By(exp(-z) / (1 + exp(-z)), "fraction"),
                By(1 / (1 + exp(z)), "multiply", "e^{z}"),
                By(sigma(-z), "definition", "\\sigma"),
            ),
        ),
        Part(
            _unchanged(Rational(1, 2), 1 + tanh(z / 2)),
            lines=(
                By(
                    _unchanged(Rational(1, 2), 1 + (exp(z / 2) - exp(-z / 2)) / (exp(z / 2) + exp(-z / 2))),
                    "definition",
                    "\\tanh",
                ),
                By(exp(z / 2) / (exp(z / 2) + exp(-z / 2)), "fraction"),
                By(1 / (1 + exp(-z)), "multiply", "e^{-z/2}"),
                By(sigma(z), "definition", "\\sigma"),
            ),
            intro="The sigmoid is a hyperbolic tangent, shifted and scaled:",
        ),
    ),
    declarations=_SCORE,
    definitions=(SIGMOID,),
)

_bound = Entry(
    name="sigmoid-bound",
    title="Bounds of the sigmoid and of its derivative",
    parts=(
        Part(sigma(z), lines=(By(sympy.Integer(0), "positive", relation=">"),)),
        Part(
            sigma(z),
            lines=(By(sympy.Integer(1), "positive", relation="<"),),
        ),
        Part(
            Rational(1, 4) - DERIVATIVE,
            lines=(By((sigma(z) - Rational(1, 2)) ** 2, "square"),),
            intro="The derivative is largest where the square that it lacks to a quarter is 0:",
        ),
        Part(
            Derivative(sigma(z), z),
            lines=(
                By(DERIVATIVE, "lemma", _KNOWN),
                By(Rational(1, 4), "square", relation="<="),
            ),
        ),
    ),
    declarations=_SCORE,
    definitions=(SIGMOID,),
)

_score = Sum(_theta[feature] * _x[feature], (feature, 1, n))
_raised = Sum(_theta[feature] * (_x[feature] + KroneckerDelta(feature, j)), (feature, 1, n))

_logit = Entry(
    name="logit-inverse",
    title="The logit is the inverse of the sigmoid",
    parts=(
        Part(
            log(sigma(z) / (1 - sigma(z))),
            lines=(
                By(log(sigma(z) / sigma(-z)), "symmetry"),
                By(log((1 + exp(z)) / (1 + exp(-z))), "definition", "\\sigma"),
                By(log(exp(z), evaluate=False), "cancel", as_it_stands=True),
                By(z, "log-exp"),
            ),
            intro="The log-odds of a probability $\\sigma(z)$ are its score:",
        ),
    ),
    declarations=_SCORE,
    definitions=(SIGMOID,),
)

_odds = Entry(
    name="log-odds-linear",
    title="What a coefficient of logistic regression means",
    parts=(
        Part(
            log(_h / (1 - _h)),
            lines=(
                By(log(sigma(_score) / (1 - sigma(_score))), "definition", _h),
                By(_score, "lemma", "\\log \\frac{\\sigma(z)}{1 - \\sigma(z)} = z"),
            ),
            intro="The log-odds are linear in the features:",
        ),
        Part(
            _raised - _score,
            lines=(
                By(Sum(_theta[feature] * KroneckerDelta(feature, j), (feature, 1, n)), "collect"),
                By(_theta[j], "pick"),
            ),
            intro="Raising the feature $x_{j}$ by 1 raises them by $\\theta_{j}$:",
        ),
    ),
    declarations=(parameter("theta", FEATURES), Declaration("x", (FEATURES,))),
    definitions=(SIGMOID,),
    names=(Equation(_h, sigma(_score)),),
)


_decision = Entry(
    name="decision-boundary",
    title="Decision boundary",
    parts=(
        Part(
            sigma(_t) - Rational(1, 2),
            lines=(
                By(1 / (1 + exp(-_t)) - Rational(1, 2), "definition", "\\sigma"),
                By((1 - exp(-_t)) / (2 * (1 + exp(-_t))), "fraction"),
                By(tanh(_t / 2) / 2, "definition", "\\tanh"),
            ),
            intro=(
                "The probability of class 1 at the score $t$ exceeds one half by a number that has the "
                "sign of the "
                "score:"
            ),
        ),
        Part(
            sigma(sympy.Integer(0)),
            lines=(By(Rational(1, 2), "definition", "\\sigma"),),
            intro="Where the score is 0, on the hyperplane that separates the classes, both are as probable:",
        ),
        Part(
            sigma(_u),
            lines=(By(Rational(1, 2), "positive", relation=">="),),
            intro="At a score $u \\ge 0$ class 1 is at least as probable,",
        ),
        Part(
            sigma(_v) - Rational(1, 2),
            lines=(
                By((exp(_v) - 1) / (2 * (1 + exp(_v))), "fraction"),
                By(sympy.Integer(0), "positive", relation="<"),
            ),
            intro="and at a score $v < 0$ it is less probable than class 0:",
        ),
    ),
    declarations=(
        parameter("t"),
        Declaration("u", domain=Domain.NONNEGATIVE),
        Declaration("v", domain=Domain.NEGATIVE),
    ),
    definitions=(SIGMOID,),
    remarks=(
        "So class 1 is decided for where the score is not negative, and class 0 where it is negative: "
        "the boundary "
        "is a hyperplane, since the score is linear in the features.",
    ),
)

ENTRIES = (
    _derivative,
    _second_derivative,
    _symmetry,
    _bound,
    _logit,
    _odds,
    _decision,
)
