"""Why an inequality is wrong: its sign is turned round or strict, or its bound has another constant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from math import prod
from time import monotonic

from derivations.checking.diagnosis.algebra import inverse, scaled
from derivations.checking.diagnosis.mistakes import BOUND, INEQUALITY, STRICT
from derivations.checking.diagnosis.search import Repair, proves
from derivations.checking.diagnosis.step import Edit, Step
from derivations.checking.diagnosis.telling import told, told_inequality
from derivations.checking.notation import Notation
from derivations.checking.report import Diagnosis
from derivations.language import Claim, Context, Expression, Multiply, Number, Power, Statement, number

TURNED = {
    "<": ">", ">": "<", "<=": ">=", ">=": "<=",
    "prec": "succ", "succ": "prec", "preceq": "succeq", "succeq": "preceq",
}  # fmt: skip
"""The inequalities and what they are the other way round."""

LOOSENED = {"<": "<=", ">": ">=", "prec": "preceq", "succ": "succeq"}
"""The strict inequalities and what they are when equality may occur."""

MOST_BOUNDS = 12
"""Other bounds that are put to the kernel."""

CONSTANTS = tuple(
    Fraction(value) for value in ("0", "1/16", "1/8", "1/4", "1/3", "1/2", "2/3", "3/4", "1", "2", "3", "4")
)
"""Bounds that are numbers of their own."""

FACTORS = tuple(map(Fraction, (2, 4, 8))), tuple(Fraction(1, n) for n in (2, 4, 8))
"""What a bound above may have lost, and one below may have too much."""


def bound_explained(
    claim: Claim, statement: Statement, context: Context, notation: Notation, deadline: float | None = None
) -> Diagnosis | None:
    """Why the refuted inequality `claim` is wrong, or None.

    Guarantees: the kernel proved the line with the sign or the bound that is told.
    """
    loosened = LOOSENED.get(claim.relation)
    if loosened is not None and proves(replace(claim, relation=loosened), context, deadline):
        return told_inequality(claim.relation, loosened, STRICT)
    turned = TURNED[claim.relation]
    if proves(replace(claim, relation=turned), context, deadline):
        return told_inequality(claim.relation, turned, INEQUALITY)
    for right in islice(_bounds(claim, context), MOST_BOUNDS):
        if deadline is not None and monotonic() > deadline:
            return None
        if proves(replace(claim, right=right), context, deadline):
            return told(Repair(BOUND, Edit(right, (claim.right, right))), claim, statement, notation)
    turned_loosely = LOOSENED.get(turned)
    if turned_loosely is not None and proves(replace(claim, relation=turned_loosely), context, deadline):
        return told_inequality(claim.relation, turned_loosely, INEQUALITY)
    return None


def _bounds(claim: Claim, context: Context) -> Iterator[Expression]:
    """Other right sides, the nearest bounds first: the first one that is proved is the tightest of them."""
    above = claim.relation in ("<", "<=", "prec", "preceq")
    wrong = _constant(claim.right)
    if wrong is not None:
        nearest = [c for c in CONSTANTS if c > wrong] if above else [c for c in CONSTANTS[::-1] if c < wrong]
        yield from map(number, nearest)
        return
    yield from (scaled(claim.right, number(factor)) for factor in FACTORS[not above])
    sizes = Step(claim, context).sizes
    yield from (scaled(claim.right, size if above else inverse(size)) for size in sizes)


def _constant(expression: Expression) -> Fraction | None:
    """The value of what is made of numbers alone, None of anything else."""
    match expression:
        case Number(value):
            return value
        case Multiply(factors):
            values = [_constant(factor) for factor in factors]
            known = [value for value in values if value is not None]
            return prod(known, start=Fraction(1)) if len(known) == len(values) else None
        case Power(base, Number(exponent)) if exponent == -1:
            below = _constant(base)
            return 1 / below if below else None
    return None
