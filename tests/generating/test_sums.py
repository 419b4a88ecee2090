"""Every sum over samples is proved to be the result of the catalogue, and is printed as the right call."""

import numpy
import pytest
import sympy
from sympy import IndexedBase, Sum

from derivations.catalogue.entry import Equation
from derivations.catalogue.symbols import i, j, k, m
from derivations.generating.contractions import CALLS, contraction, lines
from derivations.generating.straight_line import UnprintableError
from derivations.generating.sums import FUNCTIONS, SumRow
from numeric.kernels import linear

ROWS = [(function.name, row) for function in FUNCTIONS for row in function.rows]
a, x, r = IndexedBase("a"), IndexedBase("x"), IndexedBase("r")


@pytest.mark.parametrize("row", [row for _, row in ROWS], ids=[f"{name}-{row.entry}" for name, row in ROWS])
def test_every_sum_is_proved_to_be_the_result_of_its_entry(row):
    assert row.certify().kind == "proved"


def test_a_wrong_sum_is_not_proved():
    row = next(row for _, row in ROWS if row.entry == "log-loss-gradient")
    wrong = SumRow(row.entry, 2 * row.right, row.where)
    assert wrong.certify().kind == "refuted"


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_every_call_computes_its_sum(function):
    """`einsum` reads the same indices and shares no code with the table of calls."""
    sizes = {"i": 4, "j": 3, "k": 3 if function.name == "hessian" else 2, "l": 3}
    product = function.summed.function if isinstance(function.summed, Sum) else function.summed
    rng = numpy.random.default_rng(1)
    tensors = {}
    for part in sympy.Mul.make_args(product):
        shape = tuple(sizes[index.name] for index in part.indices)
        tensors.setdefault(str(part.base), rng.standard_normal(shape))
    subscripts = ["".join(index.name for index in part.indices) for part in sympy.Mul.make_args(product)]
    operands = [tensors[str(part.base)] for part in sympy.Mul.make_args(product)]
    wanted = "".join(index.name for index in function.free)
    expected = numpy.einsum(f"{','.join(subscripts)}->{wanted}", *operands)
    out = numpy.empty_like(expected)
    getattr(linear, function.name)(**tensors, out=out)
    numpy.testing.assert_allclose(out, expected, rtol=1e-13)


def test_every_call_of_the_table_is_used():
    used = {contraction(function.summed, function.free)[0] for function in FUNCTIONS}
    assert used == set(CALLS.values())


@pytest.mark.parametrize(
    "summed",
    [
        Sum(r[i] * x[i, j] * a[i, j], (i, 1, m)),
        Sum(r[i] ** 2 * x[i, j], (i, 1, m)),
        Sum(x[i, j] + r[i], (i, 1, m)),
    ],
    ids=str,
)
def test_a_sum_without_a_call_is_refused(summed):
    with pytest.raises(UnprintableError):
        list(lines(summed, (j,)))


def test_the_order_of_axes_is_the_callers():
    call, tensors = contraction(Sum(r[i, k] * x[i, j], (i, 1, m)), (k, j))
    assert (call.format(*tensors), tensors) == ("r.T.dot(x, out)", ("r", "x"))
    with pytest.raises(UnprintableError):
        contraction(Sum(r[i] * x[i, j], (i, 1, m)), (i, j))


def test_abbreviations_are_opened_one_after_the_other():
    row = SumRow("squared-error-gradient", r[i], (Equation(r[i], a[i]), Equation(a[i], x[i, 1])), left=r[j])
    assert row.claim == Equation(r[j], x[i, 1])
