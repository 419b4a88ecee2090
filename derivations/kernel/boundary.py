"""Strict inequalities at points where both sides are equal: only an exact proof shows that they are.

Balls that overlap say nothing. With all numbers of an instance put in, the claim is one of closed
expressions, and their normal forms may agree.
"""

from __future__ import annotations

from collections.abc import Iterator

from derivations.kernel.budget import Budget, BudgetExceeded, Unsupported
from derivations.kernel.chances import is_zero
from derivations.kernel.evaluation import Environment, Evaluation, NotDefined
from derivations.kernel.normal_form import normal_form
from derivations.kernel.workspace import Facts, Scope, Workspace
from derivations.language.context import Context
from derivations.language.nodes import (
    ONE,
    ZERO,
    Cardinality,
    Cases,
    Delta,
    Derivative,
    Entry,
    Expression,
    Inverse,
    Maximum,
    Product,
    Sum,
    add,
    multiply,
    number,
)
from derivations.language.traversal import rebuild

SMALL = Budget(monomials=400, products=40_000, atoms=300)
"""What an instance may take: it has few numbers, and is looked at beside others."""


def equal_at(left: Expression, right: Expression, evaluation: Evaluation, environment: Environment) -> bool:
    """Whether two opened expressions certainly have the same value at an instance.

    Guarantees: true only if both are defined there and equal. False says nothing.
    """
    work = Workspace(Context(), Facts(), SMALL)
    try:
        sides = [closed(side, evaluation, environment) for side in (left, right)]
        above, below = (normal_form(side, Scope(), work) for side in sides)
        return not work.conditions and is_zero(above - below, work)
    except (Unsupported, BudgetExceeded, NotDefined):
        return False


def closed(expression: Expression, evaluation: Evaluation, environment: Environment) -> Expression:
    """`expression` with the numbers of an instance in it, sums written out; raises as its value does.

    Guarantees: it has the value of `expression` at the instance.
    """
    match expression:
        case Entry():
            return number(evaluation.entry(expression, environment))
        case Delta(left, right):
            same = evaluation.index(left, environment) == evaluation.index(right, environment)
            return ONE if same else ZERO
        case Cardinality(index_set):
            return number(len(evaluation.instance.elements(index_set)))
        case Sum():
            return add(*_terms(expression, evaluation, environment))
        case Product():
            return multiply(*_terms(expression, evaluation, environment))
        case Cases(branches):
            for condition, branch in branches:
                if evaluation.holds(condition, environment):
                    return closed(branch, evaluation, environment)
            raise NotDefined("cases")
        case Inverse() | Derivative() | Maximum():
            raise Unsupported(f"the value of a {type(expression).__name__} in numbers")
    return rebuild(expression, lambda part: closed(part, evaluation, environment))


def _terms(
    expression: Sum | Product, evaluation: Evaluation, environment: Environment
) -> Iterator[Expression]:
    excluded = {evaluation.index(index, environment) for index in expression.excluding}
    for element in evaluation.instance.elements(expression.index.index_set):
        if element not in excluded:
            yield closed(expression.body, evaluation, {**environment, expression.index.name: element})
