"""The softmax and its cross-entropy for a symbolic number of classes K."""

from __future__ import annotations

import sympy
from sympy import IndexedBase, KroneckerDelta, Sum, diff, exp, log

from derivations.catalogue.entry import Entry, Equation
from derivations.catalogue.symbols import CLASSES, K, c, data, j, k, parameter
from derivations.language.declarations import Domain

z, y, p = IndexedBase("z"), IndexedBase("y"), IndexedBase("p")
_r = sympy.Symbol("r", integer=True, positive=True)
_total = Sum(exp(z[c]), (c, 1, K))

PROBABILITY = Equation(p[k], exp(z[k]) / _total)


def probability(index: sympy.Expr) -> sympy.Expr:
    """The softmax of the scores at `index`, written out."""
    return exp(z[index]) / _total


_cross_entropy = -Sum(y[_r] * log(probability(_r)), (_r, 1, K))

GRADIENT = p[j] - y[j]
"""dL/dz_j."""

CURVATURE = p[j] * (KroneckerDelta(j, k) - p[k])
"""d2L/(dz_j dz_k), and dp_j/dz_k."""


def _cross_entropy_gradient(name: str, title: str, labels: Domain) -> Entry:
    return Entry(
        name=name,
        title=title,
        left=sympy.Derivative(_cross_entropy, z[j]),
        lines=(diff(_cross_entropy, z[j]), GRADIENT),
        declarations=(parameter("z", CLASSES), data("y", CLASSES, domain=labels)),
        definitions=(PROBABILITY,),
    )


ENTRIES = (
    Entry(
        name="softmax-jacobian",
        title="Jacobian of the softmax",
        left=sympy.Derivative(probability(j), z[k]),
        lines=(diff(probability(j), z[k]), CURVATURE),
        declarations=(parameter("z", CLASSES),),
        definitions=(PROBABILITY,),
    ),
    _cross_entropy_gradient(
        "softmax-cross-entropy-gradient",
        "Gradient of the softmax cross-entropy, labels with sum 1",
        Domain.SUM_ONE,
    ),
    _cross_entropy_gradient(
        "softmax-cross-entropy-gradient-one-hot",
        "Gradient of the softmax cross-entropy, one-hot labels",
        Domain.ONE_HOT,
    ),
    Entry(
        name="softmax-cross-entropy-hessian",
        title="Hessian of the softmax cross-entropy by the scores",
        left=sympy.Derivative(_cross_entropy, z[j], z[k]),
        lines=(diff(probability(j), z[k]), CURVATURE),
        declarations=(parameter("z", CLASSES), data("y", CLASSES, domain=Domain.SUM_ONE)),
        definitions=(PROBABILITY,),
    ),
)
