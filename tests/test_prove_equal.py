"""Equalities in SymPy: what is decided, what is assumed, and what is refused by name."""

from __future__ import annotations

import doctest

import pytest
import sympy
from sympy import (
    Abs,
    Derivative,
    Eq,
    Function,
    HadamardProduct,
    Identity,
    IndexedBase,
    Inverse,
    KroneckerDelta,
    Lambda,
    MatMul,
    MatrixSymbol,
    Max,
    Min,
    Ne,
    Piecewise,
    Product,
    Sum,
    Symbol,
    Trace,
    erf,
    exp,
    log,
    sqrt,
    symbols,
)

import derivations
from derivations import binary, equalities, one_hot, prove_equal, sign, simplex, unit_interval
from derivations.language.matrices import ShapeError
from derivations.language.sympy_bridge import BridgeError

PROVED = ("proved", "proved-where-defined")

m, n, K = symbols("m n K", integer=True, positive=True)
i, j, k, c, d = symbols("i j k c d", integer=True)
r, s = symbols("r s", real=True)
u, v = symbols("u v", positive=True)
x, y, theta, z, t, Y = map(IndexedBase, ("x", "y", "theta", "z", "t", "Y"))
X, w, target, A = (
    MatrixSymbol("X", m, n),
    MatrixSymbol("w", n, 1),
    MatrixSymbol("b", m, 1),
    MatrixSymbol("A", n, n),
)
f, g = Function("f"), Function("g")


def sigma(argument):
    return 1 / (1 + exp(-argument))


def p(index):
    return exp(z[index]) / Sum(exp(z[c]), (c, 1, K))


def kind(left, right, *given):
    return prove_equal(left, right, given=given).kind


score = Sum(theta[j] * x[i, j], (j, 1, n))
cost = -Sum(y[i] * log(sigma(score)) + (1 - y[i]) * log(1 - sigma(score)), (i, 1, m)) / m
cross_entropy = -Sum(t[c] * log(p(c)), (c, 1, K))
gram = X.T * X

TRUE = {
    "derivative of the sigmoid": (Derivative(sigma(r), r), sigma(r) * (1 - sigma(r))),
    "gradient of the cost": (
        Derivative(cost, theta[k]),
        Sum((sigma(score) - y[i]) * x[i, k], (i, 1, m)) / m,
    ),
    "Jacobian of the softmax": (Derivative(p(k), z[d]), p(k) * (KroneckerDelta(k, d) - p(d))),
    "the same by cases": (
        Derivative(p(k), z[d]),
        Piecewise((p(k) * (1 - p(k)), Eq(k, d)), (-p(k) * p(d), True)),
    ),
    "a label picks a class": (-Sum(KroneckerDelta(c, y[i]) * log(p(c)), (c, 1, K)), -log(p(y[i]))),
    "absolute values": (Abs(r) * Abs(s), Abs(r * s)),
    "maximum and minimum": (Max(r, s) + Min(r, s), r + s),
    "an odd error function": (erf(-r), -erf(r)),
    "pi": (Derivative(sympy.pi * r, r), sympy.pi),
    "counted from zero": (Sum(z[i], (i, 0, m - 1)), z[0] + Sum(z[i], (i, 1, m - 1))),
    "the last one apart": (Sum(z[c], (c, 1, K)), Sum(z[c], (c, 1, K - 1)) + z[K]),
    "a product": (Product(exp(z[c]), (c, 1, K)), exp(Sum(z[c], (c, 1, K)))),
    "an undefined function": (Derivative(f(r) ** 2, r), 2 * f(r) * Derivative(f(r), r)),
    "its derivative at a place": (Derivative(f(2 * r), r), 2 * Derivative(f(s), s).subs(s, 2 * r)),
    "one of two arguments": (Derivative(g(r**2, s), r), 2 * r * Derivative(g(v, s), v).subs(v, r**2)),
    "a factorial": (sympy.factorial(u + 1) / 6, sympy.gamma(u + 2) / sympy.factorial(3)),
    "a positive symbol": (log(u * v), log(u) + log(v)),
    "a trace": (Trace(X.T * X), Trace(X * X.T)),
    "a sum over the entries of a matrix": (
        Sum(X[i, j] * w[j, 0], (j, 0, n - 1)),
        Sum(w[j, 0] * X[i, j], (j, 0, n - 1)),
    ),
    "a transposed product": ((X * w).T, w.T * X.T),
    "ridge": (
        (gram + u * Identity(n)) * MatMul(Inverse(gram + u * Identity(n)), X.T * target, evaluate=False),
        X.T * target,
    ),
    "a function entry by entry": (
        (X * w).applyfunc(Lambda(r, sigma(r))),
        (X * w).applyfunc(Lambda(r, exp(r) / (1 + exp(r)))),
    ),
    "a Hadamard product": (HadamardProduct(X, X), X.applyfunc(Lambda(r, r**2))),
}


@pytest.mark.parametrize("name", TRUE)
def test_a_true_equality_is_proved(name):
    assert kind(*TRUE[name]) == "proved"


FALSE = {
    "derivative of the sigmoid": (Derivative(sigma(r), r), sigma(r) * (1 + sigma(r))),
    "a missing 1/m": (Derivative(cost, theta[k]), Sum((sigma(score) - y[i]) * x[i, k], (i, 1, m))),
    "labels of any sum": (Derivative(cross_entropy, z[d]), p(d) - t[d]),
    "a factorial": (sympy.factorial(u), u * sympy.factorial(u)),
    "a root of a square": (sqrt(r**2), r),
    "a square of a trace": (Trace(A * A), Trace(A) ** 2),
    "bounds off by one": (Sum(z[i], (i, 0, m - 1)), Sum(z[i], (i, 1, m - 1))),
    "matrices that do not commute": (A * A.T, A.T * A),
    "a size is no other": (Sum(z[c], (c, 1, K)) / K, Sum(z[c], (c, 1, K)) / (K + 1)),
    "an undefined function": (f(2 * r), 2 * f(r)),
    "its derivative at a place": (Derivative(f(2 * r), r), Derivative(f(s), s).subs(s, 2 * r)),
}


@pytest.mark.parametrize("name", FALSE)
def test_a_false_equality_is_refuted(name):
    assert kind(*FALSE[name]) == "refuted"


@pytest.mark.parametrize(
    ("left", "right", "given"),
    [
        (Derivative(cross_entropy, z[d]), p(d) - t[d], simplex(t)),
        (Derivative(cross_entropy, z[d]), p(d) - t[d], one_hot(t)),
        (y[i] ** 2, y[i], binary(y)),
        (y[i] ** 2, sympy.S.One, sign(y)),
        (r**2, r, binary(r)),
        (Abs(r - 1) - Abs(r), 1 - 2 * r, unit_interval(r)),
        (sqrt(r**2), r, r > 0),
        (sqrt(z[i] ** 2), z[i], z[i] >= 0),
        (Derivative(p(k), z[d]), p(k) * (1 - p(k)), Eq(k, d)),
        (Derivative(p(k), z[d]), -p(k) * p(d), Ne(k, d)),
        (t[k] * z[k], z[k], Eq(t[k], 1)),
        (Sum(KroneckerDelta(c, y[i]) * z[c], (c, 1, K)), z[k], Eq(y[i], k)),
        (r**2 - s**2, r - s, Eq(r + s, 1)),
        (r * s, s, Eq(r, 1)),
        (f(r), f(s), Eq(r, s)),
        (exp(s), u, Eq(log(u), s)),
    ],
)
def test_what_is_given_counts_and_only_then(left, right, given):
    assert kind(left, right, given) == "proved"
    assert kind(left, right) == "refuted"


def test_a_number_that_is_put_in_is_told_and_is_an_integer_where_it_must_be():
    q = Symbol("q", integer=True)
    refuted = prove_equal(r * s, r + 1, given=[Eq(s, exp(r))])
    assert dict(refuted.witness.assignment) == {"r": "1/2", "s": "1.6487213"}
    assert kind(r * q, r + 1, Eq(q, exp(r))) == "undecided"


PARTS = {
    "at K": (Sum(KroneckerDelta(k, d) * z[k], (k, 1, K - 1)), z[d]),
    "at 1": (Derivative(Sum(z[k] ** 2, (k, 2, K)), z[d]), 2 * z[d]),
}


@pytest.mark.parametrize("name", PARTS)
def test_what_holds_in_the_range_of_a_part_of_a_sum_only_is_not_decided(name):
    """Nobody says whether z has an entry there; where both ranges agree there is a verdict."""
    left, right = PARTS[name]
    assert kind(left, right) == "undecided"
    assert kind(left + Sum(z[c], (c, 1, K)), right + Sum(z[c], (c, 1, K))) == "refuted"
    assert kind(2 * left - right, left - right + left) == "proved"
    assert kind(left, right + 1) == "refuted"


def test_what_has_the_sum_one_has_it_over_all_classes():
    assert kind(Sum(t[k], (k, 1, K - 1)), sympy.S.One, one_hot(t)) == "refuted"
    assert kind(Sum(t[k], (k, 2, K)), sympy.S.One, simplex(t)) == "refuted"
    assert kind(Sum(t[k], (k, 1, K - 1)), 1 - t[K], simplex(t)) == "proved"


def test_an_inverse_asks_for_its_existence():
    found = prove_equal(MatMul(A, Inverse(A), evaluate=False), Identity(n))
    assert found.conditions == ("A is invertible",)


def test_a_witness_that_is_no_integer_does_not_refute():
    """The kernel knows real numbers only."""
    q = Symbol("q", integer=True)
    assert kind(q**2, q) in ("refuted", "undecided")
    assert kind(q * (q + 1), q**2 + q) == "proved"
    assert kind((2 * q - 1) ** 2 * (1 + q), (1 + q) * (4 * q**2 - 4 * q + 1)) == "proved"


@pytest.mark.parametrize(
    ("left", "named"),
    [
        (sympy.zeta(r), "zeta"),
        (sympy.Subs(Derivative(r**2, r), r, s), "undefined functions"),
        (sympy.cos(r), "cos"),
        (Symbol("q", negative=True), "negative"),
        (Symbol("q", even=True), "even"),
        (Symbol("q", imaginary=True), "imaginary"),
        (sympy.Integral(r, (r, 0, 1)), "Integral"),
        (sympy.I * r, "ImaginaryUnit"),
        (z[i + 1], "i + 1"),
        (Sum(z[i], (i, 1, m**2)), "m**2"),
        (sympy.Determinant(A), "Determinant"),
        (Function("normal_cdf")(r), "normal_cdf"),
        (x[i] + x[i, j], "indices"),
        (Sum(X[i, j], (j, 1, n)), "no entries"),
        (Sum(X[i, j], (j, 0, n)), "no entries"),
        (Sum(z[i], (i, 1, m)) + Sum(z[i], (i, 1, n)), "z"),
    ],
)
def test_what_has_no_counterpart_is_named(left, named):
    with pytest.raises(BridgeError, match=named.replace("*", r"\*").replace("+", r"\+")):
        prove_equal(left, left)


def test_the_logarithm_of_a_factorial_asks_for_counts():
    left, right = sympy.log(sympy.factorial(r)), sympy.loggamma(r + 1)
    assert kind(left, right) == "proved-where-defined"
    assert kind(left, right, r >= 0) == "proved"
    assert kind(left, sympy.log(r)) == "refuted"


@pytest.mark.parametrize("given", [r > 1, r < 0, binary(Symbol("nobody")), Ne(r, 1), binary(u)])
def test_what_cannot_be_assumed_is_refused(given):
    with pytest.raises(BridgeError):
        prove_equal(r + u, r + u, given=[given])


def test_shapes_that_do_not_fit_are_an_error():
    with pytest.raises(ShapeError):
        prove_equal(X * w, target.T)


def test_strings_are_not_sympy():
    with pytest.raises(TypeError, match="two strings of LaTeX"):
        prove_equal("r", r)
    with pytest.raises(sympy.SympifyError):
        prove_equal(r, r, given=["r > 0"])


def test_a_case_on_the_variable_is_not_differentiated():
    """``x`` by cases at 0 has the derivative 1 there too; its branches do not tell."""
    by_cases = Piecewise((0, Eq(r, 0)), (r, True))
    assert kind(Derivative(by_cases, r), sympy.S.One) == "undecided"


def test_the_names_are_exported_and_the_examples_run():
    assert set(equalities.__all__) <= set(derivations.__all__)
    assert doctest.testmod(equalities).failed == 0
