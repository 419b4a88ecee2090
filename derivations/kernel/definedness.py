"""Conditions of definedness: discharged by the sign analysis, or recorded in the author's terms."""

from __future__ import annotations

from derivations.kernel.conditions import Condition
from derivations.kernel.finite import branches
from derivations.kernel.rational import Rational, Undefined
from derivations.kernel.sign import NONNEGATIVE, NONZERO, POSITIVE, Sign, expression_sign, within
from derivations.kernel.workspace import Scope, Workspace
from derivations.language.indices import index_variables
from derivations.language.nodes import Expression, ValueCondition
from derivations.language.text import expression_text
from derivations.language.traversal import condition_indices, free_indices

ALLOWED: dict[str, Sign] = {"nonzero": NONZERO, "positive": POSITIVE, "nonnegative": NONNEGATIVE}


def require(kind: str, value: Rational, expression: Expression, scope: Scope, work: Workspace) -> bool:
    """Discharge or record that `expression`, whose normal form is `value`, is as `kind` says.

    Returns whether it was discharged.

    Guarantees: a condition is dropped only if it holds for all values within the declarations. A recorded one
    may always hold. Raises `Undefined` where it fails for some value of a label, or everywhere.
    """
    allowed = ALLOWED[kind]
    if within(expression_sign(expression, work.context), allowed):
        return True
    discharged = True
    for branch in branches(value, work):
        sign = branch.sign()
        if not sign & allowed:
            raise Undefined(f"{expression_text(expression)} is not {kind}")
        discharged &= within(sign, allowed) or within(branch.sign(by_factors=True), allowed)
    if not discharged:
        record(kind, expression, scope, work)
    return discharged


def record(kind: str, expression: Expression, scope: Scope, work: Workspace) -> None:
    """Note a condition under the binders and guards that concern it."""
    names = set(free_indices(expression))
    binders = tuple(binder for binder in scope.binders if binder.name in names)
    bound = {binder.name for binder in scope.binders}
    guards = tuple(
        guard
        for guard in scope.guards
        if isinstance(guard, ValueCondition)
        or {v.name for index in condition_indices(guard) for v in index_variables(index)} & bound <= names
    )
    work.undischarged += 1
    condition = Condition(kind, expression, binders, guards)
    if condition not in work.conditions:
        work.conditions.append(condition)
