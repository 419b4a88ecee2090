"""Arguments that fit the functions they are put into: ``J(0)`` of a function of vectors is at its zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivations.language import Matrix, number
from derivations.reading.names import Scope
from derivations.reading.terms import CallTerm
from derivations.reading.unreadable import Unreadable

if TYPE_CHECKING:
    from derivations.reading.build import Builder

_KINDS = ("number", "vector", "matrix")


def fitting(argument: Matrix, parameter: str, call: CallTerm, builder: Builder, scope: Scope) -> Matrix:
    """`argument` with the shape of the formal argument `parameter`; raises `Unreadable` if it has another."""
    cell = builder.inference.names[parameter]
    wanted = [builder.index_set(cell.axis(position)) for position in range(cell.rank or 0)]
    given = [variable.index_set for variable in (argument.row, argument.column) if variable is not None]
    if wanted == given:
        return argument
    if argument.is_scalar and argument.body == number(0) and len(wanted) <= 2:
        like = builder.reference(cell, (), (), scope, call.span)
        builder.note(f"the argument 0 of {call.name} is a {_KINDS[len(wanted)]} of zeros")
        return Matrix(like.row, like.column, argument.body)
    raise Unreadable(
        call.span, f"the argument of {call.name} is {argument.shape}, which does not fit its definition"
    )
