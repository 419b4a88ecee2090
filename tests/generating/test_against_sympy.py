"""Every verb of `numeric` is what SymPy evaluates the catalogue's result to, entry by entry at 30 digits."""

import itertools

import numpy
import pytest
import sympy

from derivations import catalogue
from derivations.catalogue.symbols import K, logistic, m, n, sigma
from numeric import least_squares, logistic_regression, softmax_regression

SIZES = {m: 4, n: 2, K: 3}
PENALTY = 0.3
RNG = numpy.random.default_rng(7)
DATA = {
    "x": RNG.standard_normal((4, 2)),
    "theta": RNG.standard_normal(2),
    "W": RNG.standard_normal((3, 2)),
    "y": numpy.array([0.0, 1.0, 1.0, 0.0]),
}
CLASSES = {**DATA, "y": RNG.dirichlet(numpy.ones(3), 4)}
ENTRIES = {
    "log-loss-gradient": (logistic_regression, "theta", DATA, 0.0),
    "log-loss-hessian": (logistic_regression, "theta", DATA, 0.0),
    "log-loss-l2-gradient": (logistic_regression, "theta", DATA, PENALTY),
    "log-loss-l2-hessian": (logistic_regression, "theta", DATA, PENALTY),
    "squared-error-gradient": (least_squares, "theta", DATA, 0.0),
    "squared-error-hessian": (least_squares, "theta", DATA, 0.0),
    "softmax-regression-gradient": (softmax_regression, "W", CLASSES, 0.0),
    "softmax-regression-hessian": (softmax_regression, "W", CLASSES, 0.0),
}


def evaluated(formula, indices, tensors):
    """`formula` at exact values of its tensors, evaluated by SymPy."""
    written_out = formula.subs({**SIZES, **indices}).doit().replace(sigma, logistic)
    numbers = {
        part: sympy.Rational(float(tensors[str(part.base)][tuple(int(place) - 1 for place in part.indices)]))
        for part in written_out.atoms(sympy.Indexed)
    }
    penalty = {s: sympy.Rational(PENALTY) for s in written_out.free_symbols if s.name == "lambda"}
    return float(written_out.xreplace({**numbers, **penalty}).evalf(30))


@pytest.mark.parametrize("name", ENTRIES)
def test_verbs_are_what_sympy_evaluates(name):
    module, parameter, tensors, l2 = ENTRIES[name]
    entry = catalogue.get(name)
    arguments = tensors[parameter], tensors["x"], tensors["y"]
    given_result = getattr(module, name.rpartition("-")[2])(*arguments, l2=l2)
    indices = [index for variable in entry.left.variables for index in variable.indices]
    axes = [range(1, size + 1) for _ in entry.left.variables for size in tensors[parameter].shape]
    expected = [
        evaluated(entry.result, dict(zip(indices, places, strict=True)), tensors)
        for places in itertools.product(*axes)
    ]
    numpy.testing.assert_allclose(given_result.ravel(), expected, rtol=1e-13, atol=1e-15)
