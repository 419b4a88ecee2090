"""The public table of what the kernel decides, row by row: the claims behind the kernel's README."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from false_identities import FALSE
from functions_met import BY_CASES, HYPERBOLIC, NORMAL, OTHER_MODELS, absolute, larger
from harder import HARDER
from kernel_notation import (
    CLASSES,
    SAMPLES,
    Term,
    by,
    d,
    exp,
    j,
    largest,
    log,
    node,
    normaliser,
    p,
    q,
    quarter,
    r,
    real,
    running,
    score,
    sigma,
    size,
    soft,
    softplus,
    sqrt,
    tanh,
    term,
    total,
    u,
    weights,
    x,
)
from test_index_sets import TRUE as SHIFTED
from test_inverses import FALSE as WRONG_INVERSES
from test_inverses import HOLDS_WHERE_INVERTIBLE, A, B, Grid
from test_inverses import PROVED as DEFINITE
from test_products import FALSE as WRONG_PRODUCTS
from test_products import TRUE as PRODUCTS
from traps import UNDEFINED
from true_identities import TRUE

from derivations.language import Assumption, EquationFact
from derivations.language.functions import call_scalar

Sides = Callable[[], tuple[Term | Grid, Term | Grid]]


@dataclass(frozen=True)
class Row:
    """A kind of claim, one example of it, and the verdict on that."""

    topic: str
    verdict: str
    sides: Sides
    relation: str = "="
    assumptions: tuple[Assumption, ...] = ()


PROVED, WHERE_DEFINED, REFUTED, UNDECIDED = "proved", "proved-where-defined", "refuted", "undecided"


def root_of_two():
    return sqrt(term(2))


def woodbury():
    """``(A + B C B^T)^-1 = A^-1 - A^-1 B (C^-1 + B^T A^-1 B)^-1 B^T A^-1`` with C the transpose of A."""
    middle, inverse = A.transposed, A.inverse()
    core = (middle.inverse() + B.transposed @ inverse @ B).inverse()
    return (A + B @ middle @ B.transposed).inverse(), inverse - inverse @ B @ core @ B.transposed @ inverse


def product_rule():
    """The logarithmic derivative of a product, multiplied out."""

    def factor(sample):
        return sigma(score(sample)) - r

    whole = running(SAMPLES, factor)
    return by(whole, r), -whole * total(SAMPLES, lambda n: 1 / factor(n))


def absolute_sums():
    return total(SAMPLES, lambda n: absolute(2 * score(n))), 2 * total(SAMPLES, lambda n: absolute(score(n)))


def divergence():
    return total(CLASSES, lambda g: soft[g] * log(soft[g] / p(g)))


def squares():
    return r**2 - real**2, r - real


def supposed(left, right):
    return (Assumption(EquationFact(left.node, right.node), "an equation"),)


ALIKE = Assumption(EquationFact(q[d].node, (2 * weights[d]).node, (d,)), "q = 2 w")


def lengths():
    return total(CLASSES, lambda g: q[g] ** 2), 4 * total(CLASSES, lambda g: weights[g] ** 2)


def factorial(of):
    return Term(call_scalar("factorial", of.node))


def counts():
    likelihood = running(SAMPLES, lambda n: exp(-u) * u ** x[n, j] / factorial(x[n, j]))
    return log(likelihood), total(SAMPLES, lambda n: x[n, j] * log(u) - u - log(factorial(x[n, j])))


def recurrence():
    return factorial(1 + exp(r)), (1 + exp(r)) * factorial(exp(r))


def size_power():
    return (-real) ** size(SAMPLES) * real ** size(SAMPLES), (-real * real) ** size(SAMPLES)


def any_power():
    return real**u * real, real ** (u + 1)


ROWS = (
    Row("derivatives of the sigmoid, softplus, tanh", PROVED, HYPERBOLIC["derivative of tanh"]),
    Row("gradient and Hessian of the logistic loss", PROVED, TRUE["margin Hessian"]),
    Row("the same in matrix form, shapes included", PROVED, HARDER["sum of outer products"]),
    Row("softmax, its Jacobian and third derivatives", PROVED, TRUE["Hessian by weights"]),
    Row("labels in {0, 1}, {-1, 1}, one-hot, soft with sum 1", PROVED, TRUE["two label conventions"]),
    Row("class labels as an index function", PROVED, TRUE["an indicator picks a class"]),
    Row("likelihoods as products, and their logarithms", PROVED, PRODUCTS["log-likelihood"]),
    Row("products of factors of any sign, with holes", PROVED, PRODUCTS["a second derivative"]),
    Row("sums with holes, from 0 or 2, up to K - 1", PROVED, SHIFTED["gradient, hard labels"]),
    Row("absolute values and maxima, by cases", PROVED, BY_CASES["log-sum-exp of two"]),
    Row("probit: the normal distribution and its density", PROVED, NORMAL["probit gradient"]),
    Row("complementary log-log", PROVED, OTHER_MODELS["complementary log-log, gradient"]),
    Row("focal loss, label smoothing, temperature", PROVED, HARDER["focal loss"]),
    Row("divergence and entropy", PROVED, OTHER_MODELS["divergence by the scores"]),
    Row("Poisson regression", PROVED, OTHER_MODELS["Poisson gradient"]),
    Row("counts with factorials", WHERE_DEFINED, counts),
    Row("a recurrence of factorials", UNDECIDED, recurrence),
    Row("equations that are assumed, linear in a number", PROVED, squares, "=", supposed(r + real, term(1))),
    Row("equations between vectors that are assumed", PROVED, lengths, "=", (ALIKE,)),
    Row("equations that are assumed, of another kind", UNDECIDED, squares, "=", supposed(r**3, term(1))),
    Row("opaque functions with derivatives", PROVED, OTHER_MODELS["an opaque link"]),
    Row(
        "the normal equation, where X^T X is invertible",
        WHERE_DEFINED,
        HOLDS_WHERE_INVERTIBLE["normal equation"],
    ),
    Row("Newton's step as weighted least squares", WHERE_DEFINED, HOLDS_WHERE_INVERTIBLE["Newton is IRLS"]),
    Row("inverses of products and transposes", WHERE_DEFINED, HOLDS_WHERE_INVERTIBLE["inverse of a product"]),
    Row("derivatives of inverses", WHERE_DEFINED, HOLDS_WHERE_INVERTIBLE["derivative of a quadratic form"]),
    Row("ridge and other positive definite matrices", PROVED, DEFINITE["ridge"]),
    Row("the Sherman-Morrison formula", WHERE_DEFINED, HOLDS_WHERE_INVERTIBLE["Sherman-Morrison"]),
    Row("logarithms and quotients of what may be 0", WHERE_DEFINED, UNDEFINED["a factor cancelled"][1]),
    Row("a variance bound, by a sum of squares", PROVED, lambda: (sigma(r) * (1 - sigma(r)), quarter), "<="),
    Row("bounds of tanh and the sigmoid", PROVED, lambda: (tanh(r), term(1)), "<"),
    Row("a missing 1/m, a wrong sign, a wrong index", REFUTED, FALSE["weight gradient of another class"]),
    Row("a matrix that does not commute", REFUTED, WRONG_INVERSES["a product the wrong way round"]),
    Row("a factor forgotten in a product", REFUTED, WRONG_PRODUCTS["a hole forgotten"]),
    Row("a sign in the Sherman-Morrison formula", REFUTED, WRONG_INVERSES["Sherman-Morrison with a plus"]),
    Row("Woodbury's formula for any matrices", UNDECIDED, woodbury),
    Row("a product of sums times a sum of quotients", UNDECIDED, product_rule),
    Row("multiples of absolute values under a sum", UNDECIDED, absolute_sums),
    Row(
        "roots of numbers inside of exponentials",
        PROVED,
        lambda: (exp(root_of_two() ** 2 * r), exp(2 * r)),
    ),
    Row("powers of any base with a size for exponent", PROVED, size_power),
    Row("powers with other symbolic exponents", WHERE_DEFINED, any_power),
    Row("powers of a negative number", UNDECIDED, lambda: (Term(node(-1)) ** u * Term(node(-1)) ** u, 1)),
    Row("Gibbs' inequality", PROVED, lambda: (divergence(), term(0)), ">="),
    Row("tangent bounds: log u <= u - 1", PROVED, lambda: (log(u), u - 1), "<="),
    Row("log-sum-exp above its terms", PROVED, lambda: (log(normaliser), q[d]), ">="),
    Row("softplus above its argument", PROVED, lambda: (softplus(r), r), ">="),
    Row("a maximum above its terms", PROVED, lambda: (larger(r, 0), r), ">="),
    Row(
        "maxima over an index set",
        PROVED,
        lambda: (log(normaliser), largest(CLASSES, lambda g: q[g]) + log(size(CLASSES))),
        "<=",
    ),
)
