"""Signs read off the structure of an expression, and off the normal form of the sums in it.

Structure keeps squares and products that expansion loses; a normal form sees that ``1 - sigma(z)`` is
positive. Both together see that a Hessian's quadratic form is not negative.
"""

from __future__ import annotations

from derivations.kernel.budget import Unsupported
from derivations.kernel.finite import branches
from derivations.kernel.rules import normal_form
from derivations.kernel.sign import (
    NONZERO,
    POSITIVE,
    REAL,
    ZERO,
    Sign,
    expression_sign,
    never_empty,
    plus,
    raised,
    times,
    within,
)
from derivations.kernel.workspace import Scope, Workspace
from derivations.language.nodes import ONE, Add, Expression, Log, Multiply, Number, Power, Sum, subtract


def ordered_sign(expression: Expression, work: Workspace) -> Sign:
    """The signs that an opened expression can have at the points where it is defined.

    Guarantees: no sign outside the result occurs within the declarations and facts of `work`. The result may
    be too wide.
    """
    sign = _by_structure(expression, work)
    if isinstance(expression, Add) and sign & (sign - 1):
        sign &= _by_normal_form(expression, work)
    return sign


def _by_structure(expression: Expression, work: Workspace) -> Sign:
    match expression:
        case Add(terms):
            total = ZERO
            for term in terms:
                total = plus(total, ordered_sign(term, work))
            return total
        case Multiply(factors):
            total = POSITIVE
            for factor in factors:
                sign = ordered_sign(factor, work)
                total = times(total, raised(sign, 2) if factors.count(factor) == 2 else sign)
            return total
        case Power(base, Number(value)):
            return raised(ordered_sign(base, work), value)
        case Sum(index, body, excluding):
            inner = ordered_sign(body, work)
            total = REAL if within(NONZERO, inner) else inner
            surely = not excluding and never_empty(index.index_set, work.context)
            return total if surely else total | ZERO
        case Log(argument):  # log a has the sign of a - 1
            return ordered_sign(subtract(argument, ONE), work)
    return expression_sign(expression, work.context)


def _by_normal_form(expression: Expression, work: Workspace) -> Sign:
    """Conditions met here are met by the claim's own normal form too, which hands them over."""
    aside = Workspace(work.context, work.facts, work.meter.budget)
    aside.shortened = work.shortened
    try:
        value = normal_form(expression, Scope(), aside)
        found = 0
        for branch in branches(value, aside):
            found |= branch.sign() & branch.sign(by_factors=True)
    except Unsupported:
        return REAL
    return found
