"""Places in an expression, outermost first, and the expression with another part at one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from derivations.language import (
    Add,
    Call,
    Cases,
    Derivative,
    Expression,
    IndexVariable,
    Multiply,
    Product,
    Sum,
)
from derivations.language.traversal import parts, rebuild

LINEAR = (Add, Multiply, Sum, Cases)
"""Nodes whose value is multiplied when one of their parts is: what stands in the numerator."""

CLOSED = (Call, Derivative)
"""Nodes that a diagnosis does not look into: their parts are edited by replacing the whole node."""


@dataclass(frozen=True, slots=True)
class Place:
    """A part of an expression: the way to it, the indices that are bound there, and what it stands in."""

    path: tuple[int, ...]
    node: Expression
    scope: tuple[IndexVariable, ...] = ()
    parent: Expression | None = None
    linear: bool = True
    """Whether the whole changes in proportion to the term that this part stands in."""


def places(expression: Expression) -> Iterator[Place]:
    """All places in `expression`, outer ones before inner ones."""
    level = [Place((), expression)]
    while level:
        yield from level
        level = [inner for place in level for inner in _below(place)]


def _below(place: Place) -> Iterator[Place]:
    node = place.node
    if isinstance(node, CLOSED):
        return
    scope = (*place.scope, node.index) if isinstance(node, Sum | Product) else place.scope
    linear = place.linear and isinstance(node, LINEAR)
    for position, part in enumerate(parts(node)):
        yield Place((*place.path, position), part, scope, node, linear)


def put(expression: Expression, path: tuple[int, ...], new: Expression) -> Expression:
    """`expression` with `new` at `path`."""
    if not path:
        return new
    positions = count()
    return rebuild(expression, lambda part: put(part, path[1:], new) if next(positions) == path[0] else part)
