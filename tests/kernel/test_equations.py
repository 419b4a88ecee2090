"""Equations that are assumed: they hold where the claim speaks, and are never differentiated."""

from __future__ import annotations

from fractions import Fraction

import pytest
from kernel_notation import (
    CLASSES,
    CONTEXT,
    FEATURES,
    SAMPLES,
    Grid,
    Term,
    a,
    by,
    c,
    claim,
    d,
    delta,
    design,
    direction,
    exp,
    grid,
    i,
    j,
    log,
    node,
    parameters,
    q,
    r,
    s,
    score,
    soft,
    term,
    total,
    u,
    vector,
    weights,
    x,
)

from derivations.kernel import judge
from derivations.language import Assumption, Claim, EntryFact, EquationFact, Sum, matrices

TOTAL = total(CLASSES, lambda g: q[g])
SUM = ("r + s = 1", r + s, term(1))

PROVED = {
    "a difference of squares": (r**2 - s**2, r - s, SUM),
    "a derivative taken before": (by(r * s, s), r, SUM),
    "multiples": (exp(r), exp(s), ("2 r = 2 s", 2 * r, 2 * s)),
    "a value": (r * s, 3 * s, ("r = 3", r, term(3))),
    "another sum": (
        2 * total(CLASSES, lambda g: q[g]),
        2 - 2 * s,
        ("", TOTAL + s, term(1)),
    ),
    "what is not needed": (r + r, 2 * r, ("r^2 = 4", r**2, term(4))),
}


def judged(left, right, *equations):
    assumptions = tuple(Assumption(EquationFact(e.node, f.node), text) for text, e, f in equations)
    return judge(claim(left, right, *assumptions), CONTEXT)


@pytest.mark.parametrize("name", PROVED)
def test_what_follows_from_an_equation_is_proved(name):
    assert judged(*PROVED[name]).kind == "proved"


@pytest.mark.parametrize("name", sorted(PROVED.keys() - {"what is not needed", "a derivative taken before"}))
def test_it_does_not_without(name):
    left, right, _ = PROVED[name]
    assert judged(left, right).kind == "refuted"


def test_an_equation_is_used_and_named():
    left, right, equation = PROVED["a difference of squares"]
    assert judged(left, right, equation).assumptions_used == ("r + s = 1",)
    assert judged(r + r, 2 * r, equation).assumptions_used == ()


REFUTED = {
    "a difference of squares": (r**2 - s**2, r + s + 1, SUM),
    "a derivative of what is put in": (by(r * s, s), 1 - 2 * s, SUM),
    "a sign": (r, s, ("r^2 + s = r^2 - r", r**2 + s, r**2 - r)),
}


@pytest.mark.parametrize("name", REFUTED)
def test_what_does_not_follow_is_refuted_where_the_equation_holds(name):
    verdict = judged(*REFUTED[name])
    assert verdict.kind == "refuted"
    assert {"r", "s"} <= dict(verdict.witness.assignment).keys()


@pytest.mark.parametrize(
    ("left", "right", "equations"),
    [
        (r, term(2), [("r^2 = 4", r**2, term(4))]),
        (r, s, [("r s = 0", r * s, term(0))]),
        (r, s, [("q[c] + r = 1", total(CLASSES, lambda g: q[g] ** 2) * r, term(1))]),
        (r, s, [SUM, ("r + s = 2", r + s, term(2))]),
        (u, s, [("u + exp(r) = 0", u + exp(r), term(0))]),
    ],
)
def test_what_an_equation_does_not_decide_is_undecided(left, right, equations):
    """It is not solved, or contradicts others, or no number in its domain was found."""
    assert judged(left, right, *equations).kind == "undecided"


def test_what_is_put_in_keeps_its_domain():
    """Of u + s = 1 with a positive u, s is below 1."""
    equation = ("u + a = 1", u + a, term(1))
    assert judged(log(u), log(1 - a), equation).kind == "proved"
    assert judged((s - 1) ** 2, (1 - s) * u, ("u + s = 1", u + s, term(1))).kind == "proved"


def equation(left, right):
    return EquationFact(node(left), node(right))


SCALED = grid(FEATURES, FEATURES, lambda f, g: r * delta(f, g)).matrix

HELD = {
    "a value": (s, "=", term(0), equation(r + s, 1), EntryFact(r.node, Fraction(1))),
    "an inverse": (s, "!=", term(1), equation(r + s, 1), matrices.invertible(SCALED)),
    "a derivative": (r, "<=", term(1), equation(by(log(s), s) + r, 1)),
}
"""True for what a second assumption, or the place at which an equation has a derivative, says."""


@pytest.mark.parametrize("name", HELD)
def test_no_number_is_put_in_against_what_else_is_assumed(name):
    """Each would be refuted by a point at which only the equation holds, taken by itself."""
    left, relation, right, *facts = HELD[name]
    sides = claim(left, right)
    assumptions = tuple(Assumption(fact, f"fact {number}") for number, fact in enumerate(facts))
    verdict = judge(Claim(sides.left, sides.right, relation, assumptions), CONTEXT)
    assert verdict.kind != "refuted"


def vector_equation(left: Grid, right: Grid) -> EquationFact:
    """An equation between the entries of two vectors, for all of them."""
    sides, difference = claim(left, right), (left - right).matrix
    axes = tuple(axis for axis in (difference.row, difference.column) if axis is not None)
    return EquationFact(sides.left, sides.right, axes)


way, weighted = vector(direction, FEATURES), design @ parameters
DIRECTED = vector_equation(way, design.transposed @ weighted)
FOR_ALL = EquationFact(q[c].node, (2 * weights[c]).node, (c,))
FOR_ONE = EquationFact(q[c].node, (2 * weights[c]).node)


DOUBLED = total(CLASSES, lambda g: q[g]), 2 * total(CLASSES, lambda g: weights[g])


def under(fact, left, right):
    return judge(claim(left, right, Assumption(fact, "it is supposed")), CONTEXT)


def test_an_equation_of_vectors_is_one_of_all_entries():
    length = (way.transposed @ way).number
    whole = (way.transposed @ (design.transposed @ weighted)).number
    assert under(DIRECTED, length, whole).kind == "proved"
    along = (parameters.transposed @ way).number
    assert under(DIRECTED, along, total(SAMPLES, lambda n: score(n) ** 2)).kind == "proved"
    assert under(DIRECTED, total(FEATURES, lambda f: direction[f] ** 2), whole).kind == "proved"
    assert under(FOR_ALL, *DOUBLED).kind == "proved"


def test_what_does_not_follow_from_it_is_refuted_where_it_holds():
    whole = (way.transposed @ (design.transposed @ weighted)).number
    found = under(DIRECTED, 2 * total(FEATURES, lambda f: direction[f] ** 2), whole)
    assert found.kind == "refuted"
    assert any(name.startswith("direction[") for name, _ in found.witness.assignment)
    assert under(FOR_ALL, q[c], weights[c]).kind == "refuted"
    assert under(FOR_ALL, q[c], 2 * weights[d]).kind == "refuted"


def test_an_equation_of_one_index_says_nothing_of_the_others():
    """``q_c = 2 w_c`` for one c is not one for all."""
    assert under(FOR_ONE, *DOUBLED).kind == "undecided"
    assert under(FOR_ONE, q[d], 2 * weights[d]).kind == "undecided"


def test_an_equation_of_vectors_is_not_differentiated():
    assert under(FOR_ALL, by(q[c] ** 2, q[d]), term(0)).kind == "refuted"
    assert under(FOR_ALL, by(q[c] ** 2, q[c]), 4 * weights[c]).kind == "proved"


@pytest.mark.parametrize(
    "fact",
    [
        EquationFact(soft[c].node, exp(weights[c]).node, (c,)),
        EquationFact((q[c] * q[c]).node, exp(weights[c]).node, (c,)),
        EquationFact((q[c] + total(CLASSES, lambda g: q[g])).node, node(1), (c,)),
        EquationFact((q[c] - q[d]).node, node(1), (c, d)),
        EquationFact((x[i, j] * q[c]).node, node(1), (c,)),
    ],
)
def test_what_determines_no_entries_is_undecided(fact):
    """No values are put in: rows with a sum, squares, sums of the same entries, another index, factors."""
    assert under(fact, r, s).kind == "undecided"
    assert under(fact, q[c], weights[c] + 1).kind == "undecided"


def test_its_indices_are_none_of_the_claim():
    """The c of the equation runs over classes, whatever c is beside it, and a binder takes it nowhere."""
    summed = EquationFact(q[c].node, total(CLASSES, lambda g: weights[g] * delta(g, c)).node, (c,))
    bound = Term(Sum(c, (q[c] * weights[c]).node))
    assert under(summed, bound, total(CLASSES, lambda g: weights[g] ** 2)).kind == "proved"
    assert under(summed, bound, weights[c] ** 2).kind == "refuted"
