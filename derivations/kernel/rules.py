"""The dispatch from a node to its rule: what `normal_form` and `branching` register with."""

from __future__ import annotations

from functools import singledispatch

from derivations.kernel.budget import Unsupported
from derivations.kernel.rational import Rational
from derivations.kernel.workspace import Scope, Workspace
from derivations.language.nodes import Expression


def normal_form(expression: Expression, scope: Scope, work: Workspace) -> Rational:
    """The normal form of an opened expression.

    Guarantees: equal to the expression at every point within the declarations and facts at which the recorded
    conditions hold, and the expression is defined there. Raises `Unsupported`, `BudgetExceeded` or
    `ContextError` instead of guessing.
    """
    work.meter.hold("nesting", scope.depth, work.meter.budget.depth)
    deeper = Scope(scope.environment, scope.binders, scope.guards, scope.depth + 1)
    return rule(expression, deeper, work)


@singledispatch
def rule(expression: Expression, scope: Scope, work: Workspace) -> Rational:
    """The rule of a node."""
    raise Unsupported(f"no rule for {type(expression).__name__}")
