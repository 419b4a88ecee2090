"""The relations between numbers that can be proved: equality by normal forms, order by signs or a search."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from derivations.kernel.chances import is_zero
from derivations.kernel.finite import branches
from derivations.kernel.inequalities.goal import Certificate, Goal
from derivations.kernel.inequalities.search import Search
from derivations.kernel.ordering import ordered_sign
from derivations.kernel.rational import Rational
from derivations.kernel.sign import (
    NEGATIVE,
    NONNEGATIVE,
    NONPOSITIVE,
    NONZERO,
    POSITIVE,
    Sign,
    within,
)
from derivations.kernel.workspace import Workspace
from derivations.language.nodes import ZERO, Expression, negate, subtract

SIGNS: Mapping[str, Sign] = {
    "<": NEGATIVE,
    "<=": NONPOSITIVE,
    ">": POSITIVE,
    ">=": NONNEGATIVE,
    "!=": NONZERO,
}
"""A relation and the signs of left minus right under which it holds."""

RELATIONS = frozenset({"=", *SIGNS})


@dataclass(frozen=True, slots=True)
class Shown:
    """That a relation was proven, and for an inequality how."""

    certificate: Certificate | None = None


def shown(
    relation: str,
    left: Expression,
    right: Expression,
    normal: Callable[[Expression], Rational],
    work: Workspace,
) -> Shown | None:
    """How ``left relation right`` is proven, if it is; `normal` gives normal forms and records conditions.

    Guarantees: something only if it holds wherever the recorded conditions do. None says nothing.
    """
    difference = normal(left) - normal(right)
    if relation == "=":
        return Shown() if is_zero(difference, work) else None
    allowed = SIGNS[relation]
    goals = _goals(relation, difference)
    lemma = _lemma_of_signs(difference, allowed, work)
    if lemma is not None:
        return Shown(Certificate(lemma, goals[0]))
    if within(ordered_sign(_difference(left, right), work), allowed):
        written = _difference(right, left) if relation in ("<", "<=") else _difference(left, right)
        return Shown(Certificate("the signs of the parts as they are written", goals[0], written=written))
    for goal in goals:
        found = Search(work).certificate(goal)
        if found is not None:
            return Shown(found)
    return None


def _lemma_of_signs(difference: Rational, allowed: Sign, work: Workspace) -> str | None:
    """Which signs settle the difference for all values of the labels in it, None if they do not."""
    lemma = "the signs of the terms"
    for branch in branches(difference, work):
        if within(branch.sign(), allowed):
            continue
        if not within(branch.sign(by_factors=True), allowed):
            return None
        lemma = "the signs of the factors"
    return lemma


def _goals(relation: str, difference: Rational) -> tuple[Goal, ...]:
    """The goals of which one is enough."""
    turned = difference.scaled(-1)
    goals = {
        "<": (Goal(turned, True),),
        "<=": (Goal(turned),),
        ">": (Goal(difference, True),),
        ">=": (Goal(difference),),
        "!=": (Goal(difference, True), Goal(turned, True)),
    }
    return goals[relation]


def _difference(left: Expression, right: Expression) -> Expression:
    """``left - right``, one side alone where the other is 0."""
    return left if right == ZERO else negate(right) if left == ZERO else subtract(left, right)
