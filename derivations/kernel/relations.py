"""The relations between numbers that can be proved: equality by normal forms, order by signs or a search."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from derivations.kernel.chances import is_zero
from derivations.kernel.finite import branches
from derivations.kernel.inequalities.goal import Goal
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


def holds(
    relation: str,
    left: Expression,
    right: Expression,
    normal: Callable[[Expression], Rational],
    work: Workspace,
) -> bool:
    """Whether ``left relation right`` is proven; `normal` gives normal forms and records conditions.

    Guarantees: true only if it holds wherever the recorded conditions do. False says nothing.
    """
    difference = normal(left) - normal(right)
    if relation == "=":
        return is_zero(difference, work)
    allowed = SIGNS[relation]
    if all(
        within(branch.sign(), allowed) or within(branch.sign(by_factors=True), allowed)
        for branch in branches(difference, work)
    ):
        return True
    if within(ordered_sign(_difference(left, right), work), allowed):
        return True
    return any(Search(work).certificate(goal) is not None for goal in _goals(relation, difference))


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
