"""The order between matrices: by quadratic forms, and only of symmetric ones."""

import pytest
from inequality_claims import half, mean, quarter
from kernel_notation import (
    CONTEXT,
    SAMPLES,
    c,
    d,
    delta,
    element,
    h,
    i,
    j,
    k,
    lam,
    p,
    r,
    slope,
    term,
    total,
    x,
)

from derivations.kernel import judge
from derivations.language import Claim

PROVED, REFUTED, UNDECIDED = "proved", "refuted", "undecided"


def hessian():
    return mean * total(SAMPLES, lambda n: slope(n) * x[n, j] * x[n, k])


def gram():
    return total(SAMPLES, lambda n: x[n, j] * x[n, k])


def softmax_hessian():
    return delta(c, d) * p(c) - p(c) * p(d)


def skew():
    return x[ONE, j] * x[TWO, k] - x[TWO, j] * x[ONE, k]


ONE, TWO = (element(value, SAMPLES) for value in (1, 2))


@pytest.mark.parametrize(
    ("left", "relation", "right", "axes", "kind"),
    [
        (hessian, "succeq", lambda: term(0), (j, k), PROVED),
        (hessian, "preceq", lambda: quarter * mean * gram(), (j, k), PROVED),
        (hessian, "preceq", lambda: mean * gram() / 5, (j, k), REFUTED),
        (hessian, "preceq", lambda: half * mean * gram(), (j, k), PROVED),
        (hessian, "succ", lambda: term(0), (j, k), REFUTED),
        (lambda: hessian() + lam * delta(j, k), "succ", lambda: term(0), (j, k), PROVED),
        (lambda: hessian() + lam * delta(j, k), "succeq", lambda: lam * delta(j, k), (j, k), PROVED),
        (lambda: hessian() + r * delta(j, k), "succ", lambda: term(0), (j, k), REFUTED),
        (lambda: hessian() + r**2 * delta(j, k), "succeq", lambda: term(0), (j, k), PROVED),
        (lambda: hessian() + r**2 * delta(j, k), "succ", lambda: term(0), (j, k), REFUTED),
        (gram, "succeq", hessian, (j, k), UNDECIDED),
        (softmax_hessian, "succeq", lambda: term(0), (c, d), PROVED),
        (softmax_hessian, "succ", lambda: term(0), (c, d), REFUTED),
        (softmax_hessian, "preceq", lambda: delta(c, d) * p(c), (c, d), PROVED),
        (lambda: -softmax_hessian(), "succeq", lambda: term(0), (c, d), REFUTED),
        (skew, "succeq", lambda: term(0), (j, k), UNDECIDED),
        (
            lambda: total(SAMPLES, lambda n: h(n) * x[n, j] * x[n, k]),
            "succeq",
            lambda: term(0),
            (j, k),
            PROVED,
        ),
        (lambda: x[ONE, j] * x[TWO, k], "succeq", lambda: term(0), (j, k), REFUTED),
    ],
)
def test_an_order_between_matrices(left, relation, right, axes, kind):
    names = tuple(index.name for index in axes)
    verdict = judge(Claim(left().node, right().node, relation, (), names), CONTEXT)
    assert verdict.kind == kind


def test_the_entries_of_a_matrix_that_is_no_square_have_no_order():
    claim = Claim(x[i, j].node, term(0).node, "succeq", (), ("i", "j"))
    assert judge(claim, CONTEXT).kind == UNDECIDED


def test_no_assumption_stays_in_the_answer_that_nobody_made():
    claim = Claim((hessian() + lam * delta(j, k)).node, term(0).node, "succ", (), ("j", "k"))
    assert judge(claim, CONTEXT).assumptions_used == ("lambda > 0",)
