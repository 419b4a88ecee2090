"""Where the log-loss comes from: the likelihood, its two cases, the chain rule, other labels."""

from __future__ import annotations

import sympy
from sympy import Add, Eq, IndexedBase, Mul, Piecewise, Product, Sum, exp, log

from derivations.catalogue.entry import By, Entry, Equation, Part
from derivations.catalogue.log_loss import COST, SCORE, likelihood_terms, loss, penalty_weight
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
from derivations.language.declarations import Domain
from derivations.language.sympy_rates import Rate

w, x, labels, h, scores = map(IndexedBase, ("w", "x", "y", "h", "z"))
L, J, R, P, a, b = sympy.symbols("L J R P a b", real=True)
q, p = sympy.symbols("z p", real=True)
_PREDICTION = Equation(h[i], sigma(scores[i]))
_DATA = (parameter("theta", FEATURES), data("x", SAMPLES, FEATURES))

_terms = Sum(likelihood_terms(h[i], labels[i]), (i, 1, m))
_factor = h[i] ** labels[i] * (1 - h[i]) ** (1 - labels[i])

bernoulli = Entry(
    name="bernoulli-log-likelihood",
    title="From the likelihood of independent labels to the log-loss",
    parts=(
        Part(
            -log(P),
            lines=(
                By(-log(Product(_factor, (i, 1, m))), "definition", P),
                By(-Sum(log(_factor), (i, 1, m)), "log-product"),
                By(
                    -Sum(log(h[i] ** labels[i]) + log((1 - h[i]) ** (1 - labels[i])), (i, 1, m)),
                    "log-product",
                ),
                By(-_terms, "log-power"),
            ),
        ),
    ),
    declarations=(*_DATA, data("y", SAMPLES, domain=Domain.BIT)),
    definitions=(SIGMOID,),
    names=(SCORE, _PREDICTION, Equation(P, Product(_factor, (i, 1, m)))),
    remarks=(
        "The most likely parameters are those with the smallest sum of log-losses; dividing that by m "
        "changes the "
        "cost and its gradient by a factor, and not where the minimum is.",
    ),
)

cases = Entry(
    name="log-loss-cases",
    title="The log-loss as two cases",
    parts=(
        Part(
            loss(p, y),
            lines=(By(-log(p), "case", Eq(y, 1, evaluate=False)),),
            when=(Eq(y, 1, evaluate=False),),
        ),
        Part(
            loss(p, y),
            lines=(By(-log(1 - p), "case", Eq(y, 0, evaluate=False)),),
            when=(Eq(y, 0, evaluate=False),),
        ),
        Part(
            loss(p, y),
            lines=(By(Piecewise((-log(p), Eq(y, 1, evaluate=False)), (-log(1 - p), True)), "cases"),),
        ),
    ),
    declarations=(data("y", domain=Domain.BIT), data("p", domain=Domain.UNIT)),
    remarks=(
        "The probability of a sigmoid is never 0 or 1. Where a probability is, the term whose label is 0 "
        "is the "
        "product of 0 and a logarithm of 0, and counts as 0: that is its limit. A program has to say so, "
        "since "
        "`0 * log(0)` is not a number.",
    ),
)

nonnegative = Entry(
    name="log-loss-nonnegative",
    title="The log-loss is not negative",
    parts=(
        Part(
            loss(sigma(z), y),
            lines=(
                By(y * log(1 + exp(-z)) + (1 - y) * log(1 + exp(z)), "definition", "\\sigma"),
                By(sympy.Integer(0), "positive", relation=">="),
            ),
            intro="Both logarithms are of numbers above 1, and the weights $y$ and $1 - y$ are not negative:",
        ),
    ),
    declarations=(parameter("z"), data("y", domain=Domain.BIT)),
    definitions=(SIGMOID,),
)

cost_nonnegative = Entry(
    name="log-loss-cost-nonnegative",
    title="The cost of a data set is not negative",
    parts=(
        Part(
            COST.right,
            lines=(
                By(Sum(loss(h[i], labels[i]), (i, 1, m)) / m, "arrange"),
                By(sympy.Integer(0), "positive", relation=">="),
            ),
            intro="The cost $J$ is a mean of log-losses, none of which is negative, since $0 < h_{i} < 1$:",
        ),
    ),
    declarations=(*_DATA, data("y", SAMPLES, domain=Domain.BIT)),
    definitions=(SIGMOID,),
    names=(SCORE, _PREDICTION, COST),
)

_SCORE = Equation(q, Sum(w[feature] * x[feature], (feature, 1, n)))
_POINT = (parameter("w", FEATURES), data("x", FEATURES))
_half = sympy.Rational(1, 2)

margin = Entry(
    name="log-loss-margin",
    title="Gradient of the log-loss of labels -1 and 1",
    parts=(
        Part(
            Rate(L, w[j]),
            traced=True,
            lines=(By(-y * sigma(-y * q) * x[j], "definition", "\\sigma"),),
        ),
        Part(
            Rate(L, w[j], w[k]),
            traced=True,
            lemmas=(0,),
            lines=(
                By(sigma(-y * q) * (1 - sigma(-y * q)) * x[j] * x[k], "assumption", Eq(y**2, 1)),
                By(sigma(q) * (1 - sigma(q)) * x[j] * x[k], "symmetry"),
            ),
            intro="The second derivatives do not depend on the label:",
        ),
        Part(
            Add(
                Mul(-_half, 1 + y, log(sigma(q)), evaluate=False),
                Mul(-_half, 1 - y, log(1 - sigma(q)), evaluate=False),
                evaluate=False,
            ),
            lines=(By(L, "cases"),),
            intro="The cost itself is the log-loss of the label $\\frac{1 + y}{2}$, which is 0 or 1:",
        ),
    ),
    declarations=(*_POINT, data("y", domain=Domain.SIGN)),
    definitions=(SIGMOID,),
    names=(_SCORE, Equation(L, log(1 + exp(-y * q)))),
)

_ACTIVATION = Equation(a, sigma(q))
_by_prediction = (a - y) / (a * (1 - a))

chain = Entry(
    name="log-loss-chain",
    title="Gradient of the log-loss by the chain rule, factor by factor",
    parts=(
        Part(
            Rate(L, a),
            _by_prediction,
            intro="The loss by the prediction, the prediction by the score, the score by a weight:",
        ),
        Part(Rate(a, q), a * (1 - a)),
        Part(Rate(q, w[j]), x[j]),
        Part(
            Rate(L, q),
            lines=(
                By(Mul(Rate(L, a), Rate(a, q), evaluate=False), "chain"),
                By(Mul(_by_prediction, a, 1 - a, evaluate=False), "lemma", said="by the formulas above"),
                By(a - y, "cancel"),
            ),
            intro="Their products are the derivatives by the score,",
        ),
        Part(
            Rate(L, w[j]),
            lines=(
                By(Mul(Rate(L, q), Rate(q, w[j]), evaluate=False), "chain"),
                By((a - y) * x[j], "lemma", said="by the formulas above"),
            ),
            intro="by a weight,",
        ),
        Part(
            Rate(L, b),
            lines=(
                By(Mul(Rate(L, q), Rate(q, b), evaluate=False), "chain"),
                By(a - y, "lemma", said="by the formulas above"),
            ),
            intro="and by the intercept:",
        ),
    ),
    declarations=(*_POINT, parameter("b"), data("y")),
    definitions=(SIGMOID,),
    names=(
        Equation(q, Sum(w[feature] * x[feature], (feature, 1, n)) + b),
        _ACTIVATION,
        Equation(L, loss(a, y)),
    ),
    remarks=(
        "The denominator of the first factor is the second factor: that is why the log-loss and the "
        "sigmoid belong "
        "together, and why nothing but prediction minus label is left.",
    ),
)

_MEAN = Equation(J, -Sum(likelihood_terms(h[i], labels[i]), (i, 1, m)) / m)

intercept = Entry(
    name="log-loss-intercept-gradient",
    title="Gradient of the log-loss with an intercept",
    parts=(
        Part(Rate(J, w[j]), Sum((h[i] - labels[i]) * x[i, j], (i, 1, m)) / m),
        Part(Rate(J, b), Sum(h[i] - labels[i], (i, 1, m)) / m, intro="For the intercept,"),
        Part(
            Rate(R, b),
            Sum(h[i] - labels[i], (i, 1, m)) / m,
            intro="A penalty on the weights does not change it:",
            lemmas=(1,),
        ),
    ),
    declarations=(
        parameter("w", FEATURES),
        parameter("b"),
        data("x", SAMPLES, FEATURES),
        data("y", SAMPLES),
        data("lambda"),
    ),
    definitions=(SIGMOID,),
    names=(
        Equation(scores[i], Sum(w[feature] * x[i, feature], (feature, 1, n)) + b),
        _PREDICTION,
        _MEAN,
        Equation(R, J + penalty_weight * Sum(w[feature] ** 2, (feature, 1, n)) / 2),
    ),
    remarks=(
        "The intercept, also written $\\theta_{0}$, is the weight of a feature that is 1 for every "
        "sample. Only the "
        "other weights are penalised.",
    ),
)

ENTRIES = (bernoulli, cases, nonnegative, cost_nonnegative, chain, margin, intercept)
