"""The softmax: its cross-entropy and the log-sum-exp, for a symbolic number of classes K."""

from __future__ import annotations

import sympy
from sympy import IndexedBase, KroneckerDelta, MatrixSymbol, Mul, Ne, Sum, exp, log
from sympy.matrices.expressions.diagonal import DiagMatrix

from derivations.catalogue.entry import By, Entry, Equation, Part
from derivations.catalogue.sigmoid import SIGMOID
from derivations.catalogue.symbols import CLASSES, K, c, data, i, j, k, parameter, sigma
from derivations.deriving.matrix_notation import CostHessian
from derivations.language.declarations import Domain
from derivations.language.indices import IndexSet
from derivations.language.sympy_rates import Rate

z, y, p, v = map(IndexedBase, ("z", "y", "p", "v"))
L, F, t, mu = sympy.symbols("L F t mu", real=True)
Z, P, V = (MatrixSymbol(name, K, 1) for name in ("z", "p", "v"))

PROBABILITY = Equation(p[k], exp(z[k]) / Sum(exp(z[c]), (c, 1, K)))


def probability(index: sympy.Expr) -> sympy.Expr:
    """The softmax of the scores at `index`, written out."""
    return exp(z[index]) / Sum(exp(z[c]), (c, 1, K))


_CROSS_ENTROPY = Equation(L, -Sum(y[i] * log(p[i]), (i, 1, K)))
_LOGSUMEXP = Equation(F, log(Sum(exp(z[c]), (c, 1, K))))

GRADIENT = p[j] - y[j]
"""dL/dz_j."""

CURVATURE = p[j] * (KroneckerDelta(j, k) - p[k])
"""d2L/(dz_j dz_k), and dp_j/dz_k."""

_SCORES = (parameter("z", CLASSES),)

jacobian = Entry(
    name="softmax-jacobian",
    title="Jacobian of the softmax",
    parts=(
        Part(Rate(p[j], z[k]), CURVATURE),
        Part(Rate(p[j], z[j]), p[j] * (1 - p[j]), intro="For one and the same index this is"),
        Part(
            Rate(p[j], z[k]),
            lines=(By(CURVATURE, "lemma", said="by the first formula"), By(-p[j] * p[k], "apart")),
            when=(Ne(j, k),),
        ),
    ),
    declarations=_SCORES,
    definitions=(PROBABILITY,),
)


def _gradient(name: str, title: str, labels: Domain) -> Entry:
    return Entry(
        name=name,
        title=title,
        parts=(Part(Rate(L, z[j]), GRADIENT, lemmas=("softmax-jacobian",)),),
        declarations=(*_SCORES, data("y", CLASSES, domain=labels)),
        definitions=(PROBABILITY,),
        names=(_CROSS_ENTROPY,),
    )


hessian = Entry(
    name="softmax-cross-entropy-hessian",
    title="Hessian of the softmax cross-entropy by the scores",
    parts=(
        Part(Rate(L, z[j], z[k]), CURVATURE, lemmas=("softmax-cross-entropy-gradient", "softmax-jacobian")),
        Part(
            CostHessian(L, Z),
            lines=(By(DiagMatrix(P) - P * P.T, "matrix"),),
            intro="As a matrix,",
        ),
    ),
    declarations=(*_SCORES, data("y", CLASSES, domain=Domain.SUM_ONE)),
    definitions=(PROBABILITY,),
    names=(_CROSS_ENTROPY,),
)

convex = Entry(
    name="softmax-convex",
    title="Convexity of the softmax cross-entropy",
    parts=(
        Part(
            V.T * (DiagMatrix(P) - P * P.T) * V,
            lines=(
                By(Sum(p[k] * v[k] ** 2, (k, 1, K)) - mu**2, "definition", mu),
                By(Sum(p[k] * (v[k] - mu) ** 2, (k, 1, K)), "variance"),
                By(sympy.Integer(0), "square", relation=">="),
            ),
            intro=(
                "The quadratic form of the Hessian is the variance of a number that is $v_{k}$ with "
                "probability "
                "$p_{k}$, and so it is not negative:"
            ),
        ),
    ),
    declarations=(*_SCORES, data("v", CLASSES)),
    definitions=(PROBABILITY,),
    names=(Equation(mu, Sum(p[k] * v[k], (k, 1, K))),),
)

logsumexp = Entry(
    name="logsumexp-gradient",
    title="Gradient of the log-sum-exp",
    parts=(
        Part(
            Rate(F, z[j]),
            p[j],
        ),
    ),
    declarations=_SCORES,
    definitions=(PROBABILITY,),
    names=(_LOGSUMEXP,),
)

logsumexp_hessian = Entry(
    name="logsumexp-hessian",
    title="Hessian of the log-sum-exp",
    parts=(
        Part(Rate(F, z[j], z[k]), CURVATURE, lemmas=("logsumexp-gradient", "softmax-jacobian")),
        Part(CostHessian(F, Z), lines=(By(DiagMatrix(P) - P * P.T, "matrix"),), intro="As a matrix,"),
    ),
    declarations=_SCORES,
    definitions=(PROBABILITY,),
    names=(_LOGSUMEXP,),
)


_total = Sum(exp(z[c]), (c, 1, K))
_shifted = Sum(exp(z[c] - t), (c, 1, K))

shift = Entry(
    name="softmax-shift",
    title="Invariance of the softmax under a shift of the scores",
    parts=(
        Part(
            exp(z[k] + t) / Sum(exp(z[c] + t), (c, 1, K)),
            lines=(
                By(
                    Mul(
                        Mul(exp(t), exp(z[k]), evaluate=False),
                        1 / Sum(Mul(exp(t), exp(z[c]), evaluate=False), (c, 1, K)),
                        evaluate=False,
                    ),
                    "exp-sum",
                ),
                By(p[k], "cancel"),
            ),
            intro="The same number $t$ added to all scores changes no probability:",
        ),
        Part(
            log(_total),
            lines=(
                By(log(Mul(exp(t), _shifted, evaluate=False), evaluate=False), "exp-sum"),
                By(t + log(_shifted), "log-product"),
            ),
            intro="With the largest score as $t$, no exponential overflows:",
        ),
    ),
    declarations=(*_SCORES, data("t")),
    definitions=(PROBABILITY,),
)

_TWO = IndexSet(2)

two_classes = Entry(
    name="softmax-two-classes",
    title="The softmax of two classes is a sigmoid",
    parts=(
        Part(
            exp(z[1]) / (exp(z[1]) + exp(z[2])),
            lines=(
                By(1 / (1 + exp(z[2] - z[1])), "multiply", "e^{-z_{1}}"),
                By(sigma(z[1] - z[2]), "definition", "\\sigma"),
            ),
        ),
        Part(
            exp(z[2]) / (exp(z[1]) + exp(z[2])),
            lines=(
                By(sigma(z[2] - z[1]), "symmetry"),
                By(1 - sigma(z[1] - z[2]), "symmetry"),
            ),
            intro="The other class has the rest:",
        ),
    ),
    declarations=(parameter("z", _TWO),),
    definitions=(SIGMOID,),
)

ENTRIES = (
    jacobian,
    _gradient(
        "softmax-cross-entropy-gradient",
        "Gradient of the softmax cross-entropy, labels with sum 1",
        Domain.SUM_ONE,
    ),
    _gradient(
        "softmax-cross-entropy-gradient-one-hot",
        "Gradient of the softmax cross-entropy, one-hot labels",
        Domain.ONE_HOT,
    ),
    hessian,
    convex,
    shift,
    two_classes,
    logsumexp,
    logsumexp_hessian,
)
