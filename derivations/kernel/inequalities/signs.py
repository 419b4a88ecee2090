"""Goals that signs settle, goals by the values of labels, and goals factor by factor."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from derivations.kernel.finite import assign, finite_atoms
from derivations.kernel.inequalities.goal import Goal, Reduction
from derivations.kernel.polynomials import ONE, Polynomial, factor_sign, factors, frozen, scale
from derivations.kernel.sign import (
    NONNEGATIVE,
    NONPOSITIVE,
    NONZERO,
    POSITIVE,
    Sign,
    within,
)
from derivations.kernel.workspace import Workspace

MOST_UNKNOWN = 3
"""Factors of unknown sign whose signs are tried together."""


def by_signs(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """The signs of the terms, or of the factors, settle the goal."""
    value = goal.value
    if within(value.sign(), goal.allowed):
        yield Reduction("the signs of the terms")
    elif within(value.sign(by_factors=True), goal.allowed):
        yield Reduction("the signs of the factors")


def by_values(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """A label, or a delta, takes its values in turn."""
    atoms = finite_atoms(goal.value)
    if atoms:
        cases = (Goal(assign(goal.value, atoms[0], number), goal.strict) for number in atoms[0].values)
        yield Reduction("every value of a label", tuple(cases), alone=True)


def by_factors(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """A product has the sign of its factors: those of unknown sign are all settled, two of them together.

    A denominator is nowhere 0 where the value is defined, and a factor with an even power is never negative.
    """
    number = goal.value.number
    if number is not None:
        return
    negative, unknown = _taken_apart(goal, work)
    if unknown is None or _is_whole(unknown, negative, goal):
        return
    for signs in product((1, -1), repeat=len(unknown)):
        if (-1) ** (signs.count(-1) + negative) == 1:
            goals = tuple(
                Goal(work.field.polynomial(scale(part, sign)), goal.strict)
                for part, sign in zip(unknown, signs, strict=True)
            )
            yield Reduction("the signs of the factors", goals, alone=True)


def _taken_apart(goal: Goal, work: Workspace) -> tuple[bool, list[Polynomial] | None]:
    """Whether the known factors are negative, and the factors that are to be settled, None if too many."""
    negative, unknown = False, list[Polynomial]()
    for whole, below in ((goal.value.numerator, False), (goal.value.denominator, True)):
        size, parts = factors(whole, work.meter.budget)
        negative ^= size < 0
        for part, multiplicity in parts:
            sign = factor_sign(part, whole)
            known = _known(sign, multiplicity, goal.strict and not below)
            if known is None and not multiplicity % 2:
                return negative, None  # a square that may be 0 in a strict goal
            if known is None:
                unknown.append(part)
            else:
                negative ^= known
    return negative, unknown if len(unknown) <= MOST_UNKNOWN else None


def _known(sign: Sign, multiplicity: int, strict: bool) -> bool | None:
    """Whether a power is negative, None if its sign is not known."""
    if not multiplicity % 2:
        return None if strict and not within(sign, NONZERO) else False
    if within(sign, POSITIVE) or (within(sign, NONNEGATIVE) and not strict):
        return False
    if within(sign, NONPOSITIVE) and (not strict or within(sign, NONZERO)):
        return True
    return None


def _is_whole(unknown: list[Polynomial], negative: bool, goal: Goal) -> bool:
    """Whether nothing was split off."""
    if len(unknown) != 1 or goal.value.denominator is not ONE:
        return False
    return frozen(scale(unknown[0], -1 if negative else 1)) == frozen(goal.value.numerator)
