"""Where a loss has a corner: maxima with 0 seen as hinges, and the places at which there is no derivative."""

from __future__ import annotations

from fractions import Fraction

from derivations.language.context import Context
from derivations.language.definitions import unfold
from derivations.language.differentiation import DifferentiationError
from derivations.language.functions import call_scalar
from derivations.language.latex import expression_latex
from derivations.language.nodes import (
    MINUS_ONE,
    ZERO,
    Add,
    Call,
    Entry,
    Expression,
    Multiply,
    Number,
    Power,
    subtract,
)
from derivations.language.traversal import entry_names, parts, rebuild

HALF = Number(Fraction(1, 2))
CORNERS = {"abs": "|{}|", "relu": "\\max(0, {})"}
"""Functions with a corner at 0, as people write them."""


def hinged(expression: Expression) -> Expression:
    """`expression` with ``(0 + u + |0 - u|)/2``, the larger one of 0 and u, as the call ``relu(u)``."""
    expression = rebuild(expression, hinged)
    match expression:
        case Multiply((half, Add((first, second, Call("abs", (), (argument,)))))) if half == HALF:
            for zero, other in ((first, second), (second, first)):
                if zero == ZERO and argument.body in (subtract(first, second), other, _negative(other)):
                    return call_scalar("relu", other)
    return expression


def _negative(expression: Expression) -> Expression:
    return Multiply((MINUS_ONE, expression))


def smooth_or_raise(loss: Expression, variable: Entry, context: Context) -> None:
    """Raise `DifferentiationError` with the place where `loss` has a corner as `variable` varies."""
    _visit(loss, variable, context, smooth_above=False)


def _visit(part: Expression, variable: Entry, context: Context, *, smooth_above: bool) -> None:
    if isinstance(part, Call) and part.name in CORNERS and not smooth_above:
        argument = part.arguments[0].body
        if variable.name in entry_names(unfold(argument, context)):
            written = expression_latex(argument)
            raise DifferentiationError(
                f"{CORNERS[part.name].format(written)} has no derivative where {written} = 0: square it, or "
                "differentiate on each side"
            )
    if isinstance(part, Call) and not part.arguments and part.name in context.definitions:
        _visit(context.definition(part.name).body, variable, context, smooth_above=False)
    squared = isinstance(part, Power) and isinstance(part.exponent, Number) and part.exponent.value >= 2
    for inner in parts(part):
        _visit(inner, variable, context, smooth_above=squared)
