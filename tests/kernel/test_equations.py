"""Equations that are assumed: they hold where the claim speaks, and are never differentiated."""

from __future__ import annotations

from fractions import Fraction

import pytest
from kernel_notation import (
    CLASSES,
    CONTEXT,
    FEATURES,
    a,
    by,
    claim,
    delta,
    exp,
    grid,
    log,
    node,
    q,
    r,
    s,
    term,
    total,
    u,
)

from derivations.kernel import judge
from derivations.language import Assumption, Claim, EntryFact, EquationFact, matrices

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
